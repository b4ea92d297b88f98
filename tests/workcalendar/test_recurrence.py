"""Recurrence as a school says it: single days looked up in a calendar of 2026, and properties over any terms."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logistics.school.calendar import DAY, SchoolCalendar, TermSpan
from logistics.school.statutory import kinds
from logistics.workcalendar.choices import Rhythm, Shift
from logistics.workcalendar.recurrence import Recurrence, occasions

pytestmark = [pytest.mark.requirement("K02", "K07")]

AUTUMN = TermSpan(2026, 1, dt.date(2026, 9, 1), dt.date(2027, 1, 22))
SPRING = TermSpan(2026, 2, dt.date(2027, 2, 22), dt.date(2027, 7, 2))
FIRST, LAST = dt.date(2026, 9, 1), dt.date(2027, 8, 31)


def calendar(*terms: TermSpan, first: dt.date = FIRST, last: dt.date = LAST) -> SchoolCalendar:
    days = kinds(first, last, [(term.first, term.last) for term in terms])
    return SchoolCalendar(
        terms, {day: kind.kind for day, kind in days.items()}, {day: k.note for day, k in days.items() if k.note}
    )


YEAR = calendar(AUTUMN, SPRING)


def days(rhythm: str, **fields) -> list[str]:
    return [f"{o.day:%m-%d}" for o in occasions(Recurrence(rhythm, **fields), YEAR, FIRST, LAST)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"week": 2}, ["09-11", "03-05"]),  # its last school day
        ({"week": 2, "weekday": 0}, ["09-07", "03-01"]),
        ({"week": 1, "weekday": 0, "terms": (1,)}, ["09-01"]),  # the term begins on a Tuesday
        ({"week": -1, "terms": (1,)}, ["01-22"]),
        ({"week": 5, "weekday": 3, "terms": (1,)}, ["09-30"]),  # 1 October is a holiday: the school day before
        ({"week": 5, "weekday": 3, "terms": (1,), "shift": Shift.AFTER}, ["10-08"]),
        ({"week": 5, "weekday": 3, "terms": (1,), "shift": Shift.SKIP}, []),
        ({"week": 5, "weekday": 3, "terms": (1,), "shift": Shift.KEEP}, ["10-01"]),
        ({"week": 30}, []),  # no term has so many
    ],
)
def test_in_a_week_of_the_term(fields, expected):
    assert days(Rhythm.TERM_WEEK, **fields) == expected


def test_every_week_and_every_second_week():
    assert len(days(Rhythm.WEEKLY, terms=(1,), weekday=4)) == AUTUMN.weeks
    assert days(Rhythm.WEEKLY, terms=(1,), weekday=4)[:4] == ["09-04", "09-11", "09-18", "09-24"]  # the 25th is off
    assert days(Rhythm.WEEKLY, terms=(1,), weekday=0, week=2, every=2)[:3] == ["09-07", "09-21", "10-08"]  # in its week


def test_a_week_without_lessons_leaves_a_weekly_duty_out():
    off = {day: "rest" if day.isocalendar().week == 46 else kind for day, kind in YEAR.kinds.items()}
    rule = Recurrence(Rhythm.WEEKLY, terms=(1,), weekday=2)
    found = occasions(rule, SchoolCalendar(YEAR.terms, off), FIRST, LAST)
    assert len(found) == AUTUMN.weeks - 1
    assert len({occasion.day for occasion in found}) == len(found)


def test_every_school_day_has_the_make_up_days_and_no_holidays():
    found = days(Rhythm.SCHOOL_DAY, terms=(1,))
    assert "09-20" in found
    assert "10-01" not in found
    assert len(found) == len(YEAR.between(AUTUMN.first, AUTUMN.last))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"months": (9, 10, 11), "weekday": 0}, ["09-07", "10-08", "11-02"]),  # 5 October is a holiday
        ({"months": (9,), "weekday": 4, "ordinal": -1}, ["09-24"]),  # the last Friday is Mid-Autumn
        ({"months": (2,), "weekday": 0, "ordinal": 4}, ["02-22"]),
    ],
)
def test_on_a_weekday_of_the_month(fields, expected):
    assert days(Rhythm.MONTH_WEEKDAY, **fields) == expected


def test_on_a_day_of_the_month():
    assert days(Rhythm.MONTH_DAY, months=(12,), day=9) == ["12-09"]
    assert days(Rhythm.MONTH_DAY, months=(2,), day=31, shift=Shift.KEEP) == ["02-28"]
    assert len(days(Rhythm.MONTH_DAY, day=15, shift=Shift.KEEP)) == 12
    moved = days(Rhythm.MONTH_DAY, day=15)
    assert len(moved) == 11  # nobody is at school in August
    assert {"02-22", "07-02"} <= set(moved)  # in its month


def test_in_a_month():
    assert days(Rhythm.MONTH, months=(10,)) == ["10-30"]
    assert days(Rhythm.MONTH, months=(8,)) == ["08-31"]  # nobody is at school


def test_before_a_holiday():
    assert days(Rhythm.BEFORE_HOLIDAY, holiday="国庆节") == ["09-30"]
    assert days(Rhythm.BEFORE_HOLIDAY)[:3] == ["09-24", "09-30", "12-31"]


def test_around_the_ends_of_a_term():
    assert days(Rhythm.TERM_START, offset=-7) == ["08-25", "02-15"]
    assert days(Rhythm.TERM_END) == ["01-22", "07-02"]
    assert days(Rhythm.TERM_END, terms=(2,), offset=-4) == ["06-28"]


def test_a_holiday_that_moves_changes_the_day_and_not_the_occasion():
    rule = Recurrence(Rhythm.MONTH_DAY, months=(11,), day=6)
    before = occasions(rule, YEAR, FIRST, LAST)
    off = SchoolCalendar(YEAR.terms, {**YEAR.kinds, dt.date(2026, 11, 6): "rest"}, YEAR.notes)
    after = occasions(rule, off, FIRST, LAST)
    assert [o.key for o in before] == [o.key for o in after]
    assert (before[0].day, after[0].day) == (dt.date(2026, 11, 6), dt.date(2026, 11, 5))


# Properties: any terms in any years, leap years among them

RULES = st.builds(
    Recurrence,
    rhythm=st.sampled_from(Rhythm.values),
    terms=st.sampled_from([(1,), (2,), (1, 2)]),
    week=st.integers(1, 25),
    weekday=st.none() | st.integers(0, 6),
    every=st.integers(1, 4),
    ordinal=st.sampled_from([1, 2, 3, 4, -1]),
    months=st.lists(st.integers(1, 12), unique=True).map(tuple),
    day=st.integers(1, 31),
    offset=st.integers(-30, 30),
    shift=st.sampled_from(Shift.values),
)


@st.composite
def years(draw) -> tuple[SchoolCalendar, dt.date, dt.date]:
    year = draw(st.integers(2019, 2035))
    first = dt.date(year, 9, 1)
    last = dt.date(year + 1, 8, 31)
    autumn = TermSpan(year, 1, first + draw(st.integers(-5, 5)) * DAY, dt.date(year + 1, 1, draw(st.integers(5, 31))))
    spring = TermSpan(
        year, 2, dt.date(year + 1, 2, draw(st.integers(8, 28))), dt.date(year + 1, 7, draw(st.integers(1, 15)))
    )
    return calendar(autumn, spring, first=first - 10 * DAY, last=last), first, last


@settings(max_examples=80, deadline=None)
@given(RULES, years())
def test_an_occasion_comes_once_in_order_and_on_a_school_day_where_it_may(rule, of):
    year, first, last = of
    found = occasions(rule, year, first, last)
    assert len({occasion.key for occasion in found}) == len(found)
    assert found == sorted(found)
    assert found == occasions(rule, year, first, last)
    if rule.shift != Shift.KEEP and rule.rhythm not in (Rhythm.MONTH, Rhythm.TERM_START, Rhythm.TERM_END):
        assert all(year.taught(occasion.day) for occasion in found)


@settings(max_examples=80, deadline=None)
@given(RULES, years())
def test_an_occasion_is_begun_before_it_is_over_and_stays_in_its_month(rule, of):
    year, first, last = of
    for occasion in occasions(rule, year, first, last):
        assert occasion.starts <= occasion.day
        if rule.rhythm in (Rhythm.MONTH, Rhythm.MONTH_DAY, Rhythm.MONTH_WEEKDAY):
            assert occasion.key == f"{occasion.day:%Y-%m}"


@settings(max_examples=40, deadline=None)
@given(RULES, years())
def test_two_halves_of_a_year_make_what_the_year_makes(rule, of):
    year, first, last = of
    middle = dt.date(last.year, 1, 31)
    halves = occasions(rule, year, first, middle) + occasions(rule, year, middle + DAY, last)
    assert sorted(halves) == occasions(rule, year, first, last)


@settings(max_examples=40, deadline=None)
@given(years(), st.sampled_from([(1,), (2,), (1, 2)]), st.none() | st.integers(0, 6))
def test_every_week_comes_as_often_as_the_term_has_weeks(of, terms, weekday):
    year, first, last = of
    rule = Recurrence(Rhythm.WEEKLY, terms=terms, weekday=weekday, shift=Shift.KEEP)
    spans = [term for term in year.terms if term.number in terms and first <= term.first <= last]
    assert len(occasions(rule, year, first, last)) == sum(term.weeks for term in spans)


@settings(max_examples=60, deadline=None)
@given(st.integers(2000, 2099), st.integers(1, 31))
def test_a_day_of_the_month_comes_twelve_times_also_in_leap_years(year, day):
    first, last = dt.date(year, 9, 1), dt.date(year + 1, 8, 31)
    found = occasions(Recurrence(Rhythm.MONTH_DAY, day=day), SchoolCalendar((), {}), first, last)
    assert [f"{o.day:%Y-%m}" for o in found] == [o.key for o in found]
    assert len(found) == 12
