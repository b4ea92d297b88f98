"""A list as an Excel file. The official forms as Excel are made where they are printed."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

WIDEST = 40  # characters


def cells_wide(value: Any) -> int:
    """How many characters wide a value is in a cell; a Chinese character takes two."""
    return sum(1 + (character > "\u2e80") for character in str(value)) + 2


def sheet_response(name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> FileResponse:
    """An .xlsx with one sheet: text stays text (never a formula), amounts and dates are real numbers and dates."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
    sheet = book.add_worksheet(name[:31])
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    widths = [max(10, 2 * len(head) + 2) for head in heads]
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    for line, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if value is None or value == "":
                continue
            widths[column] = max(widths[column], min(cells_wide(value), WIDEST))
            if isinstance(value, dt.datetime):
                sheet.write_datetime(line, column, timezone.localtime(value).replace(tzinfo=None))
            elif isinstance(value, dt.date):
                sheet.write_datetime(line, column, dt.datetime.combine(value, dt.time()))
            elif isinstance(value, Decimal):
                sheet.write_number(line, column, value, money)
            elif isinstance(value, int):
                sheet.write_number(line, column, value)
            else:
                sheet.write_string(line, column, str(value))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    book.close()
    file.seek(0)
    filename = f"{name}-{timezone.localdate().isoformat()}.xlsx"
    return FileResponse(file, as_attachment=True, filename=filename, content_type=EXCEL)
