"""Plans to begin with: the September to January lists of schools' work plans, a spring term made from their duties, and
what comes round all year. Read from ``reference/work_plans.csv``; ``source`` says which plan and part it is from.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from logistics.workcalendar.choices import PlanList
from logistics.workcalendar.recurrence import Recurrence

FILE = Path(__file__).with_name("reference") / "work_plans.csv"


@dataclass(frozen=True)
class Starter:
    """A duty to take over: its list, title, the role whose it usually is, when it comes round, where it is from."""

    key: str
    list: str
    title: str
    role: str
    rule: Recurrence
    source: str


@cache
def starters() -> tuple[Starter, ...]:
    """All of them, in the order of the file; ``key`` is the line."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Starter(
                key=str(number),
                list=PlanList(row["list"]),
                title=row["title"],
                role=row["role"],
                rule=Recurrence(**dict(_rule(row))),
                source=row["source"],
            )
            for number, row in enumerate(csv.DictReader(file), 1)
        )


def _rule(row: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """The fields of a recurrence that a line gives."""
    for name in ("rhythm", "holiday", "shift"):
        if row[name]:
            yield name, row[name]
    for name in ("week", "weekday", "day", "offset"):
        if row[name]:
            yield name, int(row[name])
    for name in ("terms", "months"):
        if row[name]:
            yield name, tuple(int(number) for number in row[name].split())
