"""The demo school's purchases: at least one in every state, told day by day through the services."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from assets.models import PropertyClass
from assets.services import issues, receipts
from finance.choices import Category, Funds
from finance.models import BudgetLine, Supplier
from finance.services import budget
from logistics.approvals.choices import Verdict
from logistics.approvals.services import drawings
from logistics.front.demo import requests
from logistics.front.demo.office import Office, Told, scribble
from logistics.school.models import Person, Room

TEACHING_CHAIN = ("王建国", "徐明", "周志强", "林慧敏")
CHAIN = ("徐明", "周志强", "林慧敏")
CLAIM_CHAIN = ("李秀英", "吴晓红", "林慧敏")
BUDGET = [
    ("教学业务费", Funds.PUBLIC, 48_000),
    ("办公费", Funds.PUBLIC, 36_000),
    ("设备购置费", Funds.SPECIAL, 120_000),
    ("修缮维护费", Funds.PUBLIC, 60_000),
    ("图书资料费", Funds.PUBLIC, 1_500),
    ("食堂原料", Funds.MEALS, 260_000),
]
SUPPLIERS = [
    ("晨曦文体用品商行", "何老板", "0571-80001001", "农商银行学府支行", "2010 0000 0001"),
    ("宏图教学设备有限公司", "邵经理", "0571-80001002", "工商银行城东支行", "1202 0000 0002"),
    ("新知电教器材经营部", "祝经理", "0571-80001003", "建设银行城西支行", "3305 0000 0003"),
    ("明远办公家具厂", "柳厂长", "0571-80001004", "农商银行园区支行", "2010 0000 0004"),
    ("绿禾粮油配送中心", "毛师傅", "0571-80001005", "农业银行学府支行", "1904 0000 0005"),
]


def build_purchases(*, people: dict[str, Person], rooms: dict[str, Room], today: dt.date) -> None:
    """Budget, suppliers, and the stories from the oldest to today's."""
    told = Told(Office(people, today), rooms)
    _budget(told)
    _suppliers(told)
    with told.office.on(60, "林慧敏") as principal:
        drawings.keep_drawing(person=principal, data_url=scribble(4), keep=True)
    _bought_and_paid(told)
    _equipment(told)
    _canteen(told)
    _to_pay(told)
    _to_buy(told)
    requests.on_the_way(told)
    requests.meeting(told)
    requests.ended_otherwise(told)


def _budget(told: Told) -> None:
    office = told.office
    with office.on(300, "吴晓红") as bookkeeper:
        for item, funds, amount in BUDGET:
            line = BudgetLine.objects.create(year=office.today.year, item=item, funds=funds)
            budget.set_original(person=bookkeeper, line=line, amount=Decimal(amount), paper="年初预算批复")
            told.lines[item] = line
    with office.on(50, "吴晓红") as bookkeeper:
        paper, reason = "校务会纪要第3号", "秋季开学班级用品增加"
        budget.adjust(
            person=bookkeeper, line=told.lines["教学业务费"], amount=Decimal(6000), paper=paper, reason=reason
        )


def _suppliers(told: Told) -> None:
    with told.office.on(200, "刘洋"):
        for name, contact, phone, bank, account in SUPPLIERS:
            told.suppliers[name] = Supplier.objects.create(
                name=name, contact=contact, phone=phone, bank=bank, account=account
            )


