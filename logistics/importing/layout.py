"""Finds the tables in a sheet: titles, headers of one to four rows, body, and every row left out with its reason.

Which words look like a header comes from the caller's vocabulary; nothing here knows what the columns mean.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from logistics.importing.grids import Cell, Line, Merge, MergedNumber, Sheet, column_letter, is_empty
from logistics.importing.headers import MARKING_COLUMN, ColumnHead, Vocabulary, normalise_header
from logistics.importing.rowkinds import HEADING, RowKind, is_sequence_head, kind_of_row, shown

MAX_HEADER_ROWS = 4
FURTHER_TABLE = 3
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


@dataclass(frozen=True, slots=True)
class Header:
    """A band of header rows, and where each of its columns stands."""

    rows: tuple[int, ...]
    columns: tuple[ColumnHead, ...]

    @property
    def words(self) -> tuple[tuple[int, str], ...]:
        return tuple((c.index, c.key) for c in self.columns)


def find_tables(
    sheet: Sheet, vocabulary: Vocabulary, header_row: int | None = None, header_rows: int | None = None
) -> SheetLayout:
    """The tables of a sheet. ``header_row`` (and how many ``header_rows``) is what a person chose instead."""
    if not sheet.rows:
        return SheetLayout(sheet.name, (), WHY_EMPTY)
    lines = dict(sheet.rows)
    if header_row is not None:
        starts = [header_row] if header_row in lines else []
    else:
        starts = header_starts(sheet, vocabulary)
    headers = [header_at(sheet, lines, start, vocabulary, header_rows) for start in starts]
    headers = [header for header in headers if header.columns]
    if not headers:
        return SheetLayout(sheet.name, (), WHY_NO_HEADER)
    return SheetLayout(sheet.name, tuple(tables_under(sheet, headers)), WHY_HIDDEN if sheet.hidden else None)


# Where headers are


def header_starts(sheet: Sheet, vocabulary: Vocabulary) -> list[int]:
    """Numbers of the rows that a header begins at; the best row of the sheet says how many known words that takes."""
    weights = Weights(vocabulary)
    scores = {number: score(values, weights) for number, values in sheet.rows}
    best = max(scores.values())
    narrow = vocabulary.columns == 1 or (scores[sheet.rows[0][0]] and all(len(values) == 1 for _, values in sheet.rows))
    if best < (1 if narrow else 2):
        return []
    starts: list[int] = []
    last = 0
    for number, points in scores.items():
        # A further table may have fewer columns than the best one.
        if points and points >= (min(best / 2, FURTHER_TABLE) if starts else best / 2):
            if number > last + 1 or not starts:
                starts.append(number)
            last = number
    return [upward(sheet, start) for start in starts]


class Weights(dict[str, int]):
    """How much one cell speaks for a header: 4 for a known word, 1 for one that holds a known word."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.vocabulary = vocabulary

    def __missing__(self, value: str) -> int:
        weight = 0
        # A word over a column neither begins nor ends with a digit; most codes, figures and dates do.
        if 0 < len(value) <= 40 and not value[0].isdigit() and not value[-1].isdigit():
            weight = 4 if self.vocabulary.knows(value) else int(self.vocabulary.resembles(value))
        self[value] = weight
        return weight


def score(values: tuple[Cell, ...], weights: Weights) -> float:
    """How much a row looks like a header: known words, where they are a good part of what stands in the row."""
    found = [weights[value] for value in values if isinstance(value, str)]
    exact, alike = found.count(4), found.count(1)
    if not (exact or alike > 2):
        return 0
    filled = len(values) - values.count(None) - values.count("")
    return exact + 0.5 * alike if (exact + alike) * 3 >= filled else 0


def upward(sheet: Sheet, start: int) -> int:
    """The row above belongs to the header if it groups columns: two or more cells, one of them over several."""
    above = dict(sheet.rows).get(start - 1)
    if above is None:
        return start
    texts = [value for value in above if not is_empty(value)]
    groups = [m for m in sheet.merges if m.top == m.bottom == start - 1 and m.right > m.left]
    down = [m for m in sheet.merges if m.top == start - 1 and m.bottom == start]
    if down or (len(texts) > 1 and groups and all(is_group_word(t) for t in texts)):
        return start - 1
    return start


