"""Finds the tables in a sheet: titles, headers of one to four rows, body, and every row left out with its reason.

Which words look like a header comes from the caller's vocabulary; nothing here knows what the columns mean.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from logistics.importing.bands import Header, header_at, header_starts, merges_by_top, normal
from logistics.importing.grids import Cell, Line, Merge, MergedNumber, Sheet, column_letter, is_empty
from logistics.importing.headers import ColumnHead, Vocabulary
from logistics.importing.rowkinds import HEADING, RowKind, is_sequence_head, kind_of_row

REASONS: dict[RowKind | str, Promise] = {
    RowKind.EMPTY: _("empty row"),
    RowKind.SUBTOTAL: _("subtotal or total"),
    RowKind.SIGNATURE: _("signing line"),
    RowKind.NOTE: _("note beside the list"),
    RowKind.HEADING: _("heading of a section"),
    RowKind.NUMBERING: _("numbers of the columns"),
    RowKind.EXAMPLE: _("example to show how it is filled in"),
    "header": _("header repeated"),
    "title": _("title repeated"),
}
MOST_TABLES = 100  # in one sheet; whatever looks like a header further down is taken for a row
MOST_SIDES = 8
LAST_ROW = 1_048_576
WHY_EMPTY = _("The sheet is empty.")
WHY_HIDDEN = _("The sheet is hidden.")
WHY_NO_HEADER = _("No row looks like the header of a list.")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the body: Excel's row number, and a cell for each of the table's columns."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in a sheet: its header rows and skipped rows by Excel's numbers."""

    sheet: str
    header_rows: tuple[int, ...]
    columns: tuple[ColumnHead, ...]
    rows: tuple[Row, ...]
    skipped: tuple[tuple[int, Promise], ...]


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """What was found in a sheet: tables, or ``why`` it has none. A hidden sheet's are found but not proposed."""

    sheet: str
    tables: tuple[Table, ...]
    why: Promise | None = None

    @property
    def proposed(self) -> bool:
        return bool(self.tables) and self.why is None


def find_tables(
    sheet: Sheet, vocabulary: Vocabulary, header_row: int | None = None, header_rows: int | None = None
) -> SheetLayout:
    """The tables of a sheet. ``header_row`` (and how many ``header_rows``) is what a person chose instead."""
    if not sheet.rows:
        return SheetLayout(sheet.name, (), WHY_EMPTY)
    lines = dict(sheet.rows)
    if header_row is not None:
        starts = [(header_row, header_row)] if header_row in lines else []
    else:
        starts = header_starts(sheet, vocabulary)
    merges = merges_by_top(sheet)
    headers = [header_at(lines, merges, start, vocabulary, header_rows) for start in starts]
    headers = [header for header in headers if header.columns]
    if not headers:
        return SheetLayout(sheet.name, (), WHY_NO_HEADER)
    return SheetLayout(sheet.name, tuple(tables_under(sheet, headers)), WHY_HIDDEN if sheet.hidden else None)


def tables_under(sheet: Sheet, headers: list[Header]) -> list[Table]:
    """One table for each header; a header that only repeats the one before it continues its table."""
    kept: list[Header] = []
    repeats: dict[int, str] = {}
    for header in headers:
        if kept and alike(kept[-1], header):
            repeats.update(dict.fromkeys(header.rows, "header"))
        elif len(kept) < MOST_TABLES:
            kept.append(header)
    ends = [header.rows[0] for header in kept[1:]] + [LAST_ROW + 1]
    tables = []
    begin = 0
    for header, end in zip(kept, ends, strict=True):
        above = lines_between(sheet, begin, header.rows[-1] + 1)
        body = lines_between(sheet, header.rows[-1] + 1, end)
        repeats.update(repeated_rows(header, above, body, first=not begin))
        tables += [table_of(sheet, side, body, repeats) for side in sides(header)]
        begin = header.rows[-1] + 1
    return tables


def lines_between(sheet: Sheet, begin: int, end: int) -> Sequence[Line]:
    """The filled rows from one number up to another, without that."""
    first, last = (bisect_left(sheet.rows, number, key=lambda line: line[0]) for number in (begin, end))
    return sheet.rows[first:last]


