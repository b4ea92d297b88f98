"""Pages of recurring tasks: one thing a page, only what the rhythm needs, changing one or all that follow."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from logistics.school.choices import DayKind
from logistics.school.services.days import correct_days
from logistics.workcalendar.choices import Rhythm, Shift
from logistics.workcalendar.forms.series import ASKED
from logistics.workcalendar.models import Series
from logistics.workcalendar.recurrence import Recurrence
from logistics.workcalendar.wording import rule_in_words
from tests.workcalendar import plans

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("K01", "K02")]


@pytest.fixture(autouse=True)
def before_the_year():
    with time_machine.travel(dt.datetime(2026, 8, 20, 4, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def year(db):
    return plans.year()


@pytest.fixture
def boss(as_person, director):
    return as_person(director)


def url(name: str, *args: object) -> str:
    return reverse(f"workcalendar:{name}", args=args)


GIVEN = {"title": "安全检查", "first_day": "2026-09-01"}
NUMBERS = {"week": 2, "weekday": 4, "every": 1, "ordinal": 1, "day": 9, "offset": 0, "shift": Shift.BEFORE.value}


@pytest.mark.parametrize("rhythm", Rhythm.values)
def test_each_rhythm_asks_for_what_it_needs_and_makes_tasks(boss, year, rhythm):
    form = boss.get(url("series-create", rhythm)).context["form"]
    assert (
        set(ASKED[rhythm])
        <= set(form.fields)
        <= {*ASKED[rhythm], *GIVEN, "detail", "owner", "department", "proof", "last_day"}
    )
    answer = boss.post(url("series-create", rhythm), {**GIVEN, **NUMBERS, "terms": [1, 2], "months": [10]})
    row = Series.objects.get()
    assert answer.url == row.get_absolute_url()
    assert row.tasks.exists()
    page = boss.get(row.get_absolute_url())
    assert page.context["words"]
    assert list(page.context["to_come"]) == list(row.tasks.order_by("due")[:40])


def test_an_unknown_rhythm_is_no_page(boss):
    assert boss.get(url("series-create", "sometimes")).status_code == 404


def test_changing_the_rule_moves_its_tasks(boss, year):
    boss.post(url("series-create", Rhythm.MONTH_DAY), {**GIVEN, **NUMBERS, "months": [10]})
    row = Series.objects.get()
    boss.post(url("series-update", row.pk), {**GIVEN, **NUMBERS, "months": [11], "title": "消防检查"})
    assert [(task.title, task.due) for task in row.tasks.open()] == [("消防检查", dt.date(2026, 11, 9))]


def test_all_that_follow_are_changed(boss, year, director):
    row = plans.series(director, Rhythm.MONTH_DAY, months=[9, 10, 11], day=9)
    task = row.tasks.get(due=dt.date(2026, 10, 9))
    page = boss.get(url("task-following", task.pk))
    assert "first_day" not in page.context["form"].fields
    boss.post(url("task-following", task.pk), {**NUMBERS, "title": "消防检查", "months": [9, 10, 11], "day": 20})
    assert [f"{t.due:%m-%d}" for t in Series.objects.get(title="消防检查").tasks.open()] == ["10-20", "11-20"]
    assert [f"{t.due:%m-%d}" for t in row.tasks.open()] == ["09-09"]


def test_a_task_that_stands_alone_has_no_such_page(boss, director):
    assert boss.get(url("task-following", plans.task(director).pk)).status_code == 404


def test_it_is_ended(boss, year, director):
    row = plans.series(director, Rhythm.MONTH_DAY, months=[9, 10, 11], day=9)
    boss.post(url("series-end", row.pk), {"last_day": "2026-10-31"})
    assert [f"{t.due:%m-%d}" for t in row.tasks.open()] == ["09-09", "10-09"]


def test_making_ahead_says_what_it_came_to(boss, year, director):
    plans.series(director, Rhythm.MONTH_DAY, months=[11], day=9)
    correct_days(first_day=dt.date(2026, 11, 9), last_day=dt.date(2026, 11, 9), kind=DayKind.REST)
    page = boss.post(url("series-make"), follow=True)
    assert str(next(iter(page.context["messages"]))) == "新增 0 项，调整日期 1 项，取消 0 项。"


def test_templates_are_ticked_and_taken_over(boss, year):
    page = boss.get(url("series-templates"))
    assert "春节慰问" in page.content.decode()
    answer = boss.post(url("series-templates"), {"key": ["1", "2", "999", "x"], "first_day": "2026-09-01"}, follow=True)
    assert Series.objects.count() == 2
    assert str(next(iter(answer.context["messages"]))) == "已采用 2 项常规工作。"
    assert "已有" in boss.get(url("series-templates")).content.decode()


def test_without_a_day_nothing_is_taken_over(boss, year):
    page = boss.post(url("series-templates"), {"key": ["1"], "first_day": ""})
    assert page.context["form"].errors["first_day"]
    assert 'value="1" id="key-1" checked' in page.content.decode()
    assert not Series.objects.exists()


@pytest.mark.requirement("O02")
def test_others_make_no_rules(as_person, year, director, teacher):
    row = plans.series(director, Rhythm.MONTH_DAY, months=[9], day=9)
    client = as_person(teacher)
    assert client.get(row.get_absolute_url()).status_code == 200
    for name, args in (
        ("series-list", ()),
        ("series-choose", ()),
        ("series-create", (Rhythm.MONTH,)),
        ("series-update", (row.pk,)),
        ("series-end", (row.pk,)),
        ("series-make", ()),
        ("series-templates", ()),
        ("task-following", (row.tasks.get().pk,)),
    ):
        assert client.post(url(name, *args), {**GIVEN, "last_day": "2026-09-01"}).status_code == 403


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Recurrence(Rhythm.WEEKLY, weekday=4), "每周，星期五"),
        (Recurrence(Rhythm.WEEKLY, every=2, terms=(1,)), "每 2 周（第一学期）"),
        (Recurrence(Rhythm.TERM_WEEK, week=2), "学期第 2 周"),
        (Recurrence(Rhythm.TERM_WEEK, week=-1), "学期最后一周"),
        (Recurrence(Rhythm.TERM_WEEK, week=-2), "学期倒数第 2 周"),
        (Recurrence(Rhythm.MONTH, months=(1, 10, 9)), "9、10、1 月"),
        (Recurrence(Rhythm.MONTH, months=(9, 8)), "8、9 月"),
        (Recurrence(Rhythm.MONTH, months=(12, 2, 1)), "12、1、2 月"),
        (Recurrence(Rhythm.MONTH_DAY, day=5), "每月 5 日"),
        (Recurrence(Rhythm.MONTH_WEEKDAY, weekday=0), "每月第一个星期一"),
        (Recurrence(Rhythm.MONTH_WEEKDAY, weekday=4, ordinal=-1, months=(6,)), "6 月最后一个星期五"),
        (Recurrence(Rhythm.BEFORE_HOLIDAY, holiday="国庆节"), "国庆节前最后一个上课日"),
        (Recurrence(Rhythm.BEFORE_HOLIDAY), "节假日前最后一个上课日"),
        (Recurrence(Rhythm.TERM_START, offset=-7), "开学前 7 天"),
        (Recurrence(Rhythm.TERM_END), "学期最后一天"),
        (Recurrence(Rhythm.SCHOOL_DAY), "每个上课日"),
    ],
)
def test_a_rule_reads_as_a_school_says_it(rule, words):
    assert rule_in_words(rule) == words
