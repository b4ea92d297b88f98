"""What is measured: databases with so many cards, and workbooks with so many rows."""

import datetime as dt
import itertools
from decimal import Decimal
from pathlib import Path
from random import Random

import xlsxwriter
from django.core.management import call_command

from assets.choices import Scheme
from assets.models import Card, PropertyClass
from assets.services.cards import enter_cards
from logistics.base.history import acting
from logistics.front.demo import people as demo_people
from logistics.front.demo import places
from logistics.school.models import Department, Person, Room, School

DAY = dt.date(2026, 10, 8)
THINGS = [
    ("台式计算机", "A02010105", "i5/8G/512G 23.8寸", "台", 4580),
    ("学生课桌", "A05010203", "600×400×760mm 可升降", "张", 168),
    ("投影仪", "A02020200", "4000流明", "台", 5200),
    ("文件柜", "A05010502", "五节 钢制", "组", 720),
    ("空调机", "A02061804", "3匹 立柜式", "台", 6899),
    ("办公桌", "A05010201", "1400×700mm", "张", 980),
    ("打印机", "A02021003", "A4 黑白激光", "台", 1350),
]
HEADS = [
    "资产编号",
    "资产名称",
    "规格型号",
    "国标分类",
    "计量单位",
    "数量",
    "单价(元)",
    "购置日期",
    "使用部门",
    "存放地点",
    "保管人",
    "备注",
]


def make_tables() -> None:
    call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)


def build_school() -> None:
    random = Random(1)
    School.objects.create(pk=1, name="第一实验小学")
    departments = demo_people.build_departments()
    people = demo_people.build_people(random, departments, dt.date(2025, 9, 1))
    years = places.build_years(2026)
    rooms = places.build_rooms(departments, people)
    places.build_classes(years, rooms, people, ["小保管员"] * 18)


def build_cards(count: int) -> None:
    """Enter ``count`` cards through the product's own service, in papers of 10,000."""
    keeper = Person.objects.get(username="baoguan")
    classes = {c.code: c for c in PropertyClass.objects.filter(scheme=Scheme.GB2022)}
    rooms, people = list(Room.objects.all()), list(Person.objects.all())
    department = Department.objects.get(name="总务处")

    def drafts() -> "itertools.chain[Card]":
        for i in range(count):
            name, code, specification, unit, price = THINGS[i % len(THINGS)]
            yield Card(
                number=f"SY{2008 + i % 18}{i:06d}",
                name=name,
                specification=specification,
                property_class=classes.get(code),
                unit=unit,
                quantity=1 + i % 4,
                value=Decimal(price * (1 + i % 4)),
                acquired_on=dt.date(2008 + i % 18, 1 + i % 12, 1 + i % 28),
                department=department,
                room=rooms[i * 7 % len(rooms)],
                custodian=people[i * 11 % len(people)],
            )

    cards = drafts()
    with acting(keeper):
        while batch := list(itertools.islice(cards, 10_000)):
            enter_cards(person=keeper, date=DAY, cards=batch, summary="期初入账")


def workbook(path: Path, rows: int) -> None:
    """An asset list of ``rows`` rows as a school has it: texts, numbers and dates in 12 columns."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("资产明细")
    sheet.write_row(0, 0, HEADS)
    room_names = list(Room.objects.order_by("id").values_list("name", flat=True))
    people_names = list(Person.objects.order_by("id").values_list("name", flat=True))
    for i in range(rows):
        name, code, specification, unit, price = THINGS[i % len(THINGS)]
        line = [
            f"XZ{i:07d}", name, specification, code, unit, 1 + i % 4, price,
            f"{2010 + i % 16}-{1 + i % 12:02d}-{1 + i % 28:02d}", "总务处",
            room_names[i % len(room_names)], people_names[i % len(people_names)], f"第{1 + i % 9}批",
        ]  # fmt: skip
        sheet.write_row(i + 1, 0, line)
    book.close()
