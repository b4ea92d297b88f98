"""A cell as text: what cannot be seen goes, what says nothing is blank, what is no value is a problem."""

import datetime as dt
import math
import re
import unicodedata

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from logistics.base.cells import plain as unguarded
from logistics.importing.grids import ErrorValue, MergedNumber, Uncalculated

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
LONGEST_VALUE = 200  # characters

EXPECT_TEXT = _("a text; this long number has lost its last digits in Excel")
EXPECT_READABLE = _("a text in full; characters of it were lost in the file")
EXPECT_FULL = _("the value itself instead of “the same as above”")
EXPECT_RESULT = _("a value; the formula here ends in an error")
EXPECT_OWN_NUMBER = _("this row’s own number; the cell is merged with the one above")
EXPECT_SAVED = _(
    "a value; the formula here has no saved result. Open the file in Excel or WPS, save it, and upload it again"
)


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
    if len(text) > LONGEST_VALUE:  # no figure, day or choice is as long, and patterns take their time over it
        text = text[:LONGEST_VALUE] + "\ufffd"
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
    if "\ufffd" in text:
        raise CellProblem(EXPECT_READABLE)
    return text


def clean_code(value: object) -> str | None:
    """A number or code: like a text, in half-width letters and digits and without spaces."""
    text = clean_text(value)
    return None if text is None else unicodedata.normalize("NFKC", text).replace(" ", "")
