"""How far a year's budget is used up (预算执行表), and the entries of a line."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from finance.models import BudgetLine

AMOUNTS = ("original", "adjusted", "total", "committed", "spent", "available")
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Execution:
    """The lines of a year and what they add up to; yuan, rates in per cent."""

    year: int
    lines: Sequence[BudgetLine]
    sums: dict[str, Decimal]
    elapsed: Decimal  # 序时进度: how much of the year has passed

    @property
    def rate(self) -> Decimal | None:
        return rate_of(self.sums["spent"], self.sums["total"])


def execution(year: int, day: dt.date | None = None) -> Execution:
    """The budget of ``year`` as it stands now; ``day`` (today) says how much of the year has passed. One statement."""
    lines = list(BudgetLine.objects.filter(year=year).select_related("department").order_by("item", "pk"))
    for line in lines:
        line.rate = rate_of(line.spent, line.total)  # type: ignore[attr-defined]
    sums = {name: sum((getattr(line, name) for line in lines), Decimal(0)) for name in AMOUNTS}
    return Execution(year, lines, sums, elapsed(year, day or timezone.localdate()))


def rate_of(spent: Decimal, total: Decimal) -> Decimal | None:
    """执行率 in per cent with one place; None where nothing is budgeted."""
    return (spent * 100 / total).quantize(TENTH, ROUND_HALF_UP) if total else None


def elapsed(year: int, day: dt.date) -> Decimal:
    """序时进度: the part of ``year`` that has passed at the end of ``day``, in per cent with one place."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    passed = min(max((day - first).days + 1, 0), (last - first).days + 1)
    return (Decimal(passed) * 100 / ((last - first).days + 1)).quantize(TENTH, ROUND_HALF_UP)
