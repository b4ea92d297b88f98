"""Classes of property and useful lives: entering the reference data. The school's own are saved by their forms."""

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from assets.choices import Scheme
from assets.models import PropertyClass, UsefulLife
from logistics.base import history

REFERENCE = Path(__file__).resolve().parent.parent / "reference"
FILES = {Scheme.GB2022: "gbt14885_2022.csv", Scheme.GB2010: "gbt14885_2010.csv"}
Row = dict[str, str]


@transaction.atomic
def load_reference() -> None:
    """Enter the classes and lives of the reference files that are not there yet; what is there stays as it is."""
    for scheme, name in FILES.items():
        _load_classes(scheme, list(_rows(name)))
    _load_lives(list(_rows("useful_lives.csv")))


def load_after_migrate(**kwargs: Any) -> None:
    """Called after each migrate."""
    load_reference()


def above(code: str) -> str:
    """The code of the class above in GB/T 14885: the last pair that is not 00 set to 00; empty for a top class."""
    for cut in (2, 4, 6):
        if len(code) > 6 and code[-cut:] != "0" * cut:
            return code[:-cut] + "0" * cut
    return ""


def _rows(name: str) -> Iterator[Row]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _load_classes(scheme: Scheme, rows: list[Row]) -> None:
    known = {row.code: row for row in PropertyClass.objects.filter(scheme=scheme)}
    missing = [row for row in rows if row["code"] not in known]
    for level in range(1, 5):  # parents first: their ids are needed below
        fresh = [_class(scheme, row, known) for row in missing if int(row["level"]) == level]
        known |= {row.code: row for row in history.bulk_create(fresh)}


def _class(scheme: Scheme, row: Row, known: dict[str, PropertyClass]) -> PropertyClass:
    made = PropertyClass(
        scheme=scheme,
        code=row["code"],
        name=row["name"],
        parent=known.get(above(row["code"])),
        unit=row["unit"],
        depreciable=row["depreciable"] == "1",
    )
    made.place_in_tree()
    return made


def _load_lives(rows: list[Row]) -> None:
    classes = dict(_codes())
    known = set(UsefulLife.objects.order_by().values_list("property_class_id", "in_force_from"))
    fresh = []
    for row in rows:
        class_id, begins = classes[row["scheme"], row["code"]], dt.date.fromisoformat(row["in_force_from"])
        if (class_id, begins) not in known:
            months = int(row["years"]) * 12
            fresh.append(
                UsefulLife(property_class_id=class_id, months=months, in_force_from=begins, source=row["source"])
            )
    history.bulk_create(fresh)


def _codes() -> Iterator[tuple[tuple[str, str], int]]:
    for scheme, code, pk in PropertyClass.objects.order_by().values_list("scheme", "code", "pk"):
        yield (scheme, code), pk
