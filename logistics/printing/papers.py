"""What a paper says: facts only, the same for every form; how it looks on A4 is in ``pages``, in Excel in ``sheets``.

Each app's ``printing.py`` makes these; nothing here reads the database.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from logistics.base.money import capitals, money_text

Value = str | int | Decimal | dt.date | None


class Kind(StrEnum):
    """How a value is written: money in yuan with two places, capitals (大写) of an amount in yuan.

    A code (a number of a paper or a card) is a text that is not broken into lines.
    """

    TEXT = "text"
    CODE = "code"
    COUNT = "count"
    MONEY = "money"
    DATE = "date"
    CAPITALS = "capitals"

    @property
    def is_figure(self) -> bool:
        return self in {Kind.COUNT, Kind.MONEY}

    @property
    def is_unbroken(self) -> bool:
        return self in {Kind.COUNT, Kind.MONEY, Kind.DATE, Kind.CODE}


class Carry(StrEnum):
    """What a column brings to the foot of a page and to the next page: nothing, its sum, or its last value."""

    NONE = "none"
    SUM = "sum"
    LAST = "last"  # a balance


class Look(StrEnum):
    """A ledger prints its facts in lines above the table, a form in a ruled grid of boxes."""

    LEDGER = "ledger"
    FORM = "form"


class LineKind(StrEnum):
    ENTRY = "entry"
    HEADING = "heading"  # the first cell runs over the whole width
    SUBTOTAL = "subtotal"  # bold, its figures are given and are not counted again


@dataclass(frozen=True)
class Column:
    """``width`` is its share of the table; neighbours with the same ``group`` stand under one common head."""

    head: str
    width: float = 1
    kind: Kind = Kind.TEXT
    carry: Carry = Carry.NONE
    group: str = ""
    centred: bool = False


@dataclass(frozen=True)
class Line:
    """One row of the table: as many cells as there are columns (a heading: one)."""

    cells: tuple[Value, ...]
    kind: LineKind = LineKind.ENTRY


@dataclass(frozen=True)
class Fact:
    """A labelled value in the head of a ledger or a box of a form.

    ``wide``: it takes the whole width of the form. ``lines``: room for so many lines at least, to write by hand.
    """

    label: str
    value: Value = None
    kind: Kind = Kind.TEXT
    wide: bool = False
    lines: int = 1

    @property
    def text(self) -> str:
        return text_of(self.value, self.kind)


@dataclass(frozen=True)
class Signature:
    """A box to sign in; ``name``, ``day`` and a drawn ``picture`` (data URI) where it has been signed already."""

    label: str
    name: str = ""
    day: dt.date | None = None
    picture: str = ""

    @property
    def day_text(self) -> str:
        return long_date(self.day)


@dataclass(frozen=True)
class Paper:
    """One official form. Every text is ready to print; the paper reads nothing.

    ``per_page``: at most so many lines on a page. ``least_lines``: empty ruled lines fill up to this number.
    ``capitals_of``: this amount in yuan stands in capitals under the table. ``copies``: one print for each, named.
    ``picture``: a data URI, beside the boxes of a form. ``link``: an address, as QR in the corner of the head.
    ``large``: on A3, which school offices have too, instead of A4.
    ``bookmark``: the paper's entry in the PDF's outline, where several papers are printed together.
    """

    title: str
    school: str
    number: str = ""
    day: dt.date | None = None
    day_label: str = ""
    look: Look = Look.LEDGER
    landscape: bool = False
    large: bool = False
    dense: bool = False
    facts: tuple[Fact, ...] = ()
    facts_per_row: int = 3
    columns: tuple[Column, ...] = ()
    lines: tuple[Line, ...] = ()
    lines_title: str = ""
    total_label: str = ""
    per_page: int = 0
    least_lines: int = 0
    capitals_of: Decimal | None = None
    money_unit: bool = True
    signatures: tuple[Signature, ...] = ()
    notes: tuple[str, ...] = ()
    copies: tuple[str, ...] = ("",)
    picture: str = ""
    link: str = ""
    bookmark: str = ""

    def __post_init__(self) -> None:
        wanted = len(self.columns)
        for line in self.lines:
            if line.kind is not LineKind.HEADING and len(line.cells) != wanted:
                raise ValueError(f"a line has {len(line.cells)} cells under {wanted} columns: {line.cells!r}")


def text_of(value: Value, kind: Kind = Kind.TEXT) -> str:
    """``value`` as it is printed; nothing is an empty text, a date is 2026-09-01."""
    if value is None:
        return ""
    if kind is Kind.MONEY:
        return money_text(Decimal(value))  # type: ignore[arg-type]
    if kind is Kind.CAPITALS:
        return capitals(Decimal(value))  # type: ignore[arg-type]
    if isinstance(value, dt.date):
        return f"{value:%Y-%m-%d}"
    return str(value)


def long_date(day: dt.date | None) -> str:
    """A date as the head of a form has it: 2026年9月1日; blanks to be filled in by hand when there is none."""
    return date_format(day, "DATE_FORMAT") if day else _("____-__-__")
