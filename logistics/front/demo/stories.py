"""Stories in progress: a room just handed over, rooms not yet confirmed, a deputy, an import half mended."""

import datetime as dt
from io import BytesIO

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from assets.models import RoomConfirmation
from assets.queries.rooms import cards_in
from assets.services import confirmations
from assets.standing import stamp
from logistics.base.history import acting
from logistics.importing.choices import Verdict
from logistics.importing.models import ImportRow, ImportRun
from logistics.importing.services import mending, uploads, work
from logistics.school.choices import Role
from logistics.school.models import Person, RoleAssignment, Room

CONFIRMED = ["三年级(1)班", "三年级(2)班", "图书室"]
WAITING = ["一年级(1)班", "一年级(2)班", "一年级(3)班", "六年级(3)班", "食堂操作间"]


def build_stories(*, keeper: Person, rooms: dict[str, Room], people: dict[str, Person], today: dt.date) -> None:
    with acting(keeper):
        _rooms(keeper, rooms, people, today)
        _deputy(keeper, people["何秋菊"], today)
        _import(keeper, today)


def _rooms(keeper: Person, rooms: dict[str, Room], people: dict[str, Person], today: dt.date) -> None:
    """The laboratory changed hands today; some rooms are confirmed, some wait."""
    confirmations.ask(person=keeper, rooms=[rooms[name] for name in CONFIRMED + WAITING], reason="学期初财产核对")
    confirmations.hand_over(
        person=keeper, room=rooms["科学实验室"], to=people["韩雨桐"], date=today, note="黄海燕老师调往教研室"
    )
    for waiting in RoomConfirmation.objects.filter(room__name__in=CONFIRMED).select_related("person", "room"):
        with acting(waiting.person):
            seen = stamp(list(cards_in(waiting.room)))
            confirmations.confirm(person=waiting.person, confirmation=waiting, seen=seen)


def _deputy(keeper: Person, deputy: Person, today: dt.date) -> None:
    """The keeper is away next week; somebody stands in and is back out by itself."""
    RoleAssignment.objects.create(
        person=deputy,
        role=Role.KEEPER,
        deputy_for=keeper,
        first_day=today + dt.timedelta(days=7),
        last_day=today + dt.timedelta(days=11),
    )


LIST_HEADS = [
    "序号",
    "资产名称",
    "规格型号",
    "国标分类",
    "计量单位",
    "数量",
    "单价(元)",
    "购置日期",
    "存放地点",
    "保管人",
]
NEW_THINGS = [
    (
        "便携式计算机",
        "i5/16G/512G 14英寸",
        "A02010108",
        "台",
        5990,
        ["教导处", "语文组办公室", "数学组办公室", "财务室"],
    ),
    ("学生课桌", "600×400×760mm 可升降", "A05010203", "张", 175, ["一年级(1)班", "一年级（2）班", "一(3)班"]),
    ("打印机", "A4 黑白激光 双面", "A02021003", "台", 1390, ["总务处", "档案室"]),
    ("饮水机", "冷热 立式", "", "台", 598, ["图书室", "会议室", "门卫室"]),
]
MISTAKES = {1: (5, "若干"), 4: (7, "2026年13月"), 6: (8, "六年级(4)班"), 9: (9, "王建"), 10: (6, "面议")}


def _import(keeper: Person, today: dt.date) -> None:
    """This autumn's purchases came as a list; two of its faulty rows are mended, the rest wait."""
    upload = SimpleUploadedFile(f"{today.year}年秋季新购资产.xlsx", _autumn_list(today))
    run = uploads.begin(person=keeper, kind="cards", upload=upload)
    proposed = {int(place): name for place, name in run.tables[0]["map"].items()}
    run = uploads.choose_columns(run=run, used={0}, matches={0: proposed})
    work.start(run, "check", keeper)
    for row, (column, text) in zip(_faulty(run)[:2], [("quantity", "2"), ("acquired_on", "2026-09")], strict=True):
        mending.mend_row(run=run, row=row, cells={column: text})


def _faulty(run: ImportRun) -> list[ImportRow]:
    return list(ImportRow.objects.filter(run=run, verdict=Verdict.FAULTY).order_by("number"))


def _autumn_list(today: dt.date) -> bytes:
    """The workbook as the purchaser made it, title above the heads, mistakes included."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("新购")
    sheet.merge_range(0, 0, 0, len(LIST_HEADS) - 1, f"第一实验小学{today.year}年秋季新购资产清单")
    sheet.write_row(1, 0, LIST_HEADS)
    lines = [(thing, room) for *thing, rooms in NEW_THINGS for room in rooms]
    for at, ((name, specification, code, unit, price), room) in enumerate(lines):
        cells = [at + 1, name, specification, code, unit, 1 + at % 3, price, f"{today.year}年9月", room, ""]
        if at in MISTAKES:
            place, text = MISTAKES[at]
            cells[place] = text
        sheet.write_row(2 + at, 0, cells)
    book.close()
    return stream.getvalue()
