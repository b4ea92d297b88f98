"""The demo school's work calendar: last year's plan, duties that come round, this term's tasks, lists and drafts."""

import datetime as dt
import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from logistics.school.models import Department, SchoolYear, Term
from logistics.workcalendar.checklist_templates import point_templates
from logistics.workcalendar.choices import ChecklistKind, Rhythm
from logistics.workcalendar.models import Task
from logistics.workcalendar.services.checklists import make_checklist
from logistics.workcalendar.services.proposing import copy_year, read_text
from logistics.workcalendar.services.series import save_series
from logistics.workcalendar.services.tasks import fail, finish, hand_on, save_task

DIRECTOR = "周志强"
ROOMS = "assets.rooms_confirmed"
CONFIRMED = "各室责任人核对财产并签字"
LAST_YEAR: list[tuple[int, int, int, int, str, str, str]] = [
    # from month and day, to month and day, of the year before; title, whose, department
    (8, 20, 8, 30, "分发新学期教材、教辅、簿本", "李秀英", "总务处"),
    (9, 1, 9, 5, "教职工办公室及通讯录调整", "徐明", "校长室"),
    (9, 1, 9, 10, "协助工会安排教师节活动", "周志强", "总务处"),
    (9, 1, 9, 30, "校舍局部维修", "周志强", "总务处"),
    (9, 8, 9, 12, "收集各处室工作计划", "徐明", "校长室"),
    (9, 24, 9, 30, "国庆节活动、值班安排", "周志强", "总务处"),
    (10, 9, 10, 31, "食堂从业人员培训", "欧阳雪梅", "食堂"),
    (10, 13, 10, 24, "供暖设备检修", "周志强", "总务处"),
    (11, 3, 11, 7, "校园运动会后勤保障", "周志强", "总务处"),
    (11, 10, 11, 28, "收集文书档案材料", "徐明", "校长室"),
    (12, 1, 12, 9, "“一二·九”活动场地和音响", "黄海燕", "综合组"),
    (12, 22, 12, 31, "元旦活动、值班安排", "周志强", "总务处"),
    (1, 5, 1, 16, "学校年度考核自评材料", "徐明", "校长室"),
    (1, 19, 1, 30, "寒假值班安排", "周志强", "总务处"),
    (2, 9, 2, 14, "春季学期教材分发", "李秀英", "总务处"),
    (3, 2, 3, 12, "植树节绿化养护", "周志强", "总务处"),
    (3, 23, 3, 27, "安全教育日疏散演练", "马占军", "安保组"),
    (4, 7, 4, 30, "图书室、仪器室账册核对", "黄海燕", "综合组"),
    (5, 25, 6, 1, "六一活动后勤保障", "周志强", "总务处"),
    (6, 22, 7, 3, "毕业班课桌椅清点交接", "李秀英", "总务处"),
    (7, 6, 7, 10, "暑期维修项目立项", "周志强", "总务处"),
]
PLAN = """第二学期总务工作计划

一、日常工作
值周教师每天巡查校园，发现问题当天报总务处。食堂每周五大扫除。每月5日前完成经费报表。定期召开小保管员会议。

二、具体安排
二月份：
1、开学前完成校舍、水电、门窗检修
2、分发教材、簿本和清洁工具
3、核对各班课桌椅数量
三月份：
1、植树节绿化养护（负责人：周志强）
2、疏散演练，检查消防通道
3、其他工作
四月份：
1、图书室、仪器室账册核对
2、春季传染病预防物资采购
五月份：
1、食堂从业人员健康证核对
2、防汛物资检查
六月份：
1、六一活动后勤保障
2、毕业班课桌椅清点交接
七月份：
1、期末财产核查，登记损坏、遗失
2、暑期维修项目立项
"""
SERIES: list[tuple[str, str, str, str, dict[str, Any]]] = [
    # title, whose, department, rhythm, its numbers
    ("校园安全巡查", "马占军", "安保组", Rhythm.SCHOOL_DAY, {}),
    ("全校安全隐患排查", "周志强", "总务处", Rhythm.WEEKLY, {"weekday": 4}),
    ("食堂大扫除", "欧阳雪梅", "食堂", Rhythm.WEEKLY, {"weekday": 4}),
    ("经费月报表", "吴晓红", "财务室", Rhythm.MONTH_DAY, {"day": 5, "shift": "after"}),
    ("检查消防器材", "马占军", "安保组", Rhythm.MONTH_WEEKDAY, {"weekday": 0}),
    ("报警器、监控全面检测", "马占军", "安保组", Rhythm.TERM_START, {"offset": 1}),
    ("期末报警器、监控全面检测", "马占军", "安保组", Rhythm.TERM_END, {"offset": -3}),
    ("核查各班、各室财产", "李秀英", "总务处", Rhythm.TERM_WEEK, {"week": 2, "proof": ROOMS}),
    ("期末核查各班、各室财产", "李秀英", "总务处", Rhythm.TERM_WEEK, {"week": -2}),
    ("节前安全检查，安排值班", "周志强", "总务处", Rhythm.BEFORE_HOLIDAY, {}),
    ("食堂人员体检，核对健康证", "欧阳雪梅", "食堂", Rhythm.MONTH, {"months": [10]}),
    ("学生桌椅维修", "李秀英", "总务处", Rhythm.MONTH, {"months": [11]}),
]
TASKS: list[tuple[int, int, str, str, str]] = [
    # begins and ends so many days from today, title, whose, department
    (-20, -9, "收集文书档案材料", "徐明", "校长室"),
    (-45, 14, CONFIRMED, "李秀英", "总务处"),
    (-12, -4, "供暖设施检修", "周志强", "总务处"),
    (-6, 3, "校舍安全检查（水电、教学设备）", "马占军", "安保组"),
    (-3, 8, "统计各班课桌椅缺损", "张敏", "语文组"),
    (2, 16, "“一二·九”活动场地和音响", "冯国栋", "综合组"),
    (10, 30, "元旦活动、值班安排", "周志强", "总务处"),
    (14, 40, "年度考核自评材料", "徐明", "校长室"),
]


