"""Tables of plans, as Word, a spreadsheet, Markdown or a copy out of a PDF gives them."""

import pytest

from logistics.workcalendar.reading.plans import read_plan
from tests.workcalendar.reading.found import titles

pytestmark = pytest.mark.requirement("K03")


def test_a_table() -> None:
    text = (
        "月份\t工作内容\t责任人\t备注\n九月\t1、发放教材\v2、核对财产\t李秀英\t\n"
        "九月\t检查消防\t马占军\t\n十月\t食堂体检\t\t"
    )
    read = read_plan(text).items
    assert [(item.when.months[0], item.title, item.owners) for item in read] == [
        (9, "发放教材", ("李秀英",)),
        (9, "核对财产", ("李秀英",)),
        (9, "检查消防", ("马占军",)),
        (10, "食堂体检", ()),
    ]


def test_a_table_with_bars_and_joined_cells() -> None:
    text = (
        "起止日期 | 主要工作 | 责任处室 | |\n开学前 | 8月28日 | 教职工大会 | 办公室 |\n"
        "第一周 | 9月1日-9月5日 | 开学典礼；升旗仪式 | 教育处、团委 |\n消防隐患大排查 | 保卫处 | ||\n"
        "第二周 | 9月8日-9月12日 | 全校视力筛查 | 教育处 |"
    )
    read = read_plan(text).items
    assert [(item.title, item.owners, item.when.weeks, item.when.days) for item in read] == [
        ("教职工大会", ("办公室",), None, ((8, 28), (8, 28))),
        ("开学典礼", ("教育处", "团委"), (1, 1), ((9, 1), (9, 5))),
        ("升旗仪式", ("教育处", "团委"), (1, 1), ((9, 1), (9, 5))),
        ("消防隐患大排查", ("保卫处",), (1, 1), ((9, 1), (9, 5))),
        ("全校视力筛查", ("教育处",), (2, 2), ((9, 8), (9, 12))),
    ]


def test_numbers_of_weeks_and_dotted_days_in_a_table() -> None:
    text = (
        "周次\t日期\t工作内容\t负责人\t备注\n1\t9.1-9.5\t开学典礼；发放教材\t李老师\t\n"
        "3\t9.15-9.19\t1.安全检查 2.财产登记\t总务处\t"
    )
    read = read_plan(text).items
    assert [(item.title, item.when.weeks, item.when.days, item.owners) for item in read] == [
        ("开学典礼", (1, 1), ((9, 1), (9, 5)), ("李老师",)),
        ("发放教材", (1, 1), ((9, 1), (9, 5)), ("李老师",)),
        ("安全检查", (3, 3), ((9, 15), (9, 19)), ("总务处",)),
        ("财产登记", (3, 3), ((9, 15), (9, 19)), ("总务处",)),
    ]


def test_a_calendar_copied_out_of_its_table() -> None:
    text = (
        "月份\n\n工作主题\n\n具体措施\n\n十月\n\n饮食教育\n\n宣传月\n\n1.宣传月活动；\n\n\n2.秋游安保。\n\n1.检查饮食卫生；检查水源。\n\n"
        "十一月\n\n应急管理\n\n1.疏散演练；\n\n2.11月9日消防日活动；\n\n二七年一月\n\n年度总结\n\n评比月\n\n1.总结评比；"
    )
    read = read_plan(text).items
    assert [(item.title, item.vague, item.when.months) for item in read] == [
        ("饮食教育", True, (10,)),
        ("宣传月", True, (10,)),
        ("宣传月活动", False, (10,)),
        ("秋游安保", False, (10,)),
        ("检查饮食卫生；检查水源", False, (10,)),
        ("应急管理", True, (11,)),
        ("疏散演练", False, (11,)),
        ("11月9日消防日活动", False, (11,)),
        ("年度总结", True, (1,)),
        ("评比月", True, (1,)),
        ("总结评比", False, (1,)),
    ]


def test_marks_of_markdown() -> None:
    text = (
        "# 总务处工作计划\n\n## 月度安排\n\n### **2月**\n\n- **2月20日前**：采购开学物资\n- 检查校舍\n\n---\n\n"
        "| 月份 | 主要工作 | 负责人 |\n| --- | :-: | --- |\n| 4月 | 春季绿化<br>清明安全 | 李秀英 |\n\n"
        "### 6月\n1. **清点**财产\n"
    )
    read = read_plan(text).items
    assert [(item.title, item.when.months, item.owners) for item in read] == [
        ("采购开学物资", (2,), ()),
        ("检查校舍", (2,), ()),
        ("春季绿化", (4,), ("李秀英",)),
        ("清明安全", (4,), ("李秀英",)),
        ("清点财产", (6,), ()),
    ]


