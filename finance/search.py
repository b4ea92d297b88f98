"""What purchases and money answer to the search box of the header."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from finance.models import RequestLine
from finance.queries.purchases import purchases_seen_by
from logistics.base.money import money_text
from logistics.base.search import MOST_HITS, Group, Hit, matching
from logistics.school.models import Person


def find(person: Person, text: str) -> list[Group]:
    """Groups of hits among what ``person`` may see."""
    return [group for group in (_purchases(person, text),) if group.total]


def _purchases(person: Person, text: str) -> Group:
    """By number, purpose, applicant or what is asked for."""
    heads = matching(text, "number", "purpose", "applicant__name")
    lines = RequestLine.objects.filter(matching(text, "name", "specification"), request=OuterRef("pk"))
    rows = purchases_seen_by(person).filter(heads | Exists(lines))
    hits = [
        Hit(
            " ".join(filter(None, (row.number, row.purpose))) or str(row),
            row.get_absolute_url(),
            f"{row.applicant.name} · ¥{money_text(row.total)} · {row.get_state_display()}",
        )
        for row in rows.select_related("applicant").order_by("-pk")[:MOST_HITS]
    ]
    name = "finance:purchase-list" if person.has_perm("finance.view_purchase") else "finance:my-purchases"
    return Group(_("Purchase requests"), rows.count(), hits, f"{reverse(name)}?{urlencode({'q': text})}")
