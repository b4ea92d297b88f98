"""Recurring tasks: made ahead once, moved with the holidays, changed for one or for all that follow."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from logistics.school.choices import DayKind
from logistics.school.services.days import correct_days
from logistics.workcalendar.choices import Rhythm, TaskState
from logistics.workcalendar.models import Series, Task
from logistics.workcalendar.plan_templates import starters
from logistics.workcalendar.rules import Refused
from logistics.workcalendar.services import series as services
from logistics.workcalendar.services import tasks
from tests.workcalendar import plans

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("K01", "K02")]
START = dt.date(2026, 9, 1)


@pytest.fixture(autouse=True)
def before_the_year():
    with time_machine.travel(dt.datetime(2026, 8, 20, 4, tzinfo=dt.UTC)) as clock:
        yield clock


@pytest.fixture
def year(db):
    return plans.year()


def days(row: Series) -> list[str]:
    open_ones = row.tasks.filter(state=TaskState.OPEN).order_by("due")
    return [f"{task.due:%m-%d}" for task in open_ones]


def test_saving_makes_the_years_tasks(year, director, teacher):
    row = plans.series(director, Rhythm.MONTH_DAY, months=[9, 10, 11], day=9, owner=teacher)
    assert days(row) == ["09-09", "10-09", "11-09"]
    assert set(row.tasks.values_list("owner", "title")) == {(teacher.pk, "安全检查")}


def test_nothing_is_made_twice(year, director):
    row = plans.series(director, Rhythm.WEEKLY, terms=[1], weekday=4)
    before = row.tasks.count()
    assert services.make_tasks(year=year) == services.Made(0, 0, 0)
    assert row.tasks.count() == before > 15


def test_it_costs_the_same_for_many_series(year, director, django_assert_max_num_queries):
    for number in range(12):
        plans.series(director, Rhythm.WEEKLY, title=f"第{number}项", weekday=number % 5)
    Task.objects.all().delete()
    with django_assert_max_num_queries(30):  # written by the batch
        assert services.make_tasks(year=year).new > 400


def test_the_week_of_a_weekly_task_is_its_time(year, director):
    row = plans.series(director, Rhythm.TERM_WEEK, terms=[1], week=2, weekday=3)
    task = row.tasks.get()
    assert (task.starts, task.due) == (dt.date(2026, 9, 7), dt.date(2026, 9, 10))


def test_a_day_off_moves_the_open_task_and_not_the_closed_one(year, director):
    row = plans.series(director, Rhythm.MONTH_DAY, months=[11, 12], day=9)
    tasks.finish(person=director, task=row.tasks.get(due=dt.date(2026, 12, 9)))
    for day in (dt.date(2026, 11, 9), dt.date(2026, 12, 9)):
        correct_days(first_day=day, last_day=day, kind=DayKind.REST)
    assert services.make_tasks(year=year) == services.Made(0, 1, 0)
    assert sorted(f"{task.due:%m-%d}" for task in row.tasks.all()) == ["11-06", "12-09"]


def test_changing_the_rule_moves_what_is_open(year, director):
    row = plans.series(director, Rhythm.MONTH_DAY, months=[9, 10, 11], day=9)
    services.save_series(person=director, series=row, months=[10, 11, 12], title="消防检查")
    assert days(row) == ["10-09", "11-09", "12-09"]
    assert row.tasks.get(due=dt.date(2026, 9, 9)).state == TaskState.DROPPED
    assert set(row.tasks.open().values_list("title", flat=True)) == {"消防检查"}


def test_what_the_rule_dropped_comes_back_and_what_somebody_dropped_does_not(year, director):
    row = plans.series(director, Rhythm.MONTH_DAY, months=[9, 10], day=9)
    tasks.drop(person=director, task=row.tasks.get(due=dt.date(2026, 10, 9)))
    services.save_series(person=director, series=row, months=[11])
    services.save_series(person=director, series=row, months=[9, 10])
    assert days(row) == ["09-09"]


def test_one_task_moved_by_hand_stays_where_it_was_put(year, director):
    row = plans.series(director, Rhythm.MONTH_DAY, months=[9, 10], day=9)
    task = row.tasks.get(due=dt.date(2026, 10, 9))
    tasks.save_task(person=director, task=task, starts=dt.date(2027, 8, 2), due=dt.date(2027, 8, 3))
    services.make_tasks(year=year)
    assert days(row) == ["09-09", "08-03"]


def test_changed_for_one_and_all_that_follow(year, director, teacher):
    row = plans.series(director, Rhythm.MONTH_DAY, months=[9, 10, 11, 12], day=9)
    tasks.finish(person=director, task=row.tasks.get(due=dt.date(2026, 12, 9)))
    new = services.change_following(
        person=director, task=row.tasks.get(due=dt.date(2026, 10, 9)), day=20, owner=teacher
    )
    row.refresh_from_db()
    assert days(row) == ["09-09"]
    assert days(new) == ["10-20", "11-20", "12-18"]  # 20 December is a Sunday
    assert row.tasks.get(state=TaskState.DONE).due == dt.date(2026, 12, 9)
    assert set(new.tasks.values_list("owner", flat=True)) == {teacher.pk}
    assert services.make_tasks(year=year) == services.Made(0, 0, 0)


def test_a_task_that_stands_alone_has_none_that_follow(director):
    with pytest.raises(Refused):
        services.change_following(person=director, task=plans.task(director))


def test_an_ended_series_makes_no_more(year, director):
    row = plans.series(director, Rhythm.MONTH_DAY, months=[9, 10, 11], day=9)
    services.end_series(person=director, series=row, last_day=dt.date(2026, 10, 31))
    assert days(row) == ["09-09", "10-09"]
    next_year = plans.year(2027)
    assert services.make_tasks(year=next_year).new == 0


def test_what_is_over_is_not_made_afterwards(year, director, before_the_year):
    before_the_year.move_to(plans.TODAY)
    row = plans.series(director, Rhythm.MONTH_DAY, months=[9, 10, 11, 12], day=9, first_day=dt.date(2026, 11, 22))
    assert days(row) == ["12-09"]


def test_the_next_year_follows_the_rule_and_not_the_number(year, director):
    row = plans.series(director, Rhythm.TERM_WEEK, terms=[1], week=2, weekday=0)
    services.make_tasks(year=plans.year(2027))
    assert [task.due for task in row.tasks.order_by("due")] == [dt.date(2026, 9, 7), dt.date(2027, 9, 6)]


@pytest.mark.parametrize(
    ("rhythm", "fields"),
    [
        (Rhythm.TERM_WEEK, {"week": 0}),
        (Rhythm.WEEKLY, {"week": -1}),
        (Rhythm.MONTH_WEEKDAY, {}),
        (Rhythm.WEEKLY, {"terms": []}),
        (Rhythm.MONTH, {"months": [13]}),
        (Rhythm.WEEKLY, {"every": 0}),
        (Rhythm.MONTH_DAY, {"day": 32}),
        (Rhythm.WEEKLY, {"last_day": dt.date(2026, 8, 1)}),
    ],
)
def test_a_rule_that_says_nothing_is_refused(director, rhythm, fields):
    with pytest.raises(ValidationError):
        plans.series(director, rhythm, **fields)
    assert not Series.objects.exists()


def test_only_who_keeps_the_calendar_makes_rules(year, director, teacher):
    row = plans.series(director, Rhythm.MONTH_DAY, months=[9], day=9)
    for act in (
        lambda: plans.series(teacher, Rhythm.MONTH_DAY),
        lambda: services.save_series(person=teacher, series=row, day=3),
        lambda: services.change_following(person=teacher, task=row.tasks.get(), day=3),
        lambda: services.end_series(person=teacher, series=row, last_day=START),
    ):
        with pytest.raises(Refused):
            act()


@pytest.mark.requirement("K02")
class TestTemplates:
    def test_every_template_gives_tasks_in_a_year(self, year, director):
        made = services.adopt(person=director, chosen=starters(), first_day=dt.date(2026, 8, 20))
        assert len(made) == len(starters()) > 60
        assert [row.title for row in made if not row.tasks.exists()] == []

    def test_the_lists_of_the_plans_are_in_their_months(self, year, director):
        services.adopt(person=director, chosen=starters(), first_day=START)
        months = {
            task.title: task.due.month for task in Task.objects.exclude(series__rhythm__in=["weekly", "school_day"])
        }
        wanted = {
            "食堂安全卫生知识培训，食堂人员体检，办理许可证、健康证": 10, "协助办好校园运动会": 11,
            "收集文书档案材料": 11, "检查消防器材": 11, "协助做好“一二·九”系列活动": 12,
            "安排元旦活动和值班": 12, "春节慰问": 1,
        }  # fmt: skip
        assert {title: months[title] for title in wanted} == wanted

    def test_it_is_in_the_name_of_who_holds_the_role(self, year, director, keeper):
        (chosen,) = (starter for starter in starters() if starter.title == "期末核查各班财产")
        (row,) = services.adopt(person=director, chosen=[chosen], first_day=START)
        assert (row.owner, row.source) == (keeper, chosen.source)
        assert {task.owner for task in row.tasks.all()} == {keeper}

    def test_what_comes_round_already_is_left_out(self, year, director):
        services.adopt(person=director, chosen=starters()[:5], first_day=START)
        assert len(services.adopt(person=director, chosen=starters()[:6], first_day=START)) == 1

    def test_only_who_keeps_the_calendar_takes_over(self, teacher):
        with pytest.raises(Refused):
            services.adopt(person=teacher, chosen=starters()[:1], first_day=START)

    def test_all_at_once_costs_no_statement_a_task(self, year, director, django_assert_max_num_queries):
        with django_assert_max_num_queries(12 * len(starters()) + 40):  # to check and write a duty takes a dozen
            services.adopt(person=director, chosen=starters(), first_day=START)
        assert Task.objects.count() > 500
