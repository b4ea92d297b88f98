"""Template filters of the house."""

import datetime as dt
from decimal import Decimal

import pytest
from django.template import Context, Template

from logistics.base.templatetags import house


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), ("", ""), (0, "0.00"), (Decimal("1234567.5"), "1,234,567.50"), (Decimal("-3"), "-3.00")],
)
def test_money(value, text):
    assert house.money(value) == text


def test_capitals_and_number():
    assert house.capitals(Decimal("1409.5")) == "壹仟肆佰零玖元伍角整"
    assert house.number(50000) == "50,000"
    assert (house.capitals(None), house.number(None)) == ("", "")


def test_days_and_moments_are_the_schools():
    late = dt.datetime(2026, 9, 1, 16, 5, tzinfo=dt.UTC)
    assert (house.day(late), house.moment(late), house.clock(late)) == ("2026-09-02", "2026-09-02 00:05", "00:05")
    assert (house.day(dt.date(2026, 9, 1)), house.day(None), house.moment(None)) == ("2026-09-01", "", "")


def test_a_state_has_a_sign_besides_its_colour_and_is_escaped():
    text = Template('{% badge label "bad" %}').render(Context({"label": "<b>"}))
    assert "✕" in text
    assert "&lt;b&gt;" in text
