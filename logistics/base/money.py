"""Amounts of money and quantities as figures, amounts as capitals (大写). How they are stored is in ``fields``."""

from decimal import ROUND_HALF_UP, Decimal

from logistics.base.fields import FEN

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
TOO_MUCH = Decimal(10) ** 16


def to_fen(amount: Decimal) -> Decimal:
    """``amount`` in yuan rounded to the fen, halves away from zero."""
    return amount.quantize(FEN, rounding=ROUND_HALF_UP)


def fen(amount: Decimal) -> int:
    """``amount`` in yuan as whole fen, halves away from zero."""
    return int(to_fen(amount).scaleb(2))


def yuan(amount: int) -> Decimal:
    """``amount`` in fen as yuan with two places."""
    return Decimal(amount).scaleb(-2)


def money_text(amount: Decimal) -> str:
    """``amount`` in yuan as 1,234.50; a rounded-away minus is dropped."""
    return f"{to_fen(amount) + 0:,.2f}"


def quantity_text(quantity: Decimal) -> str:
    """``quantity`` as 1,200 or 2.5: no more decimal places than it has."""
    return f"{quantity.normalize() + 0:,f}"


def plain_quantity(quantity: Decimal) -> Decimal:
    """``quantity`` without zeros behind the point, as a number field shows it: 30, not 30.000."""
    return Decimal(quantity_text(quantity).replace(",", ""))


def line_amount(quantity: Decimal, price: Decimal) -> Decimal:
    """What ``quantity`` costs at ``price`` yuan each, to the fen."""
    return to_fen(quantity * price)


def capitals(amount: Decimal) -> str:
    """``amount`` in yuan in capitals as vouchers want it: 1409.50 is 壹仟肆佰零玖元伍角整.

    Rounded to the fen first. Where the 元 place is 0 and 角 is not, no 零 is written (107000.53 is
    壹拾万零柒仟元伍角叁分). Raises ValueError from ten thousand 万亿 on.
    """
    exact = to_fen(amount)
    if abs(exact) >= TOO_MUCH:
        raise ValueError("the amount is too large to be written in capitals")
    whole, (jiao, rest) = abs(fen(exact)) // 100, divmod(abs(fen(exact)) % 100, 10)
    text = "负" if exact < 0 else ""
    if whole or not (jiao or rest):
        text += _whole(whole) + "元"
    if jiao:
        text += DIGITS[jiao] + "角"
    if not rest:
        return text + "整"
    return text + ("零" if whole and not jiao else "") + DIGITS[rest] + "分"


def _whole(number: int) -> str:
    """A whole number in capitals; several zeros in a row are read as one, those at the end not at all."""
    if not number:
        return DIGITS[0]
    text, gap = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if gap else "") + DIGITS[digit] + PLACES[place % 4]
        gap = not digit if digit or text else gap
        if place % 4 == 0:
            text += _group_unit(number, place)
    return text


def _group_unit(number: int, place: int) -> str:
    """What closes a group of four digits: 万, 亿, and 万 once more above 亿; an empty group has none."""
    if place == 8:
        return "亿"
    return "万" if place in {4, 12} and number // 10**place % 10_000 else ""
