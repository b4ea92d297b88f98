"""One cell to one value, cleaned and not guessed: what is not surely a number, a date or a choice is a fault.

Each function returns the value, None for a blank cell, or raises CellProblem with what is expected there.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from logistics.importing.dates import clean_date
from logistics.importing.texts import (
    LONGEST_EXACT,
    SPACES,
    CellProblem,
    blank_text,
    clean_code,
    clean_text,
    folded,
    is_blank,
    plain,
)

__all__ = [
    "CellProblem",
    "clean_bool",
    "clean_choice",
    "clean_code",
    "clean_date",
    "clean_integer",
    "clean_money",
    "clean_text",
    "is_blank",
]

Choice = TypeVar("Choice")
NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)?(\.\d+)?")
UNIT = re.compile(
    r"[台套个张把件只块支枝本组批副付对双条根面架座辆部具盒箱包瓶桶罐卷册幅间栋幢层项份袋片颗株棵盆扇樘盏顶床口艘匹头"
    r"米克升吨斤亩元人名位处所班节次天年月日周期分篇页捆筐篮盘碗碟杯壶锅罩门窗柜桌椅凳床枚串束排列串刀令打轴孔路端点]{1,2}"
    r"|平方米|立方米|平米|公斤|千克|公里|厘米|毫米|公分|小时|分钟|课时|学时|人次|[㎡㎥]|m[23²³]?|k[gm]|[cm]m|g|l|ml|pcs?|sets?|units?|ea",
    re.IGNORECASE,
)
CURRENCY = r"(?:¥|￥|rmb|cny|人民币)?"
MONEY = re.compile(
    rf"{CURRENCY}\s*([+-]?)\s*{CURRENCY}\s*([\d, ]*\.?\d*)\s*(亿|千万|百万|万|千)?\s*"
    r"(?:(?:元|圆|块|rmb|cny)\s*(?:[整正]|/\w{1,2})?)?"
)
SCALES = {
    "": 1,
    "元": 1,
    "圆": 1,
    "千": 1_000,
    "千元": 1_000,
    "万": 10_000,
    "万元": 10_000,
    "百万": 10**6,
    "百万元": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "亿元": 10**8,
}

EXPECT_INTEGER = _("a whole number, such as 3")
EXPECT_WHOLE = _("a whole number; pieces cannot be divided")
EXPECT_MONEY = _("an amount in yuan, such as 1200.00")
EXPECT_CENTS = _("an amount with at most two decimals")
EXPECT_BOOL = _("yes or no")
EXPECT_CHOICE = _("one of: {choices}")


def clean_integer(value: object) -> int | None:
    """Pieces: ``3``, ``3台``, ``１组``, ``1,200``, 4.0. The caller judges negative numbers."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = Decimal(plain(value))
    elif isinstance(value, bool | dt.date | dt.time | dt.timedelta):
        raise CellProblem(EXPECT_INTEGER)
    else:
        text = folded(value)
        if text is None:
            return None
        number = counted(text.translate(MINUS))
    if within(number, EXPECT_INTEGER) != number.to_integral_value():
        raise CellProblem(EXPECT_WHOLE)
    return int(number)


MINUS = str.maketrans("−–—，", "---,")


@lru_cache(maxsize=4096)
def counted(text: str) -> Decimal:
    """A number with at most a known unit behind it; 万, 多 and 左右 are no units."""
    match = NUMBER.match(text)
    if match is None or not (match[2] or match[3]):
        raise CellProblem(EXPECT_INTEGER)
    rest = text[match.end() :].strip().removeprefix("(").removesuffix(")")
    if rest and not UNIT.fullmatch(rest):
        raise CellProblem(EXPECT_INTEGER)
    return decimal(match[0].replace(",", "").replace(" ", ""), EXPECT_INTEGER)


def within(number: Decimal, expected: Promise) -> Decimal:
    """The number, if Excel could still tell it from the next one."""
    if abs(number) >= LONGEST_EXACT:
        raise CellProblem(expected)
    return number


def decimal(text: str, expected: Promise) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise CellProblem(expected) from None


def clean_money(value: object, unit: str = "", places: int = 2) -> Decimal | None:
    """Yuan with two places: ``¥1,200.00``, ``1200元``, ``1.2万元``. ``unit`` is the header's: 万元 multiplies.

    More than ``places`` decimals is a fault, never a rounding; only the dust of binary floats is swept off.
    """
    scale = SCALES.get(unicodedata.normalize("NFKC", unit), 1)
    if isinstance(value, bool | dt.date | dt.time | dt.timedelta):
        raise CellProblem(EXPECT_MONEY)
    if isinstance(value, int | float):
        plain(value)
        amount = within(Decimal(repr(value)) * scale, EXPECT_MONEY)
        amount = round(amount, places) if abs(amount - round(amount, places)) < Decimal("1e-6") else amount
    else:
        text = folded(value)
        if text is None:
            return None
        amount = within(paid(text.translate(MINUS).casefold(), scale), EXPECT_MONEY)
    if amount != round(amount, places):
        raise CellProblem(EXPECT_CENTS)
    return round(amount, places)


@lru_cache(maxsize=4096)
def paid(text: str, scale: int) -> Decimal:
    if text.startswith("(") and text.endswith(")"):  # an accountant's minus
        return -paid(text[1:-1], scale)
    match = MONEY.fullmatch(text)
    digits = match[2].strip() if match else ""
    if match is None or not NUMBER.fullmatch(digits) or not any(map(str.isdigit, digits)):
        raise CellProblem(EXPECT_MONEY)
    stated = match[3] or ("元" if re.search("[元圆块]", text) else "")
    factor = SCALES[stated] if stated else scale
    return decimal(match[1] + digits.replace(",", "").replace(" ", ""), EXPECT_MONEY) * factor


def clean_choice(value: object, choices: Mapping[str, Choice]) -> Choice | None:
    """The choice whose word stands in the cell. ``choices`` maps every accepted word to its value.

    The words are compared in half width, without spaces and letter case; nothing is matched by likeness.
    """
    text = folded(value)
    if text is None:
        return None
    found = {choice_key(word): choice for word, choice in choices.items()}
    try:
        return found[choice_key(text)]
    except KeyError:
        first: dict[object, str] = {}
        for word, choice in choices.items():
            first.setdefault(choice, word)
        raise CellProblem(format_lazy(EXPECT_CHOICE, choices="、".join(first.values()))) from None


def choice_key(word: str) -> str:
    return SPACES.sub("", unicodedata.normalize("NFKC", word)).casefold()


YES = frozenset({"是", "有", "对", "√", "✓", "✔", "☑", "y", "yes", "true", "t", "1", "on"})
NO = frozenset({"否", "无", "没有", "不是", "错", "×", "✗", "✘", "☐", "n", "no", "false", "f", "0", "off"})


def clean_bool(value: object) -> bool | None:
    """是 / 否 and their like; here 无 is a no and not a blank."""
    if isinstance(value, bool) or (isinstance(value, int | float) and value in (0, 1)):
        return bool(value)
    text = unicodedata.normalize("NFKC", plain(value)).casefold().strip()
    if text in YES | NO:
        return text in YES
    if blank_text(text):
        return None
    raise CellProblem(EXPECT_BOOL)
