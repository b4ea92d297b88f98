"""A collective decision before the last signature: votes, majority, everybody present signs (F03)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from finance.choices import Category, PurchaseState
from finance.queries.purchases import route_of
from finance.services import purchases
from logistics.approvals.choices import MeetingState, Presence, RouteState, Verdict
from logistics.approvals.models import Route
from logistics.approvals.rules import Refused, open_step
from logistics.approvals.services import decisions, routes
from logistics.school.choices import Role
from tests import cast
from tests.finance import papers

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F03")]


@pytest.fixture
def repair(teacher):
    """A repair of ¥26,000, signed by all but the principal: a meeting decides first."""
    made = papers.submitted(teacher, [("塑胶跑道维修", 1, "26000.00")], category=Category.REPAIR)
    for role in (Role.LEADER, Role.DIRECTOR):
        papers.sign(made, papers.signer(role))
    return made


def decide(purchase, *, person=None, attendance=None, **fields):
    recorder = person or papers.signer(Role.LEADER)
    principal, director = papers.signer(Role.PRINCIPAL), papers.signer(Role.DIRECTOR)
    present = dict.fromkeys([principal, director, recorder], Presence.PRESENT)
    said = {
        "held_at": timezone.now() - dt.timedelta(hours=1),
        "place": "会议室",
        "chaired_by": principal,
        "topic": "跑道维修",
        "opinions": "同意维修，按程序比价。",
        "votes_for": 3,
        "votes_against": 0,
        "abstentions": 0,
        "passed": True,
        "resolution": "同意",
        **fields,
    }
    return decisions.record(person=recorder, route=route_of(purchase), attendance=attendance or present, **said)


def all_sign(decision):
    while step := open_step(route := Route.objects.of(decision).first()):
        signer = step.people.exclude(pk__in=route.signatures.values("person")).first()
        routes.sign(person=signer, route=route, verdict=Verdict.APPROVE, seen=route.facts_hash)


def principal_signs(purchase):
    papers.sign(purchase, papers.signer(Role.PRINCIPAL))


def test_the_principal_signs_once_the_meeting_agreed(repair):
    with pytest.raises(Refused, match="meeting"):
        principal_signs(repair)
    decision = decide(repair)
    with pytest.raises(Refused):  # recorded, but not signed by all present
        principal_signs(repair)
    all_sign(decision)
    assert route_of(repair).meeting == MeetingState.PASSED
    principal_signs(repair)
    assert repair.state == PurchaseState.APPROVED


def test_what_the_meeting_refused_nobody_approves(repair):
    all_sign(decide(repair, votes_for=1, votes_against=2, passed=False, resolution="暂缓"))
    with pytest.raises(Refused):
        principal_signs(repair)
    papers.sign(repair, papers.signer(Role.PRINCIPAL), Verdict.REJECT, "会议未通过")
    assert repair.state == PurchaseState.REJECTED


@pytest.mark.parametrize(
    "fields",
    [
        {"votes_for": 2},  # three voted
        {"votes_for": 1, "votes_against": 1, "abstentions": 1},  # no majority
        {"held_at": timezone.now() + dt.timedelta(days=1)},
    ],
)
def test_a_record_that_cannot_be_true_is_refused(repair, fields):
    with pytest.raises(ValidationError):
        decide(repair, **fields)


def test_who_chaired_was_there_and_nobody_decides_alone(repair):
    principal, recorder = papers.signer(Role.PRINCIPAL), papers.signer(Role.LEADER)
    with pytest.raises(ValidationError):
        decide(repair, attendance={principal: Presence.ABSENT, recorder: Presence.PRESENT}, votes_for=1)
    with pytest.raises(ValidationError):
        decide(repair, attendance={recorder: Presence.PRESENT}, chaired_by=recorder, votes_for=1)


def test_one_decision_at_a_time_and_only_where_one_is_asked_for(repair, stranger):
    decide(repair)
    with pytest.raises(Refused):
        decide(repair)
    small = papers.submitted(stranger)
    with pytest.raises(Refused):
        decide(small)


def test_a_decision_about_an_older_version_does_not_count(repair):
    decision = decide(repair)
    papers.sign(repair, papers.signer(Role.PRINCIPAL), Verdict.RETURN, "先补充图纸")
    purchases.submit(person=repair.applicant, purchase=repair)
    all_sign(decision)
    assert route_of(repair).version == 2
    assert route_of(repair).meeting == MeetingState.WANTED
    for role in (Role.LEADER, Role.DIRECTOR):
        papers.sign(repair, papers.signer(role))
    with pytest.raises(Refused):
        principal_signs(repair)


def test_anybody_asked_may_send_it_to_the_meeting(stranger):
    made = papers.submitted(stranger, [("展板", 3, "300.00")])
    leader = papers.signer(Role.LEADER)
    papers.sign(made, leader, Verdict.MEETING)
    with pytest.raises(Refused):
        papers.sign(made, leader)
    assert route_of(made).state == RouteState.RUNNING
    recorder = cast.person("records", "记录员", Role.DIRECTOR)
    principal = papers.signer(Role.PRINCIPAL)
    attendance = dict.fromkeys([leader, principal, recorder], Presence.PRESENT)
    all_sign(decide(made, person=recorder, attendance=attendance))
    papers.sign(made, leader)
    assert made.total == Decimal(900)
