"""The sheet for the wall: by week and department, in the school's language, on landscape A4."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from logistics.printing.pages import on_one_page
from logistics.printing.papers import LineKind
from logistics.printing.services import print_paper
from logistics.school.models import Department
from logistics.workcalendar import printing
from logistics.workcalendar.choices import Rhythm
from logistics.workcalendar.models import Task
from logistics.workcalendar.queries import month_sheet
from logistics.workcalendar.services import tasks
from tests import cast
from tests.printing.reading import pages_text
from tests.workcalendar import plans

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("K01")]


@pytest.fixture(autouse=True)
def a_day_of_the_term():
    with time_machine.travel(plans.TODAY):
        yield


@pytest.fixture
def month(director, teacher):
    cast.school()
    plans.year()
    kitchen = Department.objects.create(name="食堂", order=2)
    office = Department.objects.create(name="总务处", order=1)
    plans.task(director, "食堂大扫除", owner=teacher, department=kitchen)
    done = plans.task(director, "检查消防器材", owner=teacher, department=office)
    tasks.finish(person=teacher, task=done, note="钥匙在门卫处")
    plans.task(director, "收集档案", starts=dt.date(2026, 10, 1), due=dt.date(2026, 10, 30))
    plans.series(director, Rhythm.SCHOOL_DAY, title="每日巡查", first_day=dt.date(2026, 11, 23), terms=[1])
    return month_sheet(dt.date(2026, 11, 1), Task.objects.all())


def test_weeks_down_and_departments_across(month, director):
    paper = printing.month_paper(director, month="2026-11")
    assert (paper.landscape, paper.large, on_one_page(paper)) == (True, False, True)
    assert [column.head for column in paper.columns] == ["周次", "总务处", "食堂", "其他"]
    assert paper.lines[0].cells == ("以前未完成", "", "", "□ 收集档案（10-30）")
    assert paper.lines[5].cells == (
        "第 13 周\n11-23–11-29",
        "√ 检查消防器材（郑小燕 11-27）",
        "□ 食堂大扫除（郑小燕 11-27）",
        "每天：每日巡查",
    )


def test_a_fuller_month_goes_on_a3_and_the_fullest_is_a_list(month, director, teacher):
    where = list(Department.objects.all())
    for number in range(36):
        day = dt.date(2026, 11, 24) + (number % 2) * dt.timedelta(days=6)
        plans.task(director, f"第{number}项检查", department=where[number % 2], starts=day, due=day)
    large = printing.month_paper(director, month="2026-11")
    assert (large.large, on_one_page(large)) == (True, True)
    for number in range(120):
        plans.task(director, f"另外第{number}项检查，做好记录", owner=teacher, department=where[number % 2])
    full = printing.month_paper(director, month="2026-11")
    assert len(full.lines) > 150


def test_by_week_and_within_it_by_department(month):
    month = printing.list_paper(month)
    heads = [line.cells[0] for line in month.lines if line.kind is LineKind.HEADING]
    assert heads == ["以前未完成", "第 13 周　11-23–11-29", "第 14 周　11-30"]
    rows = [line.cells for line in month.lines if line.kind is LineKind.ENTRY]
    assert [row[0] for row in rows] == ["收集档案", "检查消防器材", "食堂大扫除", "每日巡查", "每日巡查"]
    assert rows[1] == ("检查消防器材", "总务处", "郑小燕", "11-23–11-27", "已完成")
    assert rows[3][3:] == ("每个上课日", "5 天中已完成 0 天")


def test_it_hangs_on_the_wall_without_what_came_of_it(month, director):
    job = print_paper(person=director, form=printing.month_paper, parameters={"month": "2026-11"})
    text = "".join(pages_text(job.file.read()))
    assert "检查消防器材" in text
    assert "钥匙" not in text


def test_the_year_leaves_out_what_comes_every_week(month, director):
    plans.series(director, Rhythm.WEEKLY, title="每周检查")
    year = printing.year_paper(director, year=plans.SchoolYear.objects.get().pk)
    titles = [line.cells[0] for line in year.lines]
    assert "2026年10月" in titles
    assert "收集档案" in titles
    assert not {"每周检查", "每日巡查"} & set(titles)


def test_the_buttons_print_for_everybody(as_person, teacher, month):
    client = as_person(teacher)
    for name in ("sheet-print", "year-print"):
        answer = client.post(f"{reverse(f'workcalendar:{name}')}?month=2026-11")
        assert answer.status_code == 302
        assert client.get(answer.url)["Content-Type"] == "application/pdf"
    assert client.get(reverse("workcalendar:sheet-print")).status_code == 405
    assert client.post(f"{reverse('workcalendar:year-print')}?month=1999-01").status_code == 404
