"""What purchases and money answer to the search box of the header."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from finance.models import AcceptanceLine, ComparisonLine, Invoice, OrderLine, Quote, RequestLine
from finance.queries.purchases import purchases_seen_by
from finance.queries.scope import (
    acceptances_seen_by,
    claims_seen_by,
    comparisons_seen_by,
    orders_seen_by,
    payments_seen_by,
)
from logistics.base.money import money_text
from logistics.base.search import MOST_HITS, Group, Hit, matching
from logistics.school.models import Person


def find(person: Person, text: str) -> list[Group]:
    """Groups of hits among what ``person`` may see."""
    groups = (_purchases, _orders, _acceptances, _comparisons, _claims, _payments)
    return [group for group in (look(person, text) for look in groups) if group.total]


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


def _orders(person: Person, text: str) -> Group:
    """By number, supplier or what is bought."""
    lines = OrderLine.objects.filter(matching(text, "request_line__name"), order=OuterRef("pk"))
    rows = orders_seen_by(person).filter(matching(text, "number", "supplier__name") | Exists(lines))
    hits = [
        Hit(
            f"{row.number} {row.supplier}",
            row.get_absolute_url(),
            f"{row.day.isoformat()} · ¥{money_text(row.amount)} · {row.get_state_display()}",
        )
        for row in rows.select_related("supplier").defer("facts").order_by("-pk")[:MOST_HITS]
    ]
    return Group(_("Purchase orders"), rows.count(), hits, _list("order", person, text))


def _acceptances(person: Person, text: str) -> Group:
    """By number, order, supplier or what came."""
    lines = AcceptanceLine.objects.filter(matching(text, "order_line__request_line__name"), acceptance=OuterRef("pk"))
    heads = matching(text, "number", "order__number", "order__supplier__name")
    rows = acceptances_seen_by(person).filter(heads | Exists(lines))
    hits = [
        Hit(
            f"{row.number} {row.order.supplier}",
            row.get_absolute_url(),
            f"{row.day.isoformat()} · ¥{money_text(row.amount)}",
        )
        for row in rows.select_related("order__supplier").defer("order__facts").order_by("-pk")[:MOST_HITS]
    ]
    return Group(_("Acceptances of goods"), rows.count(), hits, _list("acceptance", person, text))


def _comparisons(person: Person, text: str) -> Group:
    """By number, title, who quoted or what is compared."""
    lines = ComparisonLine.objects.filter(matching(text, "request_line__name"), comparison=OuterRef("pk"))
    quotes = Quote.objects.filter(matching(text, "supplier__name"), comparison=OuterRef("pk"))
    rows = comparisons_seen_by(person).filter(matching(text, "number", "title") | Exists(lines) | Exists(quotes))
    hits = [
        Hit(f"{row.number} {row.title}", row.get_absolute_url(), str(row.get_state_display()))
        for row in rows.order_by("-pk")[:MOST_HITS]
    ]
    return Group(_("Comparisons of quotes"), rows.count(), hits, _list("comparison", person, text))


def _claims(person: Person, text: str) -> Group:
    """By number, what for, payee, claimant, order or the number of an invoice."""
    invoices = Invoice.objects.filter(matching(text, "number"), claim=OuterRef("pk"))
    heads = matching(text, "number", "purpose", "payee", "claimant__name", "order__number")
    rows = claims_seen_by(person).filter(heads | Exists(invoices))
    hits = [
        Hit(
            f"{row.number} {row.purpose}",
            row.get_absolute_url(),
            f"{row.claimant.name} · ¥{money_text(row.amount)} · {row.get_state_display()}",
        )
        for row in rows.select_related("claimant").order_by("-pk")[:MOST_HITS]
    ]
    url = _list("claim", person, text)
    if not url and person.has_perm("finance.file_claim"):
        url = f"{reverse('finance:my-claims')}?{urlencode({'q': text})}"
    return Group(_("Reimbursements"), rows.count(), hits, url)


def _payments(person: Person, text: str) -> Group:
    """By number, voucher, payee, claim or the number of an invoice."""
    invoices = Invoice.objects.filter(matching(text, "number"), claim=OuterRef("claim"))
    heads = matching(text, "number", "voucher", "claim__number", "claim__payee", "claim__purpose")
    rows = payments_seen_by(person).filter(heads | Exists(invoices))
    hits = [
        Hit(
            f"{row.number} {row.claim.payee}",
            row.get_absolute_url(),
            f"{row.day.isoformat()} · ¥{money_text(row.amount)} · {row.claim.number}",
        )
        for row in rows.select_related("claim").order_by("-pk")[:MOST_HITS]
    ]
    return Group(_("Payments"), rows.count(), hits, _list("payment", person, text))


def _list(noun: str, person: Person, text: str) -> str:
    """All hits in their list, for who may open it."""
    if not person.has_perm(f"finance.view_{noun}"):
        return ""
    return f"{reverse(f'finance:{noun}-list')}?{urlencode({'q': text})}"