def build(office: Any) -> None:
    """Tell it through the services, as the pages do; ``office`` has the people, the day and a clock."""
    departments = {row.name: row for row in Department.objects.all()}
    term_began = dt.date(office.today.year if office.today.month >= 9 else office.today.year - 1, 9, 1)
    with office.on(80, DIRECTOR) as director:
        for title, whose, where, rhythm, numbers in SERIES:
            save_series(
                person=director,
                title=title,
                owner=office.people[whose],
                department=departments[where],
                rhythm=rhythm,
                first_day=term_began,
                **numbers,
            )
    with office.on(25, DIRECTOR) as director:
        for begins, ends, title, whose, where in TASKS:
            save_task(
                person=director,
                title=title,
                owner=office.people[whose],
                department=departments[where],
                proof=ROOMS if title == CONFIRMED else "",
                starts=office.today + dt.timedelta(days=begins),
                due=office.today + dt.timedelta(days=ends),
            )
    _close_what_is_over(office)
    _last_year(office)
    _lists(office)
    _drafts(office)
    with office.on(1, "张敏") as teacher:
        hand_on(person=teacher, task=_the("统计各班课桌椅缺损"), to=office.people["陈静"], reason="下周外出听课")


def _close_what_is_over(office: Any) -> None:
    """Nearly all is done in time; two things are not."""
    for task in Task.objects.open().filter(due__lt=office.today).select_related("owner"):
        ago, whose = (office.today - task.due).days, _whose(task)
        if task.title == "供暖设施检修":
            with office.on(ago, whose) as person:
                fail(person=person, task=task, reason="配件缺货，厂家答应下周到货")
        elif ago > 2 or task.title == "校园安全巡查":
            with office.on(ago, whose, 16) as person:
                finish(person=person, task=task, note="已检查，正常" if "查" in task.title else "")


def _last_year(office: Any) -> None:
    """The plan of the year before, done but for one thing."""
    departments = {row.name: row for row in Department.objects.all()}
    begins = office.today.year - (1 if office.today.month >= 9 else 2)
    for from_month, from_day, month, day, title, whose, where in LAST_YEAR:
        due = dt.date(begins + (month < 8), month, day)
        starts = dt.date(begins + (from_month < 8), from_month, from_day)
        with office.at(dt.date(begins, 8, 18), DIRECTOR) as director:
            task = save_task(
                person=director,
                title=title,
                owner=office.people[whose],
                department=departments[where],
                starts=starts,
                due=due,
            )
        with office.at(due, whose, 16) as person:
            if "立项" in title:
                fail(person=person, task=task, reason="经费未到位，暑假后再报")
            else:
                finish(person=person, task=task)


def _lists(office: Any) -> None:
    """This term's: the start is done, plans are in but for some, the end waits."""
    term = Term.objects.filter(first_day__lte=office.today).select_related("year").latest("first_day")
    given: dict[str, Any] = {"term": term}
    with office.at(term.first_day - dt.timedelta(days=10), DIRECTOR) as director:
        start = make_checklist(
            person=director,
            kind=ChecklistKind.TERM_START,
            title="开学检查表",
            due=term.first_day,
            points=point_templates(ChecklistKind.TERM_START),
            **given,
        )
        plans = make_checklist(
            person=director,
            kind=ChecklistKind.PLANS,
            title="各部门工作计划",
            due=term.first_day + dt.timedelta(days=11),
            departments=Department.objects.filter(active=True),
            **given,
        )
    for task in start.tasks.select_related("owner"):
        with office.at(term.first_day, _whose(task), 9) as person:
            finish(person=person, task=task)
    for task in plans.tasks.select_related("owner", "department").exclude(owner=None)[:7]:
        with office.at(term.first_day + dt.timedelta(days=8), _whose(task)) as person:
            finish(person=person, task=task, uploads=[_paper(task)])
    with office.on(2, DIRECTOR) as director:
        make_checklist(
            person=director,
            kind=ChecklistKind.TERM_END,
            title="期末检查表",
            due=term.last_day - dt.timedelta(days=2),
            points=point_templates(ChecklistKind.TERM_END),
            **given,
        )


def _whose(task: Task) -> str:
    return task.owner.name if task.owner else DIRECTOR


def _paper(task: Task) -> SimpleUploadedFile:
    """A short plan in Word, as a department hands it in."""
    document, out = Document(), io.BytesIO()
    document.add_heading(task.title, 1)
    for line in ("一、做好日常工作，责任到人。", "二、配合学校完成各项检查。", "三、期末按时上交总结。"):
        document.add_paragraph(line)
    document.save(out)
    return SimpleUploadedFile(f"{task.title}.docx", out.getvalue())


def _drafts(office: Any) -> None:
    """The second term is being planned: from a text, and from last year."""
    year = SchoolYear.objects.latest("first_day")
    old = SchoolYear.objects.filter(first_day__lt=year.first_day).latest("first_day")
    with office.on(3, DIRECTOR) as director:
        read_text(person=director, name="第二学期总务工作计划", text=PLAN, term=year.terms.get(number=2))
        copy_year(person=director, old=old, year=year, number=2)


def _the(title: str) -> Task:
    return Task.objects.get(title=title, series=None)