def test_weeks_of_a_table_by_chinese_numbers() -> None:
    read = read_plan("周次\t日期\t工作内容\n一\t9.1-9.5\t开学典礼\n十二\t11.17-11.21\t校产登记").items
    assert [(item.title, item.when.weeks) for item in read] == [("开学典礼", (1, 1)), ("校产登记", (12, 12))]


def test_a_table_by_weekdays() -> None:
    text = "星期一\t星期二\t星期三\n第1周（9月7日—11日）\n7日 开学典礼\t8日 领书\t消防检查"
    assert [(item.title, item.when.days) for item in read_plan(text).items] == [
        ("开学典礼", ((9, 7), (9, 7))),
        ("领书", ((9, 8), (9, 8))),
        ("消防检查", ((9, 7), (9, 11))),
    ]


def test_a_table_with_its_times_behind() -> None:
    text = (
        "序号\t工作内容\t完成时间\t责任人\n1\t发放教材\t9月1日\t李老师\n2\t校产登记\t9月中旬\t王老师\n"
        "3\t上报报表\t每月\t会计室\n4\t期末清点\t期末\t总务处"
    )
    read = read_plan(text)
    assert [(item.title, item.when.days, item.when.part, item.owners) for item in read.items] == [
        ("发放教材", ((9, 1), (9, 1)), 0, ("李老师",)),
        ("校产登记", None, 2, ("王老师",)),
        ("期末清点", None, 0, ("总务处",)),
    ]
    assert [(duty.phrase, duty.title) for duty in read.duties] == [("每月", "每月，上报报表")]


def test_a_table_of_months_and_weeks_with_joined_cells() -> None:
    text = (
        "月份 | 周次 | 工作内容 | 责任人\n九月 | 1 | 开学准备 | 总务处\n | 2 | 登记 | 李明\n"
        "十月 | 5 | 值班 | \n | 6 | 体检 | "
    )
    assert [(item.title, item.when.months, item.when.weeks) for item in read_plan(text).items] == [
        ("开学准备", (9,), (1, 1)),
        ("登记", (9,), (2, 2)),
        ("值班", (10,), (5, 5)),
        ("体检", (10,), (6, 6)),
    ]


def test_a_table_with_themes_and_a_broken_cell() -> None:
    text = (
        "月份\t主题\t重点工作\n9\t规范管理月\t1.开学准备；2.登记\n"
        "10\t安全月\t1.消防演练；\n2.食堂检查\n11\t财产月\t清查校产"
    )
    assert [(item.title, item.when.months) for item in read_plan(text).items] == [
        ("开学准备", (9,)),
        ("登记", (9,)),
        ("消防演练", (10,)),
        ("食堂检查", (10,)),
        ("清查校产", (11,)),
    ]


def test_a_table_by_wide_spaces() -> None:
    text = (
        "周次    日期       工作内容    责任人\n第一周  9.1-9.4    开学典礼    李明\n"
        "第二周  9.7-9.11 慰问；登记  工会\n第三周  9.14-9.18  安全检查    王芳"
    )
    assert [(item.title, item.when.weeks, item.owners) for item in read_plan(text).items] == [
        ("开学典礼", (1, 1), ("李明",)),
        ("慰问", (2, 2), ("工会",)),
        ("登记", (2, 2), ("工会",)),
        ("安全检查", (3, 3), ("王芳",)),
    ]


def test_cells_that_sound_like_heads_or_offices_are_work() -> None:
    text = (
        "月份\t工作内容\t责任部门\n九月\t召开后勤工作会议\t各部门\n安全工作检查\t各部门\n十月\t召开家长会\t工会\n"
        "十一月\t检查食堂\t安全办"
    )
    assert [(item.title, item.owners) for item in read_plan(text).items] == [
        ("召开后勤工作会议", ("各部门",)),
        ("安全工作检查", ("各部门",)),
        ("召开家长会", ("工会",)),
        ("检查食堂", ("安全办",)),
    ]
    assert titles("九月\t发放教材\t召开家长会\n十月\t开展安全工作\t布置活动场地") == [
        "发放教材",
        "召开家长会",
        "开展安全工作",
        "布置活动场地",
    ]


def test_words_apart_are_no_row_without_heads() -> None:
    text = "九月\n开展安全工作 布置活动场地\n十月：发放教材  检查消防  登记财产\n11月1日  运动会  全体师生"
    assert titles(text) == ["开展安全工作 布置活动场地", "发放教材  检查消防  登记财产", "运动会  全体师生"]
