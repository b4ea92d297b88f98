"""Tasks: entered, done with a note and a proof, not done with a reason, handed on with consent; nobody else's."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from logistics.notices.models import Notice
from logistics.records import attachments
from logistics.workcalendar.choices import TaskState
from logistics.workcalendar.models import HandOn, Task
from logistics.workcalendar.rules import Refused
from logistics.workcalendar.services import tasks
from tests import cast
from tests.records import pictures
from tests.workcalendar import plans

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("K01")]


@pytest.fixture(autouse=True)
def a_day_of_the_term():
    with time_machine.travel(plans.TODAY):
        yield


@pytest.fixture
def colleague(db):
    return cast.person("colleague", "冯同事")


@pytest.fixture
def task(director, teacher) -> Task:
    return plans.task(director, owner=teacher)


def test_a_task_is_entered_and_its_owner_told(task, teacher):
    assert (task.state, task.owner) == (TaskState.OPEN, teacher)
    assert Notice.objects.get(person=teacher).params == {"task": "检查消防器材", "day": "2026-11-27"}


def test_only_who_keeps_the_calendar_enters_and_changes(teacher, task):
    with pytest.raises(Refused):
        plans.task(teacher)
    with pytest.raises(Refused):
        tasks.save_task(person=teacher, task=task, due=dt.date(2027, 1, 1))


def test_it_does_not_end_before_it_begins(director):
    with pytest.raises(ValidationError):
        plans.task(director, due=dt.date(2026, 11, 1))


def test_done_with_a_note_and_a_picture(task, teacher):
    tasks.finish(person=teacher, task=task, note=" 12 具正常 ", uploads=[pictures.upload(pictures.photo(40, 30))])
    task.refresh_from_db()
    assert (task.state, task.note, task.closed_by) == (TaskState.DONE, "12 具正常", teacher)
    assert attachments.of(task).count() == 1


def test_a_proof_that_is_no_picture_leaves_the_task_open(task, teacher):
    with pytest.raises(ValidationError):
        tasks.finish(person=teacher, task=task, uploads=[pictures.upload(b"MZ\x90 not a picture")])
    task.refresh_from_db()
    assert task.state == TaskState.OPEN


@pytest.mark.parametrize("reason", ["", "   "])
def test_not_done_wants_a_reason(task, teacher, reason):
    with pytest.raises(Refused):
        tasks.fail(person=teacher, task=task, reason=reason)


def test_not_done_with_a_reason_then_done_after_all(task, teacher):
    tasks.fail(person=teacher, task=task, reason="厂家未到")
    tasks.finish(person=teacher, task=task)
    task.refresh_from_db()
    assert (task.state, task.note) == (TaskState.DONE, "")
    assert [row.note for row in task.history.order_by("history_id")] == ["", "厂家未到", ""]


def test_nobody_closes_somebody_elses_task(task, colleague, keeper):
    for act in (tasks.finish, tasks.reopen):
        with pytest.raises(Refused):
            act(person=colleague, task=task)
    with pytest.raises(Refused):
        tasks.fail(person=keeper, task=task, reason="x")
    with pytest.raises(Refused):
        tasks.drop(person=colleague, task=task)


def test_done_twice_is_told(task, teacher, director):
    tasks.finish(person=teacher, task=task)
    with pytest.raises(Refused):
        tasks.finish(person=director, task=task)


def test_taken_up_again(task, teacher):
    tasks.finish(person=teacher, task=task, note="好")
    tasks.reopen(person=teacher, task=task)
    task.refresh_from_db()
    assert (task.state, task.note, task.closed_at, task.closed_by) == (TaskState.OPEN, "", None, None)


def test_dropped_it_leaves_the_sheet(task, director):
    tasks.drop(person=director, task=task, reason="改到下学期")
    assert not Task.objects.of_month(dt.date(2026, 11, 1), dt.date(2026, 11, 30)).exists()


class TestHandingOn:
    def test_it_stays_until_the_other_agrees(self, task, teacher, colleague):
        offer = tasks.hand_on(person=teacher, task=task, to=colleague, reason="外出培训")
        task.refresh_from_db()
        assert task.owner == teacher
        tasks.answer(person=colleague, offer=offer, accepted=True)
        task.refresh_from_db()
        assert task.owner == colleague
        assert Notice.objects.filter(person=teacher, message=tasks.TAKEN).exists()

    def test_declined_it_stays_for_good(self, task, teacher, colleague):
        offer = tasks.hand_on(person=teacher, task=task, to=colleague)
        tasks.answer(person=colleague, offer=offer, accepted=False, said="那天有课")
        task.refresh_from_db()
        assert (task.owner, HandOn.objects.get().answer) == (teacher, "那天有课")

    def test_only_ones_own_open_task_and_to_somebody_else(self, task, teacher, colleague, director):
        for person, to in ((colleague, teacher), (teacher, teacher), (director, colleague)):
            with pytest.raises(Refused):
                tasks.hand_on(person=person, task=task, to=to)
        tasks.finish(person=teacher, task=task)
        with pytest.raises(Refused):
            tasks.hand_on(person=teacher, task=task, to=colleague)

    def test_it_is_offered_to_one_at_a_time(self, task, teacher, colleague, keeper):
        tasks.hand_on(person=teacher, task=task, to=colleague)
        with pytest.raises(Refused):
            tasks.hand_on(person=teacher, task=task, to=keeper)
        with pytest.raises(IntegrityError), transaction.atomic():
            HandOn.objects.create(task=task, to=keeper, by=teacher)

    def test_only_who_was_asked_answers_and_once(self, task, teacher, colleague, keeper):
        offer = tasks.hand_on(person=teacher, task=task, to=colleague)
        with pytest.raises(Refused):
            tasks.answer(person=keeper, offer=offer, accepted=True)
        tasks.answer(person=colleague, offer=offer, accepted=True)
        with pytest.raises(Refused):
            tasks.answer(person=colleague, offer=offer, accepted=False)

    def test_closing_or_giving_it_away_withdraws_the_offer(self, task, teacher, colleague, director, keeper):
        offer = tasks.hand_on(person=teacher, task=task, to=colleague)
        tasks.save_task(person=director, task=task, owner=keeper)
        with pytest.raises(Refused):
            tasks.answer(person=colleague, offer=offer, accepted=True)
        task.refresh_from_db()
        assert task.owner == keeper


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "done"},
        {"state": "not_done", "note": ""},
        {"occasion": "2026-1"},
        {"due": dt.date(2026, 1, 1)},
    ],
)
def test_the_database_refuses_what_no_service_writes(task, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(**wrong)
