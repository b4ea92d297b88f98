"""The same papers as Excel sheets, and plain lists. Figures and dates stay what they are; text is never a formula."""

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from logistics.base.cells import neutral
from logistics.printing.labels import LabelSheet
from logistics.printing.layout import Layout
from logistics.printing.papers import Carry, Column, Kind, Line, LineKind, Paper, Value, text_of

FACE = "宋体"
NUMBER_FORMATS = {Kind.COUNT: "#,##0", Kind.MONEY: "#,##0.00", Kind.DATE: "yyyy-mm-dd"}
FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\']+")
MOST_IN_NAME = 31
MOST_FROZEN = 10  # rows; below a form's boxes nothing would be left to scroll
MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed day, so that the same facts give the same file


class Book:
    """A workbook in memory; the same cells give the same bytes."""

    def __init__(self, title: str, *, by_the_row: bool = False) -> None:
        """``by_the_row``: cells come strictly row by row, and long lists need no memory."""
        self.target = io.BytesIO()
        plain = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
        self.workbook = xlsxwriter.Workbook(self.target, {"constant_memory": by_the_row, **plain})
        self.workbook.set_properties({"title": title, "created": MADE})
        self.styles: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.names: set[str] = set()

    def style(self, **options: Any) -> Any:
        key = tuple(sorted(options.items()))
        if key not in self.styles:
            self.styles[key] = self.workbook.add_format({"font_name": FACE, "valign": "vcenter", **options})
        return self.styles[key]

    def add_sheet(self, name: str) -> Any:
        """A worksheet under ``name``, made fit for Excel and different from the others."""
        fit = FORBIDDEN_IN_NAME.sub(" ", name).strip()[:MOST_IN_NAME] or "1"
        number = 1
        while fit.lower() in self.names:
            number += 1
            fit = f"{fit[: MOST_IN_NAME - 5]} ({number})"
        self.names.add(fit.lower())
        return self.workbook.add_worksheet(fit)

    def close(self) -> bytes:
        self.workbook.close()
        return self.target.getvalue()


def write_cell(sheet: Any, row: int, column: int, value: Value, style: Any) -> None:
    """One cell by the type of its value: nothing, text, number or date."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, style)
    elif isinstance(value, int | Decimal):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, neutral(str(value)), style)


def rows_xlsx(heads: Sequence[Column], rows: Iterable[Sequence[Value]], *, title: str) -> bytes:
    """A plain list: one line of heads, then the rows; made to be filtered and to be read in again.

    A column's ``width`` is in characters here, at least what its head needs.
    """
    book = Book(title, by_the_row=True)
    sheet = book.add_sheet(title)
    styles = [book.style(num_format=NUMBER_FORMATS.get(head.kind, "General")) for head in heads]
    for index, head in enumerate(heads):
        sheet.set_column(index, index, max(8, 2 * len(head.head) + 2, head.width))
    sheet.freeze_panes(1, 0)
    for index, head in enumerate(heads):
        write_cell(sheet, 0, index, head.head, book.style(bold=True, bottom=1))
    last = 0
    for last, cells in enumerate(rows, 1):
        for index, value in enumerate(cells):
            write_cell(sheet, last, index, value, styles[index])
    sheet.autofilter(0, 0, last, len(heads) - 1)
    return book.close()


def papers_xlsx(papers: Iterable[Paper], *, title: str = "") -> bytes:
    """Each paper on a sheet of its own, set up to print on A4 as the PDF does."""
    papers = list(papers)
    book = Book(title or papers[0].title)
    for paper in papers:
        PaperSheet(book, paper).write()
    return book.close()


def labels_xlsx(sheet: LabelSheet) -> bytes:
    """What stands on the labels, one a line, for a label printer's own program."""
    widths = {_("What it is called"): 30, _("Number"): 20, _("Place"): 20, _("Address of the code"): 60}
    heads = [Column(head, width) for head, width in widths.items()]
    rows = ((label.name, label.number, label.room, label.address) for label in sheet.labels)
    return rows_xlsx(heads, rows, title=sheet.title)


