"""The demo school's property: some five hundred cards, entered, moved, split and corrected through the services."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from assets.choices import Acquisition, Condition, Scheme
from assets.models import Card, PropertyClass
from assets.services import cards as card_services
from assets.services import movements
from logistics.base.history import acting
from logistics.school.choices import RoomKind
from logistics.school.models import Department, Person, Room


@dataclass(frozen=True)
class Thing:
    """What schools buy: name, class code, specification, brand, unit, price in yuan."""

    name: str
    code: str
    specification: str
    brand: str
    unit: str
    price: str


DESK = Thing("学生课桌", "A05010203", "600×400×760mm 可升降", "", "张", "168")
CHAIR = Thing("学生椅", "A05010304", "可升降 钢木", "", "把", "92")
LECTERN = Thing("讲台", "A05010299", "钢制 多媒体", "", "张", "1280")
BOARD = Thing("电子白板", "A02020700", "86英寸 交互式", "希沃", "台", "18600")
PROJECTOR = Thing("投影仪", "A02020200", "4000流明 超短焦", "爱普生", "台", "7850")
CONDITIONER = Thing("空调机", "A02061804", "3匹 立柜式 KFR-72LW", "格力", "台", "6899")
SMALL_CONDITIONER = Thing("空调机", "A02061804", "1.5匹 壁挂式", "美的", "台", "3199")
COMPUTER = Thing("台式计算机", "A02010105", "i5/8G/512G 23.8英寸", "联想", "台", "4580")
LAPTOP = Thing("便携式计算机", "A02010108", "i5/16G/512G 14英寸", "联想", "台", "5990")
PRINTER = Thing("打印机", "A02021003", "A4 黑白激光 双面", "惠普", "台", "1350")
OFFICE_DESK = Thing("办公桌", "A05010201", "1400×700×760mm", "", "张", "980")
OFFICE_CHAIR = Thing("办公椅", "A05010301", "网布 升降", "", "把", "360")
CABINET = Thing("文件柜", "A05010502", "五节 钢制", "", "组", "720")
BOOKCASE = Thing("书柜", "A05010502", "双门 钢制 1800×850×390mm", "", "组", "860")
WATER = Thing("饮水机", "", "冷热 立式", "安吉尔", "台", "560")
PIANO = Thing("钢琴", "", "立式 121cm", "珠江", "架", "15800")
ORGAN = Thing("电子琴", "", "61键", "雅马哈", "台", "1299")
MICROSCOPE = Thing("显微镜", "A02100301", "学生用 640倍", "", "台", "385")
BALANCE = Thing("电子天平", "", "500g/0.01g", "", "台", "460")
FRIDGE = Thing("冷藏柜", "", "四门", "", "台", "4980")
STERILISER = Thing("消毒柜", "", "双门 热风循环", "", "台", "3280")
STEAMER = Thing("蒸饭柜", "", "24盘 电热", "", "台", "4200")
BED = Thing("高低床", "A05010103", "钢制 双层", "", "张", "780")
MAT = Thing("体操垫", "", "200×100×10cm", "", "块", "320")
HOOP = Thing("篮球架", "", "移动式 少年", "", "副", "2680")
CAMERA = Thing("监控摄像头", "", "400万 红外 枪机", "海康威视", "个", "468")
EXTINGUISHER = Thing("灭火器", "", "4kg 干粉", "", "具", "75")

# kind of room: what stands there, how many pieces on a card, how many cards
CONTENTS: dict[str, list[tuple[Thing, int, int]]] = {
    RoomKind.CLASSROOM: [
        (DESK, 42, 1), (CHAIR, 42, 1), (LECTERN, 1, 1), (BOARD, 1, 1), (CONDITIONER, 1, 2), (BOOKCASE, 1, 1),
        (COMPUTER, 1, 1), (WATER, 1, 1), (EXTINGUISHER, 2, 1), (CAMERA, 1, 2),
    ],
    RoomKind.OFFICE: [
        (OFFICE_DESK, 4, 1), (OFFICE_CHAIR, 4, 1), (COMPUTER, 1, 4), (LAPTOP, 1, 2), (PRINTER, 1, 1), (CABINET, 1, 2),
        (SMALL_CONDITIONER, 1, 1), (WATER, 1, 1),
    ],
    RoomKind.LABORATORY: [
        (MICROSCOPE, 1, 24), (BALANCE, 1, 12), (CABINET, 1, 4), (BOARD, 1, 1), (CONDITIONER, 1, 2),
        (EXTINGUISHER, 4, 1),
    ],
    RoomKind.SPECIAL: [
        (COMPUTER, 1, 10), (PROJECTOR, 1, 1), (BOARD, 1, 1), (CONDITIONER, 1, 2), (CABINET, 1, 2), (ORGAN, 1, 2),
    ],
    RoomKind.LIBRARY: [(BOOKCASE, 1, 16), (OFFICE_DESK, 8, 1), (CHAIR, 48, 1), (COMPUTER, 1, 2), (CONDITIONER, 1, 2)],
    RoomKind.CANTEEN: [(FRIDGE, 1, 3), (STERILISER, 1, 3), (STEAMER, 1, 2), (EXTINGUISHER, 4, 1)],
    RoomKind.DORMITORY: [(BED, 6, 1), (SMALL_CONDITIONER, 1, 1), (CABINET, 1, 1)],
    RoomKind.STORE: [(CABINET, 1, 3), (MAT, 20, 1), (HOOP, 1, 2), (EXTINGUISHER, 2, 1)],
    RoomKind.GATE: [(CAMERA, 1, 4), (OFFICE_DESK, 1, 1), (WATER, 1, 1)],
    RoomKind.OTHER: [(OFFICE_DESK, 12, 1), (OFFICE_CHAIR, 24, 1), (PROJECTOR, 1, 1), (CONDITIONER, 1, 2)],
}  # fmt: skip
ONLY_IN = {"音乐教室": [(PIANO, 1, 2)]}


def build_property(
    random: Random, *, keeper: Person, rooms: dict[str, Room], departments: dict[str, Department], days: "Days"
) -> None:
    """Last year's opening entry by building, this year's additions, and a handful of movements of every kind."""
    classes = {c.code: c for c in PropertyClass.objects.filter(scheme=Scheme.GB2022)}
    with acting(keeper):
        by_building: dict[str, list[Card]] = {}
        for room in rooms.values():
            drafts = list(_contents(random, room, classes, departments["总务处"], days.opening))
            by_building.setdefault(room.building.name if room.building else "", []).extend(drafts)
        for building, drafts in by_building.items():
            card_services.enter_cards(person=keeper, date=days.opening, cards=drafts, summary=f"{building}期初入账")
        _move(keeper, rooms, days)


@dataclass(frozen=True)
class Days:
    """The days on which the demo's papers are dated; all lie before the day it is built."""

    opening: dt.date  # in last year's first term
    moved: dt.date  # in last year's second term
    recent: dt.date  # in this year's first term

    @classmethod
    def of(cls, start: int, today: dt.date) -> "Days":
        return cls(dt.date(start - 1, 9, 5), dt.date(start, 3, 12), min(today, dt.date(start, 9, 10)))


