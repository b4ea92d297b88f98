"""What a role gives, and how a deputy's part begins and ends by itself."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.utils import timezone

from logistics.school.choices import Role
from logistics.school.models import Person, RoleAssignment
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("O02")]


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def hand_over(from_: Person, to: Person, first: int, last: int) -> RoleAssignment:
    today = timezone.localdate()
    return RoleAssignment.objects.create(
        person=to,
        role=Role.KEEPER,
        deputy_for=from_,
        first_day=today + dt.timedelta(first),
        last_day=today + dt.timedelta(last),
    )


def test_role_gives_its_permissions(keeper, stranger):
    assert keeper.has_perm("assets.add_card")
    assert not stranger.has_perm("assets.add_card")
    assert stranger.has_perm("school.view_contacts")


def test_person_who_left_may_nothing(keeper):
    keeper.is_active = False
    assert not keeper.has_perm("assets.add_card")


@pytest.mark.parametrize(("first", "last", "may"), [(0, 0, True), (-5, 3, True), (1, 3, False), (-5, -1, False)])
def test_deputy_holds_the_role_from_day_to_day(keeper, stranger, first, last, may):
    hand_over(keeper, stranger, first, last)
    assert fresh(stranger).has_perm("assets.add_card") is may
    assert fresh(stranger).principal_for("assets.add_card") == (keeper if may else None)


def test_deputy_loses_what_the_other_lost(keeper, stranger):
    hand_over(keeper, stranger, -1, 1)
    keeper.assignments.update(last_day=timezone.localdate() - dt.timedelta(1))
    assert not fresh(stranger).has_perm("assets.add_card")


def test_own_role_is_used_before_the_deputised_one(keeper):
    second = cast.person("second", "孙二", Role.KEEPER)
    hand_over(keeper, second, -1, 1)
    assert fresh(second).principal_for("assets.add_card") is None


def test_deputy_needs_a_last_day(keeper, stranger):
    with pytest.raises(IntegrityError):
        RoleAssignment.objects.create(person=stranger, role=Role.KEEPER, deputy_for=keeper)
