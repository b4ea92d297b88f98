"""The child process that opens an uploaded file: data on its input, a pickled workbook or refusal on its output.

It imports no Django, and each format's reader only for a file that needs it, so that it starts in three hundredths of a
second; it lives within a memory limit of its own.
"""

import io
import json
import pickle
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from logistics.importing.confinement import confine
from logistics.importing.grids import Cell, Limits, Line, Mark, Merge, Refused, Sheet, Workbook, filled_lines, is_empty
from logistics.importing.marks import Contents, merged_ranges
from logistics.importing.safety import Package, kind_of, ole_kind

LAST_ROW = 1_048_576
Marks = dict[tuple[int, int], Mark]


def read(data: bytes, limits: Limits, *, sparse: bool = False) -> Workbook:
    """The workbook in ``data``. ``sparse`` reads an .xlsx row by row, for one whose cells lie very far apart."""
    workbook = read_kind(data, kind_of(data), limits, sparse=sparse)
    # What the caller does with the rows takes memory too, wherever in the file they stand.
    if sum(len(sheet.rows) for sheet in workbook.sheets) > limits.rows:
        raise Refused("long_file", limit=limits.rows)
    return workbook


def read_kind(data: bytes, kind: str, limits: Limits, *, sparse: bool) -> Workbook:
    if kind == "ole":
        ole_kind(data)
        return read_old(data, limits)
    if kind == "text":
        from logistics.importing.delimited import read_delimited

        return Workbook((read_delimited(data, limits),), "csv")
    if kind != "zip":
        return read_markup(data, kind, limits)
    package = Package(data, limits)
    if package.kind() == "ods":
        return read_markup(package.chunks("content.xml"), "ods", limits)
    return read_package(data, package, limits, sparse=sparse)


def read_markup(data: bytes | Iterable[bytes], kind: str, limits: Limits) -> Workbook:
    from logistics.importing.markup import ExcelXml, HtmlTables, OpenDocument

    if kind == "html" and isinstance(data, bytes):
        sheets = HtmlTables(limits).read(html_text(data))
        if not sheets:
            raise Refused("page")
        return Workbook(tuple(sheets), kind)
    reader = ExcelXml(limits) if kind == "xml" else OpenDocument(limits)
    return Workbook(tuple(reader.read(xml_text(data) if isinstance(data, bytes) else data)), kind)


def html_text(data: bytes) -> str:
    """The page's text; what it says of its own encoding is often wrong, and a stray byte spoils no table."""
    from logistics.importing.delimited import decoded

    try:
        return decoded(data)
    except Refused:
        return data.replace(b"\0", b"").decode("gb18030", "replace")


def xml_text(data: bytes) -> list[str | bytes]:
    """The document, as text where it names an encoding that the parser has not got."""
    named = re.match(rb'<\?xml[^>]*encoding=["\'](?:gb\w+)["\'][^>]*\?>', data, re.IGNORECASE)
    return [data[named.end() :].decode("gb18030", "replace")] if named else [data]


def read_package(data: bytes, package: Package, limits: Limits, *, sparse: bool) -> Workbook:
    """An .xlsx. Every part that is needed is first unpacked and checked here: counted, no entities, right checksum."""
    contents = Contents(package)
    if len(contents.parts) > limits.sheets:
        raise Refused("sheets", limit=limits.sheets)
    if any(part not in package.parts for part in contents.parts):
        raise Refused("damaged")
    for name in package.parts:
        if name.endswith((".xml", ".rels")) and name.rpartition("/")[2] in ("sharedstrings.xml", "styles.xml"):
            for _ in package.chunks(name):
                pass
    marks = [contents.marks(index) for index in range(len(contents.parts))]
    if not sparse and len(set(contents.names)) == len(contents.names):
        try:
            sheets = calamine_sheets(data, marks.__getitem__, limits)
            return Workbook(tuple(sheets), "xlsx", contents.date1904)
        except Refused as refusal:
            if refusal.code != "damaged":
                raise
    return Workbook(tuple(sparse_sheets(data, contents, marks, limits)), "xlsx", contents.date1904)


def read_old(data: bytes, limits: Limits) -> Workbook:
    from logistics.importing.biff import OldWorkbook

    old = OldWorkbook(data)
    return Workbook(tuple(calamine_sheets(data, old.marks, limits)), "xls", old.date1904)


