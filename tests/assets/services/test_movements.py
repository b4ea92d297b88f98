"""Transfers, changes of person, splits, corrections, changes of class and reversals; then every refusal."""

import datetime as dt
from decimal import Decimal

import pytest

from assets.choices import CardState, MovementKind
from assets.models import Card, LedgerEntry, Movement
from assets.rules import MovementRefused, Refused
from assets.services.movements import (
    change_custodian,
    correct,
    move_cards,
    reclassify,
    reverse,
    split,
    transfer,
)
from assets.standing import stamp
from tests import cast
from tests.assets import stock

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A01")]
DAY = dt.date(2026, 9, 1)
LATER = dt.date(2026, 10, 8)


@pytest.fixture
def rooms(db):
    return cast.room("六年级(1)班"), cast.room("总务仓库")


@pytest.fixture
def card(keeper, rooms):
    return stock.card(keeper, room=rooms[0], quantity=3, value=Decimal("100.00"), property_class=stock.property_class())


def sums(card: Card, **place: object) -> tuple[int, Decimal]:
    entries = LedgerEntry.objects.filter(card=card, **place)
    return sum(e.quantity for e in entries), sum((e.value for e in entries), Decimal(0))


def test_a_transfer_leaves_one_room_and_comes_to_the_other(keeper, teacher, rooms, card):
    paper = transfer(person=keeper, cards=[card], room=rooms[1], custodian=teacher, date=LATER, summary="毕业班腾空")

    fresh = Card.objects.get()
    assert (paper.number, paper.kind, paper.summary) == ("DB2026-00001", MovementKind.TRANSFER, "毕业班腾空")
    assert (fresh.room, fresh.custodian) == (card.room, card.custodian) == (rooms[1], teacher)
    assert sums(card, room=rooms[0]) == (0, 0)
    assert sums(card, room=rooms[1]) == (3, Decimal("100.00"))
    assert card.history.count() == 2


def test_a_keeper_changes_where_the_card_stands(keeper, teacher, card):
    paper = change_custodian(person=keeper, cards=[card], custodian=teacher, date=LATER)

    assert paper.number == "BG2026-00001"
    assert sums(card, custodian=teacher) == (3, Decimal("100.00"))
    assert Card.objects.get().custodian == teacher
    change_custodian(person=keeper, cards=[card], custodian=None, date=LATER)
    assert Card.objects.get().custodian is None


def test_a_split_loses_no_fen(keeper, rooms, card):
    part = split(person=keeper, card=card, quantity=1, date=LATER)

    assert (part.number, part.quantity, part.value) == ("ZC2026-00002", 1, Decimal("33.33"))
    assert (card.quantity, card.value) == (2, Decimal("66.67"))
    assert (part.split_from, part.room, part.name, part.life_months) == (card, rooms[0], card.name, 72)
    assert sums(part) == (1, Decimal("33.33"))
    assert sums(card) == (2, Decimal("66.67"))
    assert Card.objects.get(pk=card.pk).value == Decimal("66.67")
    assert part.history.count() == 1


def test_a_split_takes_the_value_and_number_given(keeper, card):
    part = split(person=keeper, card=card, quantity=2, date=LATER, value=Decimal("99.99"), number="旧-7")

    assert (part.number, part.value, card.value) == ("旧-7", Decimal("99.99"), Decimal("0.01"))


def test_a_split_shares_the_funds_so_that_they_stay_complete(keeper, rooms):
    card = stock.card(
        keeper, quantity=3, value=Decimal("100.00"), fiscal_funds=Decimal("50.00"), other_funds=Decimal("50.00")
    )
    part = split(person=keeper, card=card, quantity=1, date=LATER)

    assert (part.fiscal_funds, part.other_funds) == (Decimal("16.67"), Decimal("16.66"))
    assert (card.fiscal_funds, card.other_funds) == (Decimal("33.33"), Decimal("33.34"))
    reverse(person=keeper, movement=Movement.objects.get(kind=MovementKind.SPLIT), date=LATER)
    card.refresh_from_db()
    assert (card.quantity, card.value, card.fiscal_funds) == (3, Decimal("100.00"), Decimal("50.00"))


def test_a_correction_books_the_difference(keeper, card):
    paper = correct(person=keeper, card=card, quantity=2, value=Decimal("80.50"), date=LATER, summary="重复入账")

    entry = LedgerEntry.objects.get(movement=paper)
    assert (paper.number, entry.quantity, entry.value) == ("GZ2026-00001", -1, Decimal("-19.50"))
    assert (card.quantity, card.value) == (2, Decimal("80.50"))


