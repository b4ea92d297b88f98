"""Deputies, named people, several signatures: who signs for whom, and who never (O02)."""

import datetime as dt

import pytest
from django.utils import timezone

from finance.choices import PurchaseState
from finance.queries.purchases import route_of
from logistics.approvals.choices import RouteState, Verdict
from logistics.approvals.kinds import StepSpec
from logistics.approvals.models import Route, Signature
from logistics.approvals.rules import Refused, waits_for
from logistics.approvals.services import routes
from logistics.school.choices import Role
from logistics.school.models import Person, RoleAssignment
from tests import cast
from tests.finance import papers

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F02", "O02")]


def deputy_of(person: Person, role: str, *, first: int = 0, last: int = 3) -> Person:
    deputy = cast.person(f"for_{person.username}", f"代{person.name}")
    today = timezone.localdate()
    RoleAssignment.objects.create(
        person=deputy,
        role=role,
        deputy_for=person,
        first_day=today + dt.timedelta(days=first),
        last_day=today + dt.timedelta(days=last),
    )
    return deputy


def test_a_deputy_signs_for_the_other(teacher):
    deputy = deputy_of(papers.signer(Role.LEADER), Role.LEADER)
    made = papers.submitted(teacher)
    papers.sign(made, deputy)
    signature = Signature.objects.get(route=route_of(made))
    assert (signature.person, signature.on_behalf_of) == (deputy, papers.signer(Role.LEADER))


@pytest.mark.parametrize(("first", "last"), [(1, 3), (-5, -1)])
def test_only_while_he_stands_in(teacher, first, last):
    deputy = deputy_of(papers.signer(Role.LEADER), Role.LEADER, first=first, last=last)
    made = papers.submitted(teacher)
    with pytest.raises(Refused):
        papers.sign(made, deputy)


def test_the_principals_own_request_is_signed_by_the_named_deputy():
    principal = papers.signer(Role.PRINCIPAL)
    made = papers.submitted(principal)
    papers.sign(made, papers.signer(Role.LEADER))
    papers.sign(made, papers.signer(Role.DIRECTOR))
    step = papers.step_of(made)
    assert "nobody" in waits_for(step)
    with pytest.raises(Refused):
        papers.sign(made, principal)
    assert route_of(made).state == RouteState.RUNNING  # it waits; nobody is skipped
    deputy = deputy_of(principal, Role.PRINCIPAL)
    assert deputy.name in waits_for(papers.step_of(made))
    papers.sign(made, deputy)
    assert made.state == PurchaseState.APPROVED


def test_who_signed_as_himself_does_not_sign_again_as_deputy(teacher):
    leader, principal = papers.signer(Role.LEADER), papers.signer(Role.PRINCIPAL)
    today = timezone.localdate()
    RoleAssignment.objects.create(
        person=leader, role=Role.PRINCIPAL, deputy_for=principal, first_day=today, last_day=today
    )
    made = papers.submitted(teacher)
    papers.sign(made, leader)
    papers.sign(made, papers.signer(Role.DIRECTOR))
    with pytest.raises(Refused, match="two steps"):
        papers.sign(made, Person.objects.get(pk=leader.pk))


@pytest.mark.parametrize("deputy_first", [False, True])
def test_where_two_sign_one_and_his_deputy_are_not_two(teacher, deputy_first):
    director = papers.signer(Role.DIRECTOR)
    people = [director, deputy_of(director, Role.DIRECTOR)]
    first, second = reversed(people) if deputy_first else people
    paper = papers.request(teacher)
    route = routes.start(
        person=teacher,
        paper=paper,
        kind="approvals.decision",
        title="A4",
        facts={"a": "1"},
        steps=[StepSpec(Role.DIRECTOR, count=2), StepSpec(Role.PRINCIPAL)],
    )
    routes.sign(person=first, route=route, verdict=Verdict.APPROVE, seen=route.facts_hash)
    with pytest.raises(Refused, match="signed here already"):
        routes.sign(person=second, route=route, verdict=Verdict.APPROVE, seen=route.facts_hash)
    assert Signature.objects.get().person == first
    other = cast.person("second_director", "第二主任", Role.DIRECTOR)
    signed = routes.sign(person=other, route=route, verdict=Verdict.APPROVE, seen=route.facts_hash)
    assert signed.place == 2


def test_neither_administrators_nor_former_holders_sign(teacher):
    leader = papers.signer(Role.LEADER)
    made = papers.submitted(teacher)
    root = cast.person("root", "管理员", is_superuser=True, is_staff=True)
    with pytest.raises(Refused):
        papers.sign(made, root)
    leader.assignments.update(last_day=timezone.localdate() - dt.timedelta(days=1))
    with pytest.raises(Refused):
        papers.sign(made, Person.objects.get(pk=leader.pk))


def test_the_inbox_shows_what_one_may_sign_and_nothing_else(teacher):
    leader, director = papers.signer(Role.LEADER), papers.signer(Role.DIRECTOR)
    made = papers.submitted(teacher)
    own = papers.submitted(leader)

    def waiting(person):
        return set(Route.objects.waiting_for(Person.objects.get(pk=person.pk)))

    assert waiting(leader) == {route_of(made)}  # not his own
    assert waiting(director) == waiting(teacher) == set()
    papers.sign(made, leader)
    assert waiting(leader) == set()
    assert waiting(director) == {route_of(made)}
    assert route_of(own).state == RouteState.RUNNING
