"""Two people at once: property is never moved, numbered, split, reversed or signed twice. Proved on PostgreSQL."""

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Sum

from assets.checks import cards_unlike_entries
from assets.choices import ConfirmationState
from assets.models import Card, LedgerEntry, Movement
from assets.queries.rooms import cards_in
from assets.rules import Refused
from assets.services.cards import change_description, enter_card
from assets.services.confirmations import ask, confirm, hand_over, withdraw
from assets.services.movements import correct, reverse, split, transfer
from assets.standing import stamp
from tests import cast
from tests.assets import stock

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
    pytest.mark.requirement("A01"),
]
DAY = dt.date(2026, 9, 1)
LATER = dt.date(2026, 10, 8)


def at_once(*attempts: Callable[[], object]) -> list[object]:
    """Run all attempts in threads of their own, started together; what each gave or the refusal it met."""
    if connection.vendor != "postgresql" and connection.is_in_memory_db():
        pytest.skip("a database in memory has one connection")
    barrier, results = threading.Barrier(len(attempts)), [None] * len(attempts)

    def run(place: int, attempt: Callable[[], object]) -> None:
        try:
            barrier.wait(10)
            results[place] = attempt()
        except ValidationError as refusal:
            results[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(attempts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def refused(results: list[object]) -> int:
    return sum(isinstance(result, Refused) for result in results)


def test_a_card_is_transferred_once(keeper):
    card = stock.card(keeper, room=cast.room("一班"))
    rooms = [cast.room(name) for name in ("二班", "三班", "四班")]
    seen = [Card.objects.get(pk=card.pk) for _ in rooms]

    results = at_once(
        *(
            lambda room=room, mine=mine: transfer(person=keeper, cards=[mine], room=room, date=LATER)
            for room, mine in zip(rooms, seen, strict=True)
        )
    )
    assert refused(results) == 2
    assert Movement.objects.count() == 2
    place = LedgerEntry.objects.values("room").annotate(q=Sum("quantity")).filter(q__gt=0)
    assert [row["room"] for row in place] == [Card.objects.get().room_id]


def test_cards_chosen_in_another_order_do_not_lock_each_other_out(keeper):
    here, there = cast.room("一班"), cast.room("二班")
    cards = [stock.card(keeper, room=here) for _ in range(6)]
    one, other = list(cards), [Card.objects.get(pk=card.pk) for card in reversed(cards)]

    results = at_once(
        lambda: transfer(person=keeper, cards=one, room=there, date=LATER),
        lambda: transfer(person=keeper, cards=other, room=there, date=LATER),
    )
    assert refused(results) == 1


def test_a_batch_is_not_split_beyond_its_pieces(keeper):
    card = stock.card(keeper, quantity=3, value=Decimal("100.00"))
    mine = [Card.objects.get(pk=card.pk) for _ in range(3)]

    results = at_once(*(lambda one=one: split(person=keeper, card=one, quantity=2, date=LATER) for one in mine))
    assert refused(results) == 2
    assert Card.objects.aggregate(q=Sum("quantity"), v=Sum("value")) == {"q": 3, "v": Decimal("100.00")}


def test_numbers_have_no_gap_and_no_double(keeper):
    results = at_once(*(lambda i=i: enter_card(person=keeper, date=DAY, name=f"桌{i}") for i in range(6)))
    assert sorted(card.number for card in results) == [f"ZC2026-{i:05d}" for i in range(1, 7)]
    assert sorted(Movement.objects.values_list("number", flat=True)) == [f"RZ2026-{i:05d}" for i in range(1, 7)]


def test_a_number_given_by_hand_is_given_once(keeper):
    results = at_once(*(lambda i=i: enter_card(person=keeper, date=DAY, name=f"桌{i}", number="A-1") for i in range(3)))
    assert refused(results) == 2
    assert Card.objects.count() == 1


def test_a_form_sent_twice_at_once_enters_one_card(keeper):
    results = at_once(*(lambda: enter_card(person=keeper, date=DAY, name="桌", once="k") for _time in range(4)))
    assert {card.pk for card in results} == {Card.objects.get().pk}
    assert Movement.objects.count() == 1


def test_a_number_for_the_part_of_a_batch_is_given_once(keeper):
    cards = [stock.card(keeper, quantity=3, value=Decimal(90)) for _ in range(3)]
    results = at_once(
        *(lambda card=card: split(person=keeper, card=card, quantity=1, date=LATER, number="A-1") for card in cards)
    )
    assert refused(results) == 2
    assert Card.objects.filter(number="A-1").count() == 1
    assert Card.objects.aggregate(q=Sum("quantity"), v=Sum("value")) == {"q": 9, "v": Decimal("270.00")}


def test_a_split_and_others_on_one_card_do_not_lose_each_other(keeper):
    card = stock.card(keeper, room=cast.room("一班"), quantity=5, value=Decimal("500.00"))
    room, mine = cast.room("二班"), [Card.objects.get(pk=card.pk) for _ in range(3)]
    results = at_once(
        lambda: split(person=keeper, card=mine[0], quantity=2, date=LATER),
        lambda: transfer(person=keeper, cards=[mine[1]], room=room, date=LATER),
        lambda: correct(person=keeper, card=mine[2], quantity=4, value=Decimal("400.00"), date=LATER, summary="x"),
    )
    assert refused(results) == 2
    sums = LedgerEntry.objects.aggregate(q=Sum("quantity"), v=Sum("value"))
    assert sums == Card.objects.aggregate(q=Sum("quantity"), v=Sum("value"))
    assert not list(cards_unlike_entries())


def test_a_paper_is_reversed_once(keeper):
    stock.card(keeper)
    papers = [Movement.objects.get() for _ in range(3)]

    results = at_once(*(lambda one=one: reverse(person=keeper, movement=one, date=LATER) for one in papers))
    assert refused(results) == 2
    assert LedgerEntry.objects.aggregate(v=Sum("value"))["v"] == 0


def test_a_correction_and_a_transfer_do_not_lose_each_other(keeper):
    card = stock.card(keeper, room=cast.room("一班"), quantity=5, value=Decimal("500.00"))
    room, one, other = cast.room("二班"), Card.objects.get(pk=card.pk), Card.objects.get(pk=card.pk)

    results = at_once(
        lambda: transfer(person=keeper, cards=[one], room=room, date=LATER),
        lambda: correct(person=keeper, card=other, quantity=4, value=Decimal("400.00"), date=LATER, summary="x"),
    )
    fresh = Card.objects.get()
    assert refused(results) == 1
    sums = LedgerEntry.objects.filter(room=fresh.room).aggregate(q=Sum("quantity"), v=Sum("value"))
    assert sums == {"q": fresh.quantity, "v": fresh.value}


def test_a_description_and_a_transfer_do_not_undo_each_other(keeper):
    card = stock.card(keeper, room=cast.room("一班"))
    room, one, other = cast.room("二班"), Card.objects.get(pk=card.pk), Card.objects.get(pk=card.pk)

    at_once(
        lambda: transfer(person=keeper, cards=[one], room=room, date=LATER),
        lambda: change_description(person=keeper, card=other, brand="联想"),
    )
    fresh = Card.objects.get()
    on_paper = LedgerEntry.objects.values("room").annotate(q=Sum("quantity")).get(q__gt=0)
    assert on_paper["room"] == fresh.room_id


def test_a_list_is_not_signed_while_it_changes(keeper, teacher):
    room, elsewhere = cast.room(responsible=teacher), cast.room("总务仓库")
    card = stock.card(keeper, room=room)
    (asked,) = ask(person=keeper, rooms=[room])
    seen = stamp(cards_in(room))

    at_once(
        lambda: confirm(person=teacher, confirmation=asked, seen=seen),
        lambda: transfer(person=keeper, cards=[card], room=elsewhere, date=LATER),
    )
    asked.refresh_from_db()
    if asked.state == ConfirmationState.CONFIRMED:
        assert [row["number"] for row in asked.facts] == [card.number]
    else:
        assert asked.state == ConfirmationState.WAITING


def test_a_question_is_answered_once(keeper, teacher):
    room = cast.room(responsible=teacher)
    stock.card(keeper, room=room)
    (asked,) = ask(person=keeper, rooms=[room])
    seen = stamp(cards_in(room))

    results = at_once(
        lambda: confirm(person=teacher, confirmation=asked, seen=seen),
        lambda: withdraw(person=keeper, confirmation=asked),
    )
    assert refused(results) == 1


def test_a_room_is_asked_and_handed_over_once(keeper, teacher, stranger):
    room = cast.room(responsible=teacher)
    stock.card(keeper, room=room, custodian=teacher)

    results = at_once(
        lambda: hand_over(person=keeper, room=room, to=stranger, date=LATER),
        lambda: hand_over(person=keeper, room=room, to=stranger, date=LATER),
        lambda: ask(person=keeper, rooms=[room]),
    )
    kinds = Counter(Movement.objects.values_list("kind", flat=True))
    assert refused(results) >= 1
    assert kinds["custody"] == 1
    assert Card.objects.get().custodian == stranger