def _bought_and_paid(told: Told) -> None:
    """The whole way: 要 批 买 收 付, into the store and out to the teacher. The bank sends the first payment back; a
    second slip waits to be signed.
    """
    office, shop = told.office, told.suppliers["晨曦文体用品商行"]
    goods = [
        ("A4复印纸", "70g 500张/包", "包", 20, "21.50"),
        ("白板笔", "黑色 可擦", "支", 60, "2.80"),
        ("磁性黑板擦", "大号", "个", 12, "6.50"),
    ]
    purchase = office.asked(
        42, "张敏", goods, line=told.lines["教学业务费"], category=Category.TEACHING, purpose="语文组秋季教学用品"
    )
    office.signs(41, purchase, *TEACHING_CHAIN)
    order = office.ordered(39, shop, purchase)
    acceptance = office.came(36, order)
    office.signs(35, acceptance, "刘洋", "张敏", "周志强")
    store = told.rooms["总务仓库"]
    with office.on(35, "李秀英") as keeper:
        lines = [(line, line.accepted) for line in acceptance.lines.all()]
        paper = receipts.enter_in_store(person=keeper, lines=lines, room=store, day=timezone.localdate())
        wanted = [
            issues.Wanted(item=entry.item, asked=entry.quantity, issued=entry.quantity - 2)
            for entry in paper.entries.select_related("item")
        ]
        slip = issues.write_issue(
            person=keeper,
            recipient=office.people["张敏"],
            room=store,
            purpose="语文组教学使用",
            lines=wanted,
            purchase=purchase,
        )
    office.signs(34, slip, "张敏")
    claim = office.claimed(33, order)
    office.signs(32, claim, *CLAIM_CHAIN)
    office.came_back(29, office.paid(30, claim), "收款账号有误，银行退回")
    office.paid(27, claim)
    pens = next(entry.item for entry in paper.entries.select_related("item") if entry.item.name == "白板笔")
    with office.on(1, "李秀英") as keeper:
        few = issues.Wanted(item=pens, asked=Decimal(4), issued=Decimal(2))
        issues.write_issue(
            person=keeper, recipient=office.people["孙桂芳"], room=store, purpose="一年级书写板用", lines=[few]
        )


def _equipment(told: Told) -> None:
    """Three quotes, two of the group choose; one piece has a fault and is to be replaced, one stands on a card."""
    office = told.office
    purchase = office.asked(
        28,
        "黄海燕",
        [("短焦投影机", "4000流明 含吊架", "台", 2, "4200.00")],
        line=told.lines["设备购置费"],
        category=Category.EQUIPMENT,
        purpose="科学实验室、录播教室投影更新",
    )
    office.signs(27, purchase, *CHAIN)
    offers = {
        told.suppliers["宏图教学设备有限公司"]: "4150.00",
        told.suppliers["新知电教器材经营部"]: "3980.00",
        told.suppliers["晨曦文体用品商行"]: "4300.00",
    }
    comparison = office.compared(24, purchase, offers, title="短焦投影机")
    office.chosen(23, comparison, "王建国", "吴晓红")
    comparison.refresh_from_db()
    order = office.ordered(22, told.suppliers["新知电教器材经营部"], purchase, comparison=comparison, due=10)
    acceptance = office.came(12, order, pieces=2, rejected=1, reason="镜头有划痕，无法正常成像")
    office.signs(11, acceptance, "刘洋", "黄海燕")
    with office.on(11, "李秀英") as keeper:
        receipts.enter_as_cards(
            person=keeper,
            line=acceptance.lines.get(),
            pieces=1,
            date=timezone.localdate(),
            one_card_each=True,
            room=told.rooms["科学实验室"],
            custodian=office.people["黄海燕"],
            department=told.rooms["科学实验室"].department,
            property_class=PropertyClass.objects.filter(code="A02020200").first(),
        )


def _canteen(told: Told) -> None:
    """Canteen goods: received by the receiver, signed by a chain of their own; the claim waits for the principal."""
    office = told.office
    goods = [("大米", "东北粳米 25kg/袋", "袋", 20, "128.00"), ("菜籽油", "非转基因 20L/桶", "桶", 6, "265.00")]
    purchase = office.asked(
        18, "高福生", goods, line=told.lines["食堂原料"], category=Category.CANTEEN, purpose="食堂主食和食用油"
    )
    office.signs(17, purchase, "欧阳雪梅", "周志强", "林慧敏")
    order = office.ordered(16, told.suppliers["绿禾粮油配送中心"], purchase, due=2)
    acceptance = office.came(14, order, by="何秋菊")
    office.signs(13, acceptance, "刘洋", "高福生", "周志强")
    claim = office.claimed(10, order)
    office.signs(9, claim, "何秋菊", "欧阳雪梅")