class PaperSheet:
    """One paper on one worksheet, from top to bottom."""

    def __init__(self, book: Book, paper: Paper) -> None:
        self.book, self.paper, self.layout = book, paper, Layout(paper)
        self.sheet = book.add_sheet(paper.bookmark or paper.title)
        self.columns = len(paper.columns) or 2 * paper.facts_per_row
        self.row = 0

    def write(self) -> None:
        self._set_up()
        self._merged(self.paper.school, align="center", font_size=11)
        self._merged(self.paper.title, align="center", font_size=16, bold=True)
        self._spread([self._number(), self.layout.day, _("Unit: yuan") if self.paper.money_unit else ""])
        for start in range(0, len(self.paper.facts), self.paper.facts_per_row):
            facts = self.paper.facts[start : start + self.paper.facts_per_row]
            self._spread([f"{fact.label}：{fact.text}" for fact in facts])
        if self.paper.columns:
            self._table()
        if self.layout.in_capitals:
            self._merged(f"{self.layout.in_capitals}　¥{self.layout.in_figures}", border=1)
        for note in self.paper.notes:
            self._merged(note, text_wrap=True)
        for boxes in self.layout.signature_rows:
            self.row += 1
            self._spread([f"{box.label}：{box.name}" for box in boxes])

    def _number(self) -> str:
        return f"{_('No.')}{self.paper.number}" if self.paper.number else ""

    def _set_up(self) -> None:
        self.sheet.set_paper(8 if self.paper.large else 9)  # A3, A4
        if self.paper.landscape:
            self.sheet.set_landscape()
        self.sheet.set_margins(left=0.8, right=0.5, top=0.5, bottom=0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer("&C" + _("Page %(number)s of %(count)s") % {"number": "&P", "count": "&N"})
        widths = self.layout.column_widths or [self.layout.width / self.columns] * self.columns
        for index, width in enumerate(widths):
            self.sheet.set_column(index, index, round(width / 1.9, 1))  # mm to Excel's characters

    def _merged(self, text: str, first: int = 0, last: int | None = None, **style: Any) -> None:
        """Text over a run of columns on this row; over all of them it ends the row."""
        end = self.columns - 1 if last is None else last
        form = self.book.style(**style)
        if first == end:
            write_cell(self.sheet, self.row, first, text, form)
        else:
            self.sheet.merge_range(self.row, first, self.row, end, neutral(text), form)
        self.row += last is None

    def _spread(self, texts: Sequence[str]) -> None:
        """Several texts side by side over the width of the table."""
        count = min(len(texts), self.columns)
        edges = [round(index * self.columns / count) for index in range(count + 1)]
        for text, first, end in zip(texts, edges, edges[1:], strict=False):
            self._merged(text, first, end - 1)
        self.row += 1

    def _table(self) -> None:
        top = self.row
        if self.paper.lines_title:
            self._merged(self.paper.lines_title, align="center", bold=True, border=1)
        self._heads()
        self.sheet.repeat_rows(top, self.row - 1)
        if self.row <= MOST_FROZEN:
            self.sheet.freeze_panes(self.row, 0)
        for line in self.paper.lines:
            self._line(line)
        if any(column.carry is not Carry.NONE for column in self.paper.columns):
            self._total()

    def _heads(self) -> None:
        style = {"align": "center", "bold": True, "border": 1, "text_wrap": True}
        rows = self.layout.head_rows
        column = 0
        for head in rows[0]:
            end = column + head.span - 1
            if end > column or (head.down > 1 and len(rows) > 1):
                bottom = self.row + head.down - 1
                self.sheet.merge_range(self.row, column, bottom, end, neutral(head.text), self.book.style(**style))
            else:
                write_cell(self.sheet, self.row, column, head.text, self.book.style(**style))
            column = end + 1
        if len(rows) > 1:
            for index, below in enumerate(self.paper.columns):
                if below.group:
                    write_cell(self.sheet, self.row + 1, index, below.head, self.book.style(**style))
        self.row += len(rows)

    def _line(self, line: Line) -> None:
        if line.kind is LineKind.HEADING:
            self._merged(text_of(line.cells[0]), bold=True, border=1)
            return
        for index, (column, value) in enumerate(zip(self.paper.columns, line.cells, strict=True)):
            write_cell(self.sheet, self.row, index, value, self._style(column, bold=line.kind is LineKind.SUBTOTAL))
        self.row += 1

    def _total(self) -> None:
        start = next(i for i, column in enumerate(self.paper.columns) if column.carry is not Carry.NONE)
        for index, (column, value) in enumerate(zip(self.paper.columns, self.layout.totals.values, strict=True)):
            if index >= start:
                write_cell(self.sheet, self.row, index, value, self._style(column, bold=True))
        if start:
            self._merged(self.paper.total_label or _("Total"), 0, start - 1, align="center", bold=True, border=1)
        self.row += 1

    def _style(self, column: Column, *, bold: bool) -> Any:
        options: dict[str, Any] = {"border": 1, "num_format": NUMBER_FORMATS.get(column.kind, "General")}
        if not column.kind.is_figure:
            options["text_wrap"] = True
        if column.centred or column.kind is Kind.DATE:
            options["align"] = "center"
        return self.book.style(**options, **({"bold": True} if bold else {}))
