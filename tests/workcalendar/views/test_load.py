"""Load per person: who has how much to do, each figure with its tasks behind it."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from logistics.workcalendar.services import tasks
from tests import cast
from tests.workcalendar import plans

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("K01")]
URL = "/calendar/people/"


@pytest.fixture(autouse=True)
def a_day_of_the_term():
    with time_machine.travel(plans.TODAY):
        yield


@pytest.fixture
def planned(director, teacher, keeper, principal):
    plans.year()
    plans.task(director, "甲", owner=teacher)
    plans.task(director, "乙", owner=teacher, starts=dt.date(2026, 10, 1), due=dt.date(2026, 10, 30))
    tasks.finish(person=keeper, task=plans.task(director, "丙", owner=keeper))
    tasks.fail(person=keeper, task=plans.task(director, "丁", owner=keeper), reason="没有配件")
    tasks.drop(person=director, task=plans.task(director, "戊", owner=keeper))
    plans.task(director, "去年的", owner=director, starts=dt.date(2025, 10, 1), due=dt.date(2025, 10, 30))
    plans.task(director, "明年的", owner=principal, starts=dt.date(2027, 10, 1), due=dt.date(2027, 10, 30))


def test_who_is_late_comes_first_and_sums_stand_below(as_person, director, teacher, keeper, planned):
    page = as_person(director).get(URL)
    found = [(p.name, p.open_tasks, p.late, p.done, p.not_done) for p in page.context["object_list"]]
    assert found == [(teacher.name, 2, 1, 0, 0), (director.name, 1, 1, 0, 0), (keeper.name, 0, 0, 1, 1)]
    assert f"{reverse('workcalendar:task-list')}?owner={teacher.pk}&amp;state=late" in page.content.decode()


def test_it_sorts_and_goes_to_excel(as_person, director, planned, keeper):
    page = as_person(director).get(URL, {"sort": "-done"})
    assert page.context["object_list"][0] == keeper
    assert as_person(director).get(URL, {"export": "xlsx"}).status_code == 200


def test_it_costs_the_same_for_many_people(as_person, director, planned, django_assert_max_num_queries):
    for number in range(40):
        plans.task(director, f"第{number}项", owner=cast.person(f"p{number}", f"同事{number}"))
    client = as_person(director)
    with django_assert_max_num_queries(14):
        client.get(URL)


@pytest.mark.requirement("O02")
def test_only_who_leads_sees_it(as_person, teacher, principal, planned):
    assert as_person(principal).get(URL).status_code == 200
    assert as_person(teacher).get(URL).status_code == 403
