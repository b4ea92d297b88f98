"""The staff list: login names, first passwords, leaving."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from logistics.school.choices import Role
from logistics.school.models import Person, RoleAssignment
from logistics.school.services import people, roles
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("O01")]


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_a_person_is_entered_without_a_password():
    person = people.create_person(name="张晓梅", staff_number="018", position="语文教师")
    assert (person.username, person.name_sort[:5]) == ("zhangxiaomei", "zhang")
    assert not person.has_usable_password()
    assert person.history.count() == 1


def test_two_of_a_name_get_two_login_names():
    names = [people.create_person(name="李明").username for _n in range(3)]
    assert names == ["liming", "liming2", "liming3"]


@pytest.mark.parametrize("fields", [{"username": "keeper"}, {"staff_number": "007"}, {"name": ""}, {"email": "x"}])
def test_what_is_taken_or_wrong_is_refused(keeper, fields):
    people.update_person(person=keeper, staff_number="007")
    with pytest.raises(ValidationError):
        people.create_person(**{"name": "新人", **fields})
    assert Person.objects.count() == 1


@pytest.mark.requirement("O05")
def test_a_change_without_a_difference_leaves_no_entry(keeper):
    people.update_person(person=keeper, position="保管员")
    people.update_person(person=keeper, position="保管员")
    assert keeper.history.count() == 2


@pytest.mark.requirement("O05")
def test_signing_in_leaves_no_entry(as_person, keeper):
    as_person(keeper)
    assert fresh(keeper).last_login
    assert keeper.history.count() == 1


@pytest.mark.requirement("O02")
def test_a_first_password_has_to_be_replaced(director, stranger):
    password = people.reset_password(person=stranger, actor=director)
    assert fresh(stranger).check_password(password)
    assert fresh(stranger).must_change_password
    assert not any(password in str(value) for row in stranger.history.values() for value in row.values())


@pytest.mark.requirement("O02")
def test_nobody_takes_over_somebody_who_may_more(director, principal):
    with pytest.raises(ValidationError):
        people.reset_password(person=principal, actor=director)


@pytest.mark.requirement("O02")
def test_nor_somebody_who_will_may_more_tomorrow(director, stranger):
    tomorrow = timezone.localdate() + dt.timedelta(1)
    RoleAssignment.objects.create(person=stranger, role=Role.PRINCIPAL, first_day=tomorrow)
    with pytest.raises(ValidationError):
        people.reset_password(person=stranger, actor=director)


@pytest.mark.requirement("O02")
def test_only_an_administrator_touches_an_administrator(director):
    admin = cast.person("admin", "管理员", is_superuser=True)
    with pytest.raises(ValidationError):
        people.reset_password(person=admin, actor=director)
    with pytest.raises(ValidationError):
        people.leave(person=admin, actor=director)
    second = cast.person("admin2", "管理员二", is_superuser=True)
    people.reset_password(person=admin, actor=second)


@pytest.mark.requirement("O02")
@pytest.mark.parametrize("actor", ["principal", "keeper", "stranger"])
def test_others_reset_no_password(actor, request, teacher):
    with pytest.raises(ValidationError):
        people.reset_password(person=teacher, actor=request.getfixturevalue(actor))


@pytest.mark.requirement("O02")
def test_who_left_loses_everything_and_so_does_his_deputy(director, keeper, stranger):
    today = timezone.localdate()
    own = keeper.assignments.get()
    roles.hand_over(actor=keeper, assignment=own, to=stranger, first_day=today, last_day=today + dt.timedelta(3))
    assert fresh(stranger).has_perm("assets.add_card")
    people.leave(person=keeper, actor=director)
    assert not fresh(keeper).has_perm("school.view_contacts")
    assert not fresh(stranger).has_perm("assets.add_card")
    assert fresh(keeper).assignments.standing().count() == 0


@pytest.mark.requirement("O02")
def test_who_left_cannot_sign_in(client, director, keeper):
    people.leave(person=keeper, actor=director)
    assert not client.login(username="keeper", password="password")


def test_nobody_writes_himself_off(director):
    with pytest.raises(ValidationError):
        people.leave(person=director, actor=director)
    assert fresh(director).is_active


def test_who_comes_back_begins_without_roles(director, keeper):
    people.leave(person=keeper, actor=director)
    people.come_back(person=keeper)
    assert fresh(keeper).is_active
    assert fresh(keeper).roles_today == {Role.STAFF}


@pytest.mark.requirement("O02")
def test_a_deputy_does_not_take_over_the_one_he_stands_in_for(director, principal):
    today = timezone.localdate()
    own = principal.assignments.get()
    roles.hand_over(actor=principal, assignment=own, to=director, first_day=today, last_day=today)
    deputy = fresh(director)
    with pytest.raises(ValidationError):
        people.reset_password(person=principal, actor=deputy)
    with pytest.raises(ValidationError):
        people.leave(person=principal, actor=deputy)


@pytest.mark.requirement("O02")
def test_nobody_writes_off_somebody_who_may_more(director, principal):
    with pytest.raises(ValidationError):
        people.leave(person=principal, actor=director)
    assert fresh(principal).is_active
    admin = cast.person("admin", "管理员", is_superuser=True)
    people.leave(person=principal, actor=admin)
    assert not fresh(principal).is_active
