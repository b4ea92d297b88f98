"""School days: filled from terms and holidays, corrected by hand, taken back."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from logistics.school import statutory
from logistics.school.choices import DayKind, TermNumber
from logistics.school.models import SchoolDay, SchoolYear
from logistics.school.services import days, terms
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("O01", "K07")]
FRIDAY = dt.date(2026, 11, 6)


@pytest.fixture
def year(db) -> SchoolYear:
    year = terms.save_year(name="2026—2027学年", first_day=dt.date(2026, 9, 1), last_day=dt.date(2027, 8, 31))
    terms.save_term(year=year, number=TermNumber.FIRST, first_day=dt.date(2026, 9, 1), last_day=dt.date(2027, 1, 22))
    return year


def the(day: dt.date) -> SchoolDay:
    return SchoolDay.objects.get(day=day)


def test_entering_year_and_term_fills_the_days(year):
    assert SchoolDay.objects.count() == 365
    assert the(FRIDAY).kind == DayKind.TEACHING
    assert the(dt.date(2026, 10, 10)).kind == DayKind.MAKE_UP
    assert the(dt.date(2027, 3, 1)).kind == DayKind.REST


def test_filling_again_changes_nothing(year):
    assert days.fill_days(year=year) == days.Filled(0, 0)
    assert days.fill_every_year() == days.Filled(0, 0)


def test_moving_a_term_moves_its_days(year):
    terms.save_term(term=year.terms.get(), last_day=dt.date(2027, 1, 15))
    assert the(dt.date(2027, 1, 20)).kind == DayKind.REST


def test_a_correction_outlives_filling_and_moving(year):
    days.correct_days(first_day=FRIDAY, last_day=FRIDAY, kind=DayKind.REST, note=" 校运会后补休 ")
    terms.save_term(term=year.terms.get(), last_day=dt.date(2027, 1, 15))
    days.fill_days(year=year)
    assert (the(FRIDAY).kind, the(FRIDAY).note, the(FRIDAY).corrected) == (DayKind.REST, "校运会后补休", True)


def test_a_correction_is_taken_back(year):
    days.correct_days(first_day=FRIDAY, last_day=FRIDAY + dt.timedelta(3), kind=DayKind.REST, note="停课")
    days.release_days(first_day=FRIDAY, last_day=FRIDAY)
    assert (the(FRIDAY).kind, the(FRIDAY).note, the(FRIDAY).corrected) == (DayKind.TEACHING, "", False)
    assert the(FRIDAY + dt.timedelta(3)).kind == DayKind.REST
    assert the(FRIDAY).history.count() == 3 + 1  # entered, filled by the term, corrected, taken back


def test_a_corrected_day_is_not_provisional_any_more(year, monkeypatch):
    monkeypatch.setattr(statutory, "announced", lambda year: False)
    days.fill_days(year=year)
    assert SchoolDay.objects.all().provisional_years() == [2026, 2027]
    days.correct_days(first_day=FRIDAY, last_day=FRIDAY, kind=DayKind.TEACHING)
    assert not the(FRIDAY).provisional


def test_days_once_announced_replace_the_provisional_ones(year, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(statutory, "announced", lambda year: False)
        days.fill_days(year=year)
    assert days.fill_days(year=year).changed > 0
    assert 2026 not in SchoolDay.objects.all().provisional_years()


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (dt.date(2026, 11, 6), dt.date(2026, 11, 5)),
        (dt.date(2026, 8, 31), dt.date(2026, 9, 1)),
        (dt.date(2027, 8, 31), dt.date(2027, 9, 1)),
        (dt.date(1999, 1, 1), dt.date(1999, 1, 1)),
    ],
)
def test_days_the_wrong_way_round_or_outside_a_year_are_refused(year, first, last):
    with pytest.raises(ValidationError):
        days.correct_days(first_day=first, last_day=last, kind=DayKind.REST)
    assert not SchoolDay.objects.filter(corrected=True).exists()


def test_closed_days_stay_as_they_are(year, monkeypatch):
    with time_machine.travel(dt.datetime(2027, 2, 1, 4, tzinfo=dt.UTC)):
        terms.close_term(term=year.terms.get(), person=cast.director())
        for change in (days.correct_days, days.release_days):
            with pytest.raises(ValidationError):
                change(first_day=FRIDAY, last_day=FRIDAY, **({"kind": "rest"} if change is days.correct_days else {}))
        monkeypatch.setattr(statutory, "announced", lambda year: False)
        days.fill_days(year=year)
    assert not the(FRIDAY).provisional
    assert the(dt.date(2027, 3, 1)).provisional
