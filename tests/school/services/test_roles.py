"""Appointing, ending and handing over roles: who may, and what is refused."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from logistics.school.backends import RoleBackend
from logistics.school.choices import Role
from logistics.school.models import Person, RoleAssignment, SchoolClass, SchoolYear
from logistics.school.services import people
from logistics.school.services import roles as services
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("O02")]


def day(offset: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(offset)


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def appoint(actor: Person, person: Person, role: str = Role.KEEPER, first: int = 0, last: int | None = None):
    last_day = None if last is None else day(last)
    return services.appoint(actor=actor, person=person, role=role, first_day=day(first), last_day=last_day)


def hand_over(actor: Person, assignment: RoleAssignment, to: Person, first: int = 0, last: int = 7):
    return services.hand_over(actor=actor, assignment=assignment, to=to, first_day=day(first), last_day=day(last))


@pytest.mark.requirement("O05")
def test_the_director_appoints(director, stranger):
    made = appoint(director, stranger)
    assert fresh(stranger).has_perm("assets.add_card")
    assert made.history.count() == 1


def test_a_role_from_a_later_day_begins_then(director, stranger):
    appoint(director, stranger, first=1)
    assert not fresh(stranger).has_perm("assets.add_card")


def test_nobody_appoints_himself(director, principal):
    for actor in (director, principal, cast.person("admin", "管理员", is_superuser=True)):
        with pytest.raises(PermissionDenied):
            appoint(actor, actor)


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.LEADER, Role.DIRECTOR])
def test_leaders_are_appointed_by_the_principal(director, principal, stranger, role):
    with pytest.raises(PermissionDenied):
        appoint(director, stranger, role)
    appoint(principal, stranger, role)


def test_who_may_not_appoint(keeper, stranger):
    with pytest.raises(PermissionDenied):
        appoint(keeper, stranger)


def test_somebody_who_left_gets_no_role(director, stranger):
    people.leave(person=stranger, actor=director)
    with pytest.raises(ValidationError):
        appoint(director, fresh(stranger))


@pytest.mark.parametrize(("first", "last"), [(0, None), (5, 9)])
def test_a_role_is_not_held_twice(director, keeper, first, last):
    with pytest.raises(ValidationError):
        appoint(director, keeper, first=first, last=last)


@pytest.mark.parametrize(("first", "last"), [(-1, None), (3, 2)])
def test_not_backwards(director, stranger, first, last):
    with pytest.raises(ValidationError):
        appoint(director, stranger, first=first, last=last)


def test_ended_at_once(director, keeper):
    services.end(actor=director, assignment=keeper.assignments.get())
    assert not fresh(keeper).has_perm("assets.add_card")


def test_ended_on_a_day(director, keeper):
    services.end(actor=director, assignment=keeper.assignments.get(), last_day=day(0))
    assert fresh(keeper).has_perm("assets.add_card")
    assert not keeper.assignments.in_force(day(1))


def test_what_has_not_begun_is_withdrawn_and_stays_on_record(director, stranger):
    made = appoint(director, stranger, first=0)
    services.end(actor=director, assignment=made)
    assert not fresh(stranger).has_perm("assets.add_card")
    made.refresh_from_db()
    assert made.withdrawn_at
    appoint(director, stranger)


@pytest.mark.parametrize("offset", [-1, 9])
def test_the_last_day_lies_ahead_and_within(director, stranger, offset):
    made = appoint(director, stranger, last=5)
    with pytest.raises(ValidationError):
        services.end(actor=director, assignment=made, last_day=day(offset))


def test_nobody_ends_what_he_does_not_appoint_to(director, principal, keeper, teacher):
    for actor, holder in ((director, principal), (keeper, teacher), (director, director), (keeper, keeper)):
        with pytest.raises(PermissionDenied):
            services.end(actor=actor, assignment=holder.assignments.get())


def test_an_ended_role_is_not_ended_again(director, keeper):
    services.end(actor=director, assignment=keeper.assignments.get())
    with pytest.raises(PermissionDenied):
        services.end(actor=director, assignment=keeper.assignments.get())


def test_the_holder_hands_over_and_takes_back(keeper, stranger):
    deputy = hand_over(keeper, keeper.assignments.get(), stranger)
    assert fresh(stranger).principal_for("assets.add_card") == keeper
    assert fresh(keeper).has_perm("assets.add_card")
    services.end(actor=keeper, assignment=deputy)
    assert not fresh(stranger).has_perm("assets.add_card")


def test_who_appoints_may_hand_over_for_one_who_is_away(director, keeper, stranger):
    hand_over(director, keeper.assignments.get(), stranger)
    assert fresh(stranger).has_perm("assets.add_card")


def test_a_deputised_role_is_not_handed_on(director, keeper, stranger, teacher):
    deputy = hand_over(keeper, keeper.assignments.get(), stranger)
    for actor in (stranger, director):
        with pytest.raises(PermissionDenied):
            hand_over(actor, deputy, teacher)


def test_nobody_makes_himself_a_deputy(director, keeper, principal):
    with pytest.raises(PermissionDenied):
        hand_over(director, keeper.assignments.get(), director)
    with pytest.raises(PermissionDenied):
        hand_over(director, principal.assignments.get(), director)


def test_nobody_hands_over_what_is_not_his(teacher, keeper, stranger):
    with pytest.raises(PermissionDenied):
        hand_over(teacher, keeper.assignments.get(), stranger)


def test_one_deputy_at_a_time(keeper, stranger, teacher):
    own = keeper.assignments.get()
    hand_over(keeper, own, stranger, 0, 3)
    with pytest.raises(ValidationError):
        hand_over(keeper, own, teacher, 3, 5)
    hand_over(keeper, own, teacher, 4, 5)


def test_a_deputy_stands_in_only_while_the_role_is_held(director, stranger, teacher):
    own = appoint(director, stranger, first=2, last=5)
    for first, last in ((1, 3), (3, 6)):
        with pytest.raises(ValidationError):
            hand_over(stranger, own, teacher, first, last)


def test_who_holds_it_already_is_no_deputy(keeper):
    second = cast.person("second", "孙二", Role.KEEPER)
    with pytest.raises(ValidationError):
        hand_over(keeper, keeper.assignments.get(), second)


def test_a_deputy_works_here(director, keeper, stranger):
    people.leave(person=stranger, actor=director)
    with pytest.raises(ValidationError):
        hand_over(keeper, keeper.assignments.get(), fresh(stranger))


def test_with_the_role_its_deputy_ends(director, keeper, stranger):
    hand_over(keeper, keeper.assignments.get(), stranger)
    services.end(actor=director, assignment=keeper.assignments.get())
    assert not fresh(stranger).has_perm("assets.add_card")


def test_a_deputy_appoints_ends_and_hands_on_no_leading_role(principal, director, keeper, stranger):
    own = principal.assignments.get()
    hand_over(principal, own, director)
    deputy = fresh(director)
    assert deputy.has_perm("school.appoint_leaders")
    with pytest.raises(PermissionDenied):
        appoint(deputy, stranger, Role.PRINCIPAL)
    with pytest.raises(PermissionDenied):
        services.end(actor=deputy, assignment=own)
    with pytest.raises(PermissionDenied):
        hand_over(deputy, own, keeper, first=8, last=90)
    appoint(deputy, stranger)  # what he may by his own role


def test_who_leads_a_class_is_its_homeroom_teacher_without_appointment(stranger, keeper):
    cast.term()
    led = cast.school_class(stranger)
    assert fresh(stranger).roles_today == {Role.HOMEROOM, Role.STAFF}
    assert fresh(keeper).roles_today == {Role.KEEPER, Role.STAFF}
    led.homeroom_teacher = keeper
    led.save()
    assert Role.HOMEROOM not in fresh(stranger).roles_today


def test_a_class_of_another_year_makes_no_homeroom_teacher(stranger):
    cast.term()
    cast.school_class()
    before = SchoolYear.objects.create(
        name="2025—2026学年", first_day=dt.date(2025, 9, 1), last_day=dt.date(2026, 8, 31)
    )
    SchoolClass.objects.create(year=before, grade=5, number=2, homeroom_teacher=stranger)
    assert Role.HOMEROOM not in fresh(stranger).roles_today


def test_who_is_signed_in_shows_the_class_he_leads(as_person, stranger, django_assert_num_queries):
    cast.term()
    cast.school_class(stranger)
    assert "班主任" in as_person(stranger).get("/").content.decode()
    with django_assert_num_queries(1):
        person = RoleBackend().get_user(stranger.pk)
        assert person.leads_class
