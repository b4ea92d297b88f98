"""Written plans: every point of the calendars is found and none invented, rhythms in prose are offered."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.workcalendar.choices import Rhythm
from logistics.workcalendar.reading.plans import MOST_LETTERS, Plan, TooLong, read_plan
from logistics.workcalendar.reading.times import CHINESE, Moment, When, heading_of, number_of
from logistics.workcalendar.recurrence import Recurrence

pytestmark = pytest.mark.requirement("K03")

PLANS = (Path(__file__).parents[1] / "data" / "work-plans.txt").read_text(encoding="utf-8")
CALENDARS = {
    "八、九月份": [
        "校舍局部整修工作",
        "学校开学系列工作安排",
        "教职工办公室及通讯录的调整与印发",
        "学校与校务办学期工作计划",
        "学期行政值班安排工作",
        "协助工会安排教师节活动",
        "事业年报、人事年报的统计及核编工作",
        "各处室工作计划的收集",
        "其它工作",
    ],
    "十月份": ["国庆节活动、值班等安排", "学校工资、劳动用工、法人年检、需求教师调查等工作", "其它工作"],
    "十一月份": ["文书档案材料收集工作", "协助办好第六届校园运动会", "其它工作"],
    "十二月份": ["协助做好纪念“一二·九”系列活动", "学校年度考核自评及相关材料准备", "元旦活动、值班等安排", "其它工作"],
    "一月份": [
        "年度行政考核及平时考核工作",
        "学校及校务办学期工作总结",
        "学校集体、教职工奖惩情况统计",
        "学期结束工作安排",
        "各处室材料的收集与归档",
        "寒假值班工作安排",
        "奖励性绩效工资核算工作",
        "春节慰问工作",
    ],
    "9月份": [
        "做好局部维修工作。(教室、宿舍、水、电、暖等)",
        "核实各班财产,责任到人。建好学校固定资产帐目",
        "调整教室、办公室。做好学生桌椅、生活用床",
        "发放师生教学用品和清洁卫生工具",
        "召开后勤人员工作会议,明确职责",
    ],
    "10月份": [
        "食堂安全卫生管理知识培训,食堂人员体检,领取卫生许可证、健康证等",
        "供暖设施等维修工作",
        "做好其它后勤工作",
    ],
    "11月份": ["对校舍安全工作检查。(水电、教学设备等)", "做好学生桌椅维修工作", "消防器材检查"],
    "12月份": ["检查教学设施使用及安全情况,做好维修维护工作"],
}


def by_heading(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for item in read_plan(text).items:
        found.setdefault(item.heading, []).append(item.title)
    return found


def titles(text: str) -> list[str]:
    return [item.title for item in read_plan(text).items]


class TestSixPlans:
    def test_all_of_the_two_calendars_and_nothing_else(self) -> None:
        read = by_heading(PLANS)
        assert {heading: [title.replace("，", ",") for title in rows] for heading, rows in read.items()} == {
            heading: [title.replace("，", ",") for title in rows] for heading, rows in CALENDARS.items()
        }
        assert [sum(map(len, list(read.values())[:5])), sum(map(len, list(read.values())[5:]))] == [27, 12]

    def test_each_says_where_it_stands(self) -> None:
        lines = PLANS.splitlines()
        for item in read_plan(PLANS).items:
            assert item.title[:8] in lines[item.line - 1]
            assert item.source.split()[0][:6] in lines[item.line - 1].replace("　", "")

    def test_months_and_owners(self) -> None:
        found = {item.title: item for item in read_plan(PLANS).items}
        assert found["校舍局部整修工作"].when.months == (8, 9)
        assert found["春节慰问工作"].when.months == (1,)
        assert found["消防器材检查"].role == "safety_group"
        assert found["奖励性绩效工资核算工作"].role == "bookkeeper"
        assert found["做好学生桌椅维修工作"].role == "keeper"
        assert [item.title for item in found.values() if item.vague] == ["其它工作", "做好其它后勤工作"]

    @pytest.mark.parametrize(
        ("title", "phrase", "rhythm"),
        [
            ("严格执行学校财务制度并及时做好每月报表", "每月", Rhythm.MONTH),
            ("新添校产及时登记入册，每学期核对一次", "每学期", Rhythm.TERM_WEEK),
            ("定期检查报警器、监控", "定期", Rhythm.MONTH),
            ("期初、期末对报警器进行全面检测", "期初", Rhythm.TERM_WEEK),
            ("创安领导小组每周对校园的安全隐患进行排查", "每周", Rhythm.WEEKLY),
            ("值周值日教师每天对校园安全进行全方位的检查", "每天", Rhythm.SCHOOL_DAY),
            ("食堂厨房、师生餐厅要天天打扫、擦洗", "天天", Rhythm.SCHOOL_DAY),
            ("定期召开各班小保管员会议", "定期", Rhythm.MONTH),
            ("学校安全小组一周一检查", "一周一", Rhythm.WEEKLY),
            ("一周一评比，一月一总结", "一月一", Rhythm.MONTH),
            ("坚持对学校房屋及各室每周进行一大查", "每周", Rhythm.WEEKLY),
            ("坚持对学校房屋及各室每周进行一大查，每日一小查", "每日", Rhythm.SCHOOL_DAY),
            ("每年组织学生进行一次消防演练", "每年", Rhythm.MONTH),
            ("开学初，首先确保教学第一线教师办公用品及时发放到位", "开学初", Rhythm.TERM_WEEK),
            ("放假前做好清洁工具的整理工作", "放假前", Rhythm.TERM_END),
        ],
    )
    def test_rhythms_of_the_prose(self, title: str, phrase: str, rhythm: str) -> None:
        found = [duty for duty in read_plan(PLANS).duties if duty.title.replace(",", "，") == title]
        assert [(duty.phrase, duty.rule.rhythm) for duty in found if duty.phrase == phrase] == [(phrase, rhythm)]

    def test_every_sentence_with_a_rhythm_is_offered(self) -> None:
        offered = "".join(duty.source for duty in read_plan(PLANS).duties)
        for word in ("每周", "每学期", "每天", "每月", "每年", "每日"):
            assert offered.count(word) >= PLANS.count(word) - sum(
                item.source.count(word) for item in read_plan(PLANS).items
            )

    def test_not_on_fixed_days_is_no_rhythm(self) -> None:
        assert [duty.phrase for duty in read_plan("对用水用电进行不定期的督查，一星期公布一次。").duties] == ["一星期"]


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


class TestOtherSchools:
    """Ways of writing that the six plans do not have."""

    def test_parts_numbered_before_their_months(self) -> None:
        text = "一、二月份\n1、发放教材\n二、三月份\n1、植树\n三、四月份\n1、检查消防"
        assert [item.when.months for item in read_plan(text).items] == [(2,), (3,), (4,)]

    def test_two_months_together_are_no_part(self) -> None:
        text = "二、三月份：\n1、发放教材\n四月份：\n1、植树\n五、六月份：\n1、检查"
        assert [item.when.months for item in read_plan(text).items] == [(2, 3), (4,), (5, 6)]

    def test_points_in_the_line_of_the_month(self) -> None:
        assert titles("九月：1、发放教材 2、检查消防器材；3、登记新增财产。\n十月：食堂体检；维修供暖") == [
            "发放教材",
            "检查消防器材",
            "登记新增财产",
            "食堂体检",
            "维修供暖",
        ]

    def test_weeks_below_months(self) -> None:
        text = "九月份\n第1周\n（1）发放教材\n（2）核对财产\n第2周\n（1）检查消防\n十月份\n第6周：安排值班"
        read = read_plan(text).items
        assert [(item.when.months, item.when.weeks, item.title) for item in read] == [
            ((9,), (1, 1), "发放教材"),
            ((9,), (1, 1), "核对财产"),
            ((9,), (2, 2), "检查消防"),
            ((10,), (6, 6), "安排值班"),
        ]

    def test_points_below_points(self) -> None:
        text = (
            "九月份\n1、安全工作：\n（1）检查消防器材\n（2）检测报警器\n"
            "2、做好学校的开学系列准备工作\n（1）发教材\n（2）发工具"
        )
        read = read_plan(text).items
        assert [item.title for item in read] == ["检查消防器材", "检测报警器", "做好学校的开学系列准备工作"]
        assert "发教材" in read[2].detail

    def test_bullets_and_no_marks(self) -> None:
        assert titles("9月\n● 发放教材\n● 检查消防\n10月\n- 食堂体检\n11月\n检查校舍\n维修桌椅") == [
            "发放教材",
            "检查消防",
            "食堂体检",
            "检查校舍",
            "维修桌椅",
        ]

    def test_lines_cut_by_the_page(self) -> None:
        text = "10月份\n1、食堂安全卫生管理知识培训，食堂人员体检，领取卫生许\n可证、健康证等。\n2、维修供暖设施。"
        assert titles(text) == ["食堂安全卫生管理知识培训，食堂人员体检，领取卫生许可证、健康证等", "维修供暖设施"]

    def test_who_is_named(self) -> None:
        read = read_plan("九月\n1、发放教材（责任人：李秀英、王芳）\n2、检查消防 负责人：马占军").items
        assert [(item.title, item.owners) for item in read] == [
            ("发放教材", ("李秀英", "王芳")),
            ("检查消防", ("马占军",)),
        ]

    def test_a_table(self) -> None:
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

    def test_a_table_with_bars_and_joined_cells(self) -> None:
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

    def test_a_theme_after_the_month_is_no_point(self) -> None:
        text = "三月：万物复苏\n- 3月12日：植树节，各班种树\n- 检查消防器材\n四月：安全教育月\n1、疏散演练"
        read = read_plan(text).items
        assert [(item.title, item.when.months) for item in read] == [
            ("植树节，各班种树", (3,)),
            ("检查消防器材", (3,)),
            ("疏散演练", (4,)),
        ]

    def test_points_as_sentences_below_a_bare_month(self) -> None:
        text = "  八月\n\n  作好开学的筹备工作。\n\n  准备好收费收据。\n\n  九月\n\n  做好财务报表，抄水表电表。"
        assert titles(text) == ["作好开学的筹备工作", "准备好收费收据", "做好财务报表，抄水表电表"]

    def test_a_paragraph_between_points(self) -> None:
        text = (
            "九月份\n1、开展安全检查。\n各班要认真配合，每周上报一次。\n2、发放教材。\n\n总务处负责清点。\n3、核对财产。\n\n"
            "我们将努力做好各项工作。\n1、加强领导\n2、落实责任"
        )
        read = read_plan(text)
        assert [item.title for item in read.items] == ["开展安全检查", "发放教材", "核对财产"]
        assert [duty.phrase for duty in read.duties] == ["每周"]

    def test_a_word_before_the_list(self) -> None:
        text = (
            "九月份\n本月工作重点：\n1、发放教材\n2、核对财产\n十月份\n主题：安全教育\n（1）疏散演练\n"
            "十一月\n食堂检查\n1、消防检查"
        )
        assert titles(text) == ["发放教材", "核对财产", "疏散演练", "食堂检查", "消防检查"]

    def test_commas_after_numbers(self) -> None:
        assert titles("九月\n1，发放教材\n2，核对 1,200 件财产") == ["发放教材", "核对 1,200 件财产"]

    def test_points_go_on_below_those_in_the_line_of_the_month(self) -> None:
        assert titles("九月 1、各班财产登记；2、教师节活动；\n3、公物保管责任书签订\n十月：食堂体检") == [
            "各班财产登记",
            "教师节活动",
            "公物保管责任书签订",
            "食堂体检",
        ]

    def test_numbers_of_weeks_and_dotted_days_in_a_table(self) -> None:
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

    def test_a_heading_with_a_rhythm_is_no_duty(self) -> None:
        assert [duty.title for duty in read_plan("三、每月工作安排\n1.每月召开一次例会。").duties] == [
            "每月召开一次例会"
        ]

    def test_a_number_before_a_month_is_no_month(self) -> None:
        text = "五、九月份\n1、发放教材\n六、十月份\n1、食堂体检\n2、三月份：植树\n8、9月份：\n（1）开学准备"
        assert [(item.title, item.when.months) for item in read_plan(text).items] == [
            ("发放教材", (9,)),
            ("食堂体检", (10,)),
            ("植树", (3,)),
            ("开学准备", (8, 9)),
        ]

    def test_points_that_name_their_months(self) -> None:
        text = "二、具体安排\n1、九月份做好开学工作\n2、十月份：食堂体检\n3、一月一总结\n4、加强领导"
        assert [(item.title, item.when.months) for item in read_plan(text).items] == [
            ("做好开学工作", (9,)),
            ("食堂体检", (10,)),
        ]

    def test_points_below_a_numbered_month_with_its_theme(self) -> None:
        text = "1、九月份：开学工作\n（1）发放教材\n（2）核对财产\n2、十月份：食堂体检\n3、加强领导"
        assert [(item.title, item.when.months) for item in read_plan(text).items] == [
            ("发放教材", (9,)),
            ("核对财产", (9,)),
            ("食堂体检", (10,)),
        ]

    def test_the_end_of_a_list(self) -> None:
        text = "一月份：\n1、考核\n2、春节慰问\n实验小学总务处\n2026年8月30日\n\n三、保障措施\n1、加强领导\n2、落实责任"
        assert titles(text) == ["考核", "春节慰问"]

    def test_days(self) -> None:
        read = read_plan("九月\n1、9月10日前完成教材发放\n9月28日：国庆前安全检查").items
        assert [item.when.days for item in read] == [((9, 10), (9, 10)), ((9, 28), (9, 28))]

    def test_a_point_with_the_name_of_a_time_is_a_point(self) -> None:
        assert titles("一月份\n1、考核\n2、期末工作\n3、寒假") == ["考核", "期末工作", "寒假"]

    def test_weekdays_and_days_of_rhythms(self) -> None:
        found = [duty.rule for duty in read_plan("每周五检查消防器材。每周一次大扫除。每月5日前上报财务报表。").duties]
        assert [(rule.rhythm, rule.weekday, rule.day) for rule in found] == [
            ("weekly", 4, 1),
            ("weekly", None, 1),
            ("month_day", None, 5),
        ]

    def test_a_calendar_copied_out_of_its_table(self) -> None:
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

    def test_letters_set_wide(self) -> None:
        assert titles("月  份\n工 作 内 容\n九 月 份\n1、召开会议\n2、发放用品\n十 月 份\n1、体检") == [
            "召开会议",
            "发放用品",
            "体检",
        ]

    def test_the_first_point_beside_its_month(self) -> None:
        assert titles("九月    1、物资发放。\n        2、校产登记。\n十月    1、体检。\n        2、绿化。") == [
            "物资发放",
            "校产登记",
            "体检",
            "绿化",
        ]

    def test_parts_below_a_month(self) -> None:
        text = (
            "九月份工作：\n一、校产管理\n1、财产登记。\n2、公物维修。\n"
            "十月份工作：\n一、校产管理\n1、仪器室清点。\n二、绿化\n1、修剪花木。"
        )
        assert by_heading(text) == {"九月份工作": ["财产登记", "公物维修"], "十月份工作": ["仪器室清点", "修剪花木"]}

    def test_points_too_short_to_stand_alone(self) -> None:
        read = read_plan("八月\n1、做好准备\n（1）采购；\n（2）维修。\n2、检查：\n（1）水电\n（2）消防器材").items
        assert [(item.title, item.detail) for item in read] == [
            ("做好准备", "（1）采购； （2）维修。"),
            ("检查：水电", ""),
            ("消防器材", ""),
        ]

    def test_plans_and_summaries_are_points_too(self) -> None:
        text = "十二月\n检查校舍\n制定寒假维修计划\n写好工作总结\n采购物资\n总务处\n一月\n期末总结\n清点财产"
        assert titles(text) == [
            "检查校舍",
            "制定寒假维修计划",
            "写好工作总结",
            "采购物资",
            "期末总结",
            "清点财产",
        ]

    def test_marks_of_markdown(self) -> None:
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

    def test_weeks_of_a_table_by_chinese_numbers(self) -> None:
        read = read_plan("周次\t日期\t工作内容\n一\t9.1-9.5\t开学典礼\n十二\t11.17-11.21\t校产登记").items
        assert [(item.title, item.when.weeks) for item in read] == [("开学典礼", (1, 1)), ("校产登记", (12, 12))]

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
    def test_times_said_roughly(self, line: str, when: When) -> None:
        assert (heading_of(line) or pytest.fail(line)).when == when

    def test_circled_points_in_one_line(self) -> None:
        assert titles("第3～4周：\n①校产清查②水电检查\n③绿化") == ["校产清查", "水电检查", "绿化"]

    @pytest.mark.parametrize("line", ["2026学年第一学期总务处工作计划", "第一学期（9月—次年1月）"])
    def test_the_first_term_is_no_rhythm(self, line: str) -> None:
        assert read_plan(f"{line}\n以上各项请认真执行。") == Plan((), (), term=1)

    def test_stages_with_their_days(self) -> None:
        text = (
            "第一阶段：准备阶段（2026年9月1日—9月15日）\n1、成立领导小组\n"
            "（二）实施阶段（10月—11月）\n1、全面排查\n总结阶段：12月21日—31日\n1、总结上报"
        )
        assert [(item.title, item.when.months, item.when.days) for item in read_plan(text).items] == [
            ("成立领导小组", (9,), ((9, 1), (9, 15))),
            ("全面排查", (10, 11), None),
            ("总结上报", (12,), ((12, 21), (12, 31))),
        ]

    def test_dotted_and_bracketed_months(self) -> None:
        text = "2026.9\n1.开学准备\n2027.1\n1.总结\n（三月）\n1、植树\n（4月份）：\n1、防汛"
        assert [(item.title, item.when.months) for item in read_plan(text).items] == [
            ("开学准备", (9,)),
            ("总结", (1,)),
            ("植树", (3,)),
            ("防汛", (4,)),
        ]

    def test_weeks_of_a_month(self) -> None:
        text = "9月第1周：开学检查\n九月最后一周\n1、国庆安全\n10月第二周 食堂检查\n开学第二周：发放用品"
        assert [(item.title, item.when.months, item.when.week, item.when.weeks) for item in read_plan(text).items] == [
            ("开学检查", (9,), 1, None),
            ("国庆安全", (9,), -1, None),
            ("食堂检查", (10,), 2, None),
            ("发放用品", (), 0, (2, 2)),
        ]

    def test_days_of_a_month(self) -> None:
        text = "9月份\n日期 工作内容\n1日 开学典礼\n5日—8日：教材核对\n25日前 安全检查"
        assert [(item.title, item.when.days) for item in read_plan(text).items] == [
            ("开学典礼", ((9, 1), (9, 1))),
            ("教材核对", ((9, 5), (9, 8))),
            ("安全检查", ((9, 25), (9, 25))),
        ]

    def test_days_beside_weeks(self) -> None:
        """They are kept; weeks that name none do not take the month of the week above."""
        text = "第1周 8.31-9.4\n1、到校\n第2周（9月7日—11日）：\n1、登记\n第5周\n1、值班\n国庆节前：消防检查"
        assert [(item.when.weeks, item.when.days, item.when.months) for item in read_plan(text).items] == [
            ((1, 1), ((8, 31), (9, 4)), (8, 9)),
            ((2, 2), ((9, 7), (9, 11)), (9,)),
            ((5, 5), None, ()),
            (None, None, (9,)),
        ]

    def test_a_table_by_weekdays(self) -> None:
        text = "星期一\t星期二\t星期三\n第1周（9月7日—11日）\n7日 开学典礼\t8日 领书\t消防检查"
        assert [(item.title, item.when.days) for item in read_plan(text).items] == [
            ("开学典礼", ((9, 7), (9, 7))),
            ("领书", ((9, 8), (9, 8))),
            ("消防检查", ((9, 7), (9, 11))),
        ]

    def test_a_table_with_its_times_behind(self) -> None:
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

    def test_a_table_of_months_and_weeks_with_joined_cells(self) -> None:
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

    def test_numbered_points_that_are_days_and_weeks(self) -> None:
        text = (
            "具体安排：\n1、9月1日：开学典礼\n2、9月10日：慰问\n二、各周\n"
            "1、第一周（9.7-9.11）：检查\n2、第二周（9.14-9.18）：登记"
        )
        assert titles(text) == ["开学典礼", "慰问", "检查", "登记"]

    def test_points_with_a_time_of_their_own_stay_in_the_list(self) -> None:
        text = "九月\n1、开学准备\n2、期中前后：检查食堂\n3、国庆节前：消防检查\n4、校产登记"
        assert [(item.title, item.when.moment, item.when.holiday) for item in read_plan(text).items] == [
            ("开学准备", "", ""),
            ("期中前后：检查食堂", Moment.MID_TERM, ""),
            ("国庆节前：消防检查", "", "国庆"),
            ("校产登记", "", ""),
        ]

    def test_points_within_a_point(self) -> None:
        assert titles("九月\n1.抓好开学工作：（1）发放教材；（2）安排教室。\n2.做好绿化；3.做好食堂管理。") == [
            "抓好开学工作：（1）发放教材；（2）安排教室",
            "做好绿化",
            "做好食堂管理",
        ]

    def test_months_that_begin_sentences(self) -> None:
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
    def test_months_that_lead_in(self, head: str) -> None:
        assert by_heading(f"{head}\n1、开学准备\n2、登记") == {head.rstrip("："): ["开学准备", "登记"]}

    def test_blocks_of_time_content_and_owner(self) -> None:
        text = "时间：九月\n内容：1.开学准备 2.登记\n责任人：李明\n时间：十月\n内容：1.体检\n责任人：王芳"
        assert [(item.title, item.owners) for item in read_plan(text).items] == [
            ("开学准备", ("李明",)),
            ("登记", ("李明",)),
            ("体检", ("王芳",)),
        ]

    def test_owners_below_their_points(self) -> None:
        text = "九月\n1、发放教材\n责任人：李明\n2、登记\n负责人：王芳、张丽\n3、检查"
        assert [(item.title, item.owners) for item in read_plan(text).items] == [
            ("发放教材", ("李明",)),
            ("登记", ("王芳", "张丽")),
            ("检查", ()),
        ]

    def test_days_alone_in_their_lines(self) -> None:
        text = "9月1日\n开学典礼。\n9.10\n慰问教师\n9.25-9.30\n国庆安全检查"
        assert [(item.title, item.when.days) for item in read_plan(text).items] == [
            ("开学典礼", ((9, 1), (9, 1))),
            ("慰问教师", ((9, 10), (9, 10))),
            ("国庆安全检查", ((9, 25), (9, 30))),
        ]

    def test_a_table_with_themes_and_a_broken_cell(self) -> None:
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

    def test_weekdays_beside_days(self) -> None:
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
    def test_lines_that_begin_with_their_days(self, numbers: tuple[str, str, str]) -> None:
        said = ("9月1日上午8：00开学典礼", "9月10日前完成教材发放", "10月中旬组织体检")
        lines = [f"{number}{line}" for number, line in zip(numbers, said, strict=True)]
        text = "\n".join(["三、时间安排", *lines, "四、保障措施", "加强领导。"])
        assert [(item.title, item.when.days, item.when.part) for item in read_plan(text).items] == [
            ("上午8：00开学典礼", ((9, 1), (9, 1)), 0),
            ("完成教材发放", ((9, 10), (9, 10)), 0),
            ("组织体检", None, 2),
        ]

    def test_the_history_of_a_school_is_no_plan(self) -> None:
        assert titles("学校简史\n2001年9月1日，学校成立。\n2005年9月1日，迁入新址，规模扩大。") == []

    def test_a_table_by_wide_spaces(self) -> None:
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

    def test_weeks_days_and_work_in_one_line(self) -> None:
        read = read_plan("第一周 8月31日-9月4日 开学工作\n第二周 9月7日-9月11日：校产登记").items
        assert [(item.title, item.when.weeks, item.when.days) for item in read] == [
            ("开学工作", (1, 1), ((8, 31), (9, 4))),
            ("校产登记", (2, 2), ((9, 7), (9, 11))),
        ]

    def test_signs_before_lines(self) -> None:
        assert titles("✅ 9月：开学检查\n📌11月\n▶ 清查校产\n➤ 期中检查") == ["开学检查", "清查校产", "期中检查"]

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
    def test_which_term_it_is_for(self, text: str, term: int | None) -> None:
        assert read_plan(text).term == term

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
    def test_rhythms_said_closely(self, said: str, rules: list[Recurrence]) -> None:
        assert [duty.rule for duty in read_plan(f"{said}。").duties] == rules

    def test_what_was_done_is_offered_as_a_report(self) -> None:
        found = read_plan("开学前完成了学生暖气维修。开学前检修暖气。每周进行了检查。").duties
        assert [(duty.phrase, duty.reported) for duty in found] == [
            ("开学前", True),
            ("开学前", False),
            ("每周", False),
        ]

    def test_cells_that_sound_like_heads_or_offices_are_work(self) -> None:
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

    def test_words_apart_are_no_row_without_heads(self) -> None:
        text = "九月\n开展安全工作 布置活动场地\n十月：发放教材  检查消防  登记财产\n11月1日  运动会  全体师生"
        assert titles(text) == ["开展安全工作 布置活动场地", "发放教材  检查消防  登记财产", "运动会  全体师生"]

    def test_nothing_in_prose(self) -> None:
        assert read_plan("我们将努力工作。\n1、加强学习\n2、提高认识") == read_plan("")


MONTH_WORDS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
HEADS = st.integers(1, 12).flatmap(
    lambda number: st.sampled_from(
        [
            f"{MONTH_WORDS[number - 1]}月份：",
            f"{number}月份",
            f"{number}月",
            f"{MONTH_WORDS[number - 1]}月",
            f"【{number}月】",
        ]
    ).map(lambda head: (number, head))
)
WORDS = st.lists(
    st.sampled_from(["发放", "教材", "检查", "消防", "食堂", "维修", "桌椅", "登记", "财产"]), min_size=2, max_size=8
)
MARKS = st.sampled_from(["{}、", "{}. ", "（{}）", "{}．", "{})"])


@given(st.lists(st.tuples(HEADS, st.lists(WORDS.map("".join), min_size=1, max_size=6)), min_size=1, max_size=8), MARKS)
def test_any_calendar_is_read_as_it_was_written(months: list, mark: str) -> None:
    """Whatever the headings and numbers look like: the same points come out, under the same months."""
    lines, wanted = ["总务处工作计划", "一、指导思想", "我们将努力工作。"], []
    for (number, head), points in months:
        lines.append(head)
        for count, point in enumerate(points, 1):
            lines.append(mark.format(count) + point)
            wanted.append((number, point))
    read = read_plan("\n".join([*lines, "二、保障措施", "1、加强领导"])).items
    assert [(item.when.months[0], item.title) for item in read] == wanted


@given(st.text(max_size=400) | st.text(alphabet="一二三九十月份周第、：1290（）①期末开学\n\t\v 。年日-—", max_size=400))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    for item in read_plan(text).items:
        assert item.title
        assert item.when.named
        assert len(item.title) <= 120


@given(st.integers(1, 39))
def test_chinese_numbers(number: int) -> None:
    tens, ones = divmod(number, 10)
    names = {value: name for name, value in CHINESE.items()}
    written = f"{names[tens] if tens > 1 else ''}{'十' if tens else ''}{names.get(ones, '')}"
    assert number_of(written) == number == number_of(str(number))


def test_too_long_a_text() -> None:
    with pytest.raises(TooLong):
        read_plan("一" * (MOST_LETTERS + 1))
    with pytest.raises(TooLong):
        read_plan("九月\n" + "\n".join(f"1、第{number}件事" for number in range(600)))
