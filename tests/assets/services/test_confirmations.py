"""Asking for, signing, disputing and withdrawing the confirmation of a room; handing a room over."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from assets.choices import ConfirmationState, MovementKind
from assets.models import Card, Movement, RoomConfirmation
from assets.queries.rooms import answerable_for, cards_in
from assets.queries.scope import cards_seen_by, rooms_seen_by
from assets.rules import Refused
from assets.services.confirmations import ask, confirm, dispute, hand_over, withdraw
from assets.services.movements import transfer
from assets.standing import stamp
from logistics.school.models import SchoolClass, SchoolYear
from tests import cast
from tests.assets import stock

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A01", "O05")]
DAY = dt.date(2026, 9, 1)
LATER = dt.date(2026, 10, 8)


@pytest.fixture
def room(teacher):
    return cast.room(responsible=teacher)


@pytest.fixture
def card(keeper, teacher, room):
    return stock.card(keeper, room=room, custodian=teacher, quantity=2, value=Decimal("900.00"))


@pytest.fixture
def asked(keeper, room, card):
    return ask(person=keeper, rooms=[room], reason="期初清点")[0]


def test_who_is_responsible_is_asked(keeper, teacher, asked):
    assert (asked.person, asked.asked_by, asked.reason) == (teacher, keeper, "期初清点")
    assert list(RoomConfirmation.objects.waiting_for(teacher)) == [asked]
    assert asked.history.get().history_user == keeper


def test_the_homeroom_teacher_answers_for_a_room_without_a_person(keeper, stranger):
    cast.term()
    classroom = cast.room("一年级(1)班")
    cast.school_class(homeroom=stranger, place=classroom)

    assert ask(person=keeper, rooms=[classroom])[0].person == stranger


def test_the_teachers_of_other_years_answer_for_nothing(keeper, teacher, stranger):
    classroom = cast.room("六年级(2)班")
    cast.term()
    cast.school_class(homeroom=stranger, place=classroom)
    past = SchoolYear.objects.create(name="2025", first_day=dt.date(2025, 9, 1), last_day=dt.date(2026, 8, 31))
    coming = SchoolYear.objects.create(name="2027", first_day=dt.date(2027, 9, 1), last_day=dt.date(2028, 8, 31))
    for year in (past, coming):
        SchoolClass.objects.create(year=year, grade=6, number=2, homeroom_teacher=teacher, room=classroom)
    card = stock.card(keeper, room=classroom)

    with time_machine.travel(dt.datetime(2026, 11, 20, 4, tzinfo=dt.UTC)):
        assert answerable_for([classroom]) == {classroom.pk: stranger}
        assert list(cards_seen_by(stranger)) == [card]
        assert list(cards_seen_by(teacher)) == list(rooms_seen_by(teacher)) == []


def test_a_homeroom_teachers_property_goes_with_the_room(keeper, teacher, stranger):
    classroom = cast.room("六年级(2)班")
    cast.term()
    cast.school_class(homeroom=teacher, place=classroom)
    his, nobodys = stock.card(keeper, room=classroom, custodian=teacher), stock.card(keeper, room=classroom)
    others = stock.card(keeper, room=classroom, custodian=keeper)

    with time_machine.travel(dt.datetime(2026, 11, 20, 4, tzinfo=dt.UTC)):
        hand_over(person=keeper, room=classroom, to=stranger, date=LATER)
    kept = dict(Card.objects.values_list("pk", "custodian"))
    assert kept == {his.pk: stranger.pk, nobodys.pk: stranger.pk, others.pk: keeper.pk}


def test_a_room_that_is_asked_is_not_asked_twice(keeper, room, asked):
    assert ask(person=keeper, rooms=[room], reason="再问") == [asked]
    assert RoomConfirmation.objects.count() == 1


def test_a_room_nobody_answers_for_is_named_and_nobody_is_asked(keeper, room):
    with pytest.raises(Refused, match="无人室"):
        ask(person=keeper, rooms=[room, cast.room("无人室")])
    assert not RoomConfirmation.objects.exists()


def test_signing_keeps_the_list(teacher, room, card, asked):
    confirm(person=teacher, confirmation=asked, seen=stamp(cards_in(room)), note="属实")

    asked.refresh_from_db()
    assert asked.state == ConfirmationState.CONFIRMED
    assert (asked.cards, asked.quantity, asked.value, asked.note) == (1, 2, Decimal("900.00"), "属实")
    assert asked.facts == [
        {
            "number": card.number,
            "name": card.name,
            "specification": "",
            "unit": "台",
            "quantity": 2,
            "value": "900.00",
            "condition": "in_use",
        }
    ]
    assert asked.answered_at


def test_an_empty_room_is_confirmed_too(keeper, teacher):
    empty = cast.room("空教室", responsible=teacher)
    (asked,) = ask(person=keeper, rooms=[empty])

    assert confirm(person=teacher, confirmation=asked, seen=stamp([])).cards == 0


@pytest.mark.parametrize("seen", ["", "0" * 24])
def test_a_list_that_was_not_shown_is_not_signed(teacher, asked, seen: str):
    with pytest.raises(Refused):
        confirm(person=teacher, confirmation=asked, seen=seen)


def test_a_list_that_changed_is_not_signed(keeper, teacher, room, card, asked):
    shown = stamp(cards_in(room))
    transfer(person=keeper, cards=[card], room=cast.room("总务仓库"), date=LATER)

    with pytest.raises(Refused):
        confirm(person=teacher, confirmation=asked, seen=shown)
    asked.refresh_from_db()
    assert asked.state == ConfirmationState.WAITING


def test_nobody_else_signs(keeper, stranger, room, asked):
    for other in (keeper, stranger):
        with pytest.raises(PermissionDenied):
            confirm(person=other, confirmation=asked, seen=stamp(cards_in(room)))
        with pytest.raises(PermissionDenied):
            dispute(person=other, confirmation=asked, note="不对")


def test_what_is_answered_is_answered(keeper, teacher, room, asked):
    confirm(person=teacher, confirmation=asked, seen=stamp(cards_in(room)))
    for attempt in (
        lambda: confirm(person=teacher, confirmation=asked, seen=stamp(cards_in(room))),
        lambda: dispute(person=teacher, confirmation=asked, note="少一台"),
        lambda: withdraw(person=keeper, confirmation=asked),
    ):
        with pytest.raises(Refused):
            attempt()


def test_a_dispute_says_what_is_wrong(teacher, asked):
    with pytest.raises(Refused):
        dispute(person=teacher, confirmation=asked, note=" ")
    dispute(person=teacher, confirmation=asked, note="少一台")

    asked.refresh_from_db()
    assert (asked.state, asked.note, asked.cards) == (ConfirmationState.DISPUTED, "少一台", 1)


def test_the_keeper_takes_a_question_back(keeper, room, asked):
    withdraw(person=keeper, confirmation=asked, note="发错")

    assert RoomConfirmation.objects.get().state == ConfirmationState.WITHDRAWN
    assert ask(person=keeper, rooms=[room])[0].pk != asked.pk


def test_a_hand_over_changes_person_keeper_and_question(keeper, teacher, stranger, room, card, asked):
    others = stock.card(keeper, room=room, custodian=keeper)
    done = hand_over(person=keeper, room=room, to=stranger, date=LATER, note="张老师调离")

    room.refresh_from_db()
    assert room.responsible == stranger
    assert (done.movement.kind, done.movement.summary) == (MovementKind.CUSTODY, "张老师调离")
    assert [card.custodian for card in (Card.objects.get(pk=card.pk), Card.objects.get(pk=others.pk))] == [
        stranger,
        keeper,
    ]
    assert (done.confirmation.person, done.confirmation.state) == (stranger, ConfirmationState.WAITING)
    asked.refresh_from_db()
    assert asked.state == ConfirmationState.WITHDRAWN
    assert room.history.first().history_user == keeper


def test_a_room_without_property_is_handed_over_without_a_paper(keeper, teacher, stranger):
    done = hand_over(person=keeper, room=cast.room("空教室", responsible=teacher), to=stranger, date=LATER)

    assert done.movement is None
    assert not Movement.objects.exists()


def test_a_hand_over_is_refused(keeper, teacher, stranger, room, card):
    with pytest.raises(Refused):
        hand_over(person=keeper, room=room, to=teacher, date=LATER)
    with pytest.raises(Refused):
        hand_over(person=keeper, room=room, to=stranger, date=dt.date(2100, 1, 1))
    with pytest.raises(Refused):
        hand_over(person=keeper, room=room, to=stranger, date=dt.date(2026, 8, 31))
    stranger.is_active = False
    stranger.save()
    with pytest.raises(ValidationError):
        hand_over(person=keeper, room=room, to=stranger, date=LATER)
    room.refresh_from_db()
    assert room.responsible == teacher
