"""Integrity of purchases and money: whether amounts and entries still agree. The roof collects ``CHECKS``."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Model, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finance.choices import AcceptanceState, BudgetEntryKind, ClaimState, PurchaseState
from finance.models import BudgetEntry, BudgetLine, Claim, Order, OrderLine, Payment, PurchaseRequest, RequestLine
from logistics.base.checks import Check, Problem
from logistics.base.money import money_text

NOTHING = Decimal(0)
KINDS = {kind.value: Sum("entries__amount", filter=Q(entries__kind=kind)) for kind in BudgetEntryKind}


def budget_unlike_entries() -> Iterator[Problem]:
    """Each budget line whose amounts are not what its entries add up to; one statement."""
    for line in BudgetLine.objects.annotate(**{f"sum_{kind}": total for kind, total in KINDS.items()}).order_by("pk"):
        sums = {kind: getattr(line, f"sum_{kind}") or NOTHING for kind in KINDS}
        spent, freed = sums[BudgetEntryKind.SPENDING], sums[BudgetEntryKind.RELEASE]
        expected = (
            sums[BudgetEntryKind.ORIGINAL],
            sums[BudgetEntryKind.ADJUSTMENT],
            sums[BudgetEntryKind.COMMITMENT] - freed - spent,
            spent,
        )
        if (line.original, line.adjusted, line.committed, line.spent) != expected:
            text = _("%(line)s does not say what its entries add up to.")
            yield Problem(text % {"line": line}, line.get_absolute_url())


def commitments_unlike_purchases() -> Iterator[Problem]:
    """Each request for which more or less is committed than approved (closed: ordered) and not paid; two statements."""
    kept = dict(
        BudgetEntry.objects.exclude(purchase=None)
        .order_by()
        .values_list("purchase")
        .annotate(
            kept=Sum("amount", filter=Q(kind=BudgetEntryKind.COMMITMENT)),
        )
    )
    went = dict(
        BudgetEntry.objects.filter(kind__in=[BudgetEntryKind.RELEASE, BudgetEntryKind.SPENDING])
        .exclude(purchase=None)
        .order_by()
        .values_list("purchase")
        .annotate(went=Sum("amount"))
    )
    for purchase in PurchaseRequest.objects.exclude(state=PurchaseState.DRAFT).order_by("pk"):
        stands = (kept.get(purchase.pk) or NOTHING) - (went.get(purchase.pk) or NOTHING)
        if stands != (wanted := _to_be_kept(purchase)):
            text = _("For %(purchase)s ¥%(stands)s is committed instead of ¥%(wanted)s.")
            said = {"purchase": purchase, "stands": money_text(stands), "wanted": money_text(wanted)}
            yield Problem(text % said, reverse("finance:purchase-detail", args=[purchase.pk]))


def _to_be_kept(purchase: PurchaseRequest) -> Decimal:
    if purchase.state == PurchaseState.APPROVED:
        return Decimal(purchase.total - purchase.paid)
    return Decimal(purchase.ordered - purchase.paid) if purchase.state == PurchaseState.CLOSED else NOTHING


NOT_VOID = ~Q(acceptances__acceptance__state=AcceptanceState.VOID)
BOUGHT = {"ordered": "amount", "accepted": "accepted_amount", "paid": "paid"}  # of a request: of its order lines


def amounts_unlike_lines() -> Iterator[Problem]:
    """Each request, order or line of them that says another sum than the papers below it; four statements."""
    lines = RequestLine.objects.select_related("request")
    ordered = OrderLine.objects.select_related("order", "request_line").defer("order__facts")
    requests = PurchaseRequest.objects.exclude(state=PurchaseState.DRAFT)
    orders = Order.objects.defer("facts")
    yield from (_wrong(row, row.request) for row in _unlike(lines, {"ordered": "orders__quantity"}))
    yield from (
        _wrong(row, row.order)
        for row in _unlike(
            ordered, {"accepted": "acceptances__accepted", "accepted_amount": "acceptances__amount"}, NOT_VOID
        )
    )
    own = {"amount": "lines__amount", "accepted": "lines__accepted_amount", "paid": "lines__paid"}
    yield from (_wrong(row, row) for row in _unlike(orders, own))
    bought = {name: f"lines__orders__{sums}" for name, sums in BOUGHT.items()}
    yield from (_wrong(row, row) for row in _unlike(requests, bought))


def _unlike(rows: QuerySet[Any], sums: Mapping[str, str], only: Q | None = None) -> Iterator[Any]:
    """Rows of which a field is not the sum along its path; all paths of one call go through the same rows."""
    for row in rows.annotate(**{f"sum_{name}": Sum(path, filter=only) for name, path in sums.items()}).order_by("pk"):
        if any(getattr(row, name) != (getattr(row, f"sum_{name}") or NOTHING) for name in sums):
            yield row


def _wrong(row: Model, paper: Any) -> Problem:
    text = _("%(paper)s does not say what its orders and acceptances add up to.")
    return Problem(text % {"paper": _named(row, paper)}, paper.get_absolute_url())


def _named(row: Model, paper: Any) -> str:
    return str(paper) if row is paper else f"{paper} {row}"


# The invoices of a rejected claim are void and may be claimed again; it still says what they came to.
OF_ITS_CLAIM = Q(invoices__void=False) & ~Q(state=ClaimState.REJECTED) | Q(
    invoices__void=True, state=ClaimState.REJECTED
)
SIGNED = Q(claims__state__in=[ClaimState.APPROVED, ClaimState.PAID])


def claims_unlike_money() -> Iterator[Problem]:
    """Each claim, order, line of one or payment that says another sum than the invoices, signed claims, payments or
    shares below it; five statements.
    """
    claims = Claim.objects.all()
    orders = Order.objects.defer("facts")
    ordered = OrderLine.objects.select_related("order", "request_line").defer("order__facts")
    yield from (_not_so_paid(row, row) for row in _unlike(claims, {"amount": "invoices__amount"}, OF_ITS_CLAIM))
    yield from (_not_so_paid(row, row) for row in _unlike(claims, {"paid": "payments__amount"}))
    signed = {"invoiced": "claims__amount", "paid": "claims__paid"}
    yield from (_not_so_paid(row, row) for row in _unlike(orders, signed, SIGNED))
    yield from (_not_so_paid(row, row.order) for row in _unlike(ordered, {"paid": "payments__amount"}))
    yield from (_not_so_paid(row, row) for row in _unlike(Payment.objects.all(), {"amount": "shares__amount"}))


def _not_so_paid(row: Model, paper: Any) -> Problem:
    text = _("%(paper)s does not say what its invoices and payments add up to.")
    return Problem(text % {"paper": _named(row, paper)}, paper.get_absolute_url())


CHECKS = [
    Check(
        gettext_lazy("Each budget line says what its entries add up to"),
        gettext_lazy("The entries are sealed and right. Have the administrator look at the line."),
        budget_unlike_entries,
    ),
    Check(
        gettext_lazy("What is committed is what is approved and not yet paid"),
        gettext_lazy("Compare the request with the entries of its budget line."),
        commitments_unlike_purchases,
    ),
    Check(
        gettext_lazy("Requests and orders say what was ordered, accepted and paid"),
        gettext_lazy("Compare the paper with its orders and acceptances. Have the administrator look at it."),
        amounts_unlike_lines,
    ),
    Check(
        gettext_lazy("Reimbursements and payments say what was invoiced and paid"),
        gettext_lazy("Payments are sealed and right. Compare the paper with its invoices and payments."),
        claims_unlike_money,
    ),
]
