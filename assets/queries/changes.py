"""What a period changed in the general ledger, paper by paper (the month's changes of property)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, Sum, Value, When

from assets.choices import MovementKind
from assets.models import Movement
from assets.queries.ledger import NOTHING, Amount, balance, total

# These papers move property about; the general ledger is the same after them.
MOVING = frozenset({MovementKind.TRANSFER, MovementKind.CUSTODY, MovementKind.SPLIT, MovementKind.RECLASSIFICATION})


@dataclass(frozen=True)
class PaperLine:
    """One paper: on how many cards, what came, what left, what only moved."""

    movement_id: int
    number: str
    date: dt.date
    kind: str
    summary: str
    made_by: str
    cards: int
    came: Amount
    left: Amount
    moved: Amount

    @property
    def kind_label(self) -> str:
        return str(MovementKind(self.kind).label)


@dataclass(frozen=True)
class Changes:
    """A period: what stood before it, its papers by date, what stands after it."""

    first: dt.date
    last: dt.date
    opening: Amount
    lines: list[PaperLine]

    @property
    def came(self) -> Amount:
        return total(line.came for line in self.lines)

    @property
    def left(self) -> Amount:
        return total(line.left for line in self.lines)

    @property
    def closing(self) -> Amount:
        return self.opening + self.came - self.left

    def by_kind(self) -> list[tuple[str, list[PaperLine]]]:
        """The papers by kind, in the order of the kinds."""
        kinds = [(str(kind.label), [line for line in self.lines if line.kind == kind]) for kind in MovementKind]
        return [(label, lines) for label, lines in kinds if lines]


def month(year: int, number: int) -> tuple[dt.date, dt.date]:
    """First and last day of a month."""
    after = dt.date(year + number // 12, number % 12 + 1, 1)
    return dt.date(year, number, 1), after - dt.timedelta(days=1)


def changes(first: dt.date, last: dt.date) -> Changes:
    """The papers dated from ``first`` to ``last`` with what they changed. Two statements."""
    more, less = Q(entries__quantity__gt=0), Q(entries__quantity__lt=0)
    worth_more, worth_less = Q(entries__value__gt=0), Q(entries__value__lt=0)
    papers = (
        Movement.objects.filter(date__range=(first, last))
        .order_by("date", "pk")
        .annotate(
            does=Case(
                When(reverses__isnull=False, then=F("reverses__kind")), default=F("kind"), output_field=CharField()
            ),
            cards=Count("entries__card", distinct=True),
            more_pieces=Sum("entries__quantity", filter=more, default=0),
            less_pieces=Sum("entries__quantity", filter=less, default=0),
            more_value=Sum("entries__value", filter=worth_more, default=Value(0)),
            less_value=Sum("entries__value", filter=worth_less, default=Value(0)),
        )
        .select_related("made_by")
    )
    opening = balance(on=first - dt.timedelta(days=1))
    return Changes(first, last, opening, [_line(paper) for paper in papers])


def _line(paper: Any) -> PaperLine:
    up = Amount(paper.more_pieces, paper.more_value or NOTHING)
    down = Amount(-paper.less_pieces, -(paper.less_value or NOTHING))
    came, left, moved = (Amount(), Amount(), up) if paper.does in MOVING else (up, down, Amount())
    return PaperLine(
        movement_id=paper.pk,
        number=paper.number,
        date=paper.date,
        kind=paper.kind,
        summary=paper.summary,
        made_by=paper.made_by.name,
        cards=paper.cards,
        came=came,
        left=left,
        moved=moved,
    )
