"""What waits for a person in property."""

import pytest

from assets.duties import waiting_for
from assets.queries.rooms import cards_in
from assets.services.confirmations import ask, confirm
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


def test_many_rooms_take_one_query(keeper, teacher, django_assert_num_queries):
    ask(person=keeper, rooms=[cast.room(f"教室{i}", teacher) for i in range(4)])
    with django_assert_num_queries(1):
        assert len(list(waiting_for(teacher))) == 4
