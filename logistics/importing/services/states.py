"""Moving a run from state to state: each move is one UPDATE that names where it comes from, so it is made once."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics.importing.choices import AT_WORK, MOVES, SETTLED, RunState, Verdict
from logistics.importing.models import ImportRow, ImportRun

STUCK_AFTER = dt.timedelta(minutes=10)


class Superseded(RuntimeError):
    """Another attempt has taken this step over; what was begun is rolled back."""


@transaction.atomic
def move(run: ImportRun, to: RunState, **fields: Any) -> ImportRun:
    """Move ``run`` on and write ``fields``. Raises ValidationError when it is no longer where the page showed it."""
    origins = [state for state, targets in MOVES.items() if to in targets]
    if not _claim(run, origins, to):
        raise ValidationError(_("This import has moved on meanwhile. Look at it again."))
    run.refresh_from_db()
    return _write(run, fields)


@transaction.atomic
def finish(run: ImportRun, to: RunState, **fields: Any) -> ImportRun:
    """End the step at work that ``run.attempt`` began. Raises Superseded when that is not the one at work any more."""
    there = ImportRun.objects.filter(pk=run.pk, state__in=AT_WORK, attempt=run.attempt)
    if not there.update(state=to, touched_at=timezone.now()):
        raise Superseded
    run.state = to
    return _write(run, fields)


def _claim(run: ImportRun, origins: list[RunState], to: RunState) -> bool:
    there = ImportRun.objects.filter(pk=run.pk, state__in=origins)
    return bool(there.update(state=to, attempt=F("attempt") + 1, touched_at=timezone.now()))


def _write(run: ImportRun, fields: dict[str, Any]) -> ImportRun:
    for name, value in fields.items():
        setattr(run, name, value)
    run.save(update_fields=["state", *fields])
    return run


def resting_state(run: ImportRun) -> RunState:
    """Where a run rests when no work is being done on it."""
    rows = ImportRow.objects.filter(run=run)
    if rows.filter(verdict=Verdict.COMMITTED).exists():
        left = rows.exclude(verdict__in=(*SETTLED, Verdict.SAME)).exists()
        return RunState.PARTLY if left else RunState.COMMITTED
    return RunState.PREVIEW if rows.exists() else RunState.COLUMNS


def is_stuck(run: ImportRun) -> bool:
    """Work that has not ended long after it began: the program was stopped under it."""
    return run.at_work and run.touched_at < timezone.now() - STUCK_AFTER


@transaction.atomic
def release(run: ImportRun) -> ImportRun:
    """Take a run back from work that died. Should it still be running, its end is refused and rolled back."""
    if not is_stuck(run):
        raise ValidationError(_("This import is still being worked on."))
    there = ImportRun.objects.filter(pk=run.pk, state=run.state, attempt=run.attempt)
    if not there.update(state=resting_state(run), attempt=F("attempt") + 1, touched_at=timezone.now()):
        raise ValidationError(_("This import has moved on meanwhile. Look at it again."))
    run.refresh_from_db()
    return _write(run, {"message": _("The work was interrupted before its end; nothing of it was written.")})