def _contents(
    random: Random, room: Room, classes: dict[str, PropertyClass], managing: Department, opening: dt.date
) -> Iterator[Card]:
    for thing, pieces, cards in CONTENTS[room.kind] + ONLY_IN.get(room.name, []):
        bought = dt.date(
            random.randrange(opening.year - 11, opening.year), random.randrange(1, 13), random.randrange(1, 29)
        )
        for _ in range(cards):
            yield Card(
                name=thing.name,
                property_class=classes.get(thing.code),
                specification=thing.specification,
                brand=thing.brand,
                unit=thing.unit,
                quantity=pieces,
                value=Decimal(thing.price) * pieces,
                acquired_on=bought,
                in_use_from=bought,
                acquisition=Acquisition.DONATION if random.random() < 0.04 else Acquisition.PURCHASE,
                condition=_condition(random),
                serial_number=f"SN{random.randrange(10**9):09d}" if pieces == 1 and thing.brand else "",
                department=room.department,
                managing_department=managing,
                room=room,
                custodian=room.responsible,
            )


def _condition(random: Random) -> str:
    return random.choices(
        [Condition.IN_USE, Condition.IDLE, Condition.TO_REPAIR, Condition.TO_SCRAP], weights=[92, 3, 4, 1]
    )[0]


def _move(keeper: Person, rooms: dict[str, Room], days: Days) -> None:
    """A transfer, a split, a correction and a change of person, as a year brings them."""
    computers = Card.objects.filter(room=rooms["计算机室"], name=COMPUTER.name).order_by("number")
    movements.transfer(
        person=keeper, cards=list(computers[:2]), room=rooms["教导处"], date=days.moved, summary="教导处添置办公电脑"
    )
    desks = Card.objects.get(room=rooms["一年级(1)班"], name=DESK.name)
    part = movements.split(person=keeper, card=desks, quantity=2, date=days.moved, summary="两张课桌移作备用")
    movements.transfer(person=keeper, cards=[part], room=rooms["总务仓库"], date=days.moved, summary="备用课桌入库")
    piano = Card.objects.filter(name=PIANO.name).order_by("number").first()
    if piano:
        movements.correct(
            person=keeper,
            card=piano,
            quantity=1,
            value=Decimal("16300.00"),
            date=days.recent,
            summary="补记运输安装费500元",
        )
