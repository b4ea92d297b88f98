"""Undoing an import: everything back as it was, or a refusal that names each card and leaves nothing half undone."""

import datetime as dt
from decimal import Decimal

import pytest

from assets.choices import CardState, MovementKind
from assets.models import Card, LedgerEntry, Movement
from assets.rules import MovementRefused, Refused
from assets.services.cards import change_description, change_descriptions, enter_cards
from assets.services.movements import correct, move_cards, reclassify, reverse, split, transfer
from assets.services.undo import undo_import
from logistics.base.history import acting
from tests import cast
from tests.assets import stock

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A02", "O05")]
DAY = dt.date(2026, 9, 1)
LATER = dt.date(2026, 10, 8)
SOURCE = "import:12"


@pytest.fixture
def room(db):
    return cast.room()


@pytest.fixture
def old(keeper):
    """A card that was there before the import."""
    return stock.card(keeper, number="A-1", brand="联想", property_class=stock.property_class())


@pytest.fixture
def imported(keeper, room, old):
    """The import enters two cards, and moves, corrects, reclassifies and describes the old one."""
    with acting(keeper, source=SOURCE):
        cards = [Card(name="课桌", number=f"N-{i}", value=Decimal("168.00"), room=room) for i in (1, 2)]
        enter_cards(person=keeper, date=LATER, cards=cards, summary="导入")
        transfer(person=keeper, cards=[old], room=room, date=LATER)
        correct(person=keeper, card=old, quantity=2, value=Decimal("9000.00"), date=LATER, summary="导入")
        reclassify(person=keeper, cards=[old], property_class=stock.property_class("A05010201"), date=LATER)
        change_descriptions(person=keeper, changes={old: {"brand": "同方", "name": "计算机"}})
    return cards


def test_everything_is_as_it_was(keeper, old, imported):
    undone = undo_import(person=keeper, source=SOURCE, date=LATER, summary="重新导入")

    old.refresh_from_db()
    assert [paper.reverses.kind for paper in undone.reversals] == [
        MovementKind.RECLASSIFICATION,
        MovementKind.CORRECTION,
        MovementKind.TRANSFER,
        MovementKind.ENTRY,
    ]
    assert undone.restored == 1
    assert (old.name, old.brand, old.room, old.quantity, old.value) == ("台式计算机", "联想", None, 1, Decimal(4580))
    assert (old.property_class.code, old.life_months) == ("A02010105", 72)
    assert old.name_sort.startswith("tai2")
    assert {card.state for card in Card.objects.filter(number__startswith="N-")} == {CardState.VOID}
    assert sum(entry.value for entry in LedgerEntry.objects.all()) == Decimal(4580)


def test_the_numbers_are_free_for_the_next_import(keeper, imported):
    undo_import(person=keeper, source=SOURCE, date=LATER)

    enter_cards(person=keeper, date=LATER, cards=[Card(name="课桌", number="N-1")])
    assert Card.objects.filter(number="N-1").count() == 2


def test_an_import_is_undone_once(keeper, imported):
    undo_import(person=keeper, source=SOURCE, date=LATER)
    with pytest.raises(Refused):
        undo_import(person=keeper, source=SOURCE, date=LATER)
    with pytest.raises(Refused):
        undo_import(person=keeper, source="import:99", date=LATER)


def everything() -> tuple[object, ...]:
    return (list(Card.objects.order_by("pk").values()), Movement.objects.count(), LedgerEntry.objects.count())


def test_later_papers_are_named_and_nothing_is_undone(keeper, old, imported):
    elsewhere = cast.room("总务仓库")
    moved = transfer(person=keeper, cards=[imported[0], old], room=elsewhere, date=LATER)
    before = everything()

    with pytest.raises(MovementRefused) as refusal:
        undo_import(person=keeper, source=SOURCE, date=LATER)
    assert len(refusal.value.messages) == 2
    assert all(moved.number in message for message in refusal.value.messages)
    assert {"A-1", "N-1"} <= {message.split()[0] for message in refusal.value.messages}
    assert refusal.value.papers == [moved]
    assert everything() == before


def test_a_later_paper_that_was_reversed_is_not_in_the_way(keeper, imported):
    split_off = stock.card(keeper, number="B-1", quantity=2)
    split(person=keeper, card=split_off, quantity=1, date=LATER)
    moved = transfer(person=keeper, cards=imported, room=cast.room("总务仓库"), date=LATER)
    reverse(person=keeper, movement=moved, date=LATER)

    assert len(undo_import(person=keeper, source=SOURCE, date=LATER).reversals) == 4


def test_later_edits_are_named_and_nothing_is_undone(keeper, old, imported):
    change_description(person=keeper, card=old, note="后补")
    change_description(person=keeper, card=imported[1], note="后补")
    before = everything()

    with pytest.raises(Refused) as refusal:
        undo_import(person=keeper, source=SOURCE, date=LATER)
    assert [message.split()[0] for message in refusal.value.messages] == ["A-1", "N-2"]
    assert everything() == before


def test_an_edit_between_two_parts_of_an_import_is_noticed(keeper, old, imported):
    change_description(person=keeper, card=old, note="后补")
    with acting(keeper, source=SOURCE):
        change_descriptions(person=keeper, changes={old: {"brand": "方正"}})

    with pytest.raises(Refused, match="A-1"):
        undo_import(person=keeper, source=SOURCE, date=LATER)


def test_an_import_of_descriptions_only_is_restored_without_a_paper(keeper, old):
    with acting(keeper, source=SOURCE):
        change_descriptions(person=keeper, changes={old: {"brand": "同方"}})
    undone = undo_import(person=keeper, source=SOURCE, date=LATER)

    old.refresh_from_db()
    assert (undone.reversals, undone.restored, old.brand) == ([], 1, "联想")


def test_no_reversal_is_dated_in_a_closed_term(keeper, imported):
    term = cast.term(dt.date(2026, 9, 1), dt.date(2026, 10, 31))
    type(term).objects.filter(pk=term.pk).update(closed_at="2026-11-01T00:00Z")
    with pytest.raises(Refused):
        undo_import(person=keeper, source=SOURCE, date=LATER)


def test_thousands_are_undone_in_few_statements(keeper, room, django_assert_max_num_queries):
    with acting(keeper, source=SOURCE):
        cards = [Card(name="课椅", value=Decimal("92.00")) for _ in range(400)]
        enter_cards(person=keeper, date=DAY, cards=cards)
        changes = {card: {"room": room} for card in cards}
        move_cards(person=keeper, date=DAY, kind=MovementKind.TRANSFER, changes=changes)
    with django_assert_max_num_queries(220):
        undo_import(person=keeper, source=SOURCE, date=LATER)
    assert not Card.objects.in_ledger().exists()
