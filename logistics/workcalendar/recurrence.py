"""Recurrence as a school says it: a rule and a calendar make days. It reads and writes nothing.

An occasion's key names the period it stands for (a term, a week of it, a month, a holiday), not the day: when the
holidays move its day, it is still the same occasion, and nothing is made twice.
"""

import calendar as months_of_the_world
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from logistics.school.calendar import DAY, WEEK, SchoolCalendar, TermSpan
from logistics.workcalendar.choices import Rhythm, Shift

LAST = -1  # of the weekdays of a month, of the weeks of a term


@dataclass(frozen=True)
class Recurrence:
    """A rule. Which of the fields count depends on the rhythm; see ``RHYTHMS``.

    ``terms``: numbers of terms. ``week``: of the term, from 1; -1 is the last, -2 the one before. ``weekday``: Monday
    is 0. ``every``: each so many weeks. ``ordinal``: which of a month's weekdays, 1 to 4 or -1. ``months``: none means
    all. ``day``: of the month; a shorter month's last day. ``offset``: days after the first or last day of the term,
    before it when negative. ``holiday``: only the one of this name.
    """

    rhythm: str
    terms: tuple[int, ...] = (1, 2)
    week: int = 1
    weekday: int | None = None
    every: int = 1
    ordinal: int = 1
    months: tuple[int, ...] = ()
    day: int = 1
    offset: int = 0
    holiday: str = ""
    shift: str = Shift.BEFORE


@dataclass(frozen=True, order=True)
class Occasion:
    """One time a rule comes round: its last day, the first day it may be done, the period it is the task of."""

    day: dt.date
    starts: dt.date
    key: str


def occasions(rule: Recurrence, calendar: SchoolCalendar, first: dt.date, last: dt.date) -> list[Occasion]:
    """The occasions of a rule whose period begins between ``first`` and ``last``, in order of their days."""
    found = RHYTHMS[Rhythm(rule.rhythm)](rule, calendar, first, last)
    return sorted(
        Occasion(day, min(starts, day), key)
        for key, begins, starts, day in found
        if first <= begins <= last and day is not None
    )


def settled(rule: Recurrence, calendar: SchoolCalendar, day: dt.date, begins: dt.date, ends: dt.date) -> dt.date | None:
    """``day``, or the school day of its period that it moves to; None when it is left out.

    It moves as the rule says while the period has such a day, else the other way; a period without lessons leaves it
    out. A day outside its period (before the term) and one the calendar does not know stay.
    """
    known = begins <= day <= ends and day in calendar.kinds
    if rule.shift == Shift.KEEP or not known or calendar.taught(day):
        return day
    if rule.shift == Shift.SKIP:
        return None
    taught = calendar.between(begins, ends)
    before, after = [d for d in taught if d < day][-1:], [d for d in taught if d > day][:1]
    nearest = before + after if rule.shift == Shift.BEFORE else after + before
    return nearest[0] if nearest else None


# key, first day of the term or month, first day to do it, last day; without one it is left out
Found = Iterator[tuple[str, dt.date, dt.date, dt.date | None]]


def _of_term(term: TermSpan) -> str:
    return f"{term.year}-{term.number}"


def _terms(rule: Recurrence, calendar: SchoolCalendar) -> Iterator[TermSpan]:
    return (term for term in calendar.terms if term.number in rule.terms)


def _day_of_week(rule: Recurrence, calendar: SchoolCalendar, begins: dt.date, ends: dt.date) -> dt.date:
    """The rule's weekday in a week; without one the last school day of the week."""
    if rule.weekday is not None:
        monday = begins - begins.weekday() * DAY
        return min(max(monday + rule.weekday * DAY, begins), ends)
    taught = calendar.between(begins, ends)
    return taught[-1] if taught else ends


def _term_week(rule: Recurrence, calendar: SchoolCalendar, first: dt.date, last: dt.date) -> Found:
    for term in _terms(rule, calendar):
        if abs(rule.week) <= term.weeks:
            begins, ends = term.week(rule.week)
            day = _day_of_week(rule, calendar, begins, ends)
            yield _of_term(term), term.first, begins, settled(rule, calendar, day, term.first, term.last)


