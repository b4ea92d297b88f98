"""The feed for phones, read by a parser and by a client library that did not write it."""

import datetime as dt
import logging

import icalendar
import pytest
import time_machine
import vobject
from django.urls import reverse

from logistics.school.models import School
from logistics.workcalendar.choices import Rhythm
from logistics.workcalendar.models import Feed
from logistics.workcalendar.rules import Refused
from logistics.workcalendar.services import feeds, tasks
from tests import cast
from tests.workcalendar import plans

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("K07")]


@pytest.fixture(autouse=True)
def a_day_of_the_term():
    with time_machine.travel(plans.TODAY) as clock:
        yield clock


@pytest.fixture
def task(director, teacher):
    cast.school()
    return plans.task(director, owner=teacher, detail="钥匙在门卫处")


def content(client, person=None) -> bytes:
    answer = client.get(feeds.feed_of(person).get_absolute_url())
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return answer.content


def events(data: bytes) -> dict[str, icalendar.Event]:
    return {str(event["uid"]): event for event in icalendar.Calendar.from_ical(data).walk("VEVENT")}


def test_a_task_is_an_event_of_its_last_day(client, teacher, task):
    event = events(content(client, teacher))[f"task-{task.pk}@school-logistics"]
    assert event.decoded("dtstart") == dt.date(2026, 11, 27)
    assert event.decoded("dtend") == dt.date(2026, 11, 28)
    assert (str(event["summary"]), str(event["status"]), event["sequence"]) == ("检查消防器材", "CONFIRMED", 0)


def test_a_client_library_reads_the_same(client, teacher, task):
    read = vobject.readOne(content(client, teacher).decode())
    assert read.vevent.dtstart.value == dt.date(2026, 11, 27)
    assert read.vevent.uid.value == f"task-{task.pk}@school-logistics"
    assert read.vevent.dtstamp.value.tzinfo is not None
    assert (read.version.value, read.method.value) == ("2.0", "PUBLISH")
    assert read.contents["x-wr-timezone"][0].value == "Asia/Shanghai"
    read.validate(raiseException=True)


def test_lines_are_folded_and_end_as_the_standard_wants(client, director, teacher):
    plans.task(director, "很长的标题，带逗号；和分号\\反斜线" * 6, owner=teacher)
    data = content(client, teacher)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    (event,) = events(data).values()
    assert str(event["summary"]) == "很长的标题，带逗号；和分号\\反斜线" * 6


def test_a_change_keeps_the_uid_and_counts_on(client, director, teacher, task, a_day_of_the_term):
    (before,) = events(content(client, teacher)).values()
    a_day_of_the_term.shift(60)
    tasks.save_task(person=director, task=task, due=dt.date(2026, 12, 1))
    (after,) = events(content(client, teacher)).values()
    assert before["uid"] == after["uid"]
    assert after["sequence"] == before["sequence"] + 1
    assert after.decoded("dtstamp") > before.decoded("dtstamp")
    assert after.decoded("dtstart") == dt.date(2026, 12, 1)


def test_a_dropped_task_is_cancelled_and_a_done_one_ticked(client, director, teacher, task):
    other = plans.task(director, "收集档案", owner=teacher)
    tasks.drop(person=director, task=task)
    tasks.finish(person=teacher, task=other)
    found = events(content(client, teacher))
    assert str(found[f"task-{task.pk}@school-logistics"]["status"]) == "CANCELLED"
    assert str(found[f"task-{other.pk}@school-logistics"]["summary"]) == "✓ 收集档案"


def test_ones_own_feed_has_ones_own_tasks(client, director, teacher, keeper, task):
    assert events(content(client, keeper)) == {}


def test_the_schools_feed_has_all_tasks_and_the_days_off_and_no_names(client, director, teacher, task):
    plans.year()
    data = content(client)
    found = events(data)
    assert f"task-{task.pk}@school-logistics" in found
    holiday = found["holiday-2026-10-01@school-logistics"]
    assert (holiday.decoded("dtstart"), holiday.decoded("dtend")) == (dt.date(2026, 10, 1), dt.date(2026, 10, 8))
    assert "make-up-2026-10-10@school-logistics" in found
    assert teacher.name not in data.decode()


