"""Statutory holidays and make-up days, against what the State Council announced for 2025 and 2026."""

import datetime as dt

import pytest

from logistics.school.choices import DayKind
from logistics.school.statutory import announced, kinds

pytestmark = [pytest.mark.requirement("K07")]
AUTUMN = (dt.date(2026, 9, 1), dt.date(2027, 1, 22))


def kind(day: dt.date, *terms) -> str:
    return kinds(day, day, terms or [AUTUMN])[day].kind


@pytest.mark.parametrize("day", [dt.date(2026, 9, 20), dt.date(2026, 10, 10)])
def test_a_weekend_worked_for_the_national_day_is_a_make_up_day(day):
    assert kind(day) == DayKind.MAKE_UP


@pytest.mark.parametrize("day", [dt.date(2026, 9, 25), *(dt.date(2026, 10, n) for n in (1, 2, 3, 5, 6, 7))])
def test_holidays_of_autumn_2026(day):
    assert kind(day) == DayKind.HOLIDAY


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2026, 10, 8), DayKind.TEACHING),
        (dt.date(2026, 10, 4), DayKind.REST),  # a Sunday between holidays
        (dt.date(2026, 9, 5), DayKind.REST),
        (dt.date(2026, 9, 1), DayKind.TEACHING),
        (dt.date(2026, 8, 31), DayKind.REST),  # a Monday before the term
        (dt.date(2027, 1, 25), DayKind.REST),  # a Monday after it
    ],
)
def test_lessons_are_on_weekdays_of_a_term(day, expected):
    assert kind(day) == expected


def test_outside_the_terms_a_make_up_day_is_a_rest_day_and_a_holiday_stays_one():
    assert kind(dt.date(2026, 2, 14)) == DayKind.REST
    assert kind(dt.date(2026, 2, 17)) == DayKind.HOLIDAY


def test_a_holiday_has_its_name():
    day = dt.date(2026, 10, 1)
    assert kinds(day, day, [AUTUMN])[day].note == "国庆节"


def test_a_year_whose_make_up_days_nobody_knows_is_provisional():
    assert announced(2025)
    assert announced(2026)
    assert not announced(2050)
    day = dt.date(2050, 10, 1)
    assert kinds(day, day, [])[day].provisional
    assert not kinds(dt.date(2026, 10, 1), dt.date(2026, 10, 1), [])[dt.date(2026, 10, 1)].provisional


def test_every_day_of_a_span_over_new_year_is_there_once():
    found = kinds(dt.date(2025, 9, 1), dt.date(2026, 8, 31), [])
    assert len(found) == 365
    assert list(found) == sorted(found)
