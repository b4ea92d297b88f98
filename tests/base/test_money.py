"""Amounts as figures and in capitals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.base.money import capitals, fen, money_text, yuan

DIGITS = "零壹贰叁肆伍陆柒捌玖"
FEN_AMOUNTS = st.integers(min_value=-(10**18) + 1, max_value=10**18 - 1)


@pytest.mark.requirement("R03")
@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("107000.53", "壹拾万零柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("0.50", "伍角整"),
        ("0.53", "伍角叁分"),
        ("0.05", "伍分"),
        ("1.05", "壹元零伍分"),
        ("10.00", "壹拾元整"),
        ("1008.00", "壹仟零捌元整"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("100010.00", "壹拾万零壹拾元整"),
        ("100050000.00", "壹亿零伍万元整"),
        ("150000000.00", "壹亿伍仟万元整"),
        ("100000001.00", "壹亿零壹元整"),
        ("1000000000000.00", "壹万亿元整"),
        ("1000050000000.00", "壹万亿零伍仟万元整"),
        ("1000100000000.00", "壹万零壹亿元整"),
        ("0.00", "零元整"),
        ("-3.20", "负叁元贰角整"),
        ("-0.001", "零元整"),
        ("1.005", "壹元零壹分"),
        ("0.995", "壹元整"),
        ("9999999999.999", "壹佰亿元整"),
    ],
)
def test_capitals_follow_the_voucher_rule(amount, text):
    assert capitals(Decimal(amount)) == text


def test_capitals_refuse_what_has_no_name():
    with pytest.raises(ValueError, match="too large"):
        capitals(Decimal(10) ** 16)


def parse(text: str) -> int:
    """Capitals back to fen, written independently: by the value of each sign, never by position."""
    sign, text = (-1, text[1:]) if text.startswith("负") else (1, text)
    whole, _, rest = text.rpartition("元")
    total = 100 * whole_value(whole)
    for unit, value in (("角", 10), ("分", 1)):
        if unit in rest:
            total += DIGITS.index(rest[rest.index(unit) - 1]) * value
    return sign * total


def whole_value(text: str) -> int:
    for unit, value in (("亿", 10**8), ("万", 10**4), ("仟", 1000), ("佰", 100), ("拾", 10)):
        head, found, tail = text.partition(unit)
        if found:
            return whole_value(head) * value + whole_value(tail)
    return int("".join(str(DIGITS.index(c)) for c in text) or "0")


@given(FEN_AMOUNTS)
def test_capitals_read_back_as_the_same_amount(amount):
    assert parse(capitals(yuan(amount))) == amount


@given(FEN_AMOUNTS)
def test_capitals_never_double_a_zero_nor_end_in_one(amount):
    text = capitals(yuan(amount))
    assert "零零" not in text
    assert "零万" not in text
    assert "零亿" not in text
    assert "零元" not in text or text == "零元整"
    assert text.endswith(("整", "分"))


@given(FEN_AMOUNTS)
def test_fen_and_yuan_are_each_others_inverse(amount):
    assert fen(yuan(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "text"),
    [("1234.5", "1,234.50"), ("0", "0.00"), ("-1234567.891", "-1,234,567.89"), ("-0.001", "0.00"), ("2.675", "2.68")],
)
def test_money_text_has_two_places_and_commas(amount, text):
    assert money_text(Decimal(amount)) == text
