"""Export, then import: nothing has changed, whatever stands in the cells."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from assets.choices import Acquisition, Condition, Procurement, ValueKind
from assets.imports import CardSpec
from assets.models import Card, PropertyClass
from assets.services.cards import enter_card, enter_cards
from logistics.importing.choices import Verdict
from logistics.importing.export import exported
from logistics.importing.models import ImportRow, ImportRun
from logistics.importing.school import ClassSpec, RoomSpec, StaffSpec
from logistics.school.models import Building, Department, Person, Room
from tests import cast
from tests.importing import lists
from tests.importing.test_pages import confirm

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A02", "O01")]
DAY = dt.date(2026, 9, 1)
NASTY = [
    "=1+1", "'=1+1", "+86", "-5", "@SUM(A1)", "-", "—", "无", "0123", "1e5", "TRUE", "2020-01-01", "3台", "１２３",
    "a  b", " 前后 ", "一,二", '引"号', "x\ty", "_x0041_", "同上", "#N/A", "<b>&amp;", "汉字😀", "'", "''", "若干",
    "五年级(1)班", "(3)",
]  # fmt: skip


def verdicts(run):
    rows = ImportRow.objects.filter(run=run)
    wrong = [(r.number, r.verdict, r.changes, r.faults, r.values) for r in rows if r.verdict != Verdict.SAME]
    return wrong, rows.count()


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_cards_with_every_field(keeper, form):
    school = {
        "room": Room.objects.create(name="六年级(2)班"),
        "department": Department.objects.create(name="总务处"),
        "managing_department": Department.objects.create(name="教导处"),
        "custodian": Person.objects.create_user("wang1", "王芳", staff_number="T012"),
        "property_class": PropertyClass.objects.filter(scheme="gb2010", level=2).first(),
    }
    Person.objects.create_user("wang2", "王芳")
    days = dict.fromkeys(("acquired_on", "in_use_from", "booked_on", "warranty_until"), DAY)
    choices = zip(Acquisition, [*Procurement, ""] * 2, [*ValueKind] * 2, [*Condition] * 2, strict=False)
    for number, choice in enumerate(choices):
        enter_card(
            person=keeper,
            date=DAY,
            number=f"ZC-{number}",
            name="钢琴",
            quantity=3,
            value=Decimal("1000.01"),
            fiscal_funds=Decimal("0.01"),
            other_funds=Decimal("1000.00"),
            life_months=0,
            acquisition=choice[0],
            procurement=choice[1],
            value_kind=choice[2],
            condition=choice[3],
            **days,
            **school,
        )
    Card.objects.filter(number="ZC-0").update(custodian=Person.objects.get(username="wang2"))
    run = lists.checked(keeper, exported(CardSpec(), form))
    assert verdicts(run) == ([], len(Acquisition))


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_nasty_texts(keeper, form):
    texts = ("name", "note", "specification", "brand", "manufacturer", "voucher_number")
    cards = [
        Card(number=f"N{n}", serial_number=f"S{n}", quantity=1, value=1, unit="个", **dict.fromkeys(texts, text[:30]))
        for n, text in enumerate(NASTY)
    ]
    enter_cards(person=keeper, date=DAY, cards=cards)
    data = exported(CardSpec(), form)
    wrong, count = verdicts(lists.checked(keeper, data))
    assert (wrong, count) == ([], len(NASTY))


def test_numbers_in_full_width_or_with_spaces_are_found_again(keeper):
    for number in ("ＡＢ 12", "AB12", "'77", "00123"):
        enter_card(person=keeper, date=DAY, number=number, name="柜", quantity=1, value=1)
    wrong, count = verdicts(lists.checked(keeper, exported(CardSpec(), "xlsx")))
    assert ([w[0:2] for w in wrong], count) == ([], 4)


def test_no_cell_of_an_export_is_a_formula(keeper):
    enter_card(person=keeper, date=DAY, number="=2+3", name="=cmd|' /C calc'!A0", quantity=1, value=1)
    sheet = openpyxl.load_workbook(io.BytesIO(exported(CardSpec(), "xlsx"))).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert "\n'=2+3," in exported(CardSpec(), "csv").decode("utf-8-sig").replace("\r", "")


def test_the_schools_own_lists(director):
    building = Building.objects.create(name="教学楼", floors=4)
    teacher = cast.teacher()
    Person.objects.filter(pk=teacher.pk).update(staff_number="T1", phone="10000000000", email="a@b.cn")
    department = Department.objects.create(name="教导处")
    room = Room.objects.create(name="六年级(2)班", number="301", building=building, floor=3, responsible=teacher)
    Person.objects.filter(pk=teacher.pk).update(department=department, office=room)
    cast.term()
    cast.school_class(teacher, room)
    for spec in (StaffSpec, RoomSpec, ClassSpec):
        wrong, count = verdicts(lists.checked(director, exported(spec(), "xlsx"), spec.slug))
        assert not wrong, (spec, wrong)
        assert count


def test_the_librarys_own_export_says_the_same(keeper):
    enter_card(
        person=keeper, date=DAY, number="N1", name="柜", quantity=2, value=3, room=Room.objects.create(name="库房")
    )
    data = CardSpec().export(Card.objects.all())
    assert data.headers[0] == "资产编号"
    row = dict(zip(data.headers, data[0], strict=True))
    assert (row["资产编号"], row["存放地点"], row["单价"], row["使用状况"]) == ("N1", "库房", Decimal("1.50"), "在用")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_list_as_the_page_hands_it_out(as_person, keeper, form):
    """Both doors: the page of imports, and the button over the list of cards with what it is filtered by."""
    room = Room.objects.create(name="六年级(2)班")
    person = Person.objects.create_user("p1", "=王芳")
    cards = [
        Card(number=f"N{n}", name=text, note=text, quantity=2, value=3, room=room, custodian=person)
        for n, text in enumerate(("=1+1", "+86", "-5 度柜", "@桌", "'@桌", "=HYPERLINK(1)", "普通柜"))
    ]
    enter_cards(person=keeper, date=DAY, cards=cards)
    client = as_person(keeper)
    addresses = [reverse("importing:export", args=["cards", form])]
    addresses += [reverse("assets:card-list") + "?export=xlsx"] if form == "xlsx" else []
    for address in addresses:
        answer = client.get(address)
        data = b"".join(answer.streaming_content) if answer.streaming else answer.content
        client.post(reverse("importing:run-create", args=["cards"]), {"file": lists.upload(data, f"list.{form}")})
        run = ImportRun.objects.latest("pk")
        confirm(client, run)
        assert verdicts(run) == ([], 7), address