def is_group_word(value: Cell) -> bool:
    return isinstance(value, str) and len(value) <= 12 and not any(mark in value for mark in ":：年")


def header_at(
    sheet: Sheet, lines: dict[int, tuple[Cell, ...]], start: int, vocabulary: Vocabulary, rows: int | None
) -> Header:
    """The whole band that begins at ``start``, with merged cells and groups spread over their columns."""
    end = start + rows - 1 if rows else band_end(sheet, lines, start, vocabulary)
    band = tuple(number for number in range(start, end + 1) if number == start or number in lines)
    grid = {number: dict(enumerate(shown(v) for v in lines[number])) for number in band if number in lines}
    merged: dict[tuple[int, int], str] = {}
    for merge in sheet.merges:
        if start <= merge.top <= end and merge.right - merge.left < 300:
            text = grid.get(merge.top, {}).get(merge.left, "")
            merged.update(
                ((row, column), text)
                for row in range(merge.top, min(merge.bottom, end) + 1)
                for column in range(merge.left, merge.right + 1)
            )
    width = max((len(lines[number]) for number in band if number in lines), default=0)
    width = max([width, *(c + 1 for _, c in merged)]) if merged else width
    heads = (ColumnHead(c, parts(c, band, grid, merged)) for c in range(width))
    return Header(band, tuple(head for head in heads if head.parts and not is_marking(head, vocabulary)))


def is_marking(head: ColumnHead, vocabulary: Vocabulary) -> bool:
    """The column in which a marked copy states a row's problems is no part of the list."""
    return head.key in MARKING_COLUMN and not vocabulary.knows(head.key)


def band_end(sheet: Sheet, lines: dict[int, tuple[Cell, ...]], start: int, vocabulary: Vocabulary) -> int:
    """The last row of a header: as far down as its merged cells reach, or as rows of known words follow under gaps."""
    end = max((m.bottom for m in sheet.merges if m.top == start and m.bottom - m.top < MAX_HEADER_ROWS), default=start)
    while end + 1 < start + MAX_HEADER_ROWS and (below := lines.get(end + 1)):
        above = lines.get(end, ())
        texts = [(i, v) for i, v in enumerate(below) if not is_empty(v)]
        if not all(isinstance(v, str) and len(v) <= 20 for _, v in texts):
            break
        known = sum(vocabulary.knows(str(v)) for _, v in texts)
        units = all(str(v).strip()[:1] in "(（" for _, v in texts)
        gaps = sum(i >= len(above) or is_empty(above[i]) for i, _ in texts)
        if not units and (known * 2 < len(texts) or gaps * 2 < len(texts)) and not grouped(sheet, end, texts, known):
            break
        if normal(below) == normal(above):
            break
        end += 1
    return end


def grouped(sheet: Sheet, row: int, texts: list[tuple[int, Cell]], known: int) -> bool:
    """The row under cells that were merged over several columns names these columns."""
    groups = [m for m in sheet.merges if m.top <= row <= m.bottom and m.right > m.left]
    return bool(known and groups) and all(any(m.left <= i <= m.right for m in groups) for i, _ in texts)


def normal(values: Iterable[Cell]) -> list[str]:
    return [normalise_header(str(v)) for v in values if not is_empty(v)]


def parts(
    column: int, band: Sequence[int], grid: dict[int, dict[int, str]], merged: dict[tuple[int, int], str]
) -> tuple[str, ...]:
    """The words over a column from the top down, each once; a group's word also stands over its unmerged neighbours."""
    words: list[str] = []
    for row in band:
        text = merged.get((row, column)) or grid.get(row, {}).get(column, "")
        if not text and row != band[-1] and (row, column) not in merged:
            text = group_left(column, row, band, grid)
        if text and (not words or words[-1] != text):
            words.append(text)
    return tuple(" ".join(word.split()) for word in words)


