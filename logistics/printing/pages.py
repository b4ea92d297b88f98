"""Papers cut into A4 pages: which lines stand on which page and what is carried over. The measures are in ``layout``.

Every page is complete in itself, so a long paper is laid out and written in pieces. No HTML here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from logistics.printing.fitting import BOLD, line_count
from logistics.printing.layout import MOST_LINES_IN_CELL, Layout, fitted
from logistics.printing.papers import Carry, Column, Kind, Line, LineKind, Paper, text_of
from logistics.printing.totals import Portion, Totals, portions


@dataclass(frozen=True)
class Cell:
    text: str
    css: str = ""
    span: int = 1


@dataclass(frozen=True)
class Row:
    """A row of the table as printed; ``height`` in mm."""

    cells: tuple[Cell, ...]
    height: float
    css: str = ""


@dataclass(frozen=True)
class Page:
    """One page: ``number`` of ``count``, its rows from the line carried forward to the one carried on."""

    paper: Paper
    layout: Layout
    number: int
    count: int
    rows: tuple[Row, ...]
    copy: str = ""

    @property
    def is_first(self) -> bool:
        return self.number == 1

    @property
    def is_last(self) -> bool:
        return self.number == self.count


def paginate(paper: Paper) -> list[Page]:
    """The pages of all copies of ``paper``, each copy numbered from 1."""
    layout = Layout(paper)
    rows = [_line_row(layout, line) for line in paper.lines]
    pieces = _pieces(layout, rows)
    parts = portions(paper.columns, [[paper.lines[i] for i in piece] for piece in pieces])
    count = len(pieces)
    printed = [
        tuple(_page_rows(layout, part, [rows[i] for i in piece], number, count))
        for number, (piece, part) in enumerate(zip(pieces, parts, strict=True), 1)
    ]
    return [
        Page(paper, layout, number, count, body, copy)
        for copy in paper.copies
        for number, body in enumerate(printed, 1)
    ]


def on_one_page(paper: Paper) -> bool:
    """Whether all of it stands on one page and no text is cut."""
    layout = Layout(paper)
    whole = all(
        line_count(text_of(value, column.kind), layout.type.ems_in(width)) <= MOST_LINES_IN_CELL
        for line in paper.lines
        if line.kind is LineKind.ENTRY
        for column, value, width in zip(paper.columns, line.cells, layout.column_widths, strict=True)
    )
    return whole and len(paginate(paper)) == len(paper.copies)


def _pieces(layout: Layout, rows: list[Row]) -> list[list[int]]:
    """Which lines stand on which page. Page one may also be the last: then only the total stands under it."""
    carries = any(column.carry is not Carry.NONE for column in layout.paper.columns)
    foot = layout.type.row if carries else 0
    whole = sum(row.height for row in rows)
    most = layout.paper.per_page or len(rows) or 1
    if len(rows) <= most and whole + foot + layout.tail <= layout.room(first=True):
        return [list(range(len(rows)))]
    pieces: list[list[int]] = []
    piece: list[int] = []
    room = layout.room(first=True) - 2 * foot
    for index, row in enumerate(rows):
        if piece and (row.height > room or len(piece) == most):
            pieces.append(piece)
            moved = [piece.pop()] if layout.paper.lines[piece[-1]].kind is LineKind.HEADING and piece[1:] else []
            piece = moved
            room = layout.room(first=False) - 3 * foot - sum(rows[i].height for i in moved)
        piece.append(index)
        room -= row.height
    pieces.append(piece)
    if layout.tail > room:  # signatures never stand alone: a few lines go with them
        moved = piece[-min(3, len(piece) - 1) :] if len(piece) > 1 else []
        del piece[len(piece) - len(moved) :]
        pieces.append(moved)
    return pieces


def _line_row(layout: Layout, line: Line) -> Row:
    if line.kind is LineKind.HEADING:
        text, count = fitted(text_of(line.cells[0]), layout.type.ems_in(layout.width))
        return Row((Cell(text, "", len(layout.paper.columns)),), layout.type.height(count), "heading")
    factor = BOLD if line.kind is LineKind.SUBTOTAL else 1
    cells, most = [], 1
    for column, value, width in zip(layout.paper.columns, line.cells, layout.column_widths, strict=True):
        text, count = fitted(text_of(value, column.kind), layout.type.ems_in(width) / factor)
        cells.append(Cell(text, _css(column)))
        most = max(most, count)
    return Row(tuple(cells), layout.type.height(most), "" if line.kind is LineKind.ENTRY else line.kind.value)


def _css(column: Column) -> str:
    if column.kind.is_figure:
        return "n"
    return "c" if column.centred or column.kind is Kind.DATE else ""


def _page_rows(layout: Layout, part: Portion, rows: list[Row], number: int, count: int) -> Iterator[Row]:
    carries = any(column.carry is not Carry.NONE for column in layout.paper.columns)
    if carries and part.brought:
        yield _total_row(layout, _("Brought forward"), part.brought)
    yield from rows
    yield from _fillers(layout, rows, number == count)
    if not carries:
        return
    if count > 1:
        yield _total_row(layout, _("Subtotal of this page"), part.own.without_balances())
    last = layout.paper.total_label or _("Total")
    yield _total_row(layout, last if number == count else _("Carried forward"), part.carried)


def _fillers(layout: Layout, rows: list[Row], last: bool) -> Iterator[Row]:
    """Empty ruled lines up to the number the form has, as far as the page holds them."""
    if not last or not layout.paper.columns:
        return
    room = layout.room(first=True) - layout.tail - 3 * layout.type.row - sum(row.height for row in rows)
    cells = tuple(Cell("") for _column in layout.paper.columns)
    wanted = min(layout.paper.least_lines - len(rows), int(room // layout.type.row))
    yield from (Row(cells, layout.type.row) for _number in range(wanted))


def _total_row(layout: Layout, label: str, totals: Totals) -> Row:
    """The label over the columns before the first that carries, then the figures."""
    columns = layout.paper.columns
    start = next(i for i, column in enumerate(columns) if column.carry is not Carry.NONE)
    figures = [
        Cell("" if value is None else text_of(value, column.kind), _css(column))
        for column, value in list(zip(columns, totals.values, strict=True))[start:]
    ]
    lead = [Cell(label, "c", start)] if start else []
    return Row((*lead, *figures), layout.type.row, "total")
