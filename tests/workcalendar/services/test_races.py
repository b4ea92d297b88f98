"""Two people at once: a draft is taken over once, a point ticked once, a list made once. Proved on PostgreSQL."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from logistics.notices.models import Notice
from logistics.workcalendar.models import Checklist, PlanDraft, Task
from logistics.workcalendar.services import checklists, drafts, proposing
from logistics.workcalendar.services.tasks import finish
from tests.assets.services.test_races import at_once
from tests.workcalendar import plans
from tests.workcalendar.services.test_checklists import start_list

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
    pytest.mark.requirement("K02", "K03", "K04"),
]
TEXT = "每周五检查消防器材。\n九月份：\n1、发放教材\n2、核对财产"


@pytest.fixture
def term(transactional_db):
    today = dt.date.today()
    return plans.year(today.year if today.month >= 9 else today.year - 1).terms.get(number=1)


@pytest.fixture
def draft(term, director) -> PlanDraft:
    return proposing.read_text(person=director, name="计划", text=TEXT, term=term)


def refusals(results) -> int:
    assert all(not isinstance(result, Exception) or isinstance(result, ValidationError) for result in results)
    return sum(isinstance(result, ValidationError) for result in results)


def test_a_draft_is_taken_over_once(draft, director):
    results = at_once(*(lambda: drafts.take_over(person=director, draft=draft) for _ in range(2)))
    assert refusals(results) == 1
    assert sorted(Task.objects.filter(series=None).values_list("title", flat=True)) == ["发放教材", "核对财产"]


def test_taken_back_while_it_is_taken_over(draft, director):
    """Whichever comes first: no line says that it is in the calendar while its task is off it."""
    drafts.take_over(person=director, draft=draft)
    at_once(
        lambda: drafts.take_back(person=director, draft=draft), lambda: drafts.take_over(person=director, draft=draft)
    )
    standing = draft.proposals.exclude(task=None).values_list("task__state", flat=True)
    assert set(standing) <= {"open"}
    assert Task.objects.open().filter(series=None).count() == len(standing)


def test_done_while_it_is_taken_back(draft, director):
    """What is done in that moment stays done, or is off the calendar and not done; nothing breaks."""
    drafts.take_over(person=director, draft=draft)
    task = Task.objects.get(title="发放教材")
    results = at_once(
        lambda: drafts.take_back(person=director, draft=draft), lambda: finish(person=director, task=task)
    )
    refusals(results)
    task.refresh_from_db()
    assert draft.proposals.get(title="发放教材").task_id == (task.pk if task.state == "done" else None)


def test_a_point_is_ticked_once(term, director):
    task = start_list(director, term).tasks.first()
    results = at_once(*(lambda: finish(person=director, task=task) for _ in range(2)))
    assert refusals(results) == 1


def test_a_list_is_made_once(term, director):
    results = at_once(*(lambda: start_list(director, term) for _ in range(2)))
    assert refusals(results) == 1
    assert Checklist.objects.count() == 1


def test_everybody_is_chased_once(term, director, teacher):
    row = start_list(director, term)
    checklists.add_point(person=director, checklist=row, title="检查体育器材", owner=teacher)
    Notice.objects.all().delete()
    results = at_once(*(lambda: checklists.chase(person=director, checklist=row) for _ in range(2)))
    assert refusals(results) == 1
    assert Notice.objects.filter(person=teacher).count() == 1
