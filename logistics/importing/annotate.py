"""The marked copy of an uploaded list: faulty cells coloured and commented, a last column that says why.

Uploaded again it reads as the same list; ``layout`` leaves the added column out.
"""

import pickle
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from logistics.importing.child import run_child
from logistics.importing.grids import Sheet, SheetMarks, Workbook
from logistics.importing.headers import MARKING_COLUMN, normalise_header
from logistics.importing.layout import Table

MEMORY_BYTES = 448 * 2**20
SECONDS, ROWS_A_SECOND = 4.0, 600  # what a sound workbook takes; one that is set up to take longer is rebuilt


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: Excel's row number, the column's index (None where the row as a whole is at fault), and why."""

    sheet: str
    row: int
    column: int | None
    text: str


class AnnotationError(Exception):
    """The marked copy could not be made within its limits."""


def annotate(data: bytes, workbook: Workbook, tables: Sequence[Table], problems: Iterable[Problem]) -> bytes:
    """An .xlsx: the uploaded file ``data`` with its problems marked, all else as it was.

    Other formats, and an .xlsx that cannot be taken over, give a new workbook with the same cells, rows and merges.
    Charts, pivot tables and macros of the original are not kept. Raises AnnotationError.
    """
    marks = [sheet_marks(sheet, index, tables, list(problems)) for index, sheet in enumerate(workbook.sheets)]
    words = {"head": _("Problems"), "author": _("Import check")}
    seconds = SECONDS + sum(len(sheet.rows) for sheet in workbook.sheets) / ROWS_A_SECOND
    for original in (data, None) if workbook.kind == "xlsx" else (None,):
        try:
            message = pickle.dumps((original, workbook, marks, words))
            copy = run_child("logistics.importing.annotate_worker", str(MEMORY_BYTES), message, seconds)
        except subprocess.TimeoutExpired:
            copy = None
        if copy is not None:
            return copy
    raise AnnotationError


def sheet_marks(sheet: Sheet, index: int, tables: Sequence[Table], problems: list[Problem]) -> SheetMarks:
    """What is to be written into one sheet: heads of the added column, texts by row, texts by cell."""
    own = [table for table in tables if table.sheet == sheet.name]
    last = max((column.index for table in own for column in table.columns), default=0)
    rows: dict[int, list[str]] = defaultdict(list)
    cells: dict[tuple[int, int], list[str]] = defaultdict(list)
    for problem in problems:
        if problem.sheet == sheet.name:
            if problem.text not in rows[problem.row]:
                rows[problem.row].append(problem.text)
            if problem.column is not None:
                cells[problem.row, problem.column].append(problem.text)
    return SheetMarks(
        at=index,
        column=first_free(sheet, own, last),
        heads=sorted({table.header_rows[0] for table in own}),
        rows={row: "；".join(texts) for row, texts in rows.items()},
        cells={place: "\n".join(texts) for place, texts in cells.items()},
    )


def first_free(sheet: Sheet, tables: list[Table], last: int) -> int:
    """The column beside the table; an earlier marked copy's own column is used again."""
    first_row = min((table.header_rows[0] for table in tables), default=1)
    for number, values in sheet.rows:
        if number == first_row and len(values) > last + 1 and normalise_header(str(values[-1])) in MARKING_COLUMN:
            return len(values) - 1
    return max([last, *(len(values) - 1 for number, values in sheet.rows if number >= first_row)]) + 1
