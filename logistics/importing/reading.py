"""From an uploaded file to plain grids, or to one plain sentence that says why not.

The file is opened in a child process (see ``child``); this module asks, and puts what went wrong into words.
"""

import json
import pickle
import subprocess
import time
from pathlib import Path
from typing import IO, cast

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from logistics.importing.child import run_child
from logistics.importing.grids import Limits, Workbook

SENTENCES: dict[str, Promise] = {
    "empty": _("The file is empty."),
    "size": _("The file is larger than {limit} MB. Split the list into several files."),
    "encrypted": _(
        "The file is protected with a password. Take the password off in Excel or WPS, save it, and upload it again."
    ),
    "xlsb": _("This is a binary workbook (.xlsb). Save it as .xlsx in Excel or WPS and upload that."),
    "old": _("This file was written by a very old Excel. Save it as .xlsx in Excel or WPS and upload that."),
    "mhtml": _("This is a web page in one file, not a workbook. Save it as .xlsx in Excel or WPS and upload that."),
    "picture": _("This is a picture, not a workbook. Upload an .xlsx, .xls, .ods or .csv file."),
    "pdf": _("This is a PDF, not a workbook. Upload an .xlsx, .xls, .ods or .csv file."),
    "word": _("This is a text document, not a workbook. Upload an .xlsx, .xls, .ods or .csv file."),
    "archive": _("This is a compressed archive. Unpack it and upload the workbook that is in it."),
    "foreign": _("This is not a workbook. Upload an .xlsx, .xls, .ods or .csv file."),
    "damaged": _(
        "The file is damaged or not complete. Open it in Excel or WPS, save it as a new .xlsx file, and upload that."
    ),
    "damaged_text": _("The lines of this text file cannot be told apart as cells. Save it as .xlsx and upload that."),
    "encoding": _("The characters of this text file are neither UTF-8 nor GB18030. Save it as .xlsx and upload that."),
    "entities": _(
        "The file holds definitions that no workbook needs, and was not opened. Save it as a new .xlsx file."
    ),
    "unpacked": _(
        "The file unpacks to more than {limit} MB. Copy the table alone into a new workbook and upload that."
    ),
    "memory": _("The file needs too much memory. Copy the table alone into a new workbook and upload that."),
    "slow": _("Reading the file took too long. Copy the table alone into a new workbook and upload that."),
    "sheets": _("The file has more than {limit} sheets. Keep the sheets with the list and upload the file again."),
    "no_sheets": _("The file has no sheet with cells."),
    "page": _("This is a web page without a table. Sign in to the system it comes from and export the list again."),
    "long": _("Sheet “{sheet}” has more than {limit} filled rows. Split the list into several files."),
    "long_file": _("The file has more than {limit} filled rows. Split the list into several files."),
    "wide": _(
        "Sheet “{sheet}” is filled up to column {column}; at most {limit} columns can be read. "
        "Delete what stands beside the table."
    ),
}


class ReadingError(Exception):
    """A file that cannot be read. ``message`` is a lazy sentence that says what to do; ``code`` names the case."""

    def __init__(self, code: str, **params: object) -> None:
        self.code = code if code in SENTENCES else "damaged"
        self.message = format_lazy(cast(str, SENTENCES[self.code]), **params) if params else SENTENCES[self.code]
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.message)


def read_workbook(source: bytes | Path | IO[bytes], limits: Limits | None = None) -> Workbook:
    """The sheets of an uploaded .xlsx, .xls, .ods or .csv (also HTML and XML tables under such a name).

    Takes at most ``limits.seconds`` and ``limits.memory_bytes``. Raises ReadingError and nothing else for any content.
    """
    limits = limits or Limits()
    data = content(source, limits)
    deadline = time.monotonic() + limits.seconds
    answer = answer_of_child(data, limits, sparse=False)
    if answer in (None, ("memory", {})) and data.startswith(b"PK"):
        rest = limits._replace(seconds=max(deadline - time.monotonic(), 0.5))
        answer = answer_of_child(data, rest, sparse=True)
        answer = None if answer == ("damaged", {}) else answer  # it ran out of memory as well
    if answer is None:
        raise ReadingError("memory")
    if not isinstance(answer, Workbook):
        code, params = answer
        raise ReadingError(code, **params)
    if not any(sheet.rows for sheet in answer.sheets):
        raise ReadingError("no_sheets")
    return answer


def content(source: bytes | Path | IO[bytes], limits: Limits) -> bytes:
    if isinstance(source, Path):
        with source.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    else:
        data = source if isinstance(source, bytes) else source.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise ReadingError("size", limit=limits.file_bytes >> 20)
    return data


def answer_of_child(data: bytes, limits: Limits, *, sparse: bool) -> Workbook | tuple[str, dict[str, object]] | None:
    options = json.dumps({**limits._asdict(), "sparse": sparse})
    try:
        written = run_child("logistics.importing.reading_worker", options, data, limits.seconds)
    except subprocess.TimeoutExpired:
        return "slow", {}
    if written is None:
        return None
    answer: Workbook | tuple[str, dict[str, object]] = pickle.loads(written)  # noqa: S301  # written by our own child
    return answer


__all__ = ["Limits", "ReadingError", "Workbook", "read_workbook"]