def test_details_and_outcomes_stay_in_the_school(client, teacher, task):
    tasks.finish(person=teacher, task=task, note="已和陈老师说好")
    read = content(client, teacher).decode().replace("\r\n ", "")
    assert "钥匙" not in read
    assert "陈老师" not in read


def test_duties_of_every_school_day_do_not_bury_the_rest(client, director, teacher):
    plans.year()
    plans.series(director, Rhythm.SCHOOL_DAY, owner=teacher)
    plans.series(director, Rhythm.WEEKLY, title="大扫除", owner=teacher, first_day=dt.date(2026, 11, 23), terms=[1])
    assert {str(event["summary"]) for event in events(content(client, teacher)).values()} == {"大扫除"}


def test_it_leads_to_the_task_where_the_school_has_an_address(client, teacher, task):
    School.objects.update(site_address="https://zongwu.example.cn")
    (event,) = events(content(client, teacher)).values()
    assert str(event["url"]) == f"https://zongwu.example.cn{task.get_absolute_url()}"


@pytest.mark.parametrize("count", [2, 40])
def test_it_costs_the_same_for_many_tasks(client, director, teacher, count, django_assert_max_num_queries):
    plans.year()
    for number in range(count):
        plans.task(director, f"第{number}项", owner=teacher)
    address = feeds.feed_of(None).get_absolute_url()
    with django_assert_max_num_queries(6):
        client.get(address)


@pytest.mark.requirement("O02")
class TestTheSecret:
    def test_another_word_is_no_feed(self, client, teacher):
        address = feeds.feed_of(teacher).get_absolute_url()
        assert client.get(address.replace(".ics", "x.ics")).status_code == 404
        assert client.get(reverse("workcalendar:feed", args=["1"])).status_code == 404
        assert client.post(address).status_code == 405

    def test_the_log_does_not_have_it(self, client, teacher, caplog):
        feed = feeds.feed_of(teacher)
        with caplog.at_level(logging.INFO, "logistics"):
            client.get(feed.get_absolute_url())
        assert "/calendar/feeds/….ics 200" in caplog.text
        assert feed.secret not in caplog.text

    def test_it_is_long_and_each_has_his_own(self, teacher, keeper):
        secrets = {feeds.feed_of(person).secret for person in (teacher, keeper, None)}
        assert len(secrets) == 3
        assert min(map(len, secrets)) >= 43
        assert feeds.feed_of(teacher) == feeds.feed_of(teacher)
        assert Feed.objects.count() == 3

    def test_renewed_the_old_one_leads_nowhere(self, client, as_person, teacher):
        old = feeds.feed_of(teacher).get_absolute_url()
        as_person(teacher).post(reverse("workcalendar:feed-renew"))
        assert client.get(old).status_code == 404
        assert client.get(feeds.feed_of(teacher).get_absolute_url()).status_code == 200

    def test_the_schools_is_renewed_by_the_calendars_keeper(self, client, as_person, director, teacher):
        old = feeds.feed_of(None).get_absolute_url()
        assert as_person(teacher).post(reverse("workcalendar:feed-renew-school")).status_code == 403
        with pytest.raises(Refused):
            feeds.renew(person=teacher, school=True)
        assert client.get(old).status_code == 200
        as_person(director).post(reverse("workcalendar:feed-renew-school"))
        assert client.get(old).status_code == 404

    def test_who_has_left_has_none(self, client, director, teacher):
        address = feeds.feed_of(teacher).get_absolute_url()
        teacher.is_active = False
        teacher.save()
        assert client.get(address).status_code == 404

    def test_the_page_shows_ones_own_and_the_schools(self, as_person, teacher, keeper):
        page = as_person(teacher).get(reverse("workcalendar:phone")).content.decode()
        assert feeds.feed_of(teacher).secret in page
        assert feeds.feed_of(None).secret in page
        assert feeds.feed_of(keeper).secret not in page
        assert "feed-renew-school" not in page
        assert f'href="webcal://testserver{feeds.feed_of(teacher).get_absolute_url()}"' in page
