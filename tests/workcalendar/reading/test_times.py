"""Times of a plan: the ways in which lines name months, weeks, days, stages, holidays and terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.workcalendar.reading.plans import read_plan
from logistics.workcalendar.reading.times import CHINESE, Moment, When, heading_of, number_of
from tests.workcalendar.reading.found import by_heading, titles

pytestmark = pytest.mark.requirement("K03")


@pytest.mark.parametrize(
    ("line", "months"),
    [
        ("八、九月份：", (8, 9)),
        ("9月份", (9,)),
        ("十月", (10,)),
        ("十一月份工作安排", (11,)),
        ("【九月】", (9,)),
        ("2026年9月", (9,)),
        ("元月份：", (1,)),
        ("12月—1月", (12, 1)),
        ("七至八月：", (7, 8)),
        ("九月——安全教育月", (9,)),
        ("９月份工作重点：", (9,)),
        ("6月份（安全生产月）", (6,)),
    ],
)
def test_headings_of_months(line: str, months: tuple[int, ...]) -> None:
    found = heading_of(line)
    assert found
    assert (found.when.months, found.rest) == (months, "")


@pytest.mark.parametrize(
    ("line", "weeks"),
    [
        ("第3周", (3, 3)),
        ("第一周（9月1日—9月5日）", (1, 1)),
        ("第1—2周：", (1, 2)),
        ("第一、二周", (1, 2)),
        ("第十三周", (13, 13)),
        ("第二十周：", (20, 20)),
    ],
)
def test_headings_of_weeks(line: str, weeks: tuple[int, int]) -> None:
    assert (heading_of(line) or pytest.fail(line)).when.weeks == weeks


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("开学前", Moment.BEFORE_TERM),
        ("期末：", Moment.TERM_END),
        ("寒假期间", Moment.WINTER),
        ("期中", Moment.MID_TERM),
    ],
)
def test_headings_of_moments(line: str, moment: str) -> None:
    assert (heading_of(line) or pytest.fail(line)).when.moment == moment


@pytest.mark.parametrize(
    "line",
    [
        "每周",
        "一周一检查",
        "一月一总结",
        "开学前做好新学期教材的分发工作",
        "时间:2021-04-18",
        "十三月份：",
        "第四十周",
        "一、指导思想",
        "9月10日前完成教材发放",
        "三年级",
    ],
)
def test_what_is_no_heading(line: str) -> None:
    assert heading_of(line) is None


@given(st.integers(1, 39))
def test_chinese_numbers(number: int) -> None:
    tens, ones = divmod(number, 10)
    names = {value: name for name, value in CHINESE.items()}
    written = f"{names[tens] if tens > 1 else ''}{'十' if tens else ''}{names.get(ones, '')}"
    assert number_of(written) == number == number_of(str(number))


def test_parts_numbered_before_their_months() -> None:
    text = "一、二月份\n1、发放教材\n二、三月份\n1、植树\n三、四月份\n1、检查消防"
    assert [item.when.months for item in read_plan(text).items] == [(2,), (3,), (4,)]


def test_two_months_together_are_no_part() -> None:
    text = "二、三月份：\n1、发放教材\n四月份：\n1、植树\n五、六月份：\n1、检查"
    assert [item.when.months for item in read_plan(text).items] == [(2, 3), (4,), (5, 6)]


def test_weeks_below_months() -> None:
    text = "九月份\n第1周\n（1）发放教材\n（2）核对财产\n第2周\n（1）检查消防\n十月份\n第6周：安排值班"
    read = read_plan(text).items
    assert [(item.when.months, item.when.weeks, item.title) for item in read] == [
        ((9,), (1, 1), "发放教材"),
        ((9,), (1, 1), "核对财产"),
        ((9,), (2, 2), "检查消防"),
        ((10,), (6, 6), "安排值班"),
    ]


def test_a_number_before_a_month_is_no_month() -> None:
    text = "五、九月份\n1、发放教材\n六、十月份\n1、食堂体检\n2、三月份：植树\n8、9月份：\n（1）开学准备"
    assert [(item.title, item.when.months) for item in read_plan(text).items] == [
        ("发放教材", (9,)),
        ("食堂体检", (10,)),
        ("植树", (3,)),
        ("开学准备", (8, 9)),
    ]


def test_points_that_name_their_months() -> None:
    text = "二、具体安排\n1、九月份做好开学工作\n2、十月份：食堂体检\n3、一月一总结\n4、加强领导"
    assert [(item.title, item.when.months) for item in read_plan(text).items] == [
        ("做好开学工作", (9,)),
        ("食堂体检", (10,)),
    ]


def test_days() -> None:
    read = read_plan("九月\n1、9月10日前完成教材发放\n9月28日：国庆前安全检查").items
    assert [item.when.days for item in read] == [((9, 10), (9, 10)), ((9, 28), (9, 28))]


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("9月底：安全排查", When(months=(9,), part=3)),
        ("11月中旬前  检修", When(months=(11,), part=2)),
        ("3月初", When(months=(3,), part=1)),
        ("12月25日左右：元旦布置", When(months=(12,), days=((12, 25), (12, 25)))),
        ("期中前后：满意度测评", When(moment=Moment.MID_TERM)),
        ("总务处九月份工作安排", When(months=(9,))),
    ],
)
def test_times_said_roughly(line: str, when: When) -> None:
    assert (heading_of(line) or pytest.fail(line)).when == when


def test_stages_with_their_days() -> None:
    text = (
        "第一阶段：准备阶段（2026年9月1日—9月15日）\n1、成立领导小组\n"
        "（二）实施阶段（10月—11月）\n1、全面排查\n总结阶段：12月21日—31日\n1、总结上报"
    )
    assert [(item.title, item.when.months, item.when.days) for item in read_plan(text).items] == [
        ("成立领导小组", (9,), ((9, 1), (9, 15))),
        ("全面排查", (10, 11), None),
        ("总结上报", (12,), ((12, 21), (12, 31))),
    ]


def test_dotted_and_bracketed_months() -> None:
    text = "2026.9\n1.开学准备\n2027.1\n1.总结\n（三月）\n1、植树\n（4月份）：\n1、防汛"
    assert [(item.title, item.when.months) for item in read_plan(text).items] == [
        ("开学准备", (9,)),
        ("总结", (1,)),
        ("植树", (3,)),
        ("防汛", (4,)),
    ]


def test_weeks_of_a_month() -> None:
    text = "9月第1周：开学检查\n九月最后一周\n1、国庆安全\n10月第二周 食堂检查\n开学第二周：发放用品"
    assert [(item.title, item.when.months, item.when.week, item.when.weeks) for item in read_plan(text).items] == [
        ("开学检查", (9,), 1, None),
        ("国庆安全", (9,), -1, None),
        ("食堂检查", (10,), 2, None),
        ("发放用品", (), 0, (2, 2)),
    ]


def test_days_of_a_month() -> None:
    text = "9月份\n日期 工作内容\n1日 开学典礼\n5日—8日：教材核对\n25日前 安全检查"
    assert [(item.title, item.when.days) for item in read_plan(text).items] == [
        ("开学典礼", ((9, 1), (9, 1))),
        ("教材核对", ((9, 5), (9, 8))),
        ("安全检查", ((9, 25), (9, 25))),
    ]


def test_days_beside_weeks() -> None:
    """They are kept; weeks that name none do not take the month of the week above."""
    text = "第1周 8.31-9.4\n1、到校\n第2周（9月7日—11日）：\n1、登记\n第5周\n1、值班\n国庆节前：消防检查"
    assert [(item.when.weeks, item.when.days, item.when.months) for item in read_plan(text).items] == [
        ((1, 1), ((8, 31), (9, 4)), (8, 9)),
        ((2, 2), ((9, 7), (9, 11)), (9,)),
        ((5, 5), None, ()),
        (None, None, (9,)),
    ]


def test_numbered_points_that_are_days_and_weeks() -> None:
    text = (
        "具体安排：\n1、9月1日：开学典礼\n2、9月10日：慰问\n二、各周\n"
        "1、第一周（9.7-9.11）：检查\n2、第二周（9.14-9.18）：登记"
    )
    assert titles(text) == ["开学典礼", "慰问", "检查", "登记"]


def test_points_with_a_time_of_their_own_stay_in_the_list() -> None:
    text = "九月\n1、开学准备\n2、期中前后：检查食堂\n3、国庆节前：消防检查\n4、校产登记"
    assert [(item.title, item.when.moment, item.when.holiday) for item in read_plan(text).items] == [
        ("开学准备", "", ""),
        ("期中前后：检查食堂", Moment.MID_TERM, ""),
        ("国庆节前：消防检查", "", "国庆"),
        ("校产登记", "", ""),
    ]


def test_months_that_begin_sentences() -> None:
    text = "二、具体安排\n九月份，做好开学准备，发放用品。\n十月份，组织体检。\n十一月份，检查消防；维修桌椅。"
    assert titles(text) == ["做好开学准备，发放用品", "组织体检", "检查消防", "维修桌椅"]
    assert titles("我校发展很快。\n九月份，全校师生迎来新学年。") == []


@pytest.mark.parametrize(
    "head",
    [
        "九月份主要做好以下工作：",
        "九月份的主要工作有：",
        "9月要做的工作：",
        "九月主要任务如下：",
        "九月重点抓好以下几项工作：",
    ],
)
def test_months_that_lead_in(head: str) -> None:
    assert by_heading(f"{head}\n1、开学准备\n2、登记") == {head.rstrip("："): ["开学准备", "登记"]}


def test_days_alone_in_their_lines() -> None:
    text = "9月1日\n开学典礼。\n9.10\n慰问教师\n9.25-9.30\n国庆安全检查"
    assert [(item.title, item.when.days) for item in read_plan(text).items] == [
        ("开学典礼", ((9, 1), (9, 1))),
        ("慰问教师", ((9, 10), (9, 10))),
        ("国庆安全检查", ((9, 25), (9, 30))),
    ]


def test_weekdays_beside_days() -> None:
    text = (
        "8月23日（星期日）：报到\n8月24日星期一：扫除\n9月1日（周二）—9月4日（周五）：登记\n"
        "9月\n10日（周四）慰问\n12日周六 值班"
    )
    assert [(item.title, item.when.days) for item in read_plan(text).items] == [
        ("报到", ((8, 23), (8, 23))),
        ("扫除", ((8, 24), (8, 24))),
        ("登记", ((9, 1), (9, 4))),
        ("慰问", ((9, 10), (9, 10))),
        ("值班", ((9, 12), (9, 12))),
    ]


@pytest.mark.parametrize("numbers", [("", "", ""), ("1、", "2、", "3、")])
def test_lines_that_begin_with_their_days(numbers: tuple[str, str, str]) -> None:
    said = ("9月1日上午8：00开学典礼", "9月10日前完成教材发放", "10月中旬组织体检")
    lines = [f"{number}{line}" for number, line in zip(numbers, said, strict=True)]
    text = "\n".join(["三、时间安排", *lines, "四、保障措施", "加强领导。"])
    assert [(item.title, item.when.days, item.when.part) for item in read_plan(text).items] == [
        ("上午8：00开学典礼", ((9, 1), (9, 1)), 0),
        ("完成教材发放", ((9, 10), (9, 10)), 0),
        ("组织体检", None, 2),
    ]


def test_the_history_of_a_school_is_no_plan() -> None:
    assert titles("学校简史\n2001年9月1日，学校成立。\n2005年9月1日，迁入新址，规模扩大。") == []


def test_weeks_days_and_work_in_one_line() -> None:
    read = read_plan("第一周 8月31日-9月4日 开学工作\n第二周 9月7日-9月11日：校产登记").items
    assert [(item.title, item.when.weeks, item.when.days) for item in read] == [
        ("开学工作", (1, 1), ((8, 31), (9, 4))),
        ("校产登记", (2, 2), ((9, 7), (9, 11))),
    ]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("第二学期工作计划", 2),
        ("2026年秋季行事历", 1),
        ("下学期安排\n九月：开学", 1),  # as in Hunan, where it is the autumn
        ("九月：开学\n一月：总结", 1),
        ("二月：开学\n七月：总结", 2),
        ("九月：开学\n三月：植树", None),
        ("第一学期\n九月：开学\n第二学期\n三月：植树", None),
        ("第3周：登记", None),
    ],
)
def test_which_term_it_is_for(text: str, term: int | None) -> None:
    assert read_plan(text).term == term
