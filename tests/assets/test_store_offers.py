"""What the store tells home, the search box and the check of the books."""

from decimal import Decimal

import pytest

from assets import checks, duties, search
from assets.models import StockBalance
from finance.models import AcceptanceLine
from logistics.school.choices import Role
from logistics.school.models import Person
from tests import cast
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F07", "R01")]


@pytest.fixture
def world():
    return World()


def test_who_keeps_the_store_is_told_what_to_enter(world, stranger):
    keeper = cast.person("enters", "录入员", Role.KEEPER)
    assert [duty.url for duty in duties.waiting_for(keeper)].count("/assets/store/to-enter/") == 1
    assert not [duty for duty in duties.waiting_for(stranger) if "to-enter" in duty.url]


def test_the_search_finds_items_for_who_sees_the_store(world, stranger):
    keeper = Person.objects.get(pk=world.person.pk)
    assert "文件柜" in [hit.title for group in search.find(keeper, "文件柜") for hit in group.hits]
    assert not search.find(stranger, "文件柜")


def test_the_search_finds_ones_own_slip_by_number_purpose_and_name(world, stranger):
    for text in (world.issue.number, "教学使用", world.teacher.name):
        assert world.issue.number in [hit.title for group in search.find(world.teacher, text) for hit in group.hits]
        assert not search.find(stranger, text)


def test_the_checks_find_what_was_altered_by_hand(world):
    assert not list(checks.stock_unlike_entries())
    assert not list(checks.accepted_unlike_books())
    StockBalance.objects.update(quantity=Decimal(7))
    AcceptanceLine.objects.filter(pk=world.line.pk).update(stored=Decimal(2))
    assert len(list(checks.stock_unlike_entries())) == 1
    assert len(list(checks.accepted_unlike_books())) == 1