def calamine_sheets(data: bytes, marks: Callable[[int], Marks], limits: Limits) -> list[Sheet]:
    """All sheets that hold cells, by calamine; what it cannot read it says in many ways, all of them a Refused."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        if len(book.sheets_metadata) > limits.sheets:
            raise Refused("sheets", limit=limits.sheets)
        return [
            calamine_sheet(book.get_sheet_by_index(index), meta, marks(index), limits)
            for index, meta in enumerate(book.sheets_metadata)
        ]
    except (Refused, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except python_calamine.PasswordError as error:
        raise Refused("encrypted") from error
    except BaseException as error:  # a panic in Rust is no Exception
        raise Refused("damaged") from error


def calamine_sheet(sheet: Any, meta: Any, marks: Marks, limits: Limits) -> Sheet:
    """One sheet; MemoryError where its cells lie so far apart that the grid between them would not fit."""
    by_row = marks_by_row(marks)
    lines: list[Line] = []
    if sheet.start is not None:
        left = sheet.start[1]  # iter_rows begins at the first row of the sheet, but at the first filled column
        if sheet.end[1] - left > 20 * limits.columns:
            raise MemoryError
        pad: list[Cell] = [None] * left
        for number, row in enumerate(sheet.iter_rows(), start=1):
            if number in by_row or row.count("") < len(row):
                values = [None if value == "" else value for value in row]
                lines.append((number, marked(pad + values, by_row.pop(number, ()))))
                if len(lines) > 2 * limits.rows:
                    raise Refused("long", sheet=meta.name, limit=limits.rows)
    if by_row:  # rows in which nothing but marks stands may lie outside what the reader takes for filled
        lines += [(number, marked([], found)) for number, found in by_row.items()]
        lines.sort(key=lambda line: line[0])
    corners = (
        Merge(min(a[0], b[0]) + 1, min(a[1], b[1]), max(a[0], b[0]) + 1, max(a[1], b[1])) for a, b in merges(sheet)
    )
    hidden = meta.visible != type(meta.visible).Visible
    return Sheet(meta.name, filled_lines(lines, meta.name, limits), tuple(corners), hidden)


def marks_by_row(marks: Marks) -> dict[int, list[tuple[int, Mark]]]:
    by_row: dict[int, list[tuple[int, Mark]]] = {}
    for (row, column), mark in marks.items():
        by_row.setdefault(row, []).append((column, mark))
    return by_row


def merges(sheet: Any) -> Iterable[tuple[tuple[int, int], tuple[int, int]]]:
    return sheet.merged_cell_ranges or ()


def marked(values: list[Cell], marks: Iterable[tuple[int, Mark]]) -> tuple[Cell, ...]:
    """The row with its marks put where the reader left a blank."""
    for column, mark in marks:
        values.extend([None] * (column + 1 - len(values)))
        if is_empty(values[column]):
            values[column] = mark
    return tuple(values)


def sparse_sheets(data: bytes, contents: Contents, marks: list[Marks], limits: Limits) -> list[Sheet]:
    """All sheets by openpyxl, row by row: slower, but far-off cells and doubled sheet names do it no harm."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        titles = {sheet.title: sheet for sheet in book.worksheets}
        sheets = []
        for index, name in enumerate(contents.names):
            sheet = titles.get(name) if contents.names.count(name) == 1 else nth(book.worksheets, index)
            lines = [] if sheet is None else sparse_lines(sheet, marks[index], limits)
            part = contents.parts[index]
            tail = contents.package.read(part)
            sheets.append(Sheet(name, filled_lines(lines, name, limits), merged_ranges(tail), contents.hidden[index]))
        return sheets
    except (Refused, MemoryError):
        raise
    except Exception as error:  # openpyxl lets every kind of exception through
        raise Refused("damaged") from error


def nth(sheets: Sequence[Any], index: int) -> Any:
    return sheets[index] if index < len(sheets) else None


def sparse_lines(sheet: Any, marks: Marks, limits: Limits) -> list[Line]:
    sheet.reset_dimensions()
    lines: list[Line] = []
    by_row = marks_by_row(marks)
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > LAST_ROW:
            raise Refused("damaged")
        if number in by_row or any(value is not None for value in values):
            lines.append((number, marked(list(values), by_row.get(number, ()))))
            if len(lines) > limits.rows:
                raise Refused("long", sheet=sheet.title, limit=limits.rows)
    return lines


def main() -> None:
    options = json.loads(sys.argv[1])
    sparse = options.pop("sparse")
    limits = Limits(**options)
    confine(limits.memory_bytes)
    answer: Workbook | Refused
    try:
        answer = read(sys.stdin.buffer.read(), limits, sparse=sparse)
    except Refused as refusal:
        answer = refusal
    except MemoryError:
        answer = Refused("memory")
    except Exception:  # a file that no reader foresaw
        answer = Refused("damaged")
    if isinstance(answer, Refused):
        pickle.dump((answer.code, answer.params), sys.stdout.buffer)
    else:
        pickle.dump(answer, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)
