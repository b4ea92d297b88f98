"""Writing good rows into the registry, once, and taking a whole import back."""

from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics.base.bulk import rewrite
from logistics.base.history import now_acting
from logistics.base.locks import hold
from logistics.importing.checking import judge, proposal, set_marks, stored
from logistics.importing.choices import GOOD, RunState, Trouble, Verdict
from logistics.importing.columns import ImportSpec, Row, spec_for
from logistics.importing.models import ImportRow, ImportRun
from logistics.importing.progress import Reporter
from logistics.importing.services.rows import JUDGED
from logistics.importing.services.states import finish, move, resting_state

REPORT = 500


def ask_commit(*, run: ImportRun, whole: bool) -> ImportRun:
    """Move a run to being committed; ``whole`` says that the person saw no faulty row.

    Raises ValidationError: it is at work already, nothing is good, its day is closed, or a row has to be mended yet.
    """
    counts = ImportRow.objects.filter(run=run)
    if whole and counts.filter(verdict=Verdict.FAULTY).exists():
        raise ValidationError(_("Some rows have to be mended first."))
    if not counts.filter(verdict__in=GOOD).exists():
        raise ValidationError(_("There is no row to enter."))
    if problem := spec_for(run).problem_of_date():
        raise ValidationError(problem)
    return move(run, RunState.COMMITTING, message="")


def commit_rows(run: ImportRun) -> None:
    """Enter the good rows in one transaction, judged once more by the registry of this moment.

    A row that would no longer do what the preview showed goes back to be looked at. One import of a kind at a time
    is written, so that two people with the same list make no doubles.
    """
    with transaction.atomic():
        hold(f"importing.{run.kind}")
        spec = spec_for(run)
        records = list(ImportRow.objects.filter(run=run, verdict__in=GOOD))
        reporter = Reporter(run.pk, len(records))
        good, stale = judged_again(spec, records, reporter)
        papers = spec.commit(good) if good else []
        for row in good:
            row.record.verdict = Verdict.COMMITTED
        rewrite([row.record for row in good], ("verdict", "target"))
        rewrite([row.record for row in stale], JUDGED)
        changed = {"committed_at": timezone.now(), "papers": run.papers + [asdict(p) for p in papers]} if good else {}
        finish(run, resting_state(run), message=told(stale), **changed)


def judged_again(spec: ImportSpec, records: list[ImportRow], reporter: Reporter) -> tuple[list[Row], list[Row]]:
    """The rows that still do what was shown, and those that do not: faulty now, or done by somebody else already."""
    shown = [proposal(record) for record in records]
    rows = [stored(spec, record) for record in records]
    judge(spec, rows)
    good, stale = [], []
    for at, (row, before) in enumerate(zip(rows, shown, strict=True)):
        if at % REPORT == 0:
            reporter.say(at)
        if proposal(row.record) == before:
            good.append(row)
            continue
        if row.record.verdict in GOOD:
            row.fault("", Trouble.STALE, was=before[0], now=str(row.record.verdict))
            row.record.verdict = Verdict.FAULTY
            set_marks(row.record)
        stale.append(row)
    return good, stale


def told(stale: list[Row]) -> str:
    done = sum(row.record.verdict == Verdict.SAME for row in stale)
    faulty = len(stale) - done
    sentences = []
    if done:
        text = ngettext(
            "%(count)d row was left as it is: somebody else has entered the same meanwhile.",
            "%(count)d rows were left as they are: somebody else has entered the same meanwhile.",
            done,
        )
        sentences.append(text % {"count": done})
    if faulty:
        text = ngettext(
            "%(count)d row was not entered: the registry has changed since the preview. Look at it again.",
            "%(count)d rows were not entered: the registry has changed since the preview. Look at them again.",
            faulty,
        )
        sentences.append(text % {"count": faulty})
    return "\n".join(sentences)


def ask_undo(*, run: ImportRun) -> ImportRun:
    """Move a run to being undone. Raises ValidationError when it is at work or nothing of it was entered."""
    return move(run, RunState.UNDOING, message="")


def undo_rows(run: ImportRun) -> None:
    """Restore what was there before the run, in one transaction. Raises ValidationError naming what hinders."""
    with transaction.atomic():
        hold(f"importing.{run.kind}")
        papers = spec_for(run).undo()
        changed: dict[str, Any] = {"undone_at": timezone.now(), "undone_by": now_acting().person}
        finish(run, RunState.UNDONE, message="", papers=run.papers + [asdict(paper) for paper in papers], **changed)
