"""The child process that writes a marked copy: openpyxl on a file from outside, within a memory limit of its own.

It gets a pickled (original file or None, workbook, marks, words) on its input and writes the finished .xlsx. No Django.
"""

import datetime as dt
import io
import pickle
import re
import sys
import zipfile
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.datetime import MAC_EPOCH, to_excel

from logistics.importing.confinement import confine
from logistics.importing.grids import Cell, ErrorValue, Merge, Sheet, SheetMarks, Workbook, column_letter

FAULT = PatternFill("solid", start_color="FFFFC7CE", end_color="FFFFC7CE")
WHY = Font(color="FF9C0006")
FORMULA = re.compile(r'<c r="([A-Z]+\d+)"([^>]*)>(<f[^>]*>[^<]*</f>)<v\s*(?:/>|></v>)</c>')
BAD_TITLE = re.compile(r"[\[\]:*?/\\]")
LONGEST_COMMENT = 1_000
LARGEST_MERGE = 5_000  # cells; over a larger one nothing is put in its first cell


def write(original: bytes | None, workbook: Workbook, marks: list[SheetMarks], words: dict[str, str]) -> bytes:
    """The marked copy. What the formulas last gave is kept in the file, so that it can be read without Excel."""
    book = openpyxl.load_workbook(io.BytesIO(original), rich_text=True) if original else rebuilt(workbook)
    # Sheets are told by their names where these are unique: chart sheets do not count among the worksheets.
    unique = len({sheet.title for sheet in book.worksheets}) == len(workbook.sheets) == len(book.worksheets)
    for sheet_marks in marks:
        if sheet_marks.rows or sheet_marks.heads:
            name = workbook.sheets[sheet_marks.at].name
            sheet = book.worksheets[sheet_marks.at] if unique or name not in book.sheetnames else book[name]
            mark(sheet, sheet_marks, words)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue() if original is None else with_results(written.getvalue(), workbook, book)


def mark(sheet: Any, marks: SheetMarks, words: dict[str, str]) -> None:
    forget_earlier(sheet, marks, words["author"])
    anchors = {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        if area.size["rows"] * area.size["columns"] < LARGEST_MERGE
        for row, column in area.cells
    }
    for (row, column), text in marks.cells.items():
        cell = sheet.cell(*anchors.get((row, column + 1), (row, column + 1)))
        cell.fill = FAULT
        cell.comment = Comment(text[:LONGEST_COMMENT], words["author"], width=260, height=90)
    for row, text in [*((row, words["head"]) for row in marks.heads), *marks.rows.items()]:
        cell = sheet.cell(row, marks.column + 1)
        if not isinstance(cell, MergedCell):
            put(cell, text)
            cell.font = WHY
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions[column_letter(marks.column)].width = 48


def forget_earlier(sheet: Any, marks: SheetMarks, author: str) -> None:
    """Takes out what an earlier marked copy said: it may be mended by now."""
    if not marks.heads or sheet.cell(marks.heads[0], marks.column + 1).value is None:
        return
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell, MergedCell):
                continue
            if cell.column == marks.column + 1 and cell.row not in marks.heads:
                cell.value = None
            if cell.comment is not None and cell.comment.author == author:
                cell.comment = None
                if cell.fill == FAULT:
                    cell.fill = PatternFill()


def put(cell: Any, value: Cell) -> None:
    """A value as it is; a text is never taken for a formula."""
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
    elif isinstance(value, int | float | bool | dt.date | dt.time | dt.timedelta):
        cell.value = value
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, ErrorValue):
        cell.value = value.text
    elif value is not None:
        put(cell, str(value))


def rebuilt(workbook: Workbook) -> Any:
    """A new workbook with the cells, row numbers and merged ranges of what was read."""
    book: Any = openpyxl.Workbook()
    book.remove(book.active)
    if workbook.date1904:
        book.epoch = MAC_EPOCH
    for sheet in workbook.sheets:
        copy = book.create_sheet(BAD_TITLE.sub("_", sheet.name)[:31] or None)
        copy.sheet_state = "hidden" if sheet.hidden else "visible"
        for number, values in sheet.rows:
            for column, value in enumerate(values, start=1):
                if value is not None and value != "":
                    put(copy.cell(number, column), value)
        for merge in apart(sheet):
            copy.merge_cells(None, merge.top, merge.left + 1, merge.bottom, merge.right + 1)
    if not any(sheet.sheet_state == "visible" for sheet in book.worksheets):
        book.worksheets[0].sheet_state = "visible"
    return book


def apart(sheet: Sheet) -> list[Merge]:
    """The merged ranges that overlap no other one and lie within the filled rows."""
    last = sheet.rows[-1][0] if sheet.rows else 0
    taken: set[tuple[int, int]] = set()
    kept = []
    for merge in sheet.merges:
        if merge.bottom > last + 1 or merge.right > 500 or merge[:2] == merge[2:]:
            continue
        cells = {
            (row, column) for row in range(merge.top, merge.bottom + 1) for column in range(merge.left, merge.right + 1)
        }
        if not cells & taken:
            taken |= cells
            kept.append(merge)
    return kept


def with_results(data: bytes, workbook: Workbook, book: Any) -> bytes:
    """The file with the formulas' last results put back, which openpyxl leaves out when it saves."""
    results = {
        sheet.name: {f"{column_letter(c)}{n}": v for n, values in sheet.rows for c, v in enumerate(values)}
        for sheet in workbook.sheets
    }
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    names = {f"xl/worksheets/sheet{at}.xml": sheet.title for at, sheet in enumerate(book.worksheets, start=1)}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for item in source.infolist():
            content = source.read(item)
            if item.filename in names and b"<f" in content:
                known = results.get(names[item.filename], {})
                content = FORMULA.sub(lambda m: result(m, known.get(m[1]), book.epoch), content.decode()).encode()  # noqa: B023
            copy.writestr(item, content)
    return target.getvalue()


def result(match: re.Match[str], value: Cell, epoch: dt.datetime) -> str:
    place, attributes, formula = match[1], re.sub(r'\st="\w+"', "", match[2]), match[3]
    kind = ""
    if isinstance(value, bool):
        kind, text = ' t="b"', str(int(value))
    elif isinstance(value, int | float):
        text = repr(value)
    elif isinstance(value, dt.date | dt.time | dt.timedelta):
        text = repr(to_excel(value, epoch))
    elif isinstance(value, str):
        kind, text = ' t="str"', escape(ILLEGAL_CHARACTERS_RE.sub("", value))
    elif isinstance(value, ErrorValue):
        kind, text = ' t="e"', escape(value.text)
    else:
        return match[0]
    return f'<c r="{place}"{attributes}{kind}>{formula}<v>{text}</v></c>'


def main() -> None:
    confine(int(sys.argv[1]))
    original, workbook, marks, words = pickle.loads(sys.stdin.buffer.read())  # noqa: S301  # written by our own parent
    sys.stdout.buffer.write(write(original, workbook, marks, words))
