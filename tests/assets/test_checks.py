"""The integrity checks of property that look beyond the ledger's sums."""

import pytest
from django.db import connection

from assets.checks import CHECKS, gaps_in_numbers, people_who_left, rooms_out_of_use, rooms_without_anybody
from assets.models import Movement
from logistics.school.models import Person, Room
from tests import cast
from tests.assets import stock

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A01")]


@pytest.fixture
def card(keeper, teacher):
    return stock.card(keeper, room=cast.room(responsible=teacher), custodian=teacher)


def test_a_sound_school_has_no_problem(card):
    assert [list(check.find()) for check in CHECKS] == [[]] * len(CHECKS)


def test_a_missing_paper_is_found(card, keeper):
    stock.card(keeper)
    with connection.cursor() as cursor:  # past every rule of the program
        cursor.execute("UPDATE assets_movement SET number = 'RZ2026-00007' WHERE number LIKE '%%00002'")
    assert Movement.objects.filter(number="RZ2026-00007").exists()
    (problem,) = gaps_in_numbers()
    assert "RZ2026-00007" in problem.text
    assert "2" in problem.text


def test_a_room_out_of_use_with_property_is_found(card):
    Room.objects.filter(pk=card.room_id).update(active=False)
    (problem,) = rooms_out_of_use()
    assert card.room.name in problem.text
    assert problem.url == f"/assets/rooms/{card.room_id}/"


@pytest.mark.parametrize("gone", ["nobody", "left"])
def test_a_room_nobody_answers_for_is_found(card, gone):
    if gone == "nobody":
        Room.objects.filter(pk=card.room_id).update(responsible=None)
    else:
        Person.objects.filter(pk=card.room.responsible_id).update(is_active=False)
    (problem,) = rooms_without_anybody()
    assert card.room.name in problem.text


def test_who_left_with_property_is_found(card):
    Person.objects.filter(pk=card.custodian_id).update(is_active=False)
    (problem,) = people_who_left()
    assert card.custodian.name in problem.text


def test_the_checks_cost_a_statement_or_two_each(card, keeper, django_assert_max_num_queries):
    for _ in range(5):
        stock.card(keeper, room=card.room)
    Room.objects.update(active=False)
    for check in CHECKS:
        with django_assert_max_num_queries(2):
            list(check.find())
