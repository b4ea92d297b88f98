"""What a row of the asset list does to its card: finding it, blanks, amounts, doubles, names, papers."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from assets.choices import CardState, MovementKind
from assets.models import Card, Movement, PropertyClass
from assets.services.cards import enter_card
from assets.services.movements import correct
from logistics.importing.choices import RunState, Verdict
from logistics.importing.lookups import RoomWidget
from logistics.importing.models import ImportRow, ImportRun
from logistics.importing.services import commits, mending
from logistics.school.models import Person, Room
from tests.importing import lists
from tests.importing.lists import check, faults, only

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A02")]
DAY = dt.date(2026, 9, 1)


@pytest.fixture
def card(keeper):
    return lists.known_card(keeper)


# Finding the card, changing it


def test_a_card_is_found_by_its_number_and_blanks_change_nothing(keeper, card):
    run = check(keeper, ("SY1", None, None, None, None, None, None, None, "新"))
    assert only(run).changes == {"note": ["旧", "新"]}
    lists.committed(keeper, run)
    before = Card.objects.values().get(pk=card.pk)
    card.refresh_from_db()
    assert (card.note, card.name, card.quantity, card.value) == ("新", "学生课桌", 2, Decimal("336.00"))
    assert {**before, "note": "旧"} == {**Card.objects.values().get(pk=card.pk), "note": "旧"}
    assert card.history.first().history_source == run.source


@pytest.mark.parametrize("blank", ["", " ", "-", "—", "/", "无", "　"])
def test_marks_of_nothing_do_not_overwrite(keeper, card, blank):
    run = check(keeper, ("SY1", "学生课桌", None, None, None, blank, blank, None, blank))
    assert only(run).verdict == Verdict.SAME


def test_without_a_number_the_serial_number_finds_it(keeper, card):
    run = check(keeper, (None, "学生课桌", None, None, None, None, None, "SN1", "新"))
    assert (only(run).target, only(run).verdict) == (card.pk, Verdict.CHANGED)


def test_a_serial_number_stands_on_one_card_only(keeper, card):
    run = check(keeper, ("SY2", "学生课桌", 1, None, 168, None, None, "SN1", None))
    assert faults(run) == [(2, "serial_number", "rule")]


def test_a_serial_number_on_several_cards_finds_none(keeper, card):
    enter_card(person=keeper, date=DAY, number="SY2", name="课桌", serial_number="SN1")
    run = check(keeper, (None, "课桌", None, None, None, None, None, "SN1", "新"))
    assert faults(run) == [(2, "serial_number", "ambiguous")]


def test_a_void_cards_number_is_free(keeper, card):
    Card.objects.filter(pk=card.pk).update(state=CardState.VOID, quantity=0, value=0)
    assert only(check(keeper, ("SY1", "书柜", 1, None, 860))).verdict == Verdict.NEW


def test_each_kind_of_change_writes_its_paper(keeper, card):
    Room.objects.create(name="二年级(1)班")
    wang = Person.objects.create_user("wang", "王芳")
    run = check(keeper, ("SY1", "课桌", 3, None, 500, "二(1)班", "王芳", None, None))
    run = lists.committed(keeper, run)
    card.refresh_from_db()
    assert (card.room.name, card.custodian, card.quantity, card.value) == ("二年级(1)班", wang, 3, Decimal(500))
    kinds = set(Movement.objects.filter(source=run.source).values_list("kind", flat=True))
    assert kinds == {MovementKind.TRANSFER, MovementKind.CORRECTION}
    assert sum(e.quantity for e in card.entries.all()) == 3
    assert len(run.papers) == 2


def test_a_written_off_card_is_not_changed(keeper, card):
    Card.objects.filter(pk=card.pk).update(state=CardState.WRITTEN_OFF, quantity=0, value=0)
    run = check(keeper, ("SY1", None, None, None, None, None, None, None, "新"))
    assert faults(run) == [(2, "number", "rule")]


def test_no_paper_is_dated_before_a_later_one(keeper, card):
    correct(person=keeper, card=card, quantity=3, value=Decimal(500), date=dt.date(2026, 11, 20), summary="补")
    run = check(keeper, ("SY1", None, 2, None, None))
    ImportRun.objects.filter(pk=run.pk).update(date=dt.date(2026, 10, 1))
    run.refresh_from_db()
    run = lists.committed(keeper, run)
    assert run.state == RunState.PREVIEW
    assert faults(run) == [(2, "number", "rule")]


def test_nothing_is_dated_in_a_closed_term(keeper, card):
    from tests import cast

    cast.term(dt.date(2026, 9, 1), dt.date(2026, 11, 1))
    term = cast.Term.objects.get()
    cast.Term.objects.filter(pk=term.pk).update(closed_at=dt.datetime(2026, 11, 2, tzinfo=dt.UTC))
    run = check(keeper, ("SY2", "书柜", 1, None, 860))
    ImportRun.objects.filter(pk=run.pk).update(date=dt.date(2026, 10, 1))
    run.refresh_from_db()
    with pytest.raises(ValidationError):
        commits.ask_commit(run=run, whole=True)
    run.refresh_from_db()
    assert (run.state, Card.objects.count()) == (RunState.PREVIEW, 1)


# Amounts, doubles, what a new card needs


@pytest.mark.parametrize(
    ("quantity", "price", "value", "result"),
    [
        (3, "333.33", "1000.00", "1000.00"),
        (3, "100.00", None, "300.00"),
        (None, "100.00", "300.00", "quantity:missing"),
        (3, None, "300.00", "300.00"),
        (3, "100.00", "299.00", "value:amount"),
        (3, "333.33", "1000.02", "value:amount"),
        (3, "12.3456", None, "37.04"),
        (3, None, None, "value:missing"),
        (0, None, "3.00", "quantity:cell"),
        (2, None, "-3.00", "value:cell"),
    ],
)
def test_amount_is_quantity_times_price_to_the_rounding(keeper, quantity, price, value, result):
    row = only(check(keeper, ("SY1", "课桌", quantity, price, value)))
    assert result in (row.marks.strip("|"), row.values.get("value"))


def test_a_list_without_a_quantity_column_counts_one_piece_a_row(keeper):
    run = check(keeper, ("SY1", "课桌", 168), heads=("资产编号", "资产名称", "金额"))
    lists.committed(keeper, run)
    assert Card.objects.get().quantity == 1


def test_a_new_card_needs_a_name(keeper):
    assert faults(check(keeper, ("SY1", None, 1, None, 168))) == [(2, "name", "missing")]


def test_a_number_twice_in_the_file(keeper):
    run = check(keeper, ("SY1", "课桌", 1, None, 1), ("ＳＹ１", "椅", 1, None, 1), ("SY 1", "柜", 1, None, 1))
    assert faults(run) == [(3, "number", "double"), (4, "number", "double")]


def test_rows_without_a_number_get_the_next_ones(keeper):
    run = lists.committed(keeper, check(keeper, (None, "课桌", 1, None, 1), (None, "课桌", 1, None, 1)))
    assert run.state == RunState.COMMITTED
    assert [n[:2] for n in Card.objects.values_list("number", flat=True)] == ["ZC", "ZC"]


def test_texts_longer_than_their_field_are_faults(keeper):
    run = check(keeper, ("S" * 41, "课" * 81, 1, None, 1, None, None, None, "注" * 301))
    assert {fault[1] for fault in faults(run)} == {"number", "name", "note"}


def test_an_amount_that_waits_for_its_quantity_is_no_second_problem(keeper):
    assert faults(check(keeper, ("SY1", "课桌", "若干", "168", None))) == [(2, "quantity", "cell")]


# Names


@pytest.mark.parametrize("written", ["六二班教室", "六(2)班教室", "六年级2班内"])
def test_a_classroom_is_offered_for_its_class(keeper, written):
    for name in ("六年级(1)班", "六年级(2)班", "六年级(3)班", "教师办公室"):
        Room.objects.create(name=name)
    assert RoomWidget().near(written)[0] == "六年级(2)班"


@pytest.mark.parametrize("written", ["六(2)班", "六年级（2）班", "6年级2班", " 六（２）班 "])
def test_every_way_of_writing_a_room_is_that_room(keeper, written):
    room = Room.objects.create(name="六年级(2)班")
    lists.committed(keeper, check(keeper, ("SY1", "课桌", 1, None, 1, written)))
    assert Card.objects.get().room == room


def test_two_of_one_name_are_told_apart_by_the_staff_number(keeper):
    Person.objects.create_user("wang1", "王芳", staff_number="T012")
    second = Person.objects.create_user("wang2", "王芳", staff_number="T045")
    rows = [("SY1", "课桌", 1, None, 1, None, text) for text in ("王芳",)]
    assert faults(check(keeper, *rows)) == [(2, "custodian", "ambiguous")]
    rows = [(f"SY{n}", "课桌", 1, None, 1, None, text) for n, text in enumerate(("王芳 T045", "王芳(T045)", "T045"))]
    lists.committed(keeper, check(keeper, *rows))
    assert set(Card.objects.values_list("custodian", flat=True)) == {second.pk}


def test_who_left_keeps_what_he_has_but_gets_nothing_new(keeper, card):
    gone = Person.objects.create_user("gone", "马离", is_active=False)
    Card.objects.filter(pk=card.pk).update(custodian=gone)
    run = check(keeper, ("SY1", None, None, None, None, None, "马离"), ("SY2", "柜", 1, None, 1, None, "马离"))
    assert only_row(run, 2).verdict == Verdict.SAME
    assert faults(run) == [(3, "custodian", "gone")]


def only_row(run, number):
    return ImportRow.objects.get(run=run, number=number)


def test_an_unknown_class_is_a_fault_and_none_is_allowed(keeper):
    heads = ("资产编号", "资产名称", "数量", "金额", "国标分类")
    run = check(
        keeper, ("SY1", "课桌", 1, 1, "A05010203"), ("SY2", "课桌", 1, 1, "A05019999"), ("SY3", "桌", 1, 1), heads=heads
    )
    assert faults(run) == [(3, "property_class", "unknown")]
    lists.committed(keeper, run)
    assert Card.objects.get(number="SY1").property_class.code == "A05010203"
    assert Card.objects.get(number="SY3").property_class is None


def test_a_name_may_be_left_empty_by_decision(keeper):
    run = check(keeper, ("SY1", "课桌", 1, None, 1, "某处"))
    mending.settle_names(run=run, person=keeper, choices={("room", "某处"): mending.EMPTY})
    run.refresh_from_db()
    run = lists.committed(keeper, lists.done(keeper, run, "again"))
    assert Card.objects.get().room is None


def test_a_class_by_its_code_with_or_without_its_name(keeper):
    heads = ("资产编号", "资产名称", "数量", "金额", "国标分类")
    named = PropertyClass.objects.get(scheme="gb2022", code="A05010203").name
    texts = ("A05010203", "a05010203", f"A05010203{named}", f"A05010203 {named}", "Ａ05010203")
    run = check(keeper, *((f"SY{at}", "课桌", 1, 1, text) for at, text in enumerate(texts)), heads=heads)
    assert faults(run) == []
    lists.committed(keeper, run)
    assert {card.property_class.code for card in Card.objects.all()} == {"A05010203"}
    assert Card.objects.count() == len(texts)