def alike(one: Header, other: Header) -> bool:
    """Whether a header repeats another: nearly all its words stand over the same columns."""
    first, second = set(one.words), set(other.words)
    return len(first & second) >= 0.8 * max(len(first), len(second))


def sides(header: Header) -> list[Header]:
    """Tables that stand side by side under one header row: the same words over and over."""
    keys = [column.key for column in header.columns]
    starts = [at for at, key in enumerate(keys) if key == keys[0]]
    pieces = [header.columns[a:b] for a, b in pairwise([*starts, len(keys)])]
    if (
        1 < len(pieces) <= MOST_SIDES
        and len(pieces[0]) > 1
        and len({tuple(c.key for c in piece) for piece in pieces}) == 1
    ):
        return [replace(header, columns=piece) for piece in pieces]
    return [header]


def table_of(
    sheet: Sheet,
    header: Header,
    body: Sequence[Line],
    repeats: dict[int, str],
) -> Table:
    """The table under a header: its rows sorted into data and what is left out, merged cells filled down."""
    columns, skipped, rows = header.columns, list[tuple[int, Promise]](), list[tuple[int, list[Cell]]]()
    indexes = [column.index for column in columns]
    sequence = frozenset(at for at, column in enumerate(columns) if is_sequence_head(column.parts[-1]))
    wide = {m.top for m in sheet.merges if m.left <= indexes[0] + 1 and m.right - m.left >= max(2, len(columns) // 2)}
    width = indexes[-1] + 1
    expected = header.rows[-1] + 1
    for number, values in body:
        skipped += [(blank, REASONS[RowKind.EMPTY]) for blank in range(expected, min(number, expected + 100))]
        expected = number + 1
        padded = values + (None,) * (width - len(values))
        cells = [padded[index] for index in indexes]
        why: RowKind | str | None = repeats.get(number) or kind_of_row(cells, sequence, first=not rows)
        if why is None and number in wide and sum(not is_empty(c) for c in cells) == 1:
            why = HEADING
        if why is None:
            rows.append((number, cells))
        else:
            skipped.append((number, REASONS[why]))
    fill_down(rows, columns, sheet.merges)
    return Table(sheet.name, header.rows, columns, tuple(Row(n, tuple(cells)) for n, cells in rows), tuple(skipped))


def repeated_rows(header: Header, above: Sequence[Line], body: Sequence[Line], *, first: bool) -> dict[int, str]:
    """Rows of the body that pages repeat: header rows, and titles; above a further table stands the one before it."""
    known: dict[tuple[str, ...], str] = {}
    begins: set[Cell] = set()
    for number, values in above:
        title = number not in header.rows
        if not title or first or 2 * (len(values) - values.count(None)) <= len(header.columns):
            known[tuple(normal(values))] = "title" if title else "header"
            begins.add(values[0])
    alike = ((number, tuple(normal(values))) for number, values in body if values[0] in begins)
    return {number: known[words] for number, words in alike if words in known}


def fill_down(rows: list[tuple[int, list[Cell]]], columns: Sequence[ColumnHead], merges: Iterable[Merge]) -> None:
    """Repeats a merged cell's text or date in every row it covers; a number is not repeated but marked.

    A quantity or an amount merged over three rows is the three rows' together, or each one's: nobody can tell.
    """
    by_number = dict(rows)
    places = {column.index: at for at, column in enumerate(columns)}
    filled: dict[int, int] = {}
    for merge in sorted(merges):
        place = places.get(merge.left)
        if place is None or merge.bottom == merge.top or merge.top not in by_number:
            continue
        if merge.top <= filled.get(place, 0):  # in no sound workbook do two of them overlap
            continue
        filled[place] = merge.bottom
        value = by_number[merge.top][place]
        if is_empty(value):
            continue
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = MergedNumber(value, f"{column_letter(merge.left)}{merge.top}")
        last = min(merge.bottom, rows[-1][0])
        for number in range(merge.top + 1, last + 1):
            if (cells := by_number.get(number)) and is_empty(cells[place]):
                cells[place] = value
