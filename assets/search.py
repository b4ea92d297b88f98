"""What property answers to the search box of the header: cards, papers, the store, issue slips."""

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from assets.filters import saying
from assets.models import StockItem
from assets.queries.scope import cards_seen_by, movements_seen_by
from assets.queries.stock import issues_seen_by
from logistics.base.search import MOST_HITS, Group, Hit, matching, words
from logistics.school.models import Person


def find(person: Person, text: str) -> list[Group]:
    """Groups of hits among what ``person`` may see."""
    groups = (find(person, text) for find in (_cards, _papers, _stock, _slips))
    return [group for group in groups if group.total]


def _cards(person: Person, text: str) -> Group:
    found = Q()
    for word in words(text):
        found &= saying(word)
    rows = cards_seen_by(person).in_ledger().filter(found)
    hits = [
        Hit(card.name, card.get_absolute_url(), " · ".join(filter(None, (card.number, str(card.room or "")))))
        for card in rows.select_related("room").order_by("number")[:MOST_HITS]
    ]
    everything = reverse("assets:card-list") if person.has_perm("assets.view_card") else ""
    return Group(_("Property"), rows.count(), hits, everything and f"{everything}?{urlencode({'q': text})}")


def _papers(person: Person, text: str) -> Group:
    rows = movements_seen_by(person).filter(number__icontains="".join(words(text)))
    hits = [Hit(paper.number, paper.get_absolute_url(), paper.get_kind_display()) for paper in rows[:MOST_HITS]]
    return Group(_("Papers of property"), rows.count(), hits)


def _stock(person: Person, text: str) -> Group:
    seen = StockItem.objects.all() if person.has_perm("assets.view_stock") else StockItem.objects.none()
    rows = seen.filter(matching(text, "name", "specification"))
    hits = [Hit(str(item), item.get_absolute_url(), item.unit) for item in rows[:MOST_HITS]]
    address = f"{reverse('assets:stock-list')}?{urlencode({'q': text, 'empty': 'all'})}"
    return Group(_("Stock"), rows.count() if hits else 0, hits, address)


def _slips(person: Person, text: str) -> Group:
    rows = issues_seen_by(person).filter(matching(text, "number", "purpose", "recipient__name"))
    hits = [
        Hit(slip.number, slip.get_absolute_url(), f"{slip.recipient} · {slip.purpose}")
        for slip in rows.select_related("recipient")[:MOST_HITS]
    ]
    address = f"{reverse('assets:issue-list')}?{urlencode({'q': text})}"
    return Group(_("Issue slips"), rows.count() if hits else 0, hits, address)
