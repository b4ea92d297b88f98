"""The rows found in an upload, kept beside it until they are checked, so that its file is opened only once."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.base import ContentFile

from logistics.importing.cells import packed, storable
from logistics.importing.layout import Table
from logistics.importing.models import ImportRun

Lines = list[tuple[int, list[Any]]]  # row number, packed cells in the order of the heads


def lines_of(table: Table) -> Lines:
    return [(row.number, [packed(storable(cell)) for cell in row.cells]) for row in table.rows]


def keep(run: ImportRun, tables: Sequence[Table | None]) -> None:
    """Keep the rows of the tables found; ``run.tables`` describes them by now."""
    content = json.dumps([told(run), [table and lines_of(table) for table in tables]], ensure_ascii=False)
    discard(run)
    run.file.storage.save(place(run), ContentFile(content.encode()))


def kept(run: ImportRun) -> list[Lines | None] | None:
    """The rows in the order of ``run.tables``; None where none are kept for the tables as they are now."""
    try:
        with run.file.storage.open(place(run)) as file:
            of, lines = json.load(file)
    except FileNotFoundError:
        return None
    if of != told(run):
        return None
    found = iter(lines)
    return [None if table.get("old") else next(found) for table in run.tables]


def discard(run: ImportRun) -> None:
    run.file.storage.delete(place(run))


def place(run: ImportRun) -> str:
    return f"{run.file.name}.rows"


def told(run: ImportRun) -> list[Any]:
    """By what kept rows are known to be those of the tables as they are described."""
    return [shape(table) for table in run.tables if not table.get("old")]


def shape(table: Mapping[str, Any]) -> list[Any]:
    return [table["index"], table["header"], table["heads"], table["rows"]]
