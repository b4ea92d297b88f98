"""From a form to a kept file: at once, by the worker, refused, failed, put back after a kill."""

import hashlib
import io
import logging
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from openpyxl import load_workbook

from logistics.printing import services
from logistics.printing.choices import Output, PrintState
from logistics.printing.models import PrintJob
from logistics.printing.services import FORGOTTEN_FOR, MOST_ATTEMPTS, SILENT_FOR, make, print_paper, revive_silent
from logistics.school.models import RoleAssignment
from tests.printing import printing
from tests.printing.reading import pages_text

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R03")]


def content_of(job: PrintJob) -> bytes:
    with job.file.open("rb") as file:
        return file.read()


@pytest.fixture
def long_paper(keeper, django_capture_on_commit_callbacks) -> PrintJob:
    """A paper of several pages that is left waiting for the worker."""
    with django_capture_on_commit_callbacks():
        return print_paper(person=keeper, form=printing.general_ledger, parameters={"count": 150})


def test_a_short_paper_is_ready_at_once(keeper):
    job = print_paper(person=keeper, form=printing.general_ledger, parameters={"count": 2})
    assert (job.state, job.total, job.done, job.output) == (PrintState.DONE, 1, 1, "pdf")
    assert job.title == "固定资产总账"
    content = content_of(job)
    assert hashlib.sha256(content).hexdigest() == job.sha256
    assert "阳光小学" in pages_text(content)[0]
    assert "固定资产总账" in job.filename
    assert "固定资产" not in job.file.name


def test_the_same_as_excel(keeper):
    job = print_paper(person=keeper, form=printing.general_ledger, output=Output.XLSX)
    assert job.is_ready
    assert content_of(job)[:2] == b"PK"


def test_a_long_paper_waits_for_the_worker(keeper, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = print_paper(person=keeper, form=printing.general_ledger, parameters={"count": 150})
        assert job.state == PrintState.WAITING
        assert job.total > 5
    job.refresh_from_db()
    assert job.is_ready
    assert len(pages_text(content_of(job))) == job.total == job.done


def test_official_papers_are_in_the_schools_language(keeper):
    with translation.override("en"):
        job = print_paper(person=keeper, form=printing.general_ledger)
    assert "单位：元" in pages_text(content_of(job))[0]


@pytest.mark.requirement("A12")
def test_labels_are_printed_by_those_who_may(keeper, teacher):
    assert print_paper(person=keeper, form=printing.labels).is_ready
    with pytest.raises(PermissionDenied):
        print_paper(person=teacher, form=printing.labels)
    assert PrintJob.objects.count() == 1


@pytest.mark.requirement("A12", "R03")
def test_labels_are_printed_as_excel_too(keeper):
    job = print_paper(person=keeper, form=printing.labels, output=Output.XLSX)
    heads, *rows = load_workbook(io.BytesIO(content_of(job))).active.iter_rows(values_only=True)
    assert heads == ("名称", "编号", "存放地点", "二维码地址")
    assert rows


@pytest.mark.requirement("O02")
def test_without_the_permission_nothing_is_printed(teacher):
    with pytest.raises(PermissionDenied):
        print_paper(person=teacher, form=printing.general_ledger)
    assert not PrintJob.objects.exists()


def test_nothing_is_not_printed(keeper):
    with pytest.raises(ValidationError):
        print_paper(person=keeper, form=printing.nothing)


def test_what_goes_wrong_in_the_worker_is_said(keeper, caplog, monkeypatch, long_paper):
    def fail(*args, **kwargs):
        raise MemoryError

    monkeypatch.setattr(services.Facts, "as_pdf", fail)
    with caplog.at_level(logging.CRITICAL):
        make(long_paper.pk)
    long_paper.refresh_from_db()
    assert long_paper.state == PrintState.FAILED
    assert "管理员" in long_paper.message
    assert not long_paper.file


@pytest.mark.requirement("O02")
def test_who_lost_the_permission_meanwhile_gets_nothing(keeper, long_paper):
    RoleAssignment.objects.filter(person=keeper).delete()
    make(long_paper.pk)
    long_paper.refresh_from_db()
    assert long_paper.state == PrintState.FAILED
    assert "权限" in long_paper.message


def test_a_print_is_made_once(long_paper, monkeypatch):
    make(long_paper.pk)
    long_paper.refresh_from_db()
    first = long_paper.file.name
    make(long_paper.pk)
    long_paper.refresh_from_db()
    assert (long_paper.file.name, long_paper.attempt) == (first, 1)


def kept_files() -> set[Path]:
    return set((Path(settings.PRIVATE_ROOT) / "prints").rglob("*.pdf"))


def killed(job: PrintJob, *, attempt: int = 1, state: str = PrintState.RUNNING, ago: timedelta = SILENT_FOR) -> None:
    """As a worker leaves it that was killed."""
    long_ago = timezone.now() - ago - timedelta(seconds=1)
    PrintJob.objects.filter(pk=job.pk).update(state=state, attempt=attempt, touched_at=long_ago)


def test_a_killed_workers_print_is_made_after_all(long_paper, django_capture_on_commit_callbacks, capsys):
    killed(long_paper)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("revive_prints")
    long_paper.refresh_from_db()
    assert (long_paper.state, long_paper.attempt) == (PrintState.DONE, 2)
    assert capsys.readouterr().out.startswith("1 ")


def test_a_print_that_kills_its_worker_is_given_up(long_paper):
    killed(long_paper, attempt=MOST_ATTEMPTS)
    assert revive_silent() == 0
    long_paper.refresh_from_db()
    assert long_paper.state == PrintState.FAILED
    assert long_paper.message


def test_a_living_print_is_left_alone(long_paper):
    PrintJob.objects.filter(pk=long_paper.pk).update(state=PrintState.RUNNING, attempt=1)
    assert revive_silent() == 0
    long_paper.refresh_from_db()
    assert long_paper.state == PrintState.RUNNING


def test_a_print_lost_from_the_queue_is_put_back(long_paper, django_capture_on_commit_callbacks):
    killed(long_paper, attempt=0, state=PrintState.WAITING, ago=FORGOTTEN_FOR)
    with django_capture_on_commit_callbacks(execute=True):
        assert revive_silent() == 1
    long_paper.refresh_from_db()
    assert long_paper.is_ready


def test_a_maker_that_was_taken_for_dead_does_not_overwrite(long_paper, monkeypatch):
    """It comes back with its file after another attempt began: that one's file holds, this one's goes."""
    real = services.Facts.as_pdf

    def overtaken(facts, title, progress):
        PrintJob.objects.filter(pk=long_paper.pk).update(attempt=2)
        return real(facts, title, progress)

    monkeypatch.setattr(services.Facts, "as_pdf", overtaken)
    before = kept_files()
    make(long_paper.pk)
    long_paper.refresh_from_db()
    assert (long_paper.state, long_paper.attempt) == (PrintState.RUNNING, 2)
    assert not long_paper.file
    assert kept_files() == before


def test_the_database_knows_no_ready_print_without_its_file(long_paper):
    with pytest.raises(IntegrityError), transaction.atomic():
        PrintJob.objects.filter(pk=long_paper.pk).update(state=PrintState.DONE, finished_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        PrintJob.objects.filter(pk=long_paper.pk).update(sha256="x", file="y")
