"""Reads across the school's tables."""

import datetime as dt
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.utils import timezone

from logistics.school.calendar import DAY, WEEK, TermSpan, spans
from logistics.school.choices import DayKind
from logistics.school.models import RoleAssignment, SchoolDay, SchoolYear


def year_of_today(day: dt.date | None = None) -> SchoolYear | None:
    """The school year of ``day`` (today); in the holidays between two, the one before."""
    return SchoolYear.objects.filter(first_day__lte=day or timezone.localdate()).order_by("-first_day").first()


def deputies_today() -> QuerySet[RoleAssignment]:
    """Who stands in for whom today."""
    rows: QuerySet[RoleAssignment] = RoleAssignment.objects.in_force().filter(deputy_for__isnull=False)
    return rows.select_related("person", "deputy_for")


@dataclass(frozen=True)
class Week:
    """A week of a month's sheet: its number in the term, if lessons are held in it, and seven days or gaps."""

    number: int | None
    days: tuple[SchoolDay | None, ...]


@dataclass(frozen=True)
class Month:
    """A month of a school year; ``first`` is its first day."""

    first: dt.date
    weeks: tuple[Week, ...]
    taught: int


def months_of(year: SchoolYear) -> list[Month]:
    """The days of a school year by month and week, Monday first; two statements."""
    terms = spans(year.terms.select_related("year"))
    days = {row.day: row for row in SchoolDay.objects.between(year.first_day, year.last_day)}
    months = []
    day = year.first_day.replace(day=1)
    while day <= year.last_day:
        months.append(_month(day, days, terms))
        day = (day + 31 * DAY).replace(day=1)
    return months


def _month(first: dt.date, days: dict[dt.date, SchoolDay], terms: tuple[TermSpan, ...]) -> Month:
    weeks = []
    monday = first - first.weekday() * DAY
    while monday < first or monday.month == first.month:
        row = [monday + n * DAY for n in range(7)]
        term = next((t for t in terms if t.first <= row[-1] and row[0] <= t.last), None)
        shown = tuple(days.get(day) if day.month == first.month else None for day in row)
        weeks.append(Week(term.week_of(monday) if term and any(shown) else None, shown))
        monday += WEEK
    taught = sum(1 for week in weeks for day in week.days if day and day.taught)
    return Month(first, tuple(weeks), taught)


@dataclass(frozen=True)
class Correction:
    """Days next to each other that were corrected alike."""

    first: dt.date
    last: dt.date
    kind: str
    note: str

    def get_kind_display(self) -> str:
        return str(DayKind(self.kind).label)


def corrections_of(year: SchoolYear) -> list[Correction]:
    """What was corrected in a year, in runs."""
    runs: list[Correction] = []
    for row in SchoolDay.objects.between(year.first_day, year.last_day).filter(corrected=True):
        last = runs[-1] if runs else None
        if last and (last.last + DAY, last.kind, last.note) == (row.day, row.kind, row.note):
            runs[-1] = replace(last, last=row.day)
        else:
            runs.append(Correction(row.day, row.day, row.kind, row.note))
    return runs
