"""A room is found however its name is written; a card by its room; a person's, a paper's and a card's number."""

import pytest

from tests import cast
from tests.assets import stock

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R05")]
SPELLINGS = ["六年级(2)班", "六(2)班", "6年级2班", "六年级（2）班", "六年级（２）班"]


@pytest.mark.parametrize("stored", ["六年级(2)班", "六年级（2）班"])
@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_room_is_found_however_it_is_written(as_person, keeper, stored, typed):
    room = cast.room(stored)
    card = stock.card(keeper, room=room)
    client = as_person(keeper)
    assert room.get_absolute_url() in client.get("/search/", {"q": typed}).content.decode()
    for address in ("/school/rooms/", "/assets/rooms/"):
        assert list(client.get(address, {"q": typed}).context["object_list"]) == [room]
    assert list(client.get("/assets/cards/", {"q": typed}).context["object_list"]) == [card]


def test_part_of_a_room_finds_all_that_have_it(as_person, keeper):
    rooms = [cast.room("六年级（1）班"), cast.room("六年级(2)班"), cast.room("音乐室")]
    found = as_person(keeper).get("/school/rooms/", {"q": "六年级"}).context["object_list"]
    assert set(found) == set(rooms[:2])


def test_an_empty_search_says_what_can_be_searched(as_person, keeper):
    assert "资产编号、房间、姓名或单据编号" in as_person(keeper).get("/search/").content.decode()
