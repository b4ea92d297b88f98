"""Weeks of a term as schools count them, the next day with lessons, runs of days off."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.school.calendar import DAY, SchoolCalendar, TermSpan, calendar_of
from logistics.school.choices import DayKind, TermNumber
from logistics.school.services import terms
from logistics.school.statutory import kinds

pytestmark = [pytest.mark.requirement("K07", "O01")]

AUTUMN = TermSpan(2026, 1, dt.date(2026, 9, 1), dt.date(2027, 1, 22))  # begins on a Tuesday
DAYS = kinds(dt.date(2026, 9, 1), dt.date(2027, 8, 31), [(AUTUMN.first, AUTUMN.last)])
CALENDAR = SchoolCalendar(
    (AUTUMN,), {d: k.kind for d, k in DAYS.items()}, {d: k.note for d, k in DAYS.items() if k.note}
)


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (dt.date(2026, 9, 1), 1),
        (dt.date(2026, 9, 6), 1),  # its Sunday
        (dt.date(2026, 9, 7), 2),
        (dt.date(2027, 1, 22), 21),
        (dt.date(2026, 8, 30), 0),  # the week before
    ],
)
def test_week_1_is_the_week_of_the_first_day(day, week):
    assert AUTUMN.week_of(day) == week


def test_a_week_lies_within_its_term():
    assert AUTUMN.week(1) == (dt.date(2026, 9, 1), dt.date(2026, 9, 6))
    assert AUTUMN.week(2) == (dt.date(2026, 9, 7), dt.date(2026, 9, 13))
    assert AUTUMN.week(-1) == AUTUMN.week(AUTUMN.weeks) == (dt.date(2027, 1, 18), dt.date(2027, 1, 22))


@pytest.mark.parametrize("number", [0, 22, -22])
def test_there_are_no_other_weeks(number):
    with pytest.raises(IndexError):
        AUTUMN.week(number)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)), st.integers(1, 300))
def test_weeks_and_days_agree(first, length):
    term = TermSpan(first.year, 1, first, first + length * DAY)
    for number in range(1, term.weeks + 1):
        begins, ends = term.week(number)
        assert term.week_of(begins) == term.week_of(ends) == number
    assert sum((ends - begins).days + 1 for begins, ends in map(term.week, range(1, term.weeks + 1))) == length + 1


def test_next_and_last_day_with_lessons():
    assert CALENDAR.before(dt.date(2026, 10, 7)) == dt.date(2026, 9, 30)
    assert CALENDAR.after(dt.date(2026, 10, 1)) == dt.date(2026, 10, 8)
    assert CALENDAR.after(dt.date(2026, 10, 9)) == dt.date(2026, 10, 9)
    assert CALENDAR.after(dt.date(2027, 3, 1)) is None
    assert CALENDAR.before(dt.date(2026, 8, 1)) is None


def test_a_run_of_days_off_has_the_weekend_beside_it():
    runs = {name: (first, last) for first, last, name in CALENDAR.holidays()}
    assert runs["国庆节"] == (dt.date(2026, 10, 1), dt.date(2026, 10, 7))
    assert runs["中秋节"] == (dt.date(2026, 9, 25), dt.date(2026, 9, 27))


@pytest.mark.django_db
def test_it_is_read_with_the_whole_of_its_terms_in_two_statements(django_assert_num_queries):
    year = terms.save_year(name="2026—2027学年", first_day=dt.date(2026, 9, 1), last_day=dt.date(2027, 8, 31))
    terms.save_term(year=year, number=TermNumber.FIRST, first_day=AUTUMN.first, last_day=AUTUMN.last)
    with django_assert_num_queries(2):
        found = calendar_of(dt.date(2026, 11, 1), dt.date(2026, 11, 30))
    assert found.terms == (AUTUMN,)
    assert found.kinds[dt.date(2026, 9, 1)] == DayKind.TEACHING
    assert found.term_of(dt.date(2026, 11, 5)) == AUTUMN
    assert found.term_of(dt.date(2027, 2, 1)) is None
