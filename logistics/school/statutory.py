"""Statutory holidays and their make-up days, as announced by the State Council; from the library ``holidays``."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import holidays

from logistics.school.choices import DayKind

SATURDAY = 5
Span = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Kind:
    """What a day is by law and term, before anybody corrects it."""

    kind: DayKind
    note: str = ""
    provisional: bool = False


def announced(year: int) -> bool:
    """Whether the make-up days of a calendar year are known; they are announced in the November before."""
    return any(day.year == year for day in _china(year).weekend_workdays)


def kinds(first: dt.date, last: dt.date, terms: Sequence[Span]) -> dict[dt.date, Kind]:
    """Each day from ``first`` to ``last`` with what it is, ``terms`` being the first and last days of the terms.

    Outside the terms every day is a rest day but for the statutory holidays.
    """
    return {day: kind for year in range(first.year, last.year + 1) for day, kind in _kinds_of(year, first, last, terms)}


def _kinds_of(year: int, first: dt.date, last: dt.date, terms: Sequence[Span]) -> Iterator[tuple[dt.date, Kind]]:
    china, provisional = _china(year), not announced(year)
    day, end = max(first, dt.date(year, 1, 1)), min(last, dt.date(year, 12, 31))
    while day <= end:
        in_term = any(begins <= day <= ends for begins, ends in terms)
        if day in china:
            yield day, Kind(DayKind.HOLIDAY, china[day], provisional)
        elif in_term and day in china.weekend_workdays:
            yield day, Kind(DayKind.MAKE_UP, "", provisional)
        elif in_term and day.weekday() < SATURDAY:
            yield day, Kind(DayKind.TEACHING, "", provisional)
        else:
            yield day, Kind(DayKind.REST, "", provisional)
        day += dt.timedelta(days=1)


def _china(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("CN", years=year, language="zh_CN", expand=False)