def test_another_class_brings_its_useful_life(keeper, card):
    furniture = stock.property_class("A05010201")
    reclassify(person=keeper, cards=[card], property_class=furniture, date=LATER)

    assert (card.property_class, card.life_months) == (furniture, 180)
    assert sums(card, property_class=furniture) == (3, Decimal("100.00"))
    reverse(person=keeper, movement=Movement.objects.latest("pk"), date=LATER)
    card.refresh_from_db()
    assert (card.property_class.code, card.life_months) == ("A02010105", 72)


def test_a_useful_life_entered_by_hand_stays_with_another_class(keeper):
    card = stock.card(keeper, property_class=stock.property_class(), life_months=40)
    reclassify(person=keeper, cards=[card], property_class=stock.property_class("A05010201"), date=LATER)

    assert card.life_months == 40


def test_a_reversal_negates_the_paper(keeper, rooms, card):
    moved = transfer(person=keeper, cards=[card], room=rooms[1], date=LATER)
    paper = reverse(person=keeper, movement=moved, date=LATER, summary="写错教室")

    card.refresh_from_db()
    assert (paper.number, paper.reverses) == ("CX2026-00001", moved)
    assert card.room == rooms[0]
    assert sums(card, room=rooms[1]) == (0, 0)
    assert sums(card, room=rooms[0]) == (3, Decimal("100.00"))


def test_a_reversed_entry_makes_the_card_void(keeper, card):
    reverse(person=keeper, movement=Movement.objects.get(), date=LATER)

    card.refresh_from_db()
    assert (card.state, card.quantity, card.value) == (CardState.VOID, 0, 0)
    assert sums(card) == (0, 0)
    with pytest.raises(Refused):
        change_custodian(person=keeper, cards=[card], custodian=keeper, date=LATER)


def test_later_papers_stand_in_the_way_of_a_reversal(keeper, rooms, card):
    entry = Movement.objects.get()
    moved = transfer(person=keeper, cards=[card], room=rooms[1], date=LATER)

    with pytest.raises(MovementRefused, match=moved.number) as refusal:
        reverse(person=keeper, movement=entry, date=LATER)
    assert refusal.value.papers == [moved]
    reverse(person=keeper, movement=moved, date=LATER)
    reverse(person=keeper, movement=entry, date=LATER)
    assert Card.objects.get().state == CardState.VOID


def test_a_split_stands_in_the_way_of_the_entrys_reversal(keeper, card):
    split(person=keeper, card=card, quantity=1, date=LATER)
    with pytest.raises(MovementRefused):
        reverse(person=keeper, movement=Movement.objects.get(kind=MovementKind.ENTRY), date=LATER)


def test_a_paper_is_reversed_once_and_a_reversal_never(keeper, card):
    entry = Movement.objects.get()
    reversal = reverse(person=keeper, movement=entry, date=LATER)

    with pytest.raises(MovementRefused, match=reversal.number):
        reverse(person=keeper, movement=entry, date=LATER)
    with pytest.raises(MovementRefused):
        reverse(person=keeper, movement=reversal, date=LATER)


def test_nothing_moves_to_where_it_stands(keeper, rooms, card):
    with pytest.raises(Refused, match=card.number):
        transfer(person=keeper, cards=[card], room=rooms[0], date=LATER)
    with pytest.raises(Refused):
        change_custodian(person=keeper, cards=[card], custodian=None, date=LATER)
    with pytest.raises(Refused):
        correct(person=keeper, card=card, quantity=3, value=Decimal("100.00"), date=LATER, summary="无")
    assert Movement.objects.count() == 1


def test_no_paper_is_dated_before_the_cards_latest(keeper, teacher, rooms, card):
    with pytest.raises(Refused):
        transfer(person=keeper, cards=[card], room=rooms[1], date=dt.date(2026, 8, 31))
    transfer(person=keeper, cards=[card], room=rooms[1], date=LATER)
    with pytest.raises(Refused, match=card.number):
        change_custodian(person=keeper, cards=[card], custodian=teacher, date=dt.date(2026, 10, 7))
    change_custodian(person=keeper, cards=[card], custodian=teacher, date=LATER)


