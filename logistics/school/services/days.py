"""School days: filling a year from its terms and the statutory holidays, correcting days."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from logistics.base import history
from logistics.base.locks import hold
from logistics.school import statutory
from logistics.school.models import SchoolDay, SchoolYear, Term
from logistics.school.services.closing import CALENDAR, demand_open

FILLED = ("kind", "note", "provisional")
WRITTEN = (*FILLED, "corrected")


@dataclass(frozen=True)
class Filled:
    """How many days a filling entered and how many it changed."""

    entered: int
    changed: int


@transaction.atomic
def fill_days(*, year: SchoolYear) -> Filled:
    """Give each day of the year its kind by term and statutory holiday.

    What was corrected stays, and so does every day that is closed.
    """
    hold(CALENDAR)
    known = {row.day: row for row in SchoolDay.objects.between(year.first_day, year.last_day)}
    closed, fresh, differing = Term.closed_through(), [], []
    for day, kind in _kinds(year).items():
        row = known.get(day)
        if row is None:
            fresh.append(_set(SchoolDay(day=day), kind))
        elif not row.corrected and not (closed and day <= closed) and _differs(row, kind):
            differing.append(_set(row, kind))
    history.bulk_create(fresh)
    history.bulk_update(differing, FILLED)
    return Filled(len(fresh), len(differing))


def fill_every_year() -> Filled:
    """The same for all school years: at start, since the program may know more holidays than before."""
    filled = [fill_days(year=year) for year in SchoolYear.objects.all()]
    return Filled(sum(each.entered for each in filled), sum(each.changed for each in filled))


@transaction.atomic
def correct_days(*, first_day: dt.date, last_day: dt.date, kind: str, note: str = "") -> list[SchoolDay]:
    """Say what the days of a span are; filling the year again leaves them so.

    Raises ValidationError: days outside every school year, the wrong way round, or closed.
    """
    rows = _open_days(first_day, last_day)
    for row in rows:
        row.kind, row.note, row.provisional, row.corrected = kind, note.strip(), False, True
        row.full_clean(validate_unique=False)
    return history.bulk_update(rows, WRITTEN)


@transaction.atomic
def release_days(*, first_day: dt.date, last_day: dt.date) -> list[SchoolDay]:
    """Take corrections back: the days are again what term and statutory holidays make them. Raises as above."""
    rows = [row for row in _open_days(first_day, last_day) if row.corrected]
    by_law = {day: kind for year in _years_of(rows) for day, kind in _kinds(year).items()}
    for row in rows:
        _set(row, by_law[row.day]).corrected = False
    return history.bulk_update(rows, WRITTEN)


def _open_days(first: dt.date, last: dt.date) -> list[SchoolDay]:
    """The days of a span, held; all of them in a school year and open."""
    hold(CALENDAR)
    if last < first:
        raise ValidationError({"last_day": _("The last day is before the first.")})
    demand_open(first)
    rows = list(SchoolDay.objects.between(first, last))
    if len(rows) != (last - first).days + 1:
        raise ValidationError(_("A day of this span lies in no school year. Enter the school year first."))
    return rows


def _years_of(rows: Sequence[SchoolDay]) -> list[SchoolYear]:
    if not rows:
        return []
    return list(SchoolYear.objects.filter(first_day__lte=rows[-1].day, last_day__gte=rows[0].day))


def _kinds(year: SchoolYear) -> dict[dt.date, statutory.Kind]:
    terms = list(year.terms.values_list("first_day", "last_day"))
    return statutory.kinds(year.first_day, year.last_day, terms)


def _differs(row: SchoolDay, kind: statutory.Kind) -> bool:
    return any(getattr(row, name) != getattr(kind, name) for name in FILLED)


def _set(row: SchoolDay, kind: statutory.Kind) -> SchoolDay:
    row.kind, row.note, row.provisional = kind.kind, kind.note, kind.provisional
    return row
