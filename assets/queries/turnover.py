"""The general ledger over a period: under each head what stood, what came, what left, what remains."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, Sum

from assets.queries.ledger import COLUMN, WHOLE, Amount, Balance, By, Scope, balances, heads, total


@dataclass(frozen=True)
class Turnover:
    """One head over a period; ``balance`` is what remains."""

    head: Balance
    opening: Amount
    came: Amount
    left: Amount

    @property
    def closing(self) -> Amount:
        return self.opening + self.came - self.left


def turnover(by: By, *, first: dt.date, last: dt.date, scope: Scope = WHOLE) -> list[Turnover]:
    """The heads under which something stood or stirred from ``first`` to ``last``, in their order.

    What a paper only moves within a head changes nothing there. Four statements.
    """
    opening = {row.key: row.amount for row in balances(by, on=first - dt.timedelta(days=1), scope=scope)}
    came: dict[Any, Amount] = defaultdict(Amount)
    left: dict[Any, Amount] = defaultdict(Amount)
    for key, net in _nets(by, first, last, scope):
        came[key] += net.coming
        left[key] += net.leaving
    keys = dict.fromkeys([*opening, *came])
    return [Turnover(head, opening.get(head.key, Amount()), came[head.key], left[head.key]) for head in heads(by, keys)]


def _nets(by: By, first: dt.date, last: dt.date, scope: Scope) -> Iterable[tuple[Any, Amount]]:
    """What each paper changed on each card under each head."""
    columns = [COLUMN[by], *(["property_class__code"] if by is By.SUB else [])]
    rows = (
        scope.entries()
        .filter(date__range=(first, last))
        .values_list(*columns, "movement", "card")
        .annotate(q=Sum("quantity"), v=Sum("value"))
        .filter(~Q(q=0) | ~Q(v=0))
    )
    for row in rows.iterator():
        key = row[0] or (row[1] if by is By.SUB else None)
        yield key, Amount(row[-2], row[-1])


def sum_of(rows: Iterable[Turnover], head: Balance) -> Turnover:
    """Several heads as one."""
    parts = list(rows)
    return Turnover(
        head, total(row.opening for row in parts), total(row.came for row in parts), total(row.left for row in parts)
    )