def _to_pay(told: Told) -> None:
    """Signed claims that wait for the cashier; goods that wait for the books; a claim that came back."""
    office, shop = told.office, told.suppliers["晨曦文体用品商行"]
    cleaning = [("拖把", "棉线", "把", 30, "14.00"), ("垃圾袋", "60×80cm 50只/卷", "卷", 40, "8.50")]
    purchase = office.asked(
        21, "马占军", cleaning, line=told.lines["办公费"], category=Category.OFFICE, purpose="校园保洁用品"
    )
    office.signs(20, purchase, *CHAIN)
    order = office.ordered(19, shop, purchase)
    acceptance = office.came(15, order)
    office.signs(14, acceptance, "刘洋")
    claim = office.claimed(8, order)
    office.signs(6, claim, *CLAIM_CHAIN)
    sports = [("篮球", "7号 PU", "个", 15, "78.00"), ("跳绳", "竹节", "根", 40, "9.00")]
    purchase = office.asked(
        20, "冯国栋", sports, line=told.lines["教学业务费"], category=Category.TEACHING, purpose="阳光体育大课间器材"
    )
    office.signs(19, purchase, *TEACHING_CHAIN)
    order = office.ordered(18, shop, purchase)
    office.came(9, order)
    claim = office.claimed(7, order)
    office.signs(5, claim, "李秀英", verdict=Verdict.RETURN, note="发票抬头少写了“第一”，请换开")


def _to_buy(told: Told) -> None:
    """Approved: two wait to be ordered, one is being compared, one is ordered and late: the wrong thing came, and the
    buyer did not agree with the acceptance.
    """
    office = told.office
    ink = [("彩色粉笔", "无尘 盒装", "盒", 30, "6.80"), ("订书钉", "24/6", "盒", 20, "2.20")]
    purchase = office.asked(
        10, "孙桂芳", ink, line=told.lines["办公费"], category=Category.OFFICE, purpose="低年级教室日常用品"
    )
    office.signs(8, purchase, *CHAIN)
    maths = [("计数器", "五档", "个", 45, "7.50"), ("几何教具", "木制 演示用", "套", 6, "86.00")]
    purchase = office.asked(
        9, "陈静", maths, line=told.lines["教学业务费"], category=Category.TEACHING, purpose="数学组一二年级教具"
    )
    office.signs(7, purchase, *TEACHING_CHAIN)
    cupboards = [("钢制文件柜", "五节 带锁", "组", 8, "760.00")]
    purchase = office.asked(
        13, "王建国", cupboards, line=told.lines["设备购置费"], category=Category.EQUIPMENT, purpose="教导处档案柜更新"
    )
    office.signs(12, purchase, *CHAIN)
    offers = {
        told.suppliers["明远办公家具厂"]: "735.00",
        told.suppliers["宏图教学设备有限公司"]: "758.00",
        told.suppliers["晨曦文体用品商行"]: "790.00",
    }
    office.compared(4, purchase, offers, title="钢制文件柜")
    music = [("竖笛", "八孔 德式", "支", 50, "12.00")]
    purchase = office.asked(
        16, "萧玉兰", music, line=told.lines["教学业务费"], category=Category.TEACHING, purpose="三年级竖笛进课堂"
    )
    office.signs(15, purchase, *TEACHING_CHAIN)
    order = office.ordered(13, told.suppliers["晨曦文体用品商行"], purchase, due=6)
    acceptance = office.came(8, order)
    note = "送来的是六孔竖笛，与订单不符，请商家换货后重新验收"
    office.signs(7, acceptance, "刘洋", verdict=Verdict.RETURN, note=note)
