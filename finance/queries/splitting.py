"""One need split into small papers is seen: rolling sums over the last days (forms.md, "Splitting is seen")."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from finance.choices import PurchaseState
from finance.models import Order, PurchaseRequest, RequestLine, Supplier
from logistics.base.money import money_text
from logistics.school.models.limits import limit

COUNTED = (PurchaseState.RUNNING, PurchaseState.APPROVED, PurchaseState.CLOSED)
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Rolling:
    """What was asked for within ``days`` with this paper included: ``amount`` yuan, and the other papers."""

    what: str
    amount: Decimal
    days: int
    papers: Sequence[PurchaseRequest | Order]

    @property
    def text(self) -> str:
        said = _("Within %(days)d days %(what)s comes to ¥%(amount)s with this paper.")
        return said % {"days": self.days, "what": self.what, "amount": money_text(self.amount)}


def rolling_sums(purchase: PurchaseRequest, lines: Iterable[RequestLine]) -> list[Rolling]:
    """The sums per item (whole school) and per department and category to which other papers contribute.

    The largest first. Drafts, returned, rejected and withdrawn papers do not count. Four statements.
    """
    days = int(limit("finance.split_days"))
    since = timezone.now() - dt.timedelta(days=days)
    others = PurchaseRequest.objects.filter(state__in=COUNTED, submitted_at__gte=since).exclude(pk=purchase.pk)
    found = [*_per_item(list(lines), others, days), *_per_department(purchase, others, days)]
    return sorted(found, key=lambda rolling: -rolling.amount)


def deciding_amount(purchase: PurchaseRequest, sums: Sequence[Rolling]) -> Decimal:
    """The yuan by which the rule is chosen: the largest sum, not the single paper."""
    return max([purchase.total, *(rolling.amount for rolling in sums)])


def _per_item(lines: list[RequestLine], others: QuerySet[PurchaseRequest], days: int) -> list[Rolling]:
    own: dict[str, list[RequestLine]] = {}
    for line in lines:
        own.setdefault(line.key, []).append(line)
    same = RequestLine.objects.filter(key__in=own, request__in=others).select_related("request").order_by("request_id")
    before: dict[str, list[RequestLine]] = {}
    for line in same:
        before.setdefault(line.key, []).append(line)
    return [
        Rolling(
            own[key][0].name,
            sum((line.amount for line in [*own[key], *found]), NOTHING),
            days,
            list(dict.fromkeys(line.request for line in found)),
        )
        for key, found in before.items()
    ]


def _per_department(purchase: PurchaseRequest, others: QuerySet[PurchaseRequest], days: int) -> list[Rolling]:
    whose = Q(department=purchase.department_id) if purchase.department_id else Q(applicant=purchase.applicant_id)
    papers = list(PurchaseRequest.objects.filter(whose, pk__in=others, category=purchase.category).order_by("pk"))
    if not papers:
        return []
    what = f"{purchase.department or purchase.applicant} {purchase.get_category_display()}"
    return [Rolling(what, purchase.total + sum((paper.total for paper in papers), NOTHING), days, papers)]


def supplier_sum(supplier: Supplier, amount: Decimal) -> Rolling:
    """What was ordered from ``supplier`` within the days of the limit, with ``amount`` yuan more."""
    days = int(limit("finance.split_days"))
    orders = Order.objects.filter(supplier=supplier, day__gte=timezone.localdate() - dt.timedelta(days=days))
    ordered = orders.order_by().aggregate(sum=Sum("amount"))["sum"] or NOTHING
    return Rolling(str(supplier), ordered + amount, days, list(orders.order_by("pk")))
