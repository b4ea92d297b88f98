"""Long lists cost as many queries as short ones, and few."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assets.models import Card
from assets.services.cards import enter_cards
from tests import cast
from tests.assets import stock

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A01")]

MOST_QUERIES, MOST_BYTES = 8, 60 * 1024


@pytest.fixture
def room():
    cast.school()
    cast.term()
    return cast.room("六年级(2)班", responsible=cast.teacher())


def fill(keeper, room, count: int) -> None:
    cards = [
        Card(
            name="学生升降课桌",
            brand="红星",
            specification="600×400×760mm",
            value=Decimal("168.00"),
            room=room,
            custodian=keeper,
            department=cast.department(),
            property_class=stock.property_class("A05010203"),
            acquired_on=stock.ENTERED,
        )
        for _number in range(count)
    ]
    enter_cards(person=keeper, date=stock.ENTERED, cards=cards)


def cost(client, address: str) -> tuple[int, int]:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(queries), len(answer.content)


@pytest.mark.parametrize(
    "address",
    [
        "/assets/cards/?size=100",
        "/assets/cards/?size=100&q=课桌",
        "/assets/cards/?size=100&room=六年级(2)班",
        "/assets/cards/?size=100&page=9",
        "/assets/cards/mine/?size=100",
        "/assets/rooms/{room}/?size=100",
        "/assets/rooms/",
        "/assets/movements/",
        "/assets/ledgers/?by=item",
        "/assets/ledgers/room/{room}/",
    ],
)
def test_as_many_queries_for_a_thousand_rows_as_for_ten(as_person, keeper, room, address):
    client = as_person(keeper)
    asked = address.format(room=room.pk)
    fill(keeper, room, 10)
    cost(client, asked)
    few, _bytes = cost(client, asked)
    fill(keeper, room, 990)
    many, size = cost(client, asked)
    assert many == few
    assert many <= MOST_QUERIES
    assert size <= MOST_BYTES or "ledgers/room" in asked
