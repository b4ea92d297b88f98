"""What the carrying columns of a paper add up to: over all lines, page by page. Money to the fen."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from logistics.printing.papers import Carry, Column, Line, LineKind


class Totals:
    """Sums and last values of the carrying columns, line by line."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        self.values: list[Decimal | int | None] = [None] * len(columns)

    def add(self, line: Line) -> None:
        if line.kind is not LineKind.ENTRY:
            return
        for index, (column, value) in enumerate(zip(self.columns, line.cells, strict=True)):
            if column.carry is Carry.NONE or not isinstance(value, int | Decimal):
                continue
            before = self.values[index]
            self.values[index] = value if column.carry is Carry.LAST or before is None else before + value

    def copy(self) -> "Totals":
        made = Totals(self.columns)
        made.values = list(self.values)
        return made

    def without_balances(self) -> "Totals":
        made = Totals(self.columns)
        pairs = zip(self.columns, self.values, strict=True)
        made.values = [v if c.carry is Carry.SUM else None for c, v in pairs]
        return made


def total_of(columns: Sequence[Column], lines: Sequence[Line]) -> Totals:
    """The totals over all ``lines``."""
    totals = Totals(columns)
    for line in lines:
        totals.add(line)
    return totals


@dataclass(frozen=True)
class Portion:
    """The lines of one page with the totals brought from before it, of itself, and carried beyond it."""

    lines: tuple[Line, ...]
    brought: Totals | None
    own: Totals
    carried: Totals


def portions(columns: Sequence[Column], pieces: Sequence[Sequence[Line]]) -> list[Portion]:
    """The lines of each page with their totals, to the fen."""
    found: list[Portion] = []
    running = Totals(columns)
    for number, lines in enumerate(pieces):
        brought = running.copy() if number else None
        for line in lines:
            running.add(line)
        found.append(Portion(tuple(lines), brought, total_of(columns, lines), running.copy()))
    return found
