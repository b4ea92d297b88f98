"""Rules that are asked without writing anything."""

import datetime as dt
from decimal import Decimal

import pytest

from assets.choices import CardState
from assets.models import Card
from assets.rules import MOST_NAMED, batches, is_property, listed, objections
from assets.services.movements import transfer
from logistics.school.models import Limit
from tests import cast
from tests.assets import stock

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A01")]
DAY = dt.date(2026, 9, 1)


def test_what_counts_as_property_is_a_dated_limit():
    assert is_property(Decimal("1000.00"), DAY)
    assert not is_property(Decimal("999.99"), DAY)
    Limit.objects.create(key="assets.capitalised_from", value=2000, in_force_from=DAY, source="本校规定")
    assert is_property(Decimal("1000.00"), dt.date(2026, 8, 31))
    assert not is_property(Decimal("1999.99"), DAY)


def test_a_card_says_why_it_takes_no_paper(keeper, django_assert_num_queries):
    fine, moved, void = (stock.card(keeper, room=cast.room(name)) for name in ("一班", "二班", "三班"))
    transfer(person=keeper, cards=[moved], room=cast.room("四班"), date=dt.date(2026, 10, 8))
    Card.objects.filter(pk=void.pk).update(state=CardState.VOID, quantity=0, value=0)
    cards = list(Card.objects.order_by("pk"))
    with django_assert_num_queries(1):
        found = objections(cards, dt.date(2026, 9, 30))

    assert set(found) == {moved.pk, void.pk}
    assert "2026-10-08" in found[moved.pk]
    assert fine.pk not in found


def test_a_long_refusal_names_the_first():
    assert listed(["x"] * MOST_NAMED) == ["x"] * MOST_NAMED
    assert len(listed(["x"] * 5000)) == MOST_NAMED + 1


def test_batches_hold_everything_once():
    assert list(batches(range(7), 3)) == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(batches([])) == []
