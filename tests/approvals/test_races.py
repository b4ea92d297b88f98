"""Two people at once: one place is signed once, a paper ends one way, a meeting decides once. Proved on PostgreSQL."""

import datetime as dt
import re
from collections.abc import Callable
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from finance import checks as of_finance
from finance.choices import Category, PurchaseState
from finance.models import BudgetLine, PurchaseRequest
from finance.queries.purchases import route_of
from finance.services import purchases
from logistics.approvals import checks
from logistics.approvals.choices import MeetingState, Presence, RouteState, StepState, Verdict
from logistics.approvals.models import Decision, Route, Signature
from logistics.approvals.rules import open_step
from logistics.approvals.services import decisions, routes
from logistics.approvals.services.rules import enter_first_rules
from logistics.school.choices import Role
from logistics.school.models import Person, RoleAssignment
from tests import cast
from tests.assets.services.test_races import at_once
from tests.finance import goods, papers

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True), pytest.mark.requirement("F02")]
CHAIN = (Role.LEADER, Role.DIRECTOR, Role.PRINCIPAL)
DONE = "done"
each_step = pytest.mark.parametrize("role", CHAIN)
SIGNED_MEANWHILE = r"signs here\.|is no longer being signed: it is "
GONE = r"is no longer being signed: it is (approved|returned|withdrawn)\."


@pytest.fixture(autouse=True)
def _rules(transactional_db):
    enter_first_rules()  # the tables are emptied after each test of this kind


def before(role: str, made: PurchaseRequest) -> Route:
    """Signed by all who come before ``role``."""
    for earlier in CHAIN[: CHAIN.index(role)]:
        papers.sign(made, papers.signer(earlier))
    return route_of(made)


def another(role: str) -> Person:
    return cast.person("holds_it_too", "孙同职", role)


def fresh(person: Person) -> Person:
    """As another request reads him."""
    return Person.objects.get(pk=person.pk)


def says(person: Person, route: Route, verdict: str = Verdict.APPROVE, note: str = "") -> Callable[[], object]:
    """His signature under what was shown to him, from a page of his own."""
    given, seen = fresh(person), Route.objects.get(pk=route.pk)
    said = {"verdict": verdict, "seen": seen.facts_hash, "note": note, "at": open_step(seen).pk}
    return partial(routes.sign, person=given, route=seen, **said)


def told(*attempts: Callable[[], object]) -> tuple[list[object], list[str]]:
    """Make all attempts at once: what the winners got, and what the others read."""

    def attempt(act: Callable[[], object]) -> object:
        with translation.override("en"):  # the language of a thread is its own
            return act() or DONE

    results = at_once(*(partial(attempt, act) for act in attempts))
    assert None not in results, "somebody fell over instead of being told"
    refused = [result for result in results if isinstance(result, ValidationError)]
    return [one for one in results if one not in refused], [" ".join(refusal.messages) for refusal in refused]


def sound() -> bool:
    every = (*checks.CHECKS, *of_finance.CHECKS)
    return not [problem for check in every for problem in check.find()]


def one_told(pattern: str, *attempts: Callable[[], object]) -> object:
    """One wins and is given back, one reads ``pattern``; every chain of signatures holds."""
    winners, refusals = told(*attempts)
    assert len(refusals) == len(attempts) - 1
    assert all(re.search(pattern, refusal) for refusal in refusals), refusals
    assert sound()
    return winners[0]


def signed_once(route: Route, role: str) -> Signature:
    """The place of ``role`` bears one signature and the paper has gone on by one step."""
    step = route.steps.get(role=role)
    assert step.state == StepState.DONE
    assert route.signatures.count() == CHAIN.index(role) + 1
    route.refresh_from_db()
    made = PurchaseRequest.objects.get()
    last = role == CHAIN[-1]
    assert route.state == (RouteState.APPROVED if last else RouteState.RUNNING)
    assert made.state == (PurchaseState.APPROVED if last else PurchaseState.RUNNING)
    assert BudgetLine.objects.get().committed == (made.total if last else 0)
    if not last:
        assert open_step(route).role == CHAIN[CHAIN.index(role) + 1]
    return step.signatures.get()


@each_step
def test_two_who_hold_the_role_sign_one_place(teacher, role):
    route = before(role, papers.submitted(teacher))
    people = papers.signer(role), another(role)
    winner = one_told(SIGNED_MEANWHILE, *(says(person, route) for person in people))
    assert signed_once(route, role) == winner