def group_left(column: int, row: int, band: Sequence[int], grid: dict[int, dict[int, str]]) -> str:
    """The word to the left that groups this column: every column from there to here has a word of its own below."""
    below = grid.get(row + 1, {})
    while column >= 0 and below.get(column):
        if text := grid.get(row, {}).get(column):
            return text
        column -= 1
    return ""


# What stands under a header


def tables_under(sheet: Sheet, headers: list[Header]) -> list[Table]:
    """One table for each header; a header that only repeats the first one continues its table."""
    kept: list[Header] = []
    repeats: dict[int, str] = {}
    for header in headers:
        same = next((old for old in kept if alike(old, header)), None)
        if same is not None and same is kept[-1]:
            repeats.update(dict.fromkeys(header.rows, "header"))
        else:
            kept.append(header)
    ends = [header.rows[0] for header in kept[1:]] + [float("inf")]
    tables = []
    for header, end in zip(kept, ends, strict=True):
        body = [line for line in sheet.rows if header.rows[-1] < line[0] < end]
        tables += [table_of(sheet, side, body, repeats) for side in sides(header)]
    return tables


def alike(one: Header, other: Header) -> bool:
    """Whether a header repeats another: nearly all its words stand over the same columns."""
    first, second = set(one.words), set(other.words)
    return len(first & second) >= 0.8 * max(len(first), len(second))


def sides(header: Header) -> list[Header]:
    """Tables that stand side by side under one header row: the same words over and over."""
    keys = [column.key for column in header.columns]
    starts = [at for at, key in enumerate(keys) if key == keys[0]]
    pieces = [header.columns[a:b] for a, b in pairwise([*starts, len(keys)])]
    if len(pieces) > 1 and len(pieces[0]) > 1 and len({tuple(c.key for c in piece) for piece in pieces}) == 1:
        return [replace(header, columns=piece) for piece in pieces]
    return [header]


def table_of(
    sheet: Sheet,
    header: Header,
    body: list[Line],
    repeats: dict[int, str],
) -> Table:
    """The table under a header: its rows sorted into data and what is left out, merged cells filled down."""
    columns, skipped, rows = header.columns, list[tuple[int, Promise]](), list[tuple[int, list[Cell]]]()
    indexes = [column.index for column in columns]
    sequence = frozenset(at for at, column in enumerate(columns) if is_sequence_head(column.parts[-1]))
    known, first_words = known_rows(sheet, header)
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
        if why is None and values[0] in first_words and tuple(normal(values)) in known:
            why = known[tuple(normal(values))]
        if why is None:
            rows.append((number, cells))
        else:
            skipped.append((number, REASONS[why]))
    fill_down(rows, columns, sheet.merges)
    return Table(sheet.name, header.rows, columns, tuple(Row(n, tuple(cells)) for n, cells in rows), tuple(skipped))


def known_rows(sheet: Sheet, header: Header) -> tuple[dict[tuple[str, ...], str], set[Cell]]:
    """Rows that pages repeat, normalised: titles and header rows; and the cells that such a row may begin with."""
    known: dict[tuple[str, ...], str] = {}
    first: set[Cell] = set()
    for number, values in sheet.rows:
        if number > header.rows[-1]:
            break
        known[tuple(normal(values))] = "header" if number in header.rows else "title"
        first.add(values[0])
    return known, first


def fill_down(rows: list[tuple[int, list[Cell]]], columns: Sequence[ColumnHead], merges: Iterable[Merge]) -> None:
    """Repeats a merged cell's text or date in every row it covers; a number is not repeated but marked.

    A quantity or an amount merged over three rows is the three rows' together, or each one's: nobody can tell.
    """
    by_number = dict(rows)
    places = {column.index: at for at, column in enumerate(columns)}
    for merge in merges:
        place = places.get(merge.left)
        if place is None or merge.bottom == merge.top or merge.top not in by_number:
            continue
        value = by_number[merge.top][place]
        if is_empty(value):
            continue
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = MergedNumber(value, f"{column_letter(merge.left)}{merge.top}")
        last = min(merge.bottom, rows[-1][0])
        for number in range(merge.top + 1, last + 1):
            if (cells := by_number.get(number)) and is_empty(cells[place]):
                cells[place] = value
