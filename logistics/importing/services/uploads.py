"""From an upload to a run with its columns proposed; a corrected file for a run; the columns a person confirms."""

import hashlib
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from logistics.base.history import now_acting
from logistics.importing.choices import RunState
from logistics.importing.columns import ImportSpec, spec_for, specs
from logistics.importing.grids import Workbook
from logistics.importing.kept import keep
from logistics.importing.layout import Table
from logistics.importing.layouts import described, found_tables, head_key, usable
from logistics.importing.models import ImportRow, ImportRun, RememberedMatch, remembered
from logistics.importing.reading import Limits, ReadingError, read_workbook
from logistics.importing.services.states import move
from logistics.records.files import UNWANTED_IN_NAMES
from logistics.school.models import Person
from logistics.school.models.limits import limit


def limits() -> Limits:
    """What a file may ask for today."""
    return Limits(file_bytes=int(limit("upload.megabytes") * 2**20), rows=int(limit("import.rows")))


def read(data: bytes) -> Workbook:
    """The sheets of an upload. Raises ValidationError with the sentence that says why not."""
    try:
        return read_workbook(data, limits())
    except ReadingError as error:
        raise ValidationError(str(error.message)) from error


def workbook_of(run: ImportRun) -> Workbook:
    """The file of a run, read once more. Raises ValidationError when it is gone."""
    try:
        with run.file.open("rb") as file:
            return read(file.read())
    except FileNotFoundError as error:
        raise ValidationError(_("The uploaded file is no longer there. Upload it again.")) from error


def begin(*, person: Person, kind: str, upload: UploadedFile[Any]) -> ImportRun:
    """Take in a file: read it, find its tables, propose the columns. Nothing of it is in the registry.

    Raises ValidationError with a sentence that says what to do.
    """
    data = upload.read()
    workbook = read(data)
    run = ImportRun(kind=kind, person=person, on_behalf_of=now_acting().on_behalf_of)
    take_in(run, upload.name or "", data)
    run.tables, found = tables_in(workbook, specs()[kind]())
    keep(run, found)
    run.date1904 = workbook.date1904
    run.save()
    return run


def tables_in(
    workbook: Workbook, spec: ImportSpec, headers: Mapping[int, int] | None = None
) -> tuple[list[dict[str, Any]], list[Table | None]]:
    """The tables of a file, described and as they were found."""
    found = found_tables(workbook, spec, headers)
    return described(workbook, found, spec, remembered(spec.slug), headers), [table for _sheet, table, _why in found]


def replace(*, run: ImportRun, upload: UploadedFile[Any]) -> ImportRun:
    """Go on with a corrected file in the same run. Rows entered before stay entered and are not taken twice."""
    data = upload.read()
    workbook = read(data)
    spec = spec_for(run)
    tables, found = tables_in(workbook, spec)
    for new in tables:
        keep_match(run.tables, new, spec)
    with transaction.atomic():
        move(run, RunState.CHECKING)
        take_in(run, upload.name or "", data)
        run.tables, run.date1904, run.message = [*set_aside(run), *tables], workbook.date1904, ""
        keep(run, found)
        run.save()
    return run


def take_in(run: ImportRun, name: str, data: bytes) -> None:
    """Keep the bytes under a name nobody can guess; the old file of the run stays for its trail."""
    run.name = clean_name(name)
    run.size = len(data)
    run.sha256 = hashlib.sha256(data).hexdigest()
    run.file.save("upload", ContentFile(data), save=False)


def clean_name(name: str) -> str:
    return UNWANTED_IN_NAMES.sub(" ", PurePath(name.replace("\\", "/")).name).strip()[-120:] or "list"


def keep_match(tables: list[dict[str, Any]], new: dict[str, Any], spec: ImportSpec) -> None:
    """A table with the heads of the earlier file keeps what the person chose for it."""
    for old in tables:
        if not old.get("old") and old["sheet"] == new["sheet"] and old["heads"] == new["heads"]:
            new["map"], new["use"] = old["map"], old["use"]


def look_again(*, run: ImportRun, headers: Mapping[int, int]) -> ImportRun:
    """Find the tables anew with the header rows that a person named, by sheet. Raises ValidationError."""
    if run.state != RunState.COLUMNS:
        raise ValidationError(_("This import has moved on meanwhile. Look at it again."))
    workbook = workbook_of(run)
    tables, found = tables_in(workbook, spec_for(run), headers)
    run.tables = [*set_aside(run), *tables]
    keep(run, found)
    run.save(update_fields=["tables"])
    return run


def set_aside(run: ImportRun) -> list[dict[str, Any]]:
    """The tables that rows of the run were read from; they are kept to say where these rows stood."""
    if not ImportRow.objects.filter(run=run).exists():
        return []
    return [{**table, "old": True, "use": False} for table in run.tables]


@transaction.atomic
def choose_columns(
    *, run: ImportRun, used: set[int], matches: Mapping[int, Mapping[int, str]], date: Any = None
) -> ImportRun:
    """Settle which tables are imported and where their columns go; corrections are remembered for the next list.

    Raises ValidationError: no table, a column given twice, nothing by which a row could be told.
    """
    spec = spec_for(run)
    for at, table in enumerate(run.tables):
        if table.get("old") or not table["heads"]:
            continue
        table["use"] = at in used
        chosen = {str(place): name for place, name in matches.get(at, {}).items() if name in spec.columns}
        if table["use"]:
            demand_clear(spec, table, chosen)
            remember(run, table, chosen)
        table["map"] = chosen
    if not any(table["use"] for table in run.tables):
        raise ValidationError(_("Choose at least one sheet."))
    return move(run, RunState.CHECKING, tables=run.tables, message="")


def demand_clear(spec: ImportSpec, table: Mapping[str, Any], chosen: Mapping[str, str]) -> None:
    names = list(chosen.values())
    if doubles := {name for name in names if names.count(name) > 1}:
        labels = "、".join(str(spec.columns[name].label) for name in sorted(doubles))
        raise ValidationError(
            _("Sheet “%(sheet)s”: two columns are both taken for %(labels)s."),
            params={"sheet": table["sheet"], "labels": labels},
        )
    if not usable(spec, set(names)):
        needed = [str(c.label) for c in spec.columns.values() if c.required and c.absent is None]
        raise ValidationError(
            _("Sheet “%(sheet)s”: say which column holds %(labels)s."),
            params={"sheet": table["sheet"], "labels": "、".join(needed)},
        )


def remember(run: ImportRun, table: Mapping[str, Any], chosen: Mapping[str, str]) -> None:
    """Keep what differs from the proposal."""
    for place in range(len(table["heads"])):
        proposed, now = table["map"].get(str(place), ""), chosen.get(str(place), "")
        if proposed != now and (head := head_key(table, place)):
            RememberedMatch.objects.update_or_create(kind=run.kind, head=head, defaults={"column": now})