@each_step
def test_the_same_person_signs_twice(teacher, role):
    route, person = before(role, papers.submitted(teacher)), papers.signer(role)
    pattern = r"You have signed this paper already|" + SIGNED_MEANWHILE
    winner = one_told(pattern, *(says(person, route) for _tab in range(3)))
    assert signed_once(route, role) == winner


@pytest.mark.requirement("O02")
@pytest.mark.parametrize("stands_in", [False, True])
def test_who_holds_the_next_role_too_signs_where_he_was_shown(teacher, stands_in):
    """He comes second: his signature for this place does not slip into the next one."""
    role, following = CHAIN[:2]
    both = goods.deputy(papers.signer(following), following) if stands_in else another(following)
    RoleAssignment.objects.create(person=both, role=role, first_day=cast.LONG_AGO)
    route = before(role, papers.submitted(teacher))
    winner = one_told(
        r"Somebody else has signed here meanwhile|" + SIGNED_MEANWHILE,
        says(papers.signer(role), route),
        says(both, route),
    )
    assert signed_once(route, role) == winner


@each_step
@pytest.mark.requirement("O02")
def test_a_deputy_and_his_principal_sign_one_place(teacher, role):
    person = papers.signer(role)
    deputy = goods.deputy(person, role)
    route = before(role, papers.submitted(teacher))
    one_told(SIGNED_MEANWHILE, says(person, route), says(deputy, route))
    signature = signed_once(route, role)
    assert (signature.person, signature.on_behalf_of) in {(person, None), (deputy, person)}


def test_approved_or_withdrawn(teacher):
    made = papers.submitted(teacher)
    route, seen = before(Role.PRINCIPAL, made), PurchaseRequest.objects.get()
    one_told(
        GONE,
        says(papers.signer(Role.PRINCIPAL), route),
        partial(purchases.withdraw, person=fresh(teacher), purchase=seen),
    )
    made.refresh_from_db()
    route.refresh_from_db()
    approved = route.state == RouteState.APPROVED
    assert made.state == (PurchaseState.APPROVED if approved else PurchaseState.WITHDRAWN)
    assert route.signatures.count() == (3 if approved else 2)
    assert BudgetLine.objects.get().committed == (made.total if approved else 0)


@each_step
def test_approved_or_returned_by_another(teacher, role):
    made = papers.submitted(teacher)
    route = before(role, made)
    winner = one_told(
        SIGNED_MEANWHILE,
        says(papers.signer(role), route),
        says(another(role), route, Verdict.RETURN, "少买两个"),
    )
    if winner.verdict == Verdict.APPROVE:
        assert signed_once(route, role) == winner
        return
    made.refresh_from_db()
    route.refresh_from_db()
    assert (route.state, made.state) == (RouteState.RETURNED, PurchaseState.RETURNED)
    assert route.steps.get(role=role).signatures.get() == winner
    assert not route.steps.filter(state=StepState.OPEN).exists()
    assert BudgetLine.objects.get().committed == 0


def test_returned_by_two(teacher):
    made = papers.submitted(teacher)
    route = before(Role.LEADER, made)
    people = papers.signer(Role.LEADER), another(Role.LEADER)
    one_told(GONE, *(says(person, route, Verdict.RETURN, "少买两个") for person in people))
    assert route.signatures.count() == 1
    made.refresh_from_db()
    assert made.state == PurchaseState.RETURNED


def test_signed_while_a_new_version_is_sent(teacher):
    """Who signs what the applicant has taken back is told; the new version bears no signature of the old one."""
    made = papers.submitted(teacher)
    old, seen, person = before(Role.LEADER, made), PurchaseRequest.objects.get(), fresh(teacher)

    def sent_again() -> Route:
        purchases.withdraw(person=person, purchase=seen)
        return purchases.submit(person=person, purchase=seen)

    _winners, refusals = told(says(papers.signer(Role.LEADER), old), sent_again)
    assert refusals in ([], [f"{old} is no longer being signed: it is withdrawn."])
    new = route_of(made)
    assert (new.version, new.state, new.signatures.count()) == (2, RouteState.RUNNING, 0)
    assert (open_step(new).role, old.signatures.count()) == (Role.LEADER, 1 - len(refusals))
    assert sound()


