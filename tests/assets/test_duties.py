"""What waits for a person in property."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from assets.duties import facts_for, waiting_for
from assets.queries.rooms import cards_in
from assets.services.confirmations import ask, confirm, dispute, withdraw
from assets.services.movements import transfer
from assets.standing import stamp
from tests import cast
from tests.assets import stock

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A01")]


def test_rooms_to_confirm_wait_for_who_is_asked(keeper, teacher, stranger):
    room = cast.room("六年级(2)班", teacher)
    stock.card(keeper, room=room)
    (asked,) = ask(person=keeper, rooms=[room], reason="期末清点")
    (duty,) = waiting_for(teacher)

    assert (str(duty.title), duty.detail) == ("确认六年级(2)班的资产", "期末清点")
    assert duty.url.endswith(f"/{asked.pk}/")
    assert duty.since
    assert list(waiting_for(stranger)) == list(waiting_for(keeper)) == []
    confirm(person=teacher, confirmation=asked, seen=stamp(cards_in(room)))
    assert list(waiting_for(teacher)) == []


def test_a_dispute_waits_for_the_keeper_until_the_room_is_asked_again(keeper, teacher, principal):
    room = cast.room("六年级(2)班", teacher)
    stock.card(keeper, room=room)
    (asked,) = ask(person=keeper, rooms=[room])
    dispute(person=teacher, confirmation=asked, note="少了一台电脑")
    (duty,) = waiting_for(keeper)

    assert (str(duty.title), duty.detail) == ("郑小燕对六年级(2)班的资产清单有异议", "少了一台电脑")
    assert duty.url.endswith(f"/{asked.pk}/")
    assert list(waiting_for(teacher)) == list(waiting_for(principal)) == []
    (again,) = ask(person=keeper, rooms=[room])
    assert list(waiting_for(keeper)) == []
    withdraw(person=keeper, confirmation=again)
    assert len(list(waiting_for(keeper))) == 1


def test_many_rooms_take_one_query(keeper, teacher, django_assert_num_queries):
    teacher.get_all_permissions()
    ask(person=keeper, rooms=[cast.room(f"教室{i}", teacher) for i in range(4)])
    with django_assert_num_queries(1):
        assert len(list(waiting_for(teacher))) == 4


@pytest.mark.requirement("R01")
def test_the_months_figures_for_who_sees_the_ledgers(keeper, principal, teacher, django_assert_num_queries):
    earlier = stock.card(keeper, date=dt.date(2026, 9, 1))
    stock.card(keeper, date=dt.date(2026, 10, 8), value=Decimal("1200.50"))
    transfer(person=keeper, cards=[earlier], room=cast.room(), date=dt.date(2026, 10, 9))
    with time_machine.travel(dt.datetime(2026, 10, 20, 4, tzinfo=dt.UTC)):
        principal.get_all_permissions()
        with django_assert_num_queries(1):
            papers, value = facts_for(principal)
        assert list(facts_for(teacher)) == []
    assert (papers.figure, value.figure) == ("2", "1,200.50")
    assert papers.url == "/assets/ledgers/changes/?month=2026-10"


@pytest.mark.requirement("A02")
def test_a_school_without_property_is_told_to_bring_in_its_list(keeper, teacher):
    assert list(waiting_for(keeper)) == []  # first the rooms
    cast.room()
    (duty,) = waiting_for(keeper)
    assert duty.url == "/imports/new/cards/"
    assert list(waiting_for(teacher)) == []
    stock.card(keeper)
    assert list(waiting_for(keeper)) == []
