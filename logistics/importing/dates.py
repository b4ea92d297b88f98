"""One cell to one date, whether a date, a text or a number stands in it; what may be two dates is a problem."""

import datetime as dt
import re
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from logistics.base.names import number_of
from logistics.importing.texts import CellProblem, folded, plain

SEPARATED_DATE = re.compile(r"(\d{4})\s*[-—–/.、。]\s*(\d{1,2})(?:\s*[-—–/.、。]\s*(\d{1,2}))?\s*[日号]?")
CHINESE_DATE = re.compile(
    r"(\d{4}|[零〇○一二三四五六七八九]{4})\s*年\s*(\d{1,2}|[一二三四五六七八九十]{1,2})\s*月份?\s*(?:(\d{1,2}|[一二三四五六七八九十廿卅]{1,3})\s*[日号]?)?"
)
COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})?")
TIME_OF_DAY = re.compile(r"(?:\s+|T)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[AaPp][Mm])?Z?")
YEAR_DIGITS = str.maketrans("零〇○一二三四五六七八九", "000123456789")
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
FIRST_DAY_NUMBER, LAST_DAY_NUMBER = 10_000, 73_050  # 1927 to 2099: below, a number is more likely something else
DAY_ZERO, DAY_ZERO_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)

EXPECT_DATE = _("a date, such as 2019-09-01, or year and month, such as 2019-09")
EXPECT_REAL_DATE = _("a date that exists in the calendar")
EXPECT_OCTOBER = _("January or October, written as 2019-01 or 2019-10: as a number the two look the same")
EXPECT_CENTURY = _("a date with all four digits of the year, such as 2019-09-01")
EXPECT_MONTH = _("at least the year and the month, such as 2019-09")


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


def numeral(text: str) -> int:
    return number_of(text.replace("廿", "二十").replace("卅", "三十"))
