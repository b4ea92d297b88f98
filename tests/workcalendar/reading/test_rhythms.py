"""Rhythms in the prose of a plan: offered as recurring tasks."""

import pytest

from logistics.workcalendar.choices import Rhythm
from logistics.workcalendar.reading.plans import Plan, read_plan
from logistics.workcalendar.recurrence import Recurrence

pytestmark = pytest.mark.requirement("K03")


def test_a_heading_with_a_rhythm_is_no_duty() -> None:
    assert [duty.title for duty in read_plan("三、每月工作安排\n1.每月召开一次例会。").duties] == ["每月召开一次例会"]


def test_weekdays_and_days_of_rhythms() -> None:
    found = [duty.rule for duty in read_plan("每周五检查消防器材。每周一次大扫除。每月5日前上报财务报表。").duties]
    assert [(rule.rhythm, rule.weekday, rule.day) for rule in found] == [
        ("weekly", 4, 1),
        ("weekly", None, 1),
        ("month_day", None, 5),
    ]


@pytest.mark.parametrize("line", ["2026学年第一学期总务处工作计划", "第一学期（9月—次年1月）"])
def test_the_first_term_is_no_rhythm(line: str) -> None:
    assert read_plan(f"{line}\n以上各项请认真执行。") == Plan((), (), term=1)


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        ("每月最后一个星期五召开例会", [Recurrence(Rhythm.MONTH_WEEKDAY, weekday=4, ordinal=-1)]),
        ("每月第二周星期三检查电路", [Recurrence(Rhythm.MONTH_WEEKDAY, weekday=2, ordinal=2)]),
        ("每月第一周检查消防器材", [Recurrence(Rhythm.MONTH_WEEKDAY, weekday=4, ordinal=1)]),
        ("每季度盘点一次仓库", [Recurrence(Rhythm.MONTH, months=(9, 12, 3, 6))]),
        ("每年9月核对固定资产", [Recurrence(Rhythm.MONTH, months=(9,))]),
        ("双周五召开食堂会议", [Recurrence(Rhythm.WEEKLY, weekday=4, every=2)]),
        ("每隔两周清洗一次水箱", [Recurrence(Rhythm.WEEKLY, every=2)]),
        ("每周三、周五检查食堂", [Recurrence(Rhythm.WEEKLY, weekday=day) for day in (2, 4)]),
        ("每周一至周五巡查校园", [Recurrence(Rhythm.SCHOOL_DAY)]),
        ("每天早上7:20到岗，每餐留样", [Recurrence(Rhythm.SCHOOL_DAY)]),
        ("每逢节假日前进行安全检查", [Recurrence(Rhythm.BEFORE_HOLIDAY)]),
        ("每学期期中、期末各清点一次财产", [Recurrence(Rhythm.TERM_WEEK, week=week) for week in (10, -1)]),
    ],
)
def test_rhythms_said_closely(said: str, rules: list[Recurrence]) -> None:
    assert [duty.rule for duty in read_plan(f"{said}。").duties] == rules


def test_what_was_done_is_offered_as_a_report() -> None:
    found = read_plan("开学前完成了学生暖气维修。开学前检修暖气。每周进行了检查。").duties
    assert [(duty.phrase, duty.reported) for duty in found] == [
        ("开学前", True),
        ("开学前", False),
        ("每周", False),
    ]
