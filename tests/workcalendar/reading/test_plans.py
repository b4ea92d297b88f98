"""Written plans: every point of the calendars is found and none invented, rhythms in prose are offered."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.workcalendar.choices import Rhythm
from logistics.workcalendar.reading.plans import MOST_LETTERS, TooLong, read_plan
from tests.workcalendar.reading.found import by_heading, titles

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


class TestOtherSchools:
    """Ways of writing that the six plans do not have."""

    def test_points_in_the_line_of_the_month(self) -> None:
        assert titles("九月：1、发放教材 2、检查消防器材；3、登记新增财产。\n十月：食堂体检；维修供暖") == [
            "发放教材",
            "检查消防器材",
            "登记新增财产",
            "食堂体检",
            "维修供暖",
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

    def test_a_point_with_the_name_of_a_time_is_a_point(self) -> None:
        assert titles("一月份\n1、考核\n2、期末工作\n3、寒假") == ["考核", "期末工作", "寒假"]

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

    def test_circled_points_in_one_line(self) -> None:
        assert titles("第3～4周：\n①校产清查②水电检查\n③绿化") == ["校产清查", "水电检查", "绿化"]

    def test_points_within_a_point(self) -> None:
        assert titles("九月\n1.抓好开学工作：（1）发放教材；（2）安排教室。\n2.做好绿化；3.做好食堂管理。") == [
            "抓好开学工作：（1）发放教材；（2）安排教室",
            "做好绿化",
            "做好食堂管理",
        ]

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

    def test_signs_before_lines(self) -> None:
        assert titles("✅ 9月：开学检查\n📌11月\n▶ 清查校产\n➤ 期中检查") == ["开学检查", "清查校产", "期中检查"]

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


def test_too_long_a_text() -> None:
    with pytest.raises(TooLong):
        read_plan("一" * (MOST_LETTERS + 1))
    with pytest.raises(TooLong):
        read_plan("九月\n" + "\n".join(f"1、第{number}件事" for number in range(600)))
