"""The demo school's requests on their way: being signed, mended, at the meeting, ended otherwise."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from finance.choices import Category
from finance.services import purchases
from logistics.approvals.choices import Presence, Verdict
from logistics.approvals.models import Route
from logistics.approvals.services import decisions
from logistics.front.demo.office import Told


def on_the_way(told: Told) -> None:
    """Being signed: with academic affairs, the leader, the director; two with the principal, one over the budget."""
    office, teaching = told.office, told.lines["教学业务费"]
    art = [("水粉颜料", "24色", "套", 36, "28.00"), ("素描纸", "8开 160g", "包", 20, "16.00")]
    office.asked(1, "邓晓岚", art, line=teaching, category=Category.TEACHING, purpose="美术社团用品")
    tests = [("口算练习册", "五年级上", "本", 120, "6.00")]
    purchase = office.asked(3, "许佳宁", tests, line=teaching, category=Category.TEACHING, purpose="五年级口算练习")
    office.signs(2, purchase, "王建国")
    lamps = [("LED护眼灯管", "T8 18W", "支", 60, "19.80")]
    purchase = office.asked(
        4, "马占军", lamps, line=told.lines["修缮维护费"], category=Category.REPAIR, purpose="教学楼教室灯管更换"
    )
    office.signs(3, purchase, "徐明", "周志强")
    books = [("注音读物", "一年级推荐书目", "册", 150, "14.50")]
    purchase = office.asked(
        3,
        "田淑芬",
        books,
        line=told.lines["图书资料费"],
        category=Category.OTHER,
        purpose="一年级图书角",
        reason="一年级增加一个班，书目为教育局统一推荐",
    )
    office.signs(2, purchase, "徐明", "周志强")
    _resubmitted(told)


def _resubmitted(told: Told) -> None:
    """Returned once, changed and submitted again: the card shows what changed."""
    office = told.office
    first = [("班牌", "亚克力 30×20cm", "块", 18, "45.00"), ("展板架", "铝合金", "个", 6, "180.00")]
    purchase = office.asked(
        6, "曹文静", first, line=told.lines["办公费"], category=Category.OFFICE, purpose="校园文化布置"
    )
    office.signs(5, purchase, "徐明", verdict=Verdict.RETURN, note="展板架总务仓库还有两个，请减少数量")
    with office.on(4, "曹文静") as person:
        lines = [
            purchases.Wanted("班牌", Decimal(18), Decimal("45.00"), "亚克力 30×20cm", "块"),
            purchases.Wanted("展板架", Decimal(4), Decimal("175.00"), "铝合金", "个"),
        ]
        purchases.save_draft(person=person, purchase=purchase, lines=lines)
        purchases.submit(person=person, purchase=purchase)
    office.signs(3, purchase, "徐明")


def meeting(told: Told) -> None:
    """One large repair waits for the meeting, of another the meeting has decided."""
    office, line = told.office, told.lines["修缮维护费"]
    roof = [("教学楼屋面防水", "SBS卷材 含人工", "㎡", 260, "95.00")]
    purchase = office.asked(9, "周志强", roof, line=line, category=Category.REPAIR, purpose="教学楼屋面渗漏维修")
    office.signs(8, purchase, "徐明")
    screens = [("教学一体机", "86英寸 交互式", "台", 2, "16800.00")]
    purchase = office.asked(
        7, "王建国", screens, line=told.lines["设备购置费"], category=Category.EQUIPMENT, purpose="六年级教室更新一体机"
    )
    office.signs(6, purchase, "徐明", "周志强")
    present = ["林慧敏", "徐明", "周志强", "王建国", "吴晓红"]
    with office.on(2, "徐明", 17) as recorder:
        decision = decisions.record(
            person=recorder,
            route=Route.objects.of(purchase).get(),
            attendance={office.people[name]: Presence.PRESENT for name in present},
            held_at=timezone.now() - dt.timedelta(hours=2),
            place="会议室",
            chaired_by=office.people["林慧敏"],
            topic="六年级教室更新教学一体机",
            background="现有设备使用八年，故障频繁，报修已超过二十次。",
            opinions="周志强介绍三家询价情况；王建国建议优先保证毕业班；与会人员一致同意。",
            votes_for=5,
            votes_against=0,
            abstentions=0,
            passed=True,
            resolution="同意购置两台，按比价程序采购。",
            responsible=office.people["周志强"],
            due=office.today + dt.timedelta(days=30),
        )
    office.signs(1, decision, "林慧敏", "周志强", "王建国", "吴晓红")


def ended_otherwise(told: Told) -> None:
    """Returned, rejected, withdrawn, and a draft."""
    office, line = told.office, told.lines["办公费"]
    headset = [("头戴耳机", "带麦克风", "副", 12, "89.00")]
    purchase = office.asked(5, "张敏", headset, line=line, category=Category.OFFICE, purpose="网络教研用耳机")
    office.signs(4, purchase, "徐明", verdict=Verdict.RETURN, note="请写明哪几位老师使用，数量核实一下")
    sofa = [("沙发", "三人位", "张", 1, "2600.00")]
    purchase = office.asked(12, "孙桂芳", sofa, line=line, category=Category.OFFICE, purpose="语文组办公室休息区")
    office.signs(11, purchase, "徐明", verdict=Verdict.REJECT, note="不属于教学办公必需，本年度不安排")
    cups = [("保温水壶", "2L", "个", 10, "55.00")]
    purchase = office.asked(6, "陈静", cups, line=line, category=Category.OFFICE, purpose="数学组办公室用")
    with office.on(5, "陈静") as person:
        purchases.withdraw(person=person, purchase=purchase)
    office.draft(
        0,
        "张敏",
        [("班级图书架", "松木", "个", 2, "120.00")],
        line=line,
        category=Category.OFFICE,
        purpose="班级图书角",
    )