@pytest.mark.parametrize("day", [dt.date(2100, 1, 1), dt.date(2026, 9, 30)])
def test_no_paper_in_the_future_or_in_a_closed_term(keeper, teacher, card, day: dt.date):
    term = cast.term(dt.date(2026, 9, 1), dt.date(2026, 9, 30))
    type(term).objects.filter(pk=term.pk).update(closed_at="2026-10-01T00:00Z")
    for attempt in (
        lambda: change_custodian(person=keeper, cards=[card], custodian=teacher, date=day),
        lambda: split(person=keeper, card=card, quantity=1, date=day),
        lambda: reverse(person=keeper, movement=Movement.objects.get(), date=day),
    ):
        with pytest.raises(Refused):
            attempt()


@pytest.mark.parametrize("quantity", [-1, 0, 3, 4])
def test_a_split_leaves_pieces_on_both_cards(keeper, card, quantity: int):
    with pytest.raises(Refused):
        split(person=keeper, card=card, quantity=quantity, date=LATER)


@pytest.mark.parametrize("value", [Decimal("-0.01"), Decimal("100.01")])
def test_a_split_is_worth_no_more_than_the_batch(keeper, card, value: Decimal):
    with pytest.raises(Refused):
        split(person=keeper, card=card, quantity=1, value=value, date=LATER)


def test_a_split_needs_a_free_number(keeper, card):
    with pytest.raises(Refused):
        split(person=keeper, card=card, quantity=1, number=card.number, date=LATER)


def test_a_correction_says_why_and_stays_sound(keeper, card):
    for quantity, value, summary in [(2, "1", " "), (0, "1", "盘点"), (2, "-1", "盘点")]:
        with pytest.raises(Refused):
            correct(person=keeper, card=card, quantity=quantity, value=Decimal(value), date=LATER, summary=summary)


def test_a_paper_changes_only_what_its_kind_may(keeper, card):
    with pytest.raises(TypeError):
        move_cards(person=keeper, date=LATER, kind=MovementKind.TRANSFER, changes={card: {"value": 1}})


def test_somebody_who_was_quicker_is_noticed(keeper, rooms, card):
    mine, theirs = Card.objects.get(), Card.objects.get()
    transfer(person=keeper, cards=[mine], room=rooms[1], date=LATER)

    with pytest.raises(Refused):
        transfer(person=keeper, cards=[theirs], room=cast.room("图书室"), date=LATER)
    assert Movement.objects.count() == 2


def test_a_page_shown_before_the_change_is_noticed(keeper, rooms, card):
    shown = stamp([card])
    transfer(person=keeper, cards=[card], room=rooms[1], date=LATER, seen=shown)

    with pytest.raises(Refused):
        transfer(person=keeper, cards=[Card.objects.get()], room=rooms[0], date=LATER, seen=shown)


def test_nothing_comes_to_what_is_out_of_use(keeper, stranger, rooms, card):
    type(rooms[1]).objects.filter(pk=rooms[1].pk).update(active=False)
    stranger.is_active = False
    stranger.save()
    furniture = stock.property_class("A05010201")
    furniture.active = False
    furniture.save()
    for attempt in (
        lambda: transfer(person=keeper, cards=[card], room=rooms[1], date=LATER),
        lambda: change_custodian(person=keeper, cards=[card], custodian=stranger, date=LATER),
        lambda: reclassify(person=keeper, cards=[card], property_class=furniture, date=LATER),
        lambda: stock.card(keeper, room=rooms[1]),
        lambda: stock.card(keeper, custodian=stranger),
    ):
        with pytest.raises(Refused):
            attempt()
    assert Movement.objects.count() == 1


def test_a_refused_card_refuses_the_whole_paper(keeper, rooms, card):
    other = stock.card(keeper, room=rooms[1])
    with pytest.raises(Refused):
        transfer(person=keeper, cards=[card, other], room=rooms[1], date=LATER)
    card.refresh_from_db()
    assert card.room == rooms[0]
    with pytest.raises(Refused):
        transfer(person=keeper, cards=[], room=rooms[1], date=LATER)


def test_thousands_move_in_few_statements(keeper, rooms, django_assert_max_num_queries):
    from assets.services.cards import enter_cards

    cards = [Card(name="课椅", room=rooms[0], value=Decimal("92.00")) for _ in range(400)]
    enter_cards(person=keeper, date=DAY, cards=cards)
    with django_assert_max_num_queries(80):
        transfer(person=keeper, cards=cards, room=rooms[1], date=LATER)
    assert Card.objects.filter(room=rooms[1]).count() == 400
