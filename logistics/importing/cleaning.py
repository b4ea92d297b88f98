"""One cell to one value, cleaned and not guessed: what is not surely a number, a date or a choice is a fault.

Each function returns the value, None for a blank cell, or raises CellProblem with what is expected there.
"""

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from logistics.base.cells import plain as unguarded
from logistics.base.names import number_of
from logistics.importing.grids import ErrorValue, MergedNumber, Uncalculated

Choice = TypeVar("Choice")
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e"))
SPACES = re.compile(r"[\s\u3000\xa0]+")
CONTROL = re.compile(r"_x([0-9A-Fa-f]{4})_")
BLANK_MARKS = frozenset(
    {"-", "--", "---", "—", "——", "―", "–", "/", "\\", "//", "无", "(无)", "n/a", "na", "none", "null", "nil"}
)
DITTO = frozenset({"同上", "同前", '"', "″", "〃", "''", "”", "“", "...", "…", "……"})
ERROR_TEXTS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#####"}
)
LONGEST_EXACT = 10**15

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

SEPARATED_DATE = re.compile(r"(\d{4})\s*[-/.、。]\s*(\d{1,2})(?:\s*[-/.、。]\s*(\d{1,2}))?\s*[日号]?")
CHINESE_DATE = re.compile(
    r"(\d{4}|[零〇○一二三四五六七八九]{4})\s*年\s*(\d{1,2}|[一二三四五六七八九十]{1,2})\s*月份?\s*(?:(\d{1,2}|[一二三四五六七八九十廿卅]{1,3})\s*[日号]?)?"
)
COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})?")
TIME_OF_DAY = re.compile(r"(?:\s+|T)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[AaPp][Mm])?Z?")
YEAR_DIGITS = str.maketrans("零〇○一二三四五六七八九", "000123456789")
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
FIRST_DAY_NUMBER, LAST_DAY_NUMBER = 10_000, 73_050  # 1927 to 2099: below, a number is more likely something else
DAY_ZERO, DAY_ZERO_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)

EXPECT_INTEGER = _("a whole number, such as 3")
EXPECT_WHOLE = _("a whole number; pieces cannot be divided")
EXPECT_MONEY = _("an amount in yuan, such as 1200.00")
EXPECT_CENTS = _("an amount with at most two decimals")
EXPECT_DATE = _("a date, such as 2019-09-01, or year and month, such as 2019-09")
EXPECT_REAL_DATE = _("a date that exists in the calendar")
EXPECT_OCTOBER = _("January or October, written as 2019-01 or 2019-10: as a number the two look the same")
EXPECT_CENTURY = _("a date with all four digits of the year, such as 2019-09-01")
EXPECT_MONTH = _("at least the year and the month, such as 2019-09")
EXPECT_TEXT = _("a text; this long number has lost its last digits in Excel")
EXPECT_FULL = _("the value itself instead of “the same as above”")
EXPECT_RESULT = _("a value; the formula here ends in an error")
EXPECT_SAVED = _(
    "a value; the formula here has no saved result. Open the file in Excel or WPS, save it, and upload it again"
)
EXPECT_OWN_NUMBER = _("this row’s own number; the cell is merged with the one above")
EXPECT_BOOL = _("yes or no")
EXPECT_CHOICE = _("one of: {choices}")


class CellProblem(ValueError):
    """A cell that cannot be taken as it stands; ``expected`` is a lazy phrase: what should stand there."""

    def __init__(self, expected: Promise | str) -> None:
        self.expected = expected
        super().__init__(expected)

    def __str__(self) -> str:
        return str(self.expected)


def plain(value: object) -> str:
    """The cell as text without what cannot be seen. Raises CellProblem for error values and unsaved formulas.

    A leading apostrophe before ``= + - @`` is the mark our own exports put there, and before digits the one Excel
    shows for text; both go.
    """
    if isinstance(value, str):
        text = value.strip() if value.isprintable() else visible(value)
        if "  " in text or "_x" in text:
            text = visible(CONTROL.sub(lambda m: chr(int(m[1], 16)) if int(m[1], 16) < 32 else m[0], text))
        if len(text) > 1 and text[0] in "'‘’":
            text = text[1:] if text[1].isdigit() else unguarded(text)
        if text.startswith('="') and text.endswith('"') and len(text) > 3:  # how some exports keep leading zeros
            text = text[2:-1]
        if text in ERROR_TEXTS:
            raise CellProblem(EXPECT_RESULT)
        return text
    return "" if value is None else plain_other(value)


def visible(text: str) -> str:
    return " ".join(text.translate(INVISIBLE).split())


def plain_other(value: object) -> str:
    if isinstance(value, ErrorValue):
        raise CellProblem(EXPECT_RESULT)
    if isinstance(value, Uncalculated):
        raise CellProblem(EXPECT_SAVED)
    if isinstance(value, MergedNumber):
        raise CellProblem(EXPECT_OWN_NUMBER)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise CellProblem(EXPECT_RESULT)
        return str(int(value)) if value.is_integer() and abs(value) < 1e21 else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(value)