def _weekly(rule: Recurrence, calendar: SchoolCalendar, first: dt.date, last: dt.date) -> Found:
    for term in _terms(rule, calendar):
        for number in range(rule.week, term.weeks + 1, rule.every):
            begins, ends = term.week(number)
            day = _day_of_week(rule, calendar, begins, ends)
            yield f"{_of_term(term)}-w{number}", term.first, begins, settled(rule, calendar, day, begins, ends)


def _school_day(rule: Recurrence, calendar: SchoolCalendar, first: dt.date, last: dt.date) -> Found:
    for term in _terms(rule, calendar):
        for day in calendar.between(term.first, term.last):
            yield day.isoformat(), term.first, day, day


def _months(rule: Recurrence, first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """First and last day of the rule's months, from the month of ``first`` on."""
    day = first.replace(day=1)
    while day <= last:
        ends = day.replace(day=months_of_the_world.monthrange(day.year, day.month)[1])
        if not rule.months or day.month in rule.months:
            yield day, ends
        day = ends + DAY


def _month_weekday(rule: Recurrence, calendar: SchoolCalendar, first: dt.date, last: dt.date) -> Found:
    for begins, ends in _months(rule, first, last):
        day = settled(rule, calendar, _weekday_of_month(rule, begins, ends), begins, ends)
        yield f"{begins:%Y-%m}", max(begins, first), day or ends, day


def _month_day(rule: Recurrence, calendar: SchoolCalendar, first: dt.date, last: dt.date) -> Found:
    for begins, ends in _months(rule, first, last):
        day = settled(rule, calendar, min(begins + (rule.day - 1) * DAY, ends), begins, ends)
        yield f"{begins:%Y-%m}", max(begins, first), day or ends, day


def _month(rule: Recurrence, calendar: SchoolCalendar, first: dt.date, last: dt.date) -> Found:
    """All of the month, until its last school day."""
    for begins, ends in _months(rule, first, last):
        taught = calendar.between(begins, ends)
        yield f"{begins:%Y-%m}", max(begins, first), begins, taught[-1] if taught else ends


def _weekday_of_month(rule: Recurrence, begins: dt.date, ends: dt.date) -> dt.date:
    weekday = rule.weekday or 0
    if rule.ordinal == LAST:
        return ends - (ends.weekday() - weekday) % 7 * DAY
    return begins + (weekday - begins.weekday()) % 7 * DAY + (rule.ordinal - 1) * WEEK


def _before_holiday(rule: Recurrence, calendar: SchoolCalendar, first: dt.date, last: dt.date) -> Found:
    for begins, _ends, name in calendar.holidays():
        day = calendar.before(begins)
        if day is not None and first <= begins <= last and rule.holiday in ("", name):
            yield f"{begins.year}-{name or begins}", begins, day, day


def _term_start(rule: Recurrence, calendar: SchoolCalendar, first: dt.date, last: dt.date) -> Found:
    for term in _terms(rule, calendar):
        day = settled(rule, calendar, term.first + rule.offset * DAY, term.first, term.last)
        yield _of_term(term), term.first, day or term.first, day


def _term_end(rule: Recurrence, calendar: SchoolCalendar, first: dt.date, last: dt.date) -> Found:
    for term in _terms(rule, calendar):
        day = settled(rule, calendar, term.last + rule.offset * DAY, term.first, term.last)
        yield _of_term(term), term.first, day or term.last, day


RHYTHMS: dict[Rhythm, Callable[[Recurrence, SchoolCalendar, dt.date, dt.date], Found]] = {
    Rhythm.TERM_WEEK: _term_week,  # terms, week, weekday or none
    Rhythm.WEEKLY: _weekly,  # terms, week (the first), every, weekday or none
    Rhythm.SCHOOL_DAY: _school_day,  # terms
    Rhythm.MONTH_WEEKDAY: _month_weekday,  # months, ordinal, weekday
    Rhythm.MONTH_DAY: _month_day,  # months, day
    Rhythm.MONTH: _month,  # months
    Rhythm.BEFORE_HOLIDAY: _before_holiday,  # holiday or any
    Rhythm.TERM_START: _term_start,  # terms, offset
    Rhythm.TERM_END: _term_end,  # terms, offset
}
