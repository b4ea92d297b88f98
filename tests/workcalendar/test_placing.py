"""Days in a school year: what a plan says of the time, and how tasks move from one year to the next."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.school.calendar import DAY, SchoolCalendar, TermSpan
from logistics.school.choices import DayKind
from logistics.workcalendar.placing import YearPlan, august_comes_first, moved, place
from logistics.workcalendar.reading.times import Moment, When

pytestmark = pytest.mark.requirement("K02", "K03")


def year(begins: int, holidays: dict[str, tuple[dt.date, int]] | None = None, shift: int = 0) -> YearPlan:
    """Two terms with Saturdays and Sundays off and these holidays; ``shift`` moves the terms by days."""
    terms = (
        TermSpan(begins, 1, dt.date(begins, 9, 1) + shift * DAY, dt.date(begins + 1, 1, 20) + shift * DAY),
        TermSpan(begins, 2, dt.date(begins + 1, 2, 22) + shift * DAY, dt.date(begins + 1, 7, 2) + shift * DAY),
    )
    first, last = dt.date(begins, 8, 1), dt.date(begins + 1, 8, 31)
    kinds, notes, day = {}, {}, first
    while day <= last:
        in_term = any(term.first <= day <= term.last for term in terms)
        kinds[day] = DayKind.TEACHING if in_term and day.weekday() < 5 else DayKind.REST
        day += DAY
    named = holidays or {"国庆节": (dt.date(begins, 10, 1), 7), "元旦": (dt.date(begins + 1, 1, 1), 1)}
    for name, (start, days) in named.items():
        for number in range(days):
            kinds[start + number * DAY], notes[start + number * DAY] = DayKind.HOLIDAY, name
    return YearPlan(SchoolCalendar(terms, kinds, notes), dt.date(begins, 9, 1), last, terms[0])


OLD, NEW = year(2025), year(2026)


@pytest.mark.parametrize(
    ("when", "starts", "due"),
    [
        (When(months=(9,)), dt.date(2026, 9, 1), dt.date(2026, 9, 30)),
        (When(months=(8, 9)), dt.date(2026, 8, 1), dt.date(2026, 9, 30)),
        (When(months=(10,)), dt.date(2026, 10, 1), dt.date(2026, 10, 30)),
        (When(months=(1,)), dt.date(2027, 1, 1), dt.date(2027, 1, 20)),
        (When(months=(12, 1)), dt.date(2026, 12, 1), dt.date(2027, 1, 20)),
        (When(months=(9,), part=1), dt.date(2026, 9, 1), dt.date(2026, 9, 10)),
        (When(months=(9,), part=3), dt.date(2026, 9, 21), dt.date(2026, 9, 30)),
        (When(weeks=(3, 3)), dt.date(2026, 9, 14), dt.date(2026, 9, 18)),
        (When(weeks=(1, 2)), dt.date(2026, 9, 1), dt.date(2026, 9, 11)),
        (When(weeks=(30, 30)), dt.date(2027, 1, 18), dt.date(2027, 1, 20)),
        (When(months=(3,), weeks=(3, 3)), dt.date(2027, 3, 8), dt.date(2027, 3, 12)),
        (When(months=(10,), weeks=(2, 2)), dt.date(2026, 10, 5), dt.date(2026, 10, 9)),  # counted anew each month
        (When(months=(9,), holiday="国庆"), dt.date(2026, 9, 24), dt.date(2026, 9, 30)),
        (When(months=(5,), holiday="端午"), dt.date(2027, 5, 1), dt.date(2027, 5, 31)),  # not in this calendar
        (When(months=(9,), week=-1), dt.date(2026, 9, 28), dt.date(2026, 9, 30)),
        (When(months=(11,), week=1), dt.date(2026, 11, 2), dt.date(2026, 11, 6)),  # the 1st is a Sunday
        (When(weeks=(2, 2), days=((9, 7), (9, 11)), months=(9,)), dt.date(2026, 9, 7), dt.date(2026, 9, 11)),
        (When(weeks=(2, 2), days=((9, 8), (9, 12)), months=(9,)), dt.date(2026, 9, 7), dt.date(2026, 9, 11)),  # of 2025
        (When(weeks=(1, 1), days=((8, 25), (8, 31)), months=(8,)), dt.date(2026, 9, 1), dt.date(2026, 9, 4)),
        (When(days=((9, 10), (9, 10)), months=(9,)), dt.date(2026, 9, 10), dt.date(2026, 9, 10)),
        (When(days=((2, 30), (2, 30)), months=(2,)), dt.date(2027, 2, 28), dt.date(2027, 2, 28)),
        (When(months=(12,), moment=Moment.BEFORE_VACATION), dt.date(2027, 1, 18), dt.date(2027, 1, 20)),
        (When(months=(3,), moment=Moment.TERM_START), dt.date(2027, 2, 22), dt.date(2027, 3, 5)),
        (When(moment=Moment.BEFORE_TERM), dt.date(2026, 8, 18), dt.date(2026, 8, 31)),
        (When(moment=Moment.BEFORE_VACATION), dt.date(2027, 1, 18), dt.date(2027, 1, 20)),
        (When(moment=Moment.WINTER), dt.date(2027, 1, 21), dt.date(2027, 2, 21)),
        (When(moment=Moment.SUMMER), dt.date(2027, 7, 3), dt.date(2027, 8, 31)),
    ],
)
def test_what_a_plan_says(when: When, starts: dt.date, due: dt.date) -> None:
    found = place(when, NEW)
    assert (found.starts, found.due) == (starts, due)


def test_which_august() -> None:
    assert august_comes_first([When(months=(8, 9)), When(months=(1,))])
    assert august_comes_first([When(months=(8,)), When(months=(9,))])
    assert not august_comes_first([When(months=(2, 3)), When(months=(7, 8))])
    assert place(When(months=(7, 8)), NEW, august_first=False).due == dt.date(2027, 8, 31)


@pytest.mark.parametrize(
    ("title", "starts", "due", "new_starts", "new_due"),
    [
        # the second Tuesday of term in 2025 is in week 2; the same in 2026
        ("核对财产", dt.date(2025, 9, 9), dt.date(2025, 9, 9), dt.date(2026, 9, 8), dt.date(2026, 9, 8)),
        # the last Friday but one, from the end
        ("期末检查", dt.date(2026, 1, 16), dt.date(2026, 1, 16), dt.date(2027, 1, 15), dt.date(2027, 1, 15)),
        # the last school day before the National Day, whatever weekday
        ("安全检查", dt.date(2025, 9, 30), dt.date(2025, 9, 30), dt.date(2026, 9, 30), dt.date(2026, 9, 30)),
        # two school days before it, with its name
        ("国庆节值班表", dt.date(2025, 9, 29), dt.date(2025, 9, 29), dt.date(2026, 9, 29), dt.date(2026, 9, 29)),
        # a day of the year keeps its number, though it moves in the week
        ("协助教师节活动", dt.date(2025, 9, 8), dt.date(2025, 9, 10), dt.date(2026, 9, 8), dt.date(2026, 9, 10)),
        # all of a month
        ("食堂体检", dt.date(2025, 10, 1), dt.date(2025, 10, 31), dt.date(2026, 10, 1), dt.date(2026, 10, 30)),
        ("局部维修", dt.date(2025, 8, 1), dt.date(2025, 9, 30), dt.date(2026, 8, 1), dt.date(2026, 9, 30)),
        # before the term
        ("发放教材", dt.date(2025, 8, 28), dt.date(2025, 8, 30), dt.date(2026, 8, 28), dt.date(2026, 8, 30)),
        # after it
        ("寒假值班", dt.date(2026, 1, 21), dt.date(2026, 1, 25), dt.date(2027, 1, 21), dt.date(2027, 1, 25)),
        # in the middle of summer
        ("粉刷教室", dt.date(2026, 8, 10), dt.date(2026, 8, 20), dt.date(2027, 8, 10), dt.date(2027, 8, 20)),
    ],
)
def test_tasks_move_by_their_rule(
    title: str, starts: dt.date, due: dt.date, new_starts: dt.date, new_due: dt.date
) -> None:
    found = moved(title, starts, due, OLD, NEW)
    assert (found.starts, found.due) == (new_starts, new_due), found.why


def test_another_holiday_moves_what_hangs_on_it() -> None:
    """The Mid-Autumn Festival wanders by weeks; what is done before it goes along."""
    old = year(2025, {"中秋节": (dt.date(2025, 10, 6), 1)})
    new = year(2026, {"中秋节": (dt.date(2026, 9, 25), 3)})
    found = moved("中秋节前检查", dt.date(2025, 10, 3), dt.date(2025, 10, 3), old, new)
    assert found.due == dt.date(2026, 9, 24)


def test_a_term_that_begins_later() -> None:
    """Week 2 stays week 2 when the term begins two weeks later."""
    new = year(2026, shift=14)
    found = moved("核对财产", dt.date(2025, 9, 9), dt.date(2025, 9, 9), OLD, new)
    assert new.calendar.terms[0].week_of(found.due) == 2
    assert found.due.weekday() == 1


@given(
    st.dates(dt.date(2025, 8, 5), dt.date(2026, 8, 31)),
    st.integers(0, 40),
    st.integers(-14, 21),
    st.integers(2024, 2032),
)
def test_whatever_moves_stays_in_order_and_in_its_part_of_the_year(
    due: dt.date, length: int, shift: int, begins: int
) -> None:
    """Never ends before it begins; what lay in a term lies in the same term of the other year, on a school day."""
    new = year(begins, shift=shift)
    found = moved("检查", due - length * DAY, due, OLD, new)
    assert found.starts <= found.due
    then = OLD.calendar.term_of(due)
    if then and OLD.calendar.taught(due) and "周" in found.why:
        now = new.calendar.term_of(found.due)
        assert now is not None
        assert now.number == then.number
        assert new.calendar.taught(found.due)


@given(
    st.lists(st.integers(1, 12), max_size=3),
    st.none() | st.tuples(st.integers(1, 30), st.integers(1, 30)).map(lambda pair: (min(pair), max(pair))),
    st.sampled_from(["", *Moment]),
    st.integers(0, 3),
    st.booleans(),
    st.integers(2023, 2033),
)
def test_whatever_is_said_has_days(months, weeks, moment, part, august_first, begins) -> None:
    found = place(When(tuple(months), weeks, None, part, moment), year(begins), august_first=august_first)
    assert found.starts <= found.due
