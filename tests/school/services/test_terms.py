"""School years and terms: no overlap, closing in order, opening again, closed days."""

import datetime as dt
import threading

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from logistics.school.choices import TermNumber
from logistics.school.models import SchoolYear, Term
from logistics.school.rules import closed_on
from logistics.school.services import closing, terms

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("O01")]

AUTUMN = {"number": TermNumber.FIRST, "first_day": dt.date(2026, 9, 1), "last_day": dt.date(2027, 1, 22)}
SPRING = {"number": TermNumber.SECOND, "first_day": dt.date(2027, 2, 22), "last_day": dt.date(2027, 7, 2)}


@pytest.fixture
def year(db) -> SchoolYear:
    return terms.save_year(name="2026—2027学年", first_day=dt.date(2026, 9, 1), last_day=dt.date(2027, 8, 31))


@pytest.fixture
def autumn(year) -> Term:
    return terms.save_term(year=year, **AUTUMN)


@pytest.fixture
def spring(year, autumn) -> Term:
    return terms.save_term(year=year, **SPRING)


@pytest.fixture
def after_both():
    with time_machine.travel(dt.datetime(2027, 7, 20, 4, tzinfo=dt.UTC), tick=False):
        yield


def test_a_year_has_two_terms(year, autumn, spring):
    assert [str(t) for t in year.terms.order_by("number")] == [str(autumn), str(spring)]


@pytest.mark.parametrize(
    ("first_day", "last_day"),
    [
        (dt.date(2026, 2, 1), dt.date(2026, 9, 1)),
        (dt.date(2027, 8, 31), dt.date(2028, 8, 31)),
        (dt.date(2026, 10, 1), dt.date(2026, 11, 1)),
        (dt.date(2026, 1, 1), dt.date(2028, 1, 1)),
        (dt.date(2028, 9, 1), dt.date(2027, 9, 1)),
    ],
)
def test_years_do_not_overlap_or_run_backwards(year, first_day, last_day):
    with pytest.raises(ValidationError):
        terms.save_year(name="另一个", first_day=first_day, last_day=last_day)
    assert SchoolYear.objects.count() == 1


def test_the_next_year_begins_the_day_after(year):
    terms.save_year(name="2027—2028学年", first_day=dt.date(2027, 9, 1), last_day=dt.date(2028, 8, 31))


def test_a_year_keeps_its_terms_inside(year, autumn):
    with pytest.raises(ValidationError):
        terms.save_year(year=year, first_day=dt.date(2026, 9, 2))
    assert SchoolYear.objects.get().first_day == dt.date(2026, 9, 1)


@pytest.mark.parametrize(
    "days",
    [
        {"first_day": dt.date(2027, 1, 22)},
        {"last_day": dt.date(2027, 9, 1)},
        {"first_day": dt.date(2026, 8, 31), "last_day": dt.date(2026, 8, 31)},
        {"last_day": dt.date(2027, 2, 1)},
        {"number": TermNumber.FIRST},
    ],
)
def test_terms_lie_in_their_year_and_apart(year, autumn, days):
    with pytest.raises(ValidationError):
        terms.save_term(year=year, **{**SPRING, **days})
    assert Term.objects.count() == 1


def test_the_second_term_comes_second(year):
    terms.save_term(year=year, **{**AUTUMN, "number": TermNumber.SECOND})
    with pytest.raises(ValidationError):
        terms.save_term(year=year, **{**SPRING, "number": TermNumber.FIRST})


def test_a_closed_term_closes_its_days_and_all_before(autumn, spring, director, after_both):
    terms.close_term(term=autumn, person=director)
    assert closed_on(autumn.last_day)
    assert closed_on(dt.date(2020, 1, 1))
    assert not closed_on(autumn.last_day + dt.timedelta(1))
    closing.demand_open(spring.first_day)
    with pytest.raises(closing.ClosedError):
        closing.demand_open(autumn.first_day)
    autumn.refresh_from_db()
    assert autumn.closed_by == director


