"""The school's calendar as a value: terms, their weeks, days with lessons. Read once, asked often; it reads nothing."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from logistics.school.choices import TAUGHT, DayKind
from logistics.school.models import SchoolDay, Term

WEEK = dt.timedelta(days=7)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class TermSpan:
    """A term: the year it belongs to (the calendar year it began in), its number, first and last day."""

    year: int
    number: int
    first: dt.date
    last: dt.date

    @property
    def first_monday(self) -> dt.date:
        """The Monday of week 1: the week that the first day lies in, as schools count."""
        return self.first - self.first.weekday() * DAY

    @property
    def weeks(self) -> int:
        return (self.last - self.first_monday).days // 7 + 1

    def week_of(self, day: dt.date) -> int:
        """The number of the week of ``day``; below 1 before the term."""
        return (day - self.first_monday).days // 7 + 1

    def week(self, number: int) -> tuple[dt.date, dt.date]:
        """First and last day of a week, within the term; -1 is the last week. Raises IndexError."""
        number = number if number > 0 else self.weeks + 1 + number
        if not 1 <= number <= self.weeks:
            raise IndexError(number)
        monday = self.first_monday + (number - 1) * WEEK
        return max(monday, self.first), min(monday + 6 * DAY, self.last)


@dataclass(frozen=True)
class SchoolCalendar:
    """Terms in order of time and what each day is; a day that is not entered has no lessons."""

    terms: tuple[TermSpan, ...]
    kinds: Mapping[dt.date, str]
    notes: Mapping[dt.date, str] = field(default_factory=dict)
    taught_days: list[dt.date] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "taught_days", sorted(day for day, kind in self.kinds.items() if kind in TAUGHT))

    def taught(self, day: dt.date) -> bool:
        return self.kinds.get(day) in TAUGHT

    def after(self, day: dt.date) -> dt.date | None:
        """The first day with lessons on ``day`` or after it."""
        place = bisect_left(self.taught_days, day)
        return self.taught_days[place] if place < len(self.taught_days) else None

    def before(self, day: dt.date) -> dt.date | None:
        """The last day with lessons on ``day`` or before it."""
        place = bisect_right(self.taught_days, day)
        return self.taught_days[place - 1] if place else None

    def between(self, first: dt.date, last: dt.date) -> list[dt.date]:
        """The days with lessons from ``first`` to ``last``."""
        return self.taught_days[bisect_left(self.taught_days, first) : bisect_right(self.taught_days, last)]

    def term_of(self, day: dt.date) -> TermSpan | None:
        """The term ``day`` lies in; none in the holidays."""
        return next((term for term in self.terms if term.first <= day <= term.last), None)

    def holidays(self) -> list[tuple[dt.date, dt.date, str]]:
        """The runs of days off that hold a statutory holiday in term: first and last day, name of the holiday."""
        runs: list[tuple[dt.date, dt.date, str]] = []
        for day in sorted(day for day, kind in self.kinds.items() if kind == DayKind.HOLIDAY):
            if runs and day <= runs[-1][1]:
                continue
            first, last = self._run(day)
            runs.append((first, last, self.notes.get(day, "")))
        return runs

    def _run(self, day: dt.date) -> tuple[dt.date, dt.date]:
        """The days without lessons around ``day``."""
        first = last = day
        while first - DAY in self.kinds and not self.taught(first - DAY):
            first -= DAY
        while last + DAY in self.kinds and not self.taught(last + DAY):
            last += DAY
        return first, last


def calendar_of(first: dt.date, last: dt.date) -> SchoolCalendar:
    """The calendar from ``first`` to ``last``, with the whole of every term that reaches into it; two statements."""
    terms = spans(Term.objects.filter(first_day__lte=last, last_day__gte=first).select_related("year"))
    begins = min([first, *(term.first for term in terms)])
    ends = max([last, *(term.last for term in terms)])
    days = list(SchoolDay.objects.between(begins, ends).values_list("day", "kind", "note"))
    return SchoolCalendar(
        terms, {day: kind for day, kind, _note in days}, {day: note for day, _kind, note in days if note}
    )


def spans(terms: Iterable[Term]) -> tuple[TermSpan, ...]:
    """Terms, in order of time."""
    found = (TermSpan(term.year.first_day.year, term.number, term.first_day, term.last_day) for term in terms)
    return tuple(sorted(found, key=lambda span: span.first))
