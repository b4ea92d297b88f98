"""Depreciation by month from the month acquired, no residual value; Python and the database agree to the fen."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.models import Card
from assets.queries.depreciation import accumulated, accumulated_sql, months_begun, schedule, totals, worth
from tests.assets import stock

pytestmark = [pytest.mark.requirement("A01")]
SINCE = dt.date(2026, 9, 15)


@pytest.mark.parametrize(
    ("on", "months"),
    [
        (dt.date(2026, 8, 31), 0),
        (dt.date(2026, 9, 1), 1),
        (dt.date(2026, 9, 30), 1),
        (dt.date(2026, 12, 1), 4),
        (dt.date(2027, 9, 15), 13),
    ],
)
def test_the_month_acquired_counts(on: dt.date, months: int):
    assert months_begun(SINCE, on) == months


@pytest.mark.parametrize(
    ("life", "on", "used_up"),
    [
        (72, dt.date(2026, 9, 30), "63.61"),  # 4580 / 72 = 63.611…
        (72, dt.date(2027, 8, 31), "763.33"),
        (72, dt.date(2032, 8, 31), "4580.00"),
        (72, dt.date(2040, 1, 1), "4580.00"),  # used up: no more than all
        (72, dt.date(2026, 8, 31), "0.00"),
        (0, dt.date(2040, 1, 1), "0.00"),
        (None, dt.date(2040, 1, 1), "0.00"),
    ],
)
def test_what_is_used_up_by_a_month(life: int | None, on: dt.date, used_up: str):
    assert accumulated(Decimal("4580.00"), life_months=life, since=SINCE, on=on) == Decimal(used_up)


def test_without_a_day_nothing_is_used_up():
    assert accumulated(Decimal(100), life_months=72, since=None, on=SINCE) == 0


def test_a_card_of_unknown_age_is_depreciated_from_the_day_booked():
    card = Card(value=Decimal("720.00"), life_months=72, booked_on=SINCE)
    assert worth(card, dt.date(2026, 10, 1)).net == Decimal("700.00")


@given(st.integers(0, 10**12), st.integers(1, 600), st.dates(dt.date(1980, 1, 1), dt.date(2040, 1, 1)))
def test_the_schedule_adds_up_to_the_value(value: int, life: int, since: dt.date):
    card = Card(value=Decimal(value).scaleb(-2), life_months=life, acquired_on=since)
    months = schedule(card)

    assert len(months) == life
    assert sum(month.charge for month in months) == card.value
    assert all(month.charge >= 0 for month in months)
    assert months[-1].net == 0
    assert months[0].first_day == since.replace(day=1)
    for month in (months[0], months[len(months) // 2], months[-1]):
        assert month.accumulated == worth(card, month.first_day).accumulated
        assert month.accumulated + month.net == card.value


def test_what_is_not_depreciated_has_no_schedule():
    assert schedule(Card(value=Decimal(100), life_months=0, acquired_on=SINCE)) == []
    assert schedule(Card(value=Decimal(100), life_months=None, acquired_on=SINCE)) == []


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    value=st.integers(0, 10**12),
    life=st.one_of(st.none(), st.integers(0, 700)),
    since=st.one_of(st.none(), st.dates(dt.date(1980, 1, 1), dt.date(2040, 1, 1))),
    booked=st.one_of(st.none(), st.dates(dt.date(1980, 1, 1), dt.date(2040, 1, 1))),
    on=st.dates(dt.date(1975, 1, 1), dt.date(2060, 1, 1)),
)
def test_the_database_says_the_same(value, life, since, booked, on):
    card = Card(number="X", name="x", value=Decimal(value).scaleb(-2), life_months=life)
    card.acquired_on, card.booked_on = since, booked
    card.save()
    try:
        assert Card.objects.annotate(used_up=accumulated_sql(on)).get().used_up == worth(card, on).accumulated
    finally:
        Card.objects.all().delete()


@pytest.mark.django_db
def test_totals_over_many_cards(keeper, django_assert_num_queries):
    for value in ("4580.00", "0.01", "33.33"):
        stock.card(keeper, value=Decimal(value), property_class=stock.property_class())
    on = dt.date(2027, 1, 31)
    with django_assert_num_queries(1):
        found = totals(Card.objects.in_ledger(), on)

    assert (found.cards, found.quantity, found.value) == (3, 3, Decimal("4613.34"))
    assert found.accumulated == sum(worth(card, on).accumulated for card in Card.objects.all())
    assert found.net == found.value - found.accumulated
    assert totals(Card.objects.none(), on).value == 0
