"""Pages of the work calendar: the month's sheet, tasks and their owners, refusals."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from logistics.workcalendar.choices import Rhythm, TaskState
from logistics.workcalendar.models import HandOn, Task
from logistics.workcalendar.queries import month_sheet
from logistics.workcalendar.services import tasks
from tests import cast
from tests.records import pictures
from tests.workcalendar import plans

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("K01")]
NOVEMBER = dt.date(2026, 11, 1)


@pytest.fixture(autouse=True)
def a_day_of_the_term():
    with time_machine.travel(plans.TODAY):
        yield


@pytest.fixture
def task(director, teacher) -> Task:
    return plans.task(director, owner=teacher)


def url(name: str, *args: object) -> str:
    return reverse(f"workcalendar:{name}", args=args)


def waiting(home) -> list[str]:
    return [str(duty.title) for duty in home.context["duties"]]


def text(answer) -> str:
    return answer.content.decode()


class TestSheet:
    def test_tasks_stand_in_the_week_of_their_last_day_and_late_ones_on_top(self, director, task):
        plans.year()
        late = plans.task(director, "收集档案", starts=dt.date(2026, 10, 1), due=dt.date(2026, 10, 30))
        long = plans.task(director, "元旦活动", starts=dt.date(2026, 11, 30), due=dt.date(2026, 12, 30))
        sheet = month_sheet(NOVEMBER, Task.objects.all())
        assert [line.task for line in sheet.late] == [late]
        assert [week.number for week in sheet.weeks] == [9, 10, 11, 12, 13, 14]
        assert [line.task for line in sheet.weeks[4].lines] == [task]
        assert [line.task for line in sheet.weeks[5].lines] == [long]
        assert sheet.weeks[3].now
        assert (sheet.total, sheet.done, sheet.taught) == (2, 0, 21)

    def test_another_month_shows_nothing_late(self, director, task):
        plans.task(director, "收集档案", starts=dt.date(2026, 10, 1), due=dt.date(2026, 10, 30))
        sheet = month_sheet(dt.date(2026, 10, 1), Task.objects.all())
        assert sheet.late == ()
        assert [line.task.title for week in sheet.weeks for line in week.lines] == ["收集档案"]

    def test_a_duty_of_every_school_day_is_one_line_a_week(self, director):
        plans.year()
        row = plans.series(director, Rhythm.SCHOOL_DAY, first_day=dt.date(2026, 11, 23), terms=[1])
        tasks.finish(person=director, task=row.tasks.get(due=dt.date(2026, 11, 23)))
        line = month_sheet(NOVEMBER, Task.objects.all()).weeks[4].lines[0]
        assert (line.count, line.done, line.task.due) == (5, 1, dt.date(2026, 11, 24))

    @pytest.mark.parametrize("count", [3, 60])
    def test_it_costs_the_same_for_many_tasks(self, director, count, django_assert_max_num_queries):
        plans.year()
        people = [cast.person(f"p{number}", f"同事{number}") for number in range(count % 10)]
        for number in range(count):
            plans.task(director, f"第{number}项", owner=people[number % len(people)] if people else director)
        with django_assert_max_num_queries(4):
            month_sheet(NOVEMBER, Task.objects.all())

    def test_the_page_leads_to_the_months_beside_it(self, as_person, teacher, task):
        page = text(as_person(teacher).get(url("sheet")))
        assert "?month=2026-10" in page
        assert "?month=2026-12" in page
        assert task.title in page
        assert url("task-create") not in page

    def test_weeks_past_are_passed_over(self, as_person, director, task):
        """Late in a month its first weeks are done with: one tap leads to the one that is now."""
        plans.year()
        page = text(as_person(director).get(url("sheet")))
        assert 'href="#this-week"' in page
        assert page.count('id="this-week"') == 1
        with time_machine.travel(dt.datetime(2026, 11, 1, 4, tzinfo=dt.UTC)):
            assert "#this-week" not in text(as_person(director).get(url("sheet")))
        assert "this-week" not in text(as_person(director).get(url("sheet") + "?month=2026-12"))

    @pytest.mark.parametrize("month", ["2026-13", "x", "99999-01", "0000-01", "2026-11-05"])
    def test_a_month_that_is_none_is_this_month(self, as_person, teacher, month):
        answer = as_person(teacher).get(url("sheet"), {"month": month})
        assert answer.context["sheet"].first == NOVEMBER

    @pytest.mark.parametrize("month", ["0001-01", "9999-12", "9999-11"])
    def test_the_ends_of_time_are_months_too(self, as_person, teacher, month):
        assert as_person(teacher).get(url("sheet"), {"month": month}).status_code == 200

    def test_only_mine(self, as_person, keeper, task):
        assert task.title not in text(as_person(keeper).get(url("sheet"), {"mine": 1}))


class TestLongYears:
    """Ten years of tasks left behind do not make the month's page long."""

    def test_the_latest_of_many_overdue_tasks(self, as_person, director, django_assert_max_num_queries):
        rows = [
            Task(
                title=f"旧事{n}",
                owner=director,
                starts=dt.date(2016, 9, 1),
                due=dt.date(2016, 9, 1) + n * dt.timedelta(30),
            )
            for n in range(100)
        ]
        Task.objects.bulk_create(rows)
        client = as_person(director)
        client.get(url("sheet"))
        with django_assert_max_num_queries(12):
            page = client.get(url("sheet"))
        sheet = page.context["sheet"]
        assert (len(sheet.late), sheet.late_count) == (40, 100)
        assert sheet.late[-1].task.title == "旧事99"
        assert "?state=late" in text(page)

    def test_what_waits_elsewhere_stands_on_ones_own_sheet(self, as_person, teacher):
        from assets.services import confirmations
        from tests.assets import stock

        keeper, room = cast.keeper(), cast.room("科学室", responsible=teacher)
        stock.card(keeper, room=room, custodian=teacher)
        confirmations.ask(person=keeper, rooms=[room])
        mine = as_person(teacher).get(url("sheet") + "?mine=1")
        assert [str(duty.title) for duty in mine.context["elsewhere"]] == ["确认科学室的资产"]
        assert not as_person(teacher).get(url("sheet")).context["elsewhere"]


