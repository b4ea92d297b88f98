"""Mending rows in the page: cells typed anew, rows left out, names settled once for all rows."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from logistics.importing.choices import OPEN, RunState, Trouble, Verdict
from logistics.importing.columns import spec_for
from logistics.importing.lookups import LookupWidget
from logistics.importing.models import ImportRow, ImportRun
from logistics.importing.services.rows import judge_some
from logistics.importing.services.states import move, resting_state
from logistics.school.models import Person

CREATE, EMPTY = "create", "empty"
CREATE_PERMISSION = "school.import_school"  # entered with their names only


def demand_open(run: ImportRun) -> ImportRun:
    """The run, held until the transaction ends. Raises ValidationError when its rows can no longer be changed."""
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.state not in OPEN or run.state == RunState.COLUMNS:
        raise ValidationError(_("This import has moved on meanwhile. Look at it again."))
    return run


@transaction.atomic
def mend_row(*, run: ImportRun, row: ImportRow, cells: Mapping[str, str]) -> ImportRow:
    """Put what was typed into cells of one row (by column) and judge it again, with those that share its number.

    Raises ValidationError when the row has been entered or the run has moved on.
    """
    run = demand_open(run)
    row = ImportRow.objects.get(pk=row.pk, run=run)
    if row.verdict == Verdict.COMMITTED:
        raise ValidationError(_("This row has been entered. Change the record itself."))
    spec = spec_for(run)
    places = {name: int(place) for place, name in run.tables[row.table]["map"].items()}
    for name, text in cells.items():
        if name in spec.columns:
            raw = row.cells[places[name]] if name in places else None
            row.mends[name] = [raw, text.strip()[:500]]
    if row.verdict == Verdict.LEFT_OUT:
        row.verdict = Verdict.FAULTY
    judge_some(run, [row])
    end_if_settled(run)
    row.refresh_from_db()
    return row


@transaction.atomic
def leave_out(*, run: ImportRun, row: ImportRow, out: bool) -> ImportRow:
    """Leave a row out of the import, or take it in again. Raises ValidationError."""
    run = demand_open(run)
    row = ImportRow.objects.get(pk=row.pk, run=run)
    if row.verdict == Verdict.COMMITTED:
        raise ValidationError(_("This row has been entered. Change the record itself."))
    if out:
        row.verdict = Verdict.LEFT_OUT
        row.save(update_fields=["verdict"])
        followers = ImportRow.objects.filter(run=run, verdict=Verdict.FAULTY, key=row.key).exclude(pk=row.pk)
        if row.key:  # the next one with this number is the first now
            judge_some(run, list(followers))
    else:
        row.verdict = Verdict.FAULTY
        judge_some(run, [row])
    end_if_settled(run)
    row.refresh_from_db()
    return row


@transaction.atomic
def leave_rest(*, run: ImportRun) -> int:
    """Leave out all faulty rows of a run; how many. Raises ValidationError when its rows can no longer be changed."""
    run = demand_open(run)
    count = ImportRow.objects.filter(run=run, verdict=Verdict.FAULTY).update(verdict=Verdict.LEFT_OUT)
    end_if_settled(run)
    return count


def end_if_settled(run: ImportRun) -> None:
    """A partly entered run of which no row is left to mend is entered."""
    if run.state == RunState.PARTLY and resting_state(run) == RunState.COMMITTED:
        move(run, RunState.COMMITTED)


@transaction.atomic
def settle_names(*, run: ImportRun, person: Person, choices: Mapping[tuple[str, str], str]) -> list[str]:
    """Settle names for all rows: ``(look-up, name as written)`` → the right name, ``CREATE`` or ``EMPTY``.

    Moves the run to be checked again. Returns sentences for names that could not be settled; raises ValidationError.
    """
    run = demand_open(run)
    widgets = {c.widget.kind: c.widget for c in spec_for(run).lookups.values()}
    problems: list[str] = []
    decisions: dict[str, dict[str, str]] = {kind: dict(found) for kind, found in run.decisions.items()}
    for (kind, text), choice in choices.items():
        try:
            decided = decide(widgets[kind], person, text, choice)
        except ValidationError as error:
            problems += [f"{text}: {message}" for message in error.messages]
        else:
            decisions.setdefault(kind, {})[widgets[kind].key(text)] = decided
    move(run, RunState.CHECKING, decisions=decisions, message="\n".join(problems))
    return problems


def decide(widget: LookupWidget, person: Person, text: str, choice: str) -> str:
    """The record's key as text, "" to leave the cells empty. Raises ValidationError."""
    if choice == EMPTY:
        return ""
    if choice == CREATE:
        return str(created(widget, person, text).pk)
    found = widget.pk_of(choice)
    if found is None:
        raise ValidationError(_("“%(name)s” is not known. Choose one from the list."), params={"name": choice})
    return str(found)


def created(widget: LookupWidget, person: Person, text: str) -> Any:
    """A new room, person, department or building of this name."""
    if not widget.creates:
        raise ValidationError(_("“%(name)s” cannot be created from here."), params={"name": text})
    if not person.has_perm(CREATE_PERMISSION):
        raise PermissionDenied
    return widget.create(text)


NAME_TROUBLES = (Trouble.UNKNOWN, Trouble.AMBIGUOUS, Trouble.GONE)
