"""Which requests somebody sees, what waits to be ordered, what the school bought before, a month's register."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone

from finance.choices import PurchaseState
from finance.models import BudgetLine, PurchaseRequest, RequestLine
from logistics.approvals.models import Route
from logistics.base.search import matching
from logistics.school.models import Person

KIND = "finance.purchase"
MOST_OFFERED = 8


def purchases_seen_by(person: Person) -> QuerySet[PurchaseRequest]:
    """One's own; those one is or was asked to sign; all for who may see all. Drafts are their applicant's only."""
    own = Q(applicant=person)
    if person.has_perm("finance.view_purchase"):
        return PurchaseRequest.objects.filter(own | ~Q(state=PurchaseState.DRAFT))
    routes = Route.objects.filter(kind=KIND).concerning(person).values("object_id")
    return PurchaseRequest.objects.filter(own | Q(pk__in=routes) & ~Q(state=PurchaseState.DRAFT))


def orderable_lines() -> QuerySet[RequestLine]:
    """Approved lines of which not all is ordered."""
    return RequestLine.objects.filter(request__state=PurchaseState.APPROVED, ordered__lt=F("quantity"))


def route_of(purchase: PurchaseRequest) -> Route | None:
    """Its latest version's way; None while it never was submitted."""
    return Route.objects.of(purchase).first()


def budget_lines_for(person: Person) -> QuerySet[BudgetLine]:
    """Lines in use this year and later: the school's, and those of the person's department first."""
    lines = BudgetLine.objects.filter(active=True, year__gte=timezone.localdate().year).select_related("department")
    if person.has_perm("finance.view_budget") or person.department_id is None:
        return lines.order_by("year", "item", "pk")
    return lines.filter(Q(department=None) | Q(department=person.department_id)).order_by("year", "item", "pk")


@dataclass(frozen=True)
class Bought:
    """How a thing was asked for last."""

    name: str
    specification: str
    unit: str
    price: Decimal


def bought_before(text: str) -> list[Bought]:
    """What the school asked for under a name like this, each name as it stood the last time. Two statements."""
    submitted = RequestLine.objects.exclude(request__state=PurchaseState.DRAFT)
    found = submitted.filter(matching(text, "name", "specification")) if text.strip() else submitted
    newest = found.order_by().values("key").annotate(last=Max("pk")).order_by("-last").values_list("last", flat=True)
    rows = RequestLine.objects.filter(pk__in=list(newest[:MOST_OFFERED])).order_by("-pk")
    return [Bought(row.name, row.specification, row.unit, row.price) for row in rows]


def submitted_in(first: dt.date, last: dt.date) -> QuerySet[PurchaseRequest]:
    """What was submitted on these days and neither withdrawn nor rejected since: the month's register."""
    left_out = [PurchaseState.DRAFT, PurchaseState.WITHDRAWN, PurchaseState.REJECTED]
    rows = PurchaseRequest.objects.filter(submitted_at__date__range=(first, last)).exclude(state__in=left_out)
    return rows.select_related("applicant", "department", "budget_line").order_by("number")


def totals_by_category(rows: Sequence[PurchaseRequest]) -> list[tuple[str, int, Decimal]]:
    """Category in words, how many papers, how many yuan; in the order of the largest."""
    sums: dict[str, tuple[int, Decimal]] = {}
    for row in rows:
        count, amount = sums.get(row.category, (0, Decimal(0)))
        sums[row.category] = (count + 1, amount + row.total)
    words = {row.category: row.get_category_display() for row in rows}
    return [(str(words[key]), *pair) for key, pair in sorted(sums.items(), key=lambda item: -item[1][1])]