class TestOwnersSide:
    def test_it_is_on_his_list_at_home(self, as_person, teacher, task):
        with time_machine.travel(dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC)):
            assert task.title in waiting(as_person(teacher).get("/"))
            keeper = as_person(cast.keeper()).get("/")
        assert task.title not in waiting(keeper)
        assert task.title in text(keeper)  # in what the month still brings

    def test_what_has_not_begun_does_not_wait_yet(self, as_person, teacher, task):
        assert task.title not in waiting(as_person(teacher).get("/"))

    def test_done_with_note_and_photo(self, as_person, teacher, task):
        client = as_person(teacher)
        photo = pictures.upload(pictures.photo(40, 30))
        answer = client.post(url("task-done", task.pk), {"note": "12 具正常", "photo": photo})
        assert answer.url == task.get_absolute_url()
        task.refresh_from_db()
        assert (task.state, task.note) == (TaskState.DONE, "12 具正常")
        page = client.get(task.get_absolute_url())
        assert len(page.context["attachments"]) == 1
        assert "1 份附件" in text(client.get(url("sheet") + "?mine=1"))
        assert "1 份附件" not in text(client.get(url("sheet")))  # what came of it is not for everybody
        shown = client.get(page.context["attachments"][0].url)
        assert shown.status_code == 200

    def test_a_file_that_is_no_picture_says_so_and_keeps_the_note(self, as_person, teacher, task):
        wrong = pictures.upload(b"MZ no picture")
        page = as_person(teacher).post(url("task-done", task.pk), {"note": "写了很多", "photo": wrong})
        assert page.status_code == 200
        assert "写了很多" in text(page)
        task.refresh_from_db()
        assert task.is_open

    def test_not_done_without_a_reason_is_asked_for_it(self, as_person, teacher, task):
        page = as_person(teacher).post(url("task-not-done", task.pk), {"reason": ""})
        assert page.context["form"].errors["reason"]
        as_person(teacher).post(url("task-not-done", task.pk), {"reason": "厂家未到"})
        task.refresh_from_db()
        assert (task.state, task.note) == (TaskState.NOT_DONE, "厂家未到")
        as_person(teacher).post(url("task-reopen", task.pk))
        task.refresh_from_db()
        assert task.is_open

    def test_handed_on_with_consent(self, as_person, teacher, task):
        colleague = cast.person("colleague", "冯同事")
        as_person(teacher).post(url("task-hand-on", task.pk), {"to": colleague.pk, "reason": "外出"})
        offer = HandOn.objects.get()
        assert "请您接手" in text(as_person(colleague).get("/"))
        assert as_person(cast.keeper()).get(url("hand-on-answer", offer.pk)).status_code == 404
        as_person(colleague).post(url("hand-on-answer", offer.pk), {"accepted": "yes"})
        task.refresh_from_db()
        assert task.owner == colleague
        assert as_person(colleague).get(url("hand-on-answer", offer.pk)).status_code == 404

    @pytest.mark.requirement("O02")
    @pytest.mark.parametrize("name", ["task-done", "task-not-done", "task-reopen", "task-hand-on", "task-file-add"])
    def test_nobody_acts_for_somebody_else(self, as_person, task, name):
        client = as_person(cast.person("other", "旁人"))
        assert client.get(url(name, task.pk)).status_code == 403
        assert client.post(url(name, task.pk), {"reason": "x", "note": "x"}).status_code == 403
        task.refresh_from_db()
        assert task.is_open