def test_before_anything_is_closed_every_day_is_open(autumn):
    closing.demand_open(dt.date(1999, 1, 1))


def test_an_earlier_term_is_closed_first(autumn, spring, director, after_both):
    with pytest.raises(ValidationError, match="2026"):
        terms.close_term(term=spring, person=director)
    assert not closed_on(spring.first_day)


def test_a_running_term_is_not_closed(autumn, director):
    with time_machine.travel(dt.datetime(2027, 1, 21, 4, tzinfo=dt.UTC)), pytest.raises(ValidationError):
        terms.close_term(term=autumn, person=director)
    with time_machine.travel(dt.datetime(2027, 1, 22, 4, tzinfo=dt.UTC)):
        terms.close_term(term=autumn, person=director)


def test_a_term_is_closed_once(autumn, director, after_both):
    terms.close_term(term=autumn, person=director)
    with pytest.raises(ValidationError):
        terms.close_term(term=autumn, person=director)


def test_the_days_of_a_closed_term_stay(autumn, director, after_both):
    terms.close_term(term=autumn, person=director)
    with pytest.raises(ValidationError):
        terms.save_term(term=Term.objects.get(), last_day=dt.date(2027, 1, 20))


def test_nor_does_a_closed_term_become_another(autumn, director, after_both):
    terms.close_term(term=autumn, person=director)
    with pytest.raises(ValidationError):
        terms.save_term(term=Term.objects.get(), number=TermNumber.SECOND)


def test_no_term_is_entered_among_closed_days(year, spring, director, after_both):
    terms.close_term(term=Term.objects.get(number=1), person=director)
    terms.close_term(term=spring, person=director)
    before = terms.save_year(name="2025—2026学年", first_day=dt.date(2025, 9, 1), last_day=dt.date(2026, 8, 31))
    with pytest.raises(ValidationError):
        terms.save_term(
            year=before, number=TermNumber.FIRST, first_day=dt.date(2025, 9, 1), last_day=dt.date(2026, 1, 22)
        )


@pytest.mark.requirement("O05")
def test_the_principal_opens_the_latest_again_and_says_why(autumn, director, principal, after_both):
    terms.close_term(term=autumn, person=director)
    terms.reopen_term(term=autumn, person=principal, reason="漏记一笔捐赠")
    assert not closed_on(autumn.first_day)
    entry = Term.history.filter(id=autumn.pk).latest()
    assert entry.history_change_reason == "漏记一笔捐赠"
    assert [row.closed_at is None for row in Term.history.filter(id=autumn.pk)[:2]] == [True, False]


def test_nobody_else_opens_it(autumn, director, after_both):
    terms.close_term(term=autumn, person=director)
    with pytest.raises(ValidationError):
        terms.reopen_term(term=autumn, person=director, reason="x")
    assert closed_on(autumn.first_day)


def test_not_without_a_reason(autumn, director, principal, after_both):
    terms.close_term(term=autumn, person=director)
    with pytest.raises(ValidationError):
        terms.reopen_term(term=autumn, person=principal, reason="  ")


def test_only_the_latest_is_opened(autumn, spring, director, principal, after_both):
    terms.close_term(term=autumn, person=director)
    terms.close_term(term=spring, person=director)
    with pytest.raises(ValidationError):
        terms.reopen_term(term=autumn, person=principal, reason="x")


def test_an_open_term_is_not_opened(autumn, principal):
    with pytest.raises(ValidationError):
        terms.reopen_term(term=autumn, person=principal, reason="x")


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_paper_half_written_keeps_its_term_open(autumn, director, after_both):
    """Closing waits until a paper that found its day open is written."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    closed = threading.Event()

    def close() -> None:
        try:
            terms.close_term(term=autumn, person=director)
            closed.set()
        finally:
            connection.close()

    with transaction.atomic():
        closing.demand_open(autumn.first_day)
        closer = threading.Thread(target=close)
        closer.start()
        assert not closed.wait(0.5)
    closer.join(10)
    assert closed.is_set()
