"""The pages of prints: one's own list, progress, file; nobody else's."""

from urllib.parse import unquote

import pytest
from django.urls import reverse

from logistics.printing.choices import PrintState
from logistics.printing.models import PrintJob
from logistics.printing.services import print_paper
from logistics.school.models import Person, RoleAssignment
from tests.printing import printing

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R03", "O02")]


@pytest.fixture
def job(keeper) -> PrintJob:
    return print_paper(person=keeper, form=printing.general_ledger)


@pytest.fixture
def waiting(keeper) -> PrintJob:
    return PrintJob.objects.create(person=keeper, form="tests.printing.printing.general_ledger", title="总账", total=9)


def file_of(job: PrintJob) -> str:
    return reverse("printing:job-file", args=[job.pk])


def test_the_file_is_served_as_it_was_made(as_person, keeper, job):
    client = as_person(keeper)
    first, second = client.get(file_of(job)), client.get(file_of(job))
    assert first.content == second.content
    assert first.content.startswith(b"%PDF-")
    assert first["Content-Type"] == "application/pdf"
    assert unquote(first["Content-Disposition"]).startswith("inline; filename*=utf-8''固定资产总账")
    assert first["Cache-Control"] == "private, no-store"


def test_excel_is_saved_under_its_title(as_person, keeper):
    job = print_paper(person=keeper, form=printing.general_ledger, output="xlsx")
    answer = as_person(keeper).get(file_of(job))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content[:2] == b"PK"


@pytest.mark.parametrize("name", ["job-detail", "job-file"])
def test_another_persons_print_does_not_exist(as_person, director, job, name):
    assert as_person(director).get(reverse(f"printing:{name}", args=[job.pk])).status_code == 404


def test_the_administrator_may_look(as_person, job):
    admin = Person.objects.create_superuser("admin", "x")
    assert as_person(admin).get(file_of(job)).status_code == 200


def test_a_stranger_is_sent_to_sign_in(client, job):
    answer = client.get(file_of(job))
    assert answer.status_code == 302
    assert reverse("front:login") in answer["Location"]


def test_with_the_role_the_file_is_gone_too(as_person, keeper, job):
    RoleAssignment.objects.filter(person=keeper).delete()
    assert as_person(keeper).get(file_of(job)).status_code == 403


def test_a_file_that_is_not_ready_is_not_there(as_person, keeper, waiting):
    assert as_person(keeper).get(file_of(waiting)).status_code == 404


def test_progress_is_shown_and_asked_for_again(as_person, keeper, waiting):
    PrintJob.objects.filter(pk=waiting.pk).update(done=4)
    client = as_person(keeper)
    page = client.get(waiting.get_absolute_url()).content.decode()
    assert 'max="9" value="4"' in page
    assert f'hx-get="{waiting.get_absolute_url()}"' in page
    assert "再看一下" in page  # without scripts
    part = client.get(waiting.get_absolute_url(), headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "HX-Refresh" not in part


def test_when_it_is_ready_the_page_says_so(as_person, keeper, job):
    client = as_person(keeper)
    page = client.get(job.get_absolute_url()).content.decode()
    assert file_of(job) in page
    assert "hx-get" not in page
    assert client.get(job.get_absolute_url(), headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert job.open_url == file_of(job)


def test_why_it_was_not_made_is_said(as_person, keeper, waiting):
    PrintJob.objects.filter(pk=waiting.pk).update(state=PrintState.FAILED, message="这份材料没有生成。")
    page = as_person(keeper).get(waiting.get_absolute_url()).content.decode()
    assert "这份材料没有生成。" in page
    assert "hx-get" not in page


def test_looking_at_a_dead_print_puts_it_back(as_person, keeper, waiting, django_capture_on_commit_callbacks):
    from datetime import timedelta

    from django.utils import timezone

    long_ago = timezone.now() - timedelta(hours=1)
    PrintJob.objects.filter(pk=waiting.pk).update(state=PrintState.RUNNING, attempt=1, touched_at=long_ago)
    with django_capture_on_commit_callbacks(execute=True):
        as_person(keeper).get(waiting.get_absolute_url())
    waiting.refresh_from_db()
    assert waiting.is_ready


def test_ones_own_list(as_person, keeper, director, job, waiting):
    other = print_paper(person=director, form=printing.general_ledger)
    page = as_person(keeper).get(reverse("printing:job-list")).content.decode()
    assert file_of(job) in page
    assert waiting.get_absolute_url() in page
    assert file_of(other) not in page


def test_an_empty_list_says_what_to_do(as_person, teacher):
    assert "打印" in as_person(teacher).get(reverse("printing:job-list")).content.decode()
