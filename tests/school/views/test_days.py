"""The year's sheet of school days: shown, corrected, taken back, filled; refused to others."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from logistics.school.choices import DayKind, TermNumber
from logistics.school.models import SchoolDay, SchoolYear
from logistics.school.services import days, terms
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("O01", "K07")]
FRIDAY = dt.date(2026, 11, 6)


@pytest.fixture(autouse=True)
def in_the_example_term():
    with time_machine.travel(dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def year(db) -> SchoolYear:
    year = terms.save_year(name="2026—2027学年", first_day=dt.date(2026, 9, 1), last_day=dt.date(2027, 8, 31))
    terms.save_term(year=year, number=TermNumber.FIRST, first_day=dt.date(2026, 9, 1), last_day=dt.date(2027, 1, 22))
    return year


@pytest.fixture
def boss(as_person, director):
    return as_person(director)


def url(name: str, year: SchoolYear, query: str = "") -> str:
    return reverse(f"school:day-{name}", args=[year.pk]) + query


def test_the_sheet_shows_twelve_months_with_weeks_and_school_days(boss, year):
    page = boss.get(url("sheet", year)).content.decode()
    assert page.count('<table class="month">') == 12
    assert page.count('<th scope="row">21</th>') == 1  # week 21 of the term lies in one month
    september = next(m for m in boss.get(url("sheet", year)).context["months"] if m.first.month == 9)
    assert september.taught == 22  # 22 weekdays, less the 25th (Mid-Autumn), with the 20th (for the National Day)


def test_it_costs_the_same_for_a_full_year(boss, year, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        boss.get(url("sheet", year))


def test_days_whose_holidays_nobody_knows_are_pointed_out(boss, year):
    SchoolDay.objects.filter(day__year=2027).update(provisional=True)
    assert "2027" in boss.get(url("sheet", year)).context["provisional"].__str__()


def test_a_day_is_corrected_and_taken_back(boss, year):
    shown = boss.get(url("correct", year, f"?day={FRIDAY}")).context["form"]
    assert shown.initial == {"first_day": FRIDAY, "kind": DayKind.TEACHING, "note": ""}
    answer = boss.post(url("correct", year), {"first_day": FRIDAY, "kind": "rest", "note": "补休"})
    assert answer.url == url("sheet", year)
    assert (SchoolDay.objects.get(day=FRIDAY).kind, SchoolDay.objects.get(day=FRIDAY).note) == ("rest", "补休")
    assert "补休" in boss.get(url("sheet", year)).content.decode()
    boss.post(url("release", year, f"?first={FRIDAY}&last={FRIDAY}"))
    assert SchoolDay.objects.get(day=FRIDAY).kind == DayKind.TEACHING


def test_what_was_typed_comes_back_with_the_refusal(boss, year):
    sent = {"first_day": FRIDAY, "last_day": "2026-11-02", "kind": "rest", "note": "运动会"}
    page = boss.post(url("correct", year), sent)
    assert page.status_code == 200
    assert page.context["form"].errors["last_day"]
    assert "运动会" in page.content.decode()
    assert not SchoolDay.objects.filter(corrected=True).exists()


def test_runs_of_corrections_are_one_line(boss, year):
    days.correct_days(first_day=FRIDAY, last_day=FRIDAY + dt.timedelta(3), kind=DayKind.REST, note="停课")
    days.correct_days(first_day=dt.date(2026, 12, 1), last_day=dt.date(2026, 12, 1), kind=DayKind.REST, note="停课")
    runs = boss.get(url("sheet", year)).context["corrections"]
    assert [(run.first, run.last) for run in runs] == [
        (FRIDAY, FRIDAY + dt.timedelta(3)),
        (dt.date(2026, 12, 1), dt.date(2026, 12, 1)),
    ]


def test_filling_says_how_many_days_are_new(boss, year):
    SchoolDay.objects.filter(day__gte=dt.date(2027, 8, 1)).delete()
    page = boss.post(url("fill", year), follow=True)
    assert "31" in str(next(iter(page.context["messages"])))
    assert SchoolDay.objects.count() == 365


@pytest.mark.parametrize("query", ["", "?first=2026-11-06", "?first=2026-13-01&last=x"])
def test_taking_back_needs_a_span(boss, year, query):
    assert boss.get(url("release", year, query)).status_code == 404


@pytest.mark.requirement("O02")
def test_others_look_and_do_not_correct(as_person, year):
    client = as_person(cast.principal())
    assert "day-correct" not in client.get(url("sheet", year)).content.decode()
    for name in ("correct", "release", "fill"):
        assert client.post(url(name, year), {"first_day": FRIDAY, "kind": "rest"}).status_code == 403
    assert as_person(cast.teacher()).get(url("sheet", year)).status_code == 403
    assert not SchoolDay.objects.filter(corrected=True).exists()
