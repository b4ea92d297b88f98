"""The demo school's work calendar: duties that come round, this term's single tasks, some done, late or handed on."""

import datetime as dt
from typing import Any

from logistics.school.models import Department
from logistics.workcalendar.choices import Rhythm
from logistics.workcalendar.models import Task
from logistics.workcalendar.services.series import save_series
from logistics.workcalendar.services.tasks import fail, finish, hand_on, save_task

DIRECTOR = "周志强"
SERIES: list[tuple[str, str, str, str, dict[str, Any]]] = [
    # title, whose, department, rhythm, its numbers
    ("校园安全巡查", "马占军", "安保组", Rhythm.SCHOOL_DAY, {}),
    ("全校安全隐患排查", "周志强", "总务处", Rhythm.WEEKLY, {"weekday": 4}),
    ("食堂大扫除", "欧阳雪梅", "食堂", Rhythm.WEEKLY, {"weekday": 4}),
    ("经费月报表", "吴晓红", "财务室", Rhythm.MONTH_DAY, {"day": 5, "shift": "after"}),
    ("检查消防器材", "马占军", "安保组", Rhythm.MONTH_WEEKDAY, {"weekday": 0}),
    ("报警器、监控全面检测", "马占军", "安保组", Rhythm.TERM_START, {"offset": 1}),
    ("期末报警器、监控全面检测", "马占军", "安保组", Rhythm.TERM_END, {"offset": -3}),
    ("核查各班、各室财产", "李秀英", "总务处", Rhythm.TERM_WEEK, {"week": 2}),
    ("期末核查各班、各室财产", "李秀英", "总务处", Rhythm.TERM_WEEK, {"week": -2}),
    ("节前安全检查，安排值班", "周志强", "总务处", Rhythm.BEFORE_HOLIDAY, {}),
    ("食堂人员体检，核对健康证", "欧阳雪梅", "食堂", Rhythm.MONTH, {"months": [10]}),
    ("学生桌椅维修", "李秀英", "总务处", Rhythm.MONTH, {"months": [11]}),
]
TASKS: list[tuple[int, int, str, str, str]] = [
    # begins and ends so many days from today, title, whose, department
    (-20, -9, "收集文书档案材料", "徐明", "校长室"),
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
                starts=office.today + dt.timedelta(days=begins),
                due=office.today + dt.timedelta(days=ends),
            )
    _close_what_is_over(office)
    with office.on(1, "张敏") as teacher:
        hand_on(person=teacher, task=_the("统计各班课桌椅缺损"), to=office.people["陈静"], reason="下周外出听课")


def _close_what_is_over(office: Any) -> None:
    """Nearly all is done in time; two things are not."""
    for task in Task.objects.open().filter(due__lt=office.today).select_related("owner"):
        ago, whose = (office.today - task.due).days, task.owner.name if task.owner else DIRECTOR
        if task.title == "供暖设施检修":
            with office.on(ago, whose) as person:
                fail(person=person, task=task, reason="配件缺货，厂家答应下周到货")
        elif ago > 2 or task.title == "校园安全巡查":
            with office.on(ago, whose, 16) as person:
                finish(person=person, task=task, note="已检查，正常" if "查" in task.title else "")


def _the(title: str) -> Task:
    return Task.objects.get(title=title, series=None)