def is_blank(value: object) -> bool:
    """Nothing, spaces, or one of the marks with which a school says that there is nothing: ``-`` ``—`` ``/`` 无."""
    if value is None or value == "":
        return True
    return isinstance(value, str) and blank_text(plain_quietly(value))


def plain_quietly(value: str) -> str:
    try:
        return plain(value)
    except CellProblem:
        return value


def blank_text(text: str) -> bool:
    return not text or (len(text) <= 4 and unicodedata.normalize("NFKC", text).casefold().strip() in BLANK_MARKS)


def folded(value: object) -> str | None:
    """The text in half-width letters and digits, or None for a blank cell. Raises CellProblem."""
    text = plain(value)
    if blank_text(text):
        return None
    if text in DITTO:
        raise CellProblem(EXPECT_FULL)
    return text if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def clean_text(value: object) -> str | None:
    """The text on one line, punctuation as written. Numbers read as they are shown: 20160007, not 20160007.0."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= LONGEST_EXACT:
        raise CellProblem(EXPECT_TEXT)
    text = plain(value)
    if blank_text(text):
        return None
    if text in DITTO:
        raise CellProblem(EXPECT_FULL)
    return text


def clean_code(value: object) -> str | None:
    """A number or code: like a text, in half-width letters and digits and without spaces."""
    text = clean_text(value)
    return None if text is None else unicodedata.normalize("NFKC", text).replace(" ", "")


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


def clean_date(value: object, date1904: bool = False) -> dt.date | None:
    """A date; a month alone is its first day. Day numbers of Excel count from 1904 where the workbook says so.

    The text 2019.1 is January and 2019.10 October; the *number* 2019.1 may be either, and is a fault.
    """
    if isinstance(value, dt.datetime):
        return sensible(value.date())
    if isinstance(value, dt.date):
        return sensible(value)
    if isinstance(value, bool | dt.time | dt.timedelta):
        raise CellProblem(EXPECT_DATE)
    if isinstance(value, int | float):
        return date_of_number(value, date1904)
    text = folded(value)
    return None if text is None else date_of_text(text, date1904)


def sensible(date: dt.date) -> dt.date:
    if not EARLIEST <= date <= LATEST:
        raise CellProblem(EXPECT_REAL_DATE)
    return date


def made(year: int, month: int, day: int = 1) -> dt.date:
    try:
        return sensible(dt.date(year, month, day))
    except ValueError as error:
        raise error if isinstance(error, CellProblem) else CellProblem(EXPECT_REAL_DATE) from None


def date_of_number(number: float, date1904: bool) -> dt.date:
    """20190901, 201909, 2019.9, or a day number."""
    plain(number)
    whole = int(number)
    if FIRST_DAY_NUMBER <= number < LAST_DAY_NUMBER:
        return (DAY_ZERO_1904 if date1904 else DAY_ZERO) + dt.timedelta(days=whole)
    if number == whole and len(str(whole)) in (6, 8) and whole > 0:
        return date_of_text(str(whole), date1904)
    if 1900 <= number < 2200 and number != whole:
        months = repr(round(number, 6)).partition(".")[2]
        if months == "1":
            raise CellProblem(EXPECT_OCTOBER)
        if len(months) <= 2:
            return made(whole, int(months))
    raise CellProblem(EXPECT_MONTH if 1900 <= number < 2200 and number == whole else EXPECT_DATE)


@lru_cache(maxsize=4096)
def date_of_text(text: str, date1904: bool) -> dt.date:
    text = TIME_OF_DAY.sub("", text).rstrip(".,;。 ").strip()
    if match := SEPARATED_DATE.fullmatch(text) or COMPACT_DATE.fullmatch(text):
        return made(int(match[1]), int(match[2]), int(match[3] or 1))
    if match := CHINESE_DATE.fullmatch(text):
        try:
            return made(int(match[1].translate(YEAR_DIGITS)), *(numeral(part) for part in match.groups()[1:] if part))
        except ValueError as error:
            raise error if isinstance(error, CellProblem) else CellProblem(EXPECT_DATE) from None
    if re.fullmatch(r"\d{5}", text) and FIRST_DAY_NUMBER <= int(text) < LAST_DAY_NUMBER:
        return date_of_number(int(text), date1904)
    if re.fullmatch(r"\d{4}\s*年?", text):
        raise CellProblem(EXPECT_MONTH)
    if re.fullmatch(r"'?\d{2}\s*[-/.年]\s*\d{1,2}(\s*[-/.月]\s*\d{0,2}\s*日?)?", text):
        raise CellProblem(EXPECT_CENTURY)
    raise CellProblem(EXPECT_DATE)


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


def numeral(text: str) -> int:
    return number_of(text.replace("廿", "二十").replace("卅", "三十"))


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
