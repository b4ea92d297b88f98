"""Who may sign what: every refusal of a signature."""

import pytest

from logistics.approvals.choices import MeetingState, RouteState, Verdict
from logistics.approvals.kinds import StepSpec
from logistics.approvals.models import Signature
from logistics.approvals.rules import Refused, open_step, verdicts_for, waits_for
from logistics.approvals.services import routes
from logistics.approvals.services.routes import digest_of
from logistics.school.choices import Role
from tests import cast
from tests.finance import papers

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F02")]


@pytest.fixture
def route(db):
    teacher = cast.person("asks_for_paper", "申老师")
    kind = "approvals.decision"
    paper = papers.request(teacher)
    steps = [StepSpec(Role.DIRECTOR), StepSpec(Role.PRINCIPAL)]
    return routes.start(person=teacher, paper=paper, kind=kind, title="A4", facts={"a": "1"}, steps=steps)


def say(person, route, verdict=Verdict.APPROVE, **more):
    return routes.sign(person=person, route=route, verdict=verdict, **{"seen": route.facts_hash, **more})


def test_nobody_signs_out_of_turn_or_his_own_paper(route):
    papers.signer(Role.DIRECTOR)
    for person in (papers.signer(Role.PRINCIPAL), route.applicant):
        with pytest.raises(Refused):
            say(person, route)
    assert not Signature.objects.exists()


def test_a_changed_paper_and_a_missing_reason_are_refused(route):
    director = papers.signer(Role.DIRECTOR)
    with pytest.raises(Refused):
        say(director, route, seen="0" * 64)
    for verdict in (Verdict.RETURN, Verdict.REJECT):
        with pytest.raises(Refused):
            say(director, route, verdict, note=" ")
    assert not Signature.objects.exists()


def test_nobody_signs_twice_on_one_route(route):
    both = cast.person("two_roles", "双角色", Role.DIRECTOR, Role.PRINCIPAL)
    say(both, route)
    with pytest.raises(Refused):
        say(both, route)
    assert Signature.objects.count() == 1


def test_an_empty_place_waits_and_says_for_whom(route):
    assert str(Role.DIRECTOR.label) in waits_for(open_step(route))
    assert route.state == RouteState.RUNNING


def test_an_ended_route_takes_no_signature(route):
    routes.withdraw(person=route.applicant, route=route)
    with pytest.raises(Refused):
        say(papers.signer(Role.DIRECTOR), route)


def test_a_paper_without_an_amount_is_not_sent_to_a_meeting(route):
    director = papers.signer(Role.DIRECTOR)
    assert Verdict.MEETING not in verdicts_for(director, route)
    with pytest.raises(Refused):
        say(director, route, Verdict.MEETING)
    route.refresh_from_db()
    assert route.meeting == MeetingState.NONE


def test_each_signature_is_bound_to_the_one_before(route):
    first = say(papers.signer(Role.DIRECTOR), route)
    assert first.digest == digest_of(first, "")
    assert open_step(route).role == Role.PRINCIPAL
