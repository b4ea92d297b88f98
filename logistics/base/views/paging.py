"""Pages of long lists: the keys of one page first, then only its rows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

AROUND = 2


@dataclass(frozen=True)
class Page:
    """Where a list stands: the page's number, how many rows there are in all and how many a page has."""

    number: int
    size: int
    total: int

    @classmethod
    def at(cls, wanted: str, size: int, total: int) -> "Page":
        """The page asked for, or the nearest there is."""
        number = int(wanted) if wanted.isdecimal() and len(wanted) < 9 else 1
        return cls(min(max(number, 1), max(-(-total // size), 1)), size, total)

    @property
    def last(self) -> int:
        return max(-(-self.total // self.size), 1)

    @property
    def start(self) -> int:
        """Rows before this page."""
        return (self.number - 1) * self.size

    @property
    def first_row(self) -> int:
        return self.start + 1 if self.total else 0

    @property
    def last_row(self) -> int:
        return min(self.start + self.size, self.total)

    @property
    def several(self) -> bool:
        return self.last > 1

    @property
    def numbers(self) -> list[int | None]:
        """Page numbers to offer: first, last and those around; None where some are left out."""
        shown = sorted({1, self.last, *range(max(self.number - AROUND, 1), min(self.number + AROUND, self.last) + 1)})
        out: list[int | None] = []
        for number in shown:
            if out and out[-1] is not None and number - out[-1] > 1:
                out.append(None)
            out.append(number)
        return out

    def keys(self, ordered: QuerySet[Any]) -> list[Any]:
        """The primary keys of this page's rows. Behind the middle it is counted from the end, so depth costs little."""
        stop = self.last_row
        if self.start > self.total // 2:
            backwards = ordered.reverse().values_list("pk", flat=True)[self.total - stop : self.total - self.start]
            return list(backwards)[::-1]
        return list(ordered.values_list("pk", flat=True)[self.start : stop])
