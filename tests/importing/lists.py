"""Lists to upload in tests, and the school that the sample list is from."""

import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from assets.models import Card
from assets.services.cards import enter_card
from logistics.base.history import acting
from logistics.importing.models import ImportRow, ImportRun
from logistics.importing.services import commits, uploads, work
from logistics.school.models import Department, Person, Room

DATA = Path(__file__).parent / "data"
SAMPLE = (DATA / "asset-list-2026.xlsx").read_bytes()
ANSWER = json.loads((DATA / "answer.json").read_text())
HEADS = ("资产编号", "资产名称", "数量", "单价", "金额", "购置日期", "存放地点", "保管人")
CARD_HEADS = ("资产编号", "资产名称", "数量", "单价", "金额", "存放地点", "保管人", "序列号", "备注")


def workbook(*rows, heads=HEADS, sheet="Sheet1") -> bytes:
    """An .xlsx with one sheet; rows are written from row 2."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"})
    page = book.add_worksheet(sheet)
    for number, row in enumerate([heads, *rows]):
        for column, value in enumerate(row):
            if value is not None:
                page.write(number, column, float(value) if isinstance(value, Decimal) else value)
    book.close()
    return file.getvalue()


def upload(data: bytes, name: str = "list.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def checked(person: Person, data: bytes, kind: str = "cards", **columns) -> ImportRun:
    """A run of this list whose proposed columns were confirmed and whose rows were checked."""
    with acting(person):
        run = uploads.begin(person=person, kind=kind, upload=upload(data))
        return confirmed(person, run)


def confirmed(person: Person, run: ImportRun) -> ImportRun:
    used = {at for at, table in enumerate(run.tables) if table["use"]}
    matches = {at: {int(p): n for p, n in table["map"].items()} for at, table in enumerate(run.tables)}
    uploads.choose_columns(run=run, used=used, matches=matches)
    return done(person, run, "check")


def done(person: Person, run: ImportRun, step: str) -> ImportRun:
    with acting(person):
        work.perform(run.pk, step, run.attempt, person)
    run.refresh_from_db()
    return run


def committed(person: Person, run: ImportRun, *, whole: bool = False) -> ImportRun:
    commits.ask_commit(run=run, whole=whole)
    return done(person, run, "commit")


def undone(person: Person, run: ImportRun) -> ImportRun:
    commits.ask_undo(run=run)
    return done(person, run, "undo")


def names_of_sample() -> dict[str, set[str]]:
    """The rooms, people and departments that the sample names, as it writes them first."""
    import openpyxl

    from logistics.base.names import name_key

    found: dict[str, dict[str, str]] = {"department": {}, "room": {}, "person": {}}
    for sheet in openpyxl.load_workbook(io.BytesIO(SAMPLE)):
        for row in sheet.iter_rows(min_row=5, values_only=True):
            for kind, column in (("department", 10), ("room", 11), ("person", 12)):
                text = row[column]
                if isinstance(text, str) and text.strip() and "小计" not in text:
                    found[kind].setdefault(name_key(text), text.strip())
    return {kind: set(names.values()) for kind, names in found.items()}


def school_of_sample() -> None:
    for kind, names in names_of_sample().items():
        for number, name in enumerate(sorted(names)):
            if kind == "department":
                Department.objects.create(name=name)
            elif kind == "room":
                Room.objects.create(name=name)
            else:
                Person.objects.create_user(f"p{number}", name)


def known_card(keeper: Person) -> Card:
    """SY1, two desks for 336 yuan in 一年级(1)班, entered on 2026-09-01."""
    return enter_card(
        person=keeper,
        date=dt.date(2026, 9, 1),
        number="SY1",
        name="学生课桌",
        quantity=2,
        value=Decimal("336.00"),
        room=Room.objects.create(name="一年级(1)班"),
        serial_number="SN1",
        note="旧",
    )


def check(keeper: Person, *rows, heads=CARD_HEADS) -> ImportRun:
    return checked(keeper, workbook(*rows, heads=heads))


def only(run: ImportRun) -> ImportRow:
    return ImportRow.objects.get(run=run)


def faults(run: ImportRun) -> list[tuple[int, str, str]]:
    return [(row.number, fault[0], fault[1]) for row in ImportRow.objects.filter(run=run) for fault in row.faults]
