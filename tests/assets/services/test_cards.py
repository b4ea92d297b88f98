"""Entering cards: number, entry, trail; and describing them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from assets.choices import CardState, MovementKind, ValueKind
from assets.models import Card, LedgerEntry, Movement
from assets.rules import Refused
from assets.services.cards import change_description, change_descriptions, enter_card, enter_cards
from assets.services.movements import reverse
from logistics.base.history import acting
from logistics.base.sealed import SealedError
from tests import cast
from tests.assets import stock

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A01")]
DAY = dt.date(2026, 9, 1)


def test_a_card_is_entered_with_its_paper_and_entry(keeper):
    room = cast.room()
    card = stock.card(keeper, room=room, quantity=3, property_class=stock.property_class(), summary="新购")

    paper = Movement.objects.get()
    entry = LedgerEntry.objects.get()
    assert (card.number, card.state, card.booked_on) == ("ZC2026-00001", CardState.IN_LEDGER, DAY)
    assert (paper.number, paper.kind, paper.date, paper.made_by) == ("RZ2026-00001", MovementKind.ENTRY, DAY, keeper)
    assert (entry.card, entry.room, entry.quantity, entry.value) == (card, room, 3, Decimal("4580.00"))
    assert card.life_months == 72


@pytest.mark.requirement("O05")
def test_the_trail_says_who_for_whom_and_from_which_import(keeper, director):
    with acting(keeper, on_behalf_of=director, source="import:7"):
        card = stock.card(keeper)

    row = card.history.get()
    paper = Movement.objects.get()
    assert (row.history_user, row.history_on_behalf_of, row.history_source) == (keeper, director, "import:7")
    assert (paper.made_by, paper.on_behalf_of, paper.source) == (keeper, director, "import:7")


@pytest.mark.parametrize(
    ("code", "fields", "months"),
    [
        ("A02010105", {}, 72),
        ("A04010101", {}, 0),  # books
        ("A02010105", {"value_kind": ValueKind.NOMINAL}, 0),
        ("A02010105", {"life_months": 40}, 40),
        ("A02320200", {"acquired_on": dt.date(2018, 6, 1)}, 60),
    ],
)
def test_the_useful_life_follows_the_rules_unless_entered(keeper, code: str, fields: dict, months: int):
    assert stock.card(keeper, property_class=stock.property_class(code), **fields).life_months == months


def test_without_a_class_the_useful_life_is_not_known(keeper):
    assert stock.card(keeper).life_months is None


def test_a_number_given_by_hand_is_kept_and_left_out_of_the_series(keeper):
    assert stock.card(keeper, number="ZC2026-00001").number == "ZC2026-00001"
    assert stock.card(keeper).number == "ZC2026-00002"


def test_a_number_within_one_paper_is_left_out_of_the_series(keeper):
    cards = [Card(name="桌"), Card(name="椅", number="ZC2026-00001")]
    enter_cards(person=keeper, date=DAY, cards=cards)

    assert [card.number for card in cards] == ["ZC2026-00002", "ZC2026-00001"]


def test_a_number_is_given_once(keeper):
    stock.card(keeper, number="A-1")
    with pytest.raises(Refused, match="A-1"):
        stock.card(keeper, number="A-1")
    with pytest.raises(Refused, match="B-1"):
        enter_cards(person=keeper, date=DAY, cards=[Card(name="桌", number="B-1"), Card(name="椅", number="B-1")])
    assert Card.objects.count() == Movement.objects.count() == 1


def test_the_number_of_a_void_card_is_free_again(keeper):
    stock.card(keeper, number="A-1")
    reverse(person=keeper, movement=Movement.objects.get(), date=DAY)

    assert stock.card(keeper, number="A-1").state == CardState.IN_LEDGER


def test_no_paper_is_dated_in_the_future(keeper):
    with pytest.raises(Refused):
        stock.card(keeper, date=dt.date(2100, 1, 1))


def test_no_paper_is_dated_in_a_closed_term(keeper):
    term = cast.term(dt.date(2026, 2, 16), dt.date(2026, 7, 3))
    type(term).objects.filter(pk=term.pk).update(closed_at="2026-07-05T00:00Z")

    with pytest.raises(Refused):
        stock.card(keeper, date=dt.date(2026, 7, 3))
    assert stock.card(keeper, date=dt.date(2026, 7, 4)).pk


@pytest.mark.parametrize("name", ["fiscal_funds", "other_funds"])
def test_funds_are_not_below_zero(keeper, name: str):
    card = stock.card(keeper)
    with pytest.raises(ValidationError):
        change_description(person=keeper, card=card, **{name: Decimal("-0.01")})


@pytest.mark.parametrize(
    "fields", [{"name": ""}, {"quantity": 0}, {"value": Decimal("-0.01")}, {"unit": "字" * 11}, {"life_months": 1201}]
)
def test_a_faulty_card_is_refused(keeper, fields: dict):
    with pytest.raises(ValidationError):
        stock.card(keeper, **fields)
    with pytest.raises(Refused):
        enter_cards(person=keeper, date=DAY, cards=[Card(**{"name": "桌", **fields})])
    assert not Card.objects.exists()
    assert not Movement.objects.exists()


def test_nothing_to_enter_is_refused(keeper):
    with pytest.raises(Refused):
        enter_cards(person=keeper, date=DAY, cards=[])


def test_many_cards_take_one_paper_and_few_statements(keeper):
    def entered(count: int) -> int:
        cards = [Card(name=f"课桌{i}", value=Decimal("168.00")) for i in range(count)]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            enter_cards(person=keeper, date=DAY, cards=cards, summary="期初")
        return len(queries)

    few = entered(10)
    many = entered(300)
    assert Movement.objects.count() == 2
    assert LedgerEntry.objects.count() == Card.history.count() == 310
    assert many - few < 60  # a statement takes 25 cards on SQLite, 500 on PostgreSQL


def test_describing_a_card_writes_no_paper(keeper):
    card = stock.card(keeper)

    assert change_description(person=keeper, card=card, brand="联想", reason="补录")
    assert not change_description(person=keeper, card=card, brand="联想")
    card.refresh_from_db()
    assert card.brand == "联想"
    assert Movement.objects.count() == 1
    assert [row.history_change_reason for row in card.history.all()] == ["补录", ""]


def test_what_the_ledger_says_is_not_described(keeper):
    card = stock.card(keeper)
    for name, value in [("value", 1), ("room", None), ("number", "X"), ("state", CardState.VOID), ("quantity", 2)]:
        with pytest.raises(TypeError):
            change_description(person=keeper, card=card, **{name: value})


@pytest.mark.parametrize("state", [CardState.VOID, CardState.WRITTEN_OFF])
def test_a_card_out_of_the_ledger_is_not_described(keeper, state: str):
    card = stock.card(keeper)
    Card.objects.filter(pk=card.pk).update(state=state, quantity=0, value=0)
    with pytest.raises(Refused):
        change_description(person=keeper, card=Card.objects.get(), brand="联想")
    with pytest.raises(Refused):
        change_descriptions(person=keeper, changes={Card.objects.get(): {"brand": "联想"}})


def test_many_cards_are_described_at_once(keeper):
    cards = [stock.card(keeper, name=f"课桌{i}") for i in range(3)]
    changed = change_descriptions(person=keeper, changes={c: {"name": "学生课桌", "note": ""} for c in cards})

    cards[0].refresh_from_db()
    assert changed == 3
    assert (cards[0].name, cards[0].name_sort) == ("学生课桌", "xue2 sheng1 ke4 zhuo1")
    assert cards[0].history.count() == 2
    assert change_descriptions(person=keeper, changes={c: {"name": "学生课桌"} for c in cards}) == 0


@pytest.mark.requirement("O05")
def test_papers_and_entries_are_sealed(keeper):
    stock.card(keeper)
    paper, entry = Movement.objects.get(), LedgerEntry.objects.get()
    for attempt in (paper.save, paper.delete, entry.save, entry.delete):
        with pytest.raises(SealedError):
            attempt()
    with pytest.raises(SealedError):
        LedgerEntry.objects.update(value=1)
    with pytest.raises(SealedError):
        Movement.objects.all().delete()


def test_the_database_holds_what_may_never_happen(keeper):
    card = stock.card(keeper)
    for wrong in ({"quantity": 0}, {"value": -1}, {"state": CardState.VOID}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Card.objects.filter(pk=card.pk).update(**wrong)


def test_enter_card_checks_each_field(keeper):
    with pytest.raises(ValidationError) as refusal:
        enter_card(person=keeper, date=DAY, name="桌", condition="broken")
    assert "condition" in refusal.value.message_dict
