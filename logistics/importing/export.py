"""The columns of a spec written out: all records, or an empty list. Read in again, nothing has changed."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import xlsxwriter

from logistics.base.cells import neutral
from logistics.importing.columns import Column, ImportSpec

CHUNK = 2000


def lines(spec: ImportSpec) -> Iterator[list[Any]]:
    """One list of values a record, in the order of the columns; the look-ups are read once."""
    columns = list(spec.columns.values())
    writers = [writer(spec, column) for column in columns]
    for record in spec.export_rows().iterator(CHUNK):
        yield [write(record) for write in writers]


def writer(spec: ImportSpec, column: Column) -> Any:
    """How a column is written: by the spec's own ``dehydrate_…``, or the attribute through its widget."""
    if own := getattr(spec, f"dehydrate_{column.name}", None):
        return own
    path, render = column.path, column.widget.render
    return lambda record: render(getattr(record, path), record)


def exported(spec: ImportSpec, form: str) -> bytes:
    """All records as .xlsx, or as .csv that Excel opens in the right characters."""
    return as_csv(spec) if form == "csv" else as_xlsx(spec, lines(spec))


def empty_list(spec: ImportSpec) -> bytes:
    """An .xlsx with the headers alone, those a new record needs in bold."""
    return as_xlsx(spec, iter(()))


def as_xlsx(spec: ImportSpec, rows: Iterator[list[Any]]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    bold, plain = book.add_format({"bold": True}), book.add_format({"font_color": "#444444"})
    money, text = book.add_format({"num_format": "#,##0.00"}), book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(str(spec.title)[:31])
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for at, column in enumerate(spec.columns.values()):
        sheet.set_column(at, at, column.width, text if type(column.widget).__name__ == "CodeWidget" else None)
        sheet.write_string(0, at, column.head, bold if column.required else plain)
    for number, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                sheet.write_string(number, at, neutral(value))
            elif isinstance(value, Decimal):
                sheet.write_number(number, at, float(value), money)
            elif isinstance(value, int):
                sheet.write_number(number, at, value)
            else:
                sheet.write_datetime(number, at, value)
    book.close()
    return file.getvalue()


def as_csv(spec: ImportSpec) -> bytes:
    file = io.StringIO()
    out = csv.writer(file, lineterminator="\r\n")
    out.writerow(column.head for column in spec.columns.values())
    for row in lines(spec):
        out.writerow("" if value is None else neutral(str(value)) for value in row)
    return file.getvalue().encode("utf-8-sig")
