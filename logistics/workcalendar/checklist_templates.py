"""Points of the term's checklists to begin with, from schools' work plans. Read from ``reference/checklists.csv``."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("reference") / "checklists.csv"


@dataclass(frozen=True)
class PointTemplate:
    """A point: its list, title, the role whose it usually is, whether every class has its own, where it is from."""

    key: str
    kind: str
    title: str
    role: str
    each_class: bool
    source: str


@cache
def point_templates(kind: str) -> tuple[PointTemplate, ...]:
    """The points of a kind of list, in the order of the file; ``key`` is the line."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            PointTemplate(str(number), row["kind"], row["title"], row["role"], row["each"] == "class", row["source"])
            for number, row in enumerate(csv.DictReader(file), 1)
            if row["kind"] == kind
        )
