"""Printing: from a form and its parameters to a kept file, at once when it is short, else by the worker."""

import hashlib
import logging
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from logistics.printing.catalogue import Builder, PaperForm, Printable, form_of
from logistics.printing.choices import OPEN_STATES, Output, PrintState
from logistics.printing.labels import LabelSheet, labels_pdf
from logistics.printing.models import PrintJob, private_name
from logistics.printing.pages import Page
from logistics.printing.papers import Paper
from logistics.printing.pdf import Progress
from logistics.printing.rendering import pages_of, pages_pdf
from logistics.printing.sheets import labels_xlsx, papers_xlsx
from logistics.school.models import Person
from logistics.school.models.limits import limit

log = logging.getLogger(__name__)
SILENT_FOR = timedelta(minutes=3)  # longer than anything between two signs of life of a running print
FORGOTTEN_FOR = timedelta(minutes=30)  # a waiting print whose place in the queue may be lost
MOST_ATTEMPTS = 3
PAPER_LANGUAGE = settings.LANGUAGE_CODE  # official papers are in the school's language, whoever prints them


class Facts:
    """The papers of one print, counted in pages."""

    def __init__(self, made: Printable) -> None:
        self.labels = made if isinstance(made, LabelSheet) else None
        self.papers: Sequence[Paper] = (
            () if isinstance(made, LabelSheet) else [made] if isinstance(made, Paper) else made
        )
        self.pages: list[Page] = pages_of(self.papers)

    @property
    def count(self) -> int:
        return self.labels.page_count if self.labels else len(self.pages)

    def as_pdf(self, title: str, progress: Progress) -> bytes:
        return (
            labels_pdf(self.labels, progress) if self.labels else pages_pdf(self.pages, title=title, progress=progress)
        )

    def written(self, output: str, title: str, progress: Progress) -> bytes:
        if output != Output.XLSX:
            return self.as_pdf(title, progress)
        return labels_xlsx(self.labels) if self.labels else papers_xlsx(self.papers, title=title)


def print_paper(
    *, person: Person, form: Builder | str, parameters: dict[str, Any] | None = None, output: str = Output.PDF
) -> PrintJob:
    """Print a form for ``person``: a job whose file is ready for a short paper, else one the worker will make.

    Raises PermissionDenied without the form's permission, ValidationError when there is nothing to print; whatever the
    builder raises goes on (a wrong parameter, a thing that does not exist).
    """
    asked, given = form_of(form), parameters or {}
    facts = _facts(asked, person, given)
    if not facts.count:
        raise ValidationError(_("There is nothing to print."))
    title = _title(asked, facts)
    job = PrintJob.objects.create(
        person=person, form=asked.path, title=title, parameters=given, output=output, total=facts.count
    )
    if facts.count <= limit("printing.pages_at_once") or output == Output.XLSX:
        make(job.pk, facts)
        job.refresh_from_db()
    else:
        _enqueue(job.pk)
    return job


def make(job_id: int, facts: Facts | None = None) -> None:
    """Make the file of a waiting print. Does nothing for a print that is being made or was made already.

    What goes wrong is written on the print as a sentence; the permission is asked for again.
    """
    claimed = PrintJob.objects.filter(pk=job_id, state=PrintState.WAITING)
    if not claimed.update(state=PrintState.RUNNING, attempt=F("attempt") + 1, touched_at=timezone.now(), done=0):
        return
    job = PrintJob.objects.select_related("person").get(pk=job_id)
    try:
        facts = facts or _facts(form_of(job.form), job.person, job.parameters)
        with translation.override(PAPER_LANGUAGE):
            content = facts.written(job.output, job.title, _Signs(job))
        _keep(job, content, facts.count)
    except PermissionDenied:
        _fail(job, _("You may not print this any more."))
    except Exception:
        log.exception("print %s failed", job_id)
        _fail(job, _("This could not be made. Print it once more; if that does not help, tell the administrator."))


def revive_silent() -> int:
    """Put prints back into the queue whose maker fell silent (a killed worker); give up after three attempts.

    Returns how many were put back. Two who do this at once put each print back once.
    """
    now, revived = timezone.now(), 0
    running = PrintJob.objects.filter(state=PrintState.RUNNING, touched_at__lt=now - SILENT_FOR)
    for job in running.filter(attempt__gte=MOST_ATTEMPTS):
        _fail(job, _("This could not be made. Print it once more; if that does not help, tell the administrator."))
    forgotten = PrintJob.objects.filter(state=PrintState.WAITING, touched_at__lt=now - FORGOTTEN_FOR)
    for job in [*running.filter(attempt__lt=MOST_ATTEMPTS), *forgotten]:
        mine = PrintJob.objects.filter(pk=job.pk, state=job.state, touched_at=job.touched_at)
        if mine.update(state=PrintState.WAITING, touched_at=now):
            _enqueue(job.pk)
            revived += 1
    return revived


def _facts(form: PaperForm, person: Person, parameters: dict[str, Any]) -> Facts:
    if not person.has_perm(form.permission):
        raise PermissionDenied
    with translation.override(PAPER_LANGUAGE):
        return Facts(form.build(person, **parameters))


def _title(form: PaperForm, facts: Facts) -> str:
    if len(facts.papers) == 1:
        paper = facts.papers[0]
        title = f"{paper.title} {paper.bookmark or paper.number}"
    else:
        with translation.override(PAPER_LANGUAGE):
            title = str(form.title)
    return title.strip()[:120]


def _enqueue(job_id: int) -> None:
    from logistics.printing.tasks import produce

    transaction.on_commit(lambda: produce.enqueue(job_id))


class _Signs:
    """Signs of life: writes down how many pages are ready, about once a second."""

    def __init__(self, job: PrintJob) -> None:
        self.job, self.last = job, time.monotonic()

    def __call__(self, done: int) -> None:
        if time.monotonic() - self.last >= 1:
            self.last = time.monotonic()
            _mine(self.job).update(done=done, touched_at=timezone.now())


def _mine(job: PrintJob) -> Any:
    """The row of this attempt; empty once another attempt has taken the print over."""
    return PrintJob.objects.filter(pk=job.pk, state__in=OPEN_STATES, attempt=job.attempt)


def _keep(job: PrintJob, content: bytes, pages: int) -> None:
    """Keep the file, then say that it is there; a file that came too late is taken away again."""
    storage = job.file.storage
    name = storage.save(private_name(job, ""), ContentFile(content))
    kept = _mine(job).update(
        state=PrintState.DONE,
        file=name,
        sha256=hashlib.sha256(content).hexdigest(),
        done=pages,
        total=pages,
        finished_at=timezone.now(),
    )
    if not kept:
        storage.delete(name)


def _fail(job: PrintJob, message: str) -> None:
    _mine(job).update(state=PrintState.FAILED, message=message, finished_at=timezone.now())