class TestWhatCameOfIt:
    """The task hangs on the wall; why it was not done, and its pictures, are for the owner and who leads."""

    @pytest.fixture
    def closed(self, task, teacher) -> Task:
        tasks.finish(person=teacher, task=task, note="钥匙在门卫处", uploads=[pictures.upload(pictures.photo(40, 30))])
        return task

    @pytest.mark.parametrize("who", ["teacher", "principal", "director"])
    def test_who_needs_it_reads_it(self, as_person, closed, who, request):
        client = as_person(request.getfixturevalue(who))
        page = client.get(closed.get_absolute_url())
        assert "钥匙在门卫处" in text(page)
        assert client.get(page.context["attachments"][0].url).status_code == 200

    @pytest.mark.requirement("O02")
    def test_others_see_that_it_is_done_and_no_more(self, as_person, closed, teacher, keeper):
        file = as_person(teacher).get(closed.get_absolute_url()).context["attachments"][0].url
        client = as_person(keeper)
        for address in (closed.get_absolute_url(), url("sheet"), url("task-list")):
            page = text(client.get(address))
            assert "已完成" in page
            assert "钥匙在门卫处" not in page
        assert client.get(file).status_code == 404
        assert client.get(f"{file}small/").status_code == 404


class TestKeepersSide:
    def test_a_task_is_entered_changed_and_taken_off(self, as_person, director, teacher):
        client = as_person(director)
        given = {"title": "粉刷围墙", "owner": teacher.pk, "starts": "2026-12-01", "due": "2026-12-04"}
        client.post(url("task-create"), given)
        task = Task.objects.get()
        assert task.owner == teacher
        client.post(url("task-update", task.pk), {**given, "due": "2026-12-11"})
        task.refresh_from_db()
        assert task.due == dt.date(2026, 12, 11)
        client.post(url("task-drop", task.pk), {"reason": "改到寒假"})
        task.refresh_from_db()
        assert task.state == TaskState.DROPPED
        assert list(client.get(url("task-list")).context["object_list"]) == []

    def test_what_was_typed_comes_back(self, as_person, director):
        sent = {"title": "粉刷围墙", "starts": "2026-12-04", "due": "2026-12-01"}
        page = as_person(director).post(url("task-create"), sent)
        assert page.status_code == 200
        assert "粉刷围墙" in text(page)
        assert not Task.objects.exists()

    @pytest.mark.requirement("O02")
    def test_others_do_not_keep_the_calendar(self, as_person, teacher, task):
        client = as_person(teacher)
        for name, args in (("task-create", ()), ("task-update", (task.pk,)), ("task-drop", (task.pk,))):
            assert client.post(url(name, *args), {"title": "x", "starts": "2026-12-01"}).status_code == 403

    def test_the_list_is_filtered_and_exported(self, as_person, director, teacher, task):
        plans.task(director, "收集档案", starts=dt.date(2026, 10, 1), due=dt.date(2026, 10, 30))
        client = as_person(teacher)
        assert "收集档案" not in text(client.get(url("my-tasks")))
        late = text(client.get(url("task-list"), {"state": "late"}))
        assert "收集档案" in late
        assert task.title not in late
        sheet = client.get(url("task-list"), {"export": "xlsx"})
        assert sheet["Content-Type"].startswith("application/vnd.openxml")

    def test_ones_own_list_does_not_ask_whose(self, as_person, director, teacher, task):
        client = as_person(teacher)
        page = client.get(url("my-tasks"), {"q": "消防", "owner": director.pk})
        assert task.title in text(page)
        assert not {"owner", "department"} & set(page.context["filters"].form.fields)
        assert {"owner", "department"} <= set(client.get(url("task-list")).context["filters"].form.fields)

    def test_nobody_asks_for_what_the_list_never_shows(self, as_person, teacher, task):
        choices = dict(as_person(teacher).get(url("task-list")).context["filters"].form.fields["state"].choices)
        assert TaskState.DROPPED not in choices
        assert TaskState.OPEN in choices

    def test_who_has_open_tasks_does_not_leave_unnoticed(self, as_person, director, teacher, task):
        page = as_person(director).get(reverse("school:person-leave", args=[teacher.pk]))
        assert "行事历" in text(page)


def test_the_search_finds_tasks(as_person, teacher, task):
    assert task.get_absolute_url() in text(as_person(teacher).get("/search/", {"q": "消防器材"}))
