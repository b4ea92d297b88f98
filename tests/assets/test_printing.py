"""The papers of property: every form with its facts, totals, capitals and boxes; who gets which; each also as Excel."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from assets import printing
from assets.choices import MovementKind
from assets.models import Card, Movement, PropertyClass, RoomConfirmation
from assets.queries.rooms import cards_in
from assets.services.confirmations import ask, confirm
from assets.services.movements import change_custodian, correct, reclassify, reverse, split, transfer
from assets.standing import stamp
from logistics.printing.choices import Output, PrintState
from logistics.printing.papers import LineKind, Paper
from logistics.printing.services import print_paper
from logistics.school.models import Room
from tests import cast
from tests.assets import stock

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R03")]
DAY = dt.date(2026, 9, 1)
OCTOBER = dt.date(2026, 10, 8)


@pytest.fixture
def room(teacher):
    cast.school()
    return cast.room("六年级(2)班", teacher)


@pytest.fixture
def store(keeper):
    return cast.room("总务仓库", keeper)


@pytest.fixture
def chairs(keeper, teacher, room):
    return stock.card(
        keeper,
        name="学生椅",
        unit="把",
        quantity=40,
        value=Decimal("3680.00"),
        room=room,
        custodian=teacher,
        property_class=stock.property_class("A05010304"),
        summary="期初建账",
    )


@pytest.fixture
def moved(keeper, chairs, store):
    """Ten of the chairs are in the store since October."""
    part = split(person=keeper, card=chairs, quantity=10, date=OCTOBER)
    return transfer(person=keeper, cards=[part], room=store, custodian=keeper, date=OCTOBER, summary="多余")


def entries(paper: Paper) -> list[tuple[object, ...]]:
    return [line.cells for line in paper.lines if line.kind is LineKind.ENTRY]


def fact(paper: Paper, label: str) -> str:
    return next(fact.text for fact in paper.facts if fact.label == label)


def test_the_card_says_what_the_form_has(keeper, chairs):
    chairs.fiscal_funds, chairs.brand = Decimal("3680.00"), "晨光"
    chairs.save()
    (paper,) = printing.asset_cards(keeper, cards=[chairs.pk], on="2026-12-31", site="https://zongwu.example.cn")

    assert (paper.number, paper.school) == ("ZC2026-00001", "阳光小学")
    assert fact(paper, "资产名称") == "学生椅"
    assert fact(paper, "资产分类") == "A05010304 教学、实验椅凳（GB/T 14885-2022）"
    assert fact(paper, "价值大写") == "叁仟陆佰捌拾元整"
    assert fact(paper, "累计折旧") == "245.33"  # 3680 over 60 months, 4 of them
    assert fact(paper, "净值") == "3,434.67"
    assert paper.link == "https://zongwu.example.cn/a/ZC2026-00001"
    assert entries(paper) == [(DAY, "RZ2026-00001", "入账：期初建账", 40, Decimal("3680.00"), "六年级(2)班", "郑小燕")]


def test_the_room_ledger_has_its_columns_and_balance(keeper, room, moved):
    (paper,) = printing.room_ledgers(keeper, rooms=[room.pk], last="2026-11-01")

    heads = [(column.group, column.head) for column in paper.columns]
    assert heads == [
        ("", "日期"), ("", "凭证号"), ("", "摘要"), ("", "单位"),
        ("增加", "数量"), ("增加", "单价"), ("增加", "金额"),
        ("减少", "数量"), ("减少", "单价"), ("减少", "金额"),
        ("结存", "数量"), ("结存", "金额"), ("", "保管人"),
    ]  # fmt: skip
    assert entries(paper)[0][:3] == (DAY, "RZ2026-00001", "入账 学生椅 ZC2026-00001：期初建账")
    assert entries(paper)[-1][-3:] == (30, Decimal("2760.00"), "郑小燕")
    assert paper.capitals_of == Decimal("2760.00")
    assert [box.label for box in paper.signatures] == ["制表", "审核", "保管员", "校长"]
    assert fact(paper, "责任人") == "郑小燕"


def test_a_ledger_of_a_later_period_begins_with_its_opening(keeper, room, moved):
    (paper,) = printing.room_ledgers(keeper, rooms=[room.pk], first="2026-11-01", last="2026-11-30")

    assert entries(paper) == [(dt.date(2026, 11, 1), "", "期初结存", "", *(None,) * 6, 30, Decimal("2760.00"), "")]


def test_the_general_ledger_in_three_depths(keeper, moved):
    def lines(by: str) -> list[tuple[str, object, object]]:
        paper = printing.general_ledger(keeper, by=by, first="2026-01-01", last="2026-11-01")
        assert paper.capitals_of == Decimal("3680.00")
        return [(line.kind.value, line.cells[0], line.cells[-1]) for line in paper.lines]

    worth = Decimal("3680.00")
    assert lines("top") == [("entry", "A05000000", worth)]
    assert lines("sub") == [("subtotal", "A05000000", worth), ("entry", "A05010000", worth)]
    assert lines("item") == [
        ("subtotal", "A05000000", worth),
        ("subtotal", "A05010000", worth),
        ("entry", "A05010304", worth),
    ]
    assert [line[1:] for line in lines("room")] == [("六年级(2)班", Decimal(2760)), ("总务仓库", Decimal(920))]


def test_what_has_no_class_is_not_left_out(keeper, room):
    stock.card(keeper, room=room)
    paper = printing.general_ledger(keeper, by="item", first="2026-01-01", last="2026-11-01")

    assert entries(paper)[-1][1] == "未分类"
    assert paper.capitals_of == Decimal("4580.00")


def test_the_general_ledger_of_one_class(keeper, chairs):
    stock.card(keeper, property_class=stock.property_class())
    furniture = PropertyClass.objects.get(code="A05000000")

    assert printing.general_ledger(keeper, under=furniture.pk).capitals_of == Decimal("3680.00")
    assert printing.class_ledger(keeper, property_class=furniture.pk).capitals_of == Decimal("3680.00")
    assert printing.department_ledger(keeper, department=cast.department().pk).lines == ()


def test_the_transfer_form_says_from_where_to_where(keeper, moved):
    paper = printing.movement(keeper, movement=moved.pk)

    assert (paper.title, paper.number, fact(paper, "事由")) == ("固定资产调拨单", "DB2026-00001", "多余")
    assert entries(paper) == [
        (1, "ZC2026-00002", "学生椅", "", "把", 10, Decimal("920.00"), "六年级(2)班", "郑小燕", "总务仓库", "钱保华")
    ]
    assert [box.label for box in paper.signatures] == ["移交人", "接收人", "保管员", "总务主任"]
    assert paper.capitals_of == Decimal("920.00")


def test_every_kind_of_paper_has_its_form(keeper, chairs, moved):
    correct(person=keeper, card=chairs, quantity=29, value=Decimal("2668.00"), date=OCTOBER, summary="少一把")
    reclassify(person=keeper, cards=[chairs], property_class=stock.property_class("A05010301"), date=OCTOBER)
    reverse(person=keeper, movement=Movement.objects.latest("pk"), date=OCTOBER, summary="写错")
    papers = {paper.kind: printing.movement(keeper, movement=paper.pk) for paper in Movement.objects.all()}

    assert {kind: paper.title for kind, paper in papers.items()} == {
        "entry": "固定资产入账单",
        "split": "固定资产拆分单",
        "transfer": "固定资产调拨单",
        "correction": "固定资产更正单",
        "reclassification": "固定资产分类调整单",
        "reversal": "固定资产冲销单",
    }
    assert papers["split"].capitals_of is None
    assert [line[5:7] for line in entries(papers["split"])] == [(-10, Decimal(-920)), (10, Decimal(920))]
    assert entries(papers["correction"])[0][5:7] == (-1, Decimal("-92.00"))
    assert entries(papers["reclassification"])[0][-2:] == ("A05010304 教学、实验椅凳", "A05010301 办公椅")
    assert fact(papers["reversal"], "冲销单号") == "FL2026-00001"


def test_the_months_changes_by_kind(keeper, moved):
    paper = printing.months_changes(keeper, month="2026-10")

    assert [line.cells[0] for line in paper.lines if line.kind is LineKind.HEADING] == ["房间调拨", "批次拆分"]
    assert [cells[1] for cells in entries(paper)] == ["DB2026-00001", "CF2026-00001"]
    assert entries(paper)[0][-3:] == (10, Decimal("920.00"), "钱保华")
    assert fact(paper, "期初结存") == fact(paper, "期末结存") == "40 件，3,680.00 元"


def test_the_list_of_a_room_is_signed(keeper, teacher, room, chairs, store):
    (asked,) = ask(person=keeper, rooms=[room], reason="期末清点")
    waiting = printing.confirmation(teacher, confirmation=asked.pk)
    assert entries(waiting)[0][1:7] == ("ZC2026-00001", "学生椅", "", "把", 40, Decimal("3680.00"))
    assert waiting.signatures[0].name == ""

    confirm(person=teacher, confirmation=asked, seen=stamp(cards_in(room)))
    transfer(person=keeper, cards=[chairs], room=store, date=OCTOBER)
    signed = printing.confirmation(teacher, confirmation=asked.pk)
    assert entries(signed) == entries(waiting)  # as it was signed, not as it is now
    assert (signed.signatures[0].label, signed.signatures[0].name) == ("责任人", "郑小燕")
    assert signed.signatures[0].day
    assert signed.capitals_of == Decimal("3680.00")
    (now,) = printing.room_lists(teacher, rooms=[room.pk])
    assert entries(now) == []


def test_others_rooms_and_cards_are_not_printed(keeper, stranger, room, chairs, moved):
    (asked,) = ask(person=keeper, rooms=[room])
    for attempt, missing in (
        (lambda: printing.asset_cards(stranger, cards=[chairs.pk]), Card.DoesNotExist),
        (lambda: printing.room_lists(stranger, rooms=[room.pk]), Room.DoesNotExist),
        (lambda: printing.movement(stranger, movement=moved.pk), Movement.DoesNotExist),
        (lambda: printing.confirmation(stranger, confirmation=asked.pk), RoomConfirmation.DoesNotExist),
    ):
        with pytest.raises(missing):
            attempt()


@pytest.mark.requirement("O02")
def test_ledgers_and_labels_are_printed_by_who_may(stranger, room):
    for form, parameters in (
        (printing.general_ledger, {}),
        (printing.room_ledgers, {"rooms": [room.pk]}),
        (printing.months_changes, {"month": "2026-10"}),
        (printing.labels, {"cards": [], "form": "a4-3x8", "site": "https://x"}),
    ):
        with pytest.raises(PermissionDenied):
            print_paper(person=stranger, form=form, parameters=parameters)


@pytest.mark.requirement("A12")
def test_labels_carry_number_name_room_and_address(keeper, chairs):
    sheet = printing.labels(keeper, cards=[chairs.pk], form="a4-3x8", site="https://zongwu.example.cn", start=2)
    (label,) = sheet.labels

    assert (label.name, label.number, label.room) == ("学生椅", "ZC2026-00001", "六年级(2)班")
    assert label.address == "https://zongwu.example.cn/a/ZC2026-00001"
    assert (sheet.start, sheet.school) == (2, "阳光小学")


def test_each_form_becomes_a_pdf_and_a_sheet(keeper, room, chairs, moved, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for form, parameters in (
        (printing.asset_cards, {"cards": [chairs.pk]}),
        (printing.movement, {"movement": moved.pk}),
        (printing.room_lists, {"rooms": [room.pk]}),
        (printing.general_ledger, {"by": "item", "last": "2026-11-01"}),
        (printing.class_ledger, {"property_class": chairs.property_class_id}),
        (printing.room_ledgers, {"rooms": [room.pk]}),
        (printing.custodian_ledger, {"custodian": keeper.pk}),
        (printing.months_changes, {"month": "2026-10"}),
    ):
        pdf = print_paper(person=keeper, form=form, parameters=parameters)
        sheet = print_paper(person=keeper, form=form, parameters=parameters, output=Output.XLSX)
        assert pdf.state == sheet.state == PrintState.DONE, form
        assert pdf.file.read().startswith(b"%PDF-")
        cells = [cell.value for row in openpyxl.load_workbook(io.BytesIO(sheet.file.read())).active for cell in row]
        assert "阳光小学" in cells or any("阳光小学" in str(cell) for cell in cells)


def test_no_query_for_each_line(keeper, room, store, django_assert_max_num_queries):
    for _ in range(8):
        stock.card(keeper, room=room, property_class=stock.property_class())
    transfer(person=keeper, cards=list(Card.objects.all()), room=store, date=OCTOBER)
    paper = Movement.objects.get(kind=MovementKind.TRANSFER)
    for build in (
        lambda: printing.movement(keeper, movement=paper.pk),
        lambda: printing.room_ledgers(keeper, rooms=[store.pk]),
        lambda: printing.room_lists(keeper, rooms=[store.pk]),
        lambda: printing.months_changes(keeper, month="2026-10"),
        lambda: printing.general_ledger(keeper, by="item"),
    ):
        with django_assert_max_num_queries(9):
            build()


def test_a_paper_is_printed_with_the_cards_one_may_see(keeper, teacher, room, store, chairs):
    other = stock.card(keeper, name="保险柜", room=store)
    paper = change_custodian(person=keeper, cards=[chairs, other], custodian=keeper, date=OCTOBER)
    assert [line.cells[2] for line in printing.movement(teacher, movement=paper.pk).lines] == ["学生椅"]
    assert len(printing.movement(keeper, movement=paper.pk).lines) == 2


def test_a_classrooms_ledger_names_its_class_and_teacher(keeper, teacher):
    cast.school()
    cast.term()
    classroom = cast.room("201室")
    cast.school_class(homeroom=teacher, place=classroom)
    with time_machine.travel(dt.datetime(2026, 11, 20, 4, tzinfo=dt.UTC)):
        (paper,) = printing.room_ledgers(keeper, rooms=[classroom.pk])
    facts = {fact.label: fact.text for fact in paper.facts}
    assert (facts["班级"], facts["责任人"]) == ("六年级(2)班", "郑小燕")


def test_a_reversed_transfer_says_what_went_back(keeper, chairs, store):
    gone = transfer(person=keeper, cards=[chairs], room=store, date=OCTOBER)
    back = reverse(person=keeper, movement=gone, date=OCTOBER, summary="误开")
    paper = printing.movement(keeper, movement=back.pk)
    (line,) = paper.lines
    assert line.cells[5:8] == (40, Decimal("3680.00"), "总务仓库")
    assert line.cells[9] == "六年级(2)班"
    assert paper.capitals_of == Decimal("3680.00")