@pytest.fixture
def repair(teacher) -> PurchaseRequest:
    """A repair of ¥26,000 before its last signature: a meeting decides first."""
    made = papers.submitted(teacher, [("塑胶跑道维修", 1, "26000.00")], category=Category.REPAIR)
    before(Role.PRINCIPAL, made)
    return made


def at_the_meeting() -> list[Person]:
    return [papers.signer(role) for role in (Role.PRINCIPAL, Role.DIRECTOR, Role.LEADER)]


def recorded(made: PurchaseRequest, recorder: Person) -> Callable[[], object]:
    return partial(
        decisions.record,
        person=fresh(recorder),
        route=route_of(made),
        attendance=dict.fromkeys(at_the_meeting(), Presence.PRESENT),
        held_at=timezone.now() - dt.timedelta(hours=1),
        place="会议室",
        chaired_by=papers.signer(Role.PRINCIPAL),
        topic="跑道维修",
        opinions="同意维修，按程序比价。",
        votes_for=3,
        passed=True,
        resolution="同意",
    )


@pytest.mark.requirement("F03")
def test_a_decision_is_recorded_once(repair):
    recorders = papers.signer(Role.LEADER), papers.signer(Role.DIRECTOR)
    winner = one_told(
        r"A decision about this paper is being signed already\.", *(recorded(repair, person) for person in recorders)
    )
    assert Decision.objects.get() == winner
    assert winner.number.endswith("-00001")
    assert Route.objects.of(winner).get().state == RouteState.RUNNING
    assert route_of(repair).meeting == MeetingState.WANTED


@pytest.mark.requirement("F03")
def test_the_last_two_sign_a_decision_at_once(repair):
    """Both are asked and both sign: neither is lost, and the meeting has decided once."""
    principal, director, leader = at_the_meeting()
    route = Route.objects.of(recorded(repair, leader)()).get()
    winners, refusals = told(says(principal, route), says(director, route))
    assert refusals == []
    assert sorted(signature.place for signature in winners) == [1, 2]
    assert {signature.person for signature in route.signatures.all()} == {principal, director}
    route.refresh_from_db()
    assert (route.state, route_of(repair).meeting) == (RouteState.APPROVED, MeetingState.PASSED)
    assert sound()


@pytest.mark.requirement("F03")
def test_the_last_of_the_meeting_signs_twice(repair):
    principal, director, leader = at_the_meeting()
    route = Route.objects.of(recorded(repair, leader)()).get()
    says(principal, route)()
    one_told(GONE, *(says(director, route) for _tab in range(2)))
    assert route.signatures.count() == 2
    assert route_of(repair).meeting == MeetingState.PASSED


@pytest.mark.requirement("F03")
def test_the_paper_is_not_signed_before_the_meeting_has_decided(repair):
    principal, director, leader = at_the_meeting()
    decision, paper = Route.objects.of(recorded(repair, leader)()).get(), route_of(repair)
    says(principal, decision)()
    winners, refusals = told(says(director, decision), says(principal, paper))
    paper.refresh_from_db()
    repair.refresh_from_db()
    assert paper.meeting == MeetingState.PASSED  # whoever was first
    if refusals:
        assert refusals[0].startswith("A meeting decides about this first.")
        assert (paper.state, repair.state) == (RouteState.RUNNING, PurchaseState.RUNNING)
    else:
        decided, approved = sorted(winners, key=lambda signature: signature.route_id == paper.pk)
        assert decided.pk < approved.pk
        assert (paper.state, repair.state) == (RouteState.APPROVED, PurchaseState.APPROVED)
    assert sound()


@pytest.mark.requirement("F03")
def test_a_paper_is_withdrawn_while_the_last_of_the_meeting_signs(repair, teacher):
    principal, director, leader = at_the_meeting()
    decision, seen = Route.objects.of(recorded(repair, leader)()).get(), PurchaseRequest.objects.get()
    says(principal, decision)()
    _winners, refusals = told(
        says(director, decision), partial(purchases.withdraw, person=fresh(teacher), purchase=seen)
    )
    assert refusals == []
    decision.refresh_from_db()
    paper = Route.objects.of(repair).get()
    assert (decision.state, paper.state) == (RouteState.APPROVED, RouteState.WITHDRAWN)
    assert sound()
