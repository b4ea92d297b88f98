"""Two people at once: budget is not drawn twice, a request is submitted and taken back once. Proved on PostgreSQL."""

from decimal import Decimal

import pytest

from finance.choices import PurchaseState
from finance.models import BudgetLine, PurchaseRequest
from finance.queries.purchases import route_of
from finance.services import budget, purchases
from finance.services.purchases import Wanted
from logistics.approvals.choices import RouteState, Verdict
from logistics.approvals.models import Route
from logistics.approvals.services import routes
from logistics.approvals.services.rules import enter_first_rules
from logistics.school.choices import Role
from tests.assets.services.test_races import at_once
from tests.finance import papers

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True), pytest.mark.requirement("F12")]


@pytest.fixture(autouse=True)
def _rules(transactional_db):
    enter_first_rules()  # the tables are emptied after each test of this kind


def before_the_last(teacher, line) -> Route:
    made = papers.submitted(teacher, [("足球", 5, 85)], line=line)
    papers.sign(made, papers.signer(Role.LEADER))
    papers.sign(made, papers.signer(Role.DIRECTOR))
    return route_of(made)


def refusals(results) -> int:
    return sum(isinstance(result, Exception) for result in results)


def test_two_requests_draw_one_budget(teacher):
    line = papers.budget_line("体育", amount=Decimal(500))
    waiting = [before_the_last(teacher, line) for _ in range(2)]
    principal = papers.signer(Role.PRINCIPAL)
    results = at_once(
        *(
            lambda route=route: routes.sign(
                person=principal, route=route, verdict=Verdict.APPROVE, seen=route.facts_hash
            )
            for route in waiting
        )
    )
    assert refusals(results) == 1
    line.refresh_from_db()
    assert (line.committed, line.available) == (Decimal(425), Decimal(75))
    assert Route.objects.filter(state=RouteState.APPROVED).count() == 1
    assert PurchaseRequest.objects.filter(state=PurchaseState.APPROVED).count() == 1


def test_one_request_is_submitted_once(teacher):
    made = papers.request(teacher)
    seen = [PurchaseRequest.objects.get(pk=made.pk) for _ in range(3)]
    results = at_once(*(lambda one=one: purchases.submit(person=teacher, purchase=one) for one in seen))
    assert refusals(results) == 2
    assert Route.objects.count() == 1


def test_one_form_keeps_one_draft(teacher):
    chalk = Wanted("粉笔", Decimal(1))
    results = at_once(*(lambda: purchases.save_draft(person=teacher, lines=[chalk], once="a-form") for _ in range(2)))
    assert PurchaseRequest.objects.count() == 1
    assert len(results) == 2


def test_money_is_released_and_spent_only_once(teacher, director):
    made = papers.approved_request(teacher)
    seen = [PurchaseRequest.objects.select_related("budget_line").get(pk=made.pk) for _ in range(2)]
    results = at_once(
        lambda: budget.spend(person=director, purchase=seen[0], amount=made.total, paper="ZF"),
        lambda: budget.release(person=director, purchase=seen[1], amount=made.total, reason="x"),
    )
    assert refusals(results) == 1
    line = BudgetLine.objects.get()
    assert line.committed == 0
    assert line.spent + line.available == line.total


def test_taken_back_once(teacher):
    made = papers.approved_request(teacher)
    seen = [PurchaseRequest.objects.get(pk=made.pk) for _ in range(2)]
    results = at_once(*(lambda one=one: purchases.take_back(person=teacher, purchase=one) for one in seen))
    assert refusals(results) == 1
    assert BudgetLine.objects.get().committed == 0
