"""Integrity of purchases and money: whether amounts and entries still agree. The roof collects ``CHECKS``."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finance.choices import BudgetEntryKind, PurchaseState
from finance.models import BudgetEntry, BudgetLine, PurchaseRequest
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
]
