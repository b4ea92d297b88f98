"""Plain grids as they stand in a file: workbook, sheet, merged ranges, and cells that hold no usable value.

Rows carry Excel's own numbers (from 1); columns are indexes from 0 (``A`` is 0). No Django here, and no module
that is slow to import: the reading child uses it.
"""

import datetime as dt
from typing import NamedTuple


class Mark:
    """A cell that holds no usable value. Two are the same that say the same."""

    __slots__: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mark) and type(self) is type(other) and self.parts == other.parts

    def __hash__(self) -> int:
        return hash((type(self), self.parts))

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self.parts}"


class ErrorValue(Mark):
    """A cell whose formula failed: ``#N/A``, ``#REF!``."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text


class Uncalculated(Mark):
    """A formula whose result was never saved into the file, so that its value is not known."""

    __slots__ = ("formula",)

    def __init__(self, formula: str) -> None:
        self.formula = formula

    def __str__(self) -> str:
        return f"={self.formula}"


class MergedNumber(Mark):
    """A cell under a merged number: whether that is each row's or the sum of all cannot be known."""

    __slots__ = ("anchor", "value")

    def __init__(self, value: object, anchor: str) -> None:
        self.value = value
        self.anchor = anchor

    def __str__(self) -> str:
        return ""


Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | Mark | None
Line = tuple[int, tuple[Cell, ...]]


class Merge(NamedTuple):
    """One merged range, corners included: rows from 1, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


class Sheet(NamedTuple):
    """The filled rows of a sheet as ``(row number, values from column A)``; rows without any value are left out."""

    name: str
    rows: tuple[Line, ...]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False


class Workbook(NamedTuple):
    """What a file holds. ``kind`` is xlsx, xls, ods, csv, html or xml; day numbers count from 1904 if so said."""

    sheets: tuple[Sheet, ...]
    kind: str
    date1904: bool = False


class SheetMarks(NamedTuple):
    """What a marked copy writes into one sheet; ``column`` (from 0) is where the problems of whole rows go."""

    at: int
    column: int
    heads: list[int]
    rows: dict[int, str]
    cells: dict[tuple[int, int], str]


class Limits(NamedTuple):
    """How much a file may ask for. The caller fills these from the school's settings."""

    file_bytes: int = 20 * 2**20
    unpacked_bytes: int = 450 * 2**20
    memory_bytes: int = 384 * 2**20
    seconds: float = 6.5  # the rest of ten is for finding the tables in what was read
    rows: int = 50_000
    cells: int = 1_500_000
    columns: int = 256
    sheets: int = 100


class Refused(Exception):
    """A file that will not be read; ``reading`` turns the code into a sentence."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


def column_letter(index: int) -> str:
    """``0`` → ``A``, ``27`` → ``AB``."""
    letters = ""
    while index >= 0:
        index, rest = divmod(index, 26)
        letters = chr(65 + rest) + letters
        index -= 1
    return letters


def column_index(letters: str) -> int:
    """``A`` → 0, ``AB`` → 27."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def is_empty(value: object) -> bool:
    return value is None or value == ""


def filled_lines(rows: "list[Line]", sheet: str, limits: Limits) -> tuple[Line, ...]:
    """The rows that hold anything, without trailing blanks, within the limits. Raises Refused."""
    kept: list[Line] = []
    cells = 0
    for number, values in rows:
        width = len(values)
        while width and is_empty(values[width - 1]):
            width -= 1
        if not width:
            continue
        if width > limits.columns:
            raise Refused("wide", sheet=sheet, column=column_letter(width - 1), limit=limits.columns)
        kept.append((number, values[:width]))
        cells += width
        if len(kept) > limits.rows or cells > limits.cells:
            raise Refused("long", sheet=sheet, limit=limits.rows)
    return tuple(kept)
