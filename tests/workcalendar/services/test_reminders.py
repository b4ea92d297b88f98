"""Reminders: once before the last day, once when it is over, one notice a person."""

import datetime as dt

import pytest
import time_machine
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from logistics.notices.models import Notice
from logistics.school.services.limits import set_limit
from logistics.workcalendar import tasks as worker
from logistics.workcalendar.choices import Rhythm
from logistics.workcalendar.services import tasks
from logistics.workcalendar.services.reminders import SOON, remind_owners
from tests.workcalendar import plans

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("K07", "R06")]
WEDNESDAY = dt.datetime(2026, 11, 25, 4, tzinfo=dt.UTC)  # two days before the task's last day


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(plans.TODAY) as clock:
        yield clock


@pytest.fixture
def task(director, teacher):
    return plans.task(director, owner=teacher)


def told(person) -> list[str]:
    return [notice.params["tasks"] for notice in Notice.objects.filter(person=person, message=SOON).order_by("pk")]


def test_a_year_entered_since_has_its_tasks_next_morning(director):
    """Nobody has to press a button for it; a second morning makes nothing twice."""
    series = plans.series(director, Rhythm.MONTH_DAY, months=[12], day=9)
    assert not series.tasks.exists()
    plans.year()
    for _morning in range(2):
        worker.remind.func()
    assert [f"{task.due}" for task in series.tasks.all()] == ["2026-12-09"]


def test_two_days_before_and_once_more_when_it_is_over(task, teacher, clock):
    assert remind_owners() == 0
    clock.move_to(WEDNESDAY)
    assert remind_owners() == 1
    assert remind_owners() == 0
    clock.move_to(WEDNESDAY + dt.timedelta(days=3))
    assert remind_owners() == 1
    clock.move_to(WEDNESDAY + dt.timedelta(days=9))
    assert remind_owners() == 0
    assert told(teacher) == ["检查消防器材", "检查消防器材"]


def test_one_notice_a_person_however_many_tasks(director, teacher, keeper, clock):
    for number in range(5):
        plans.task(director, f"第{number}项", owner=teacher)
    plans.task(director, "盘点", owner=keeper)
    clock.move_to(WEDNESDAY)
    assert remind_owners() == 2
    assert told(teacher) == ["第0项、第1项、第2项等，另有 2 项"]
    assert told(keeper) == ["盘点"]


def test_what_is_done_dropped_or_nobodys_is_not_told(director, teacher, task, clock):
    tasks.finish(person=teacher, task=task)
    tasks.drop(person=director, task=plans.task(director, owner=teacher))
    plans.task(director, "无人负责")
    clock.move_to(WEDNESDAY)
    assert remind_owners() == 0


def test_who_has_left_is_not_told(task, teacher, clock):
    teacher.is_active = False
    teacher.save()
    clock.move_to(WEDNESDAY)
    assert remind_owners() == 0


def test_duties_of_every_school_day_are_not_told(director, teacher, clock):
    plans.year()
    plans.series(director, Rhythm.SCHOOL_DAY, owner=teacher)
    clock.move_to(WEDNESDAY)
    assert remind_owners() == 0


def test_how_early_is_the_schools_own(task, clock):
    set_limit(key="workcalendar.remind_before_days", value=5, in_force_from=dt.date(2026, 11, 22), source="校务会议")
    clock.move_to(dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC))
    assert remind_owners() == 1


def test_the_worker_comes_back_every_morning_and_is_planned_once(task, clock, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    clock.move_to(WEDNESDAY)
    call_command("remind_of_tasks")
    call_command("remind_of_tasks")
    (planned,) = DBTaskResult.objects.filter(task_path=worker.remind.module_path)
    assert planned.run_after == dt.datetime(2026, 11, 25, 23, tzinfo=dt.UTC)  # seven in the morning of the 26th
