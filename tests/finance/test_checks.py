"""Integrity checks of purchases: silent on sound books, and each finds what was altered past the program."""

from decimal import Decimal

import pytest
from django.db.models import F

from finance import checks
from finance.models import BudgetLine, Order, OrderLine, PurchaseRequest, RequestLine
from finance.services import budget, orders, purchases
from tests.finance import goods, papers

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F12")]


def test_sound_books_are_silent(teacher, director):
    made = papers.approved_request(teacher, [("足球", 5, 85)])
    papers.submitted(teacher, [("排球", 5, 75)])
    PurchaseRequest.objects.filter(pk=made.pk).update(ordered=400, accepted=400, paid=100)
    budget.spend(person=director, purchase=made, amount=Decimal(100), paper="ZF")
    assert not list(checks.budget_unlike_entries())
    assert not list(checks.commitments_unlike_purchases())
    purchases.close(person=teacher, purchase=made, reason="够用了")
    assert not list(checks.commitments_unlike_purchases())


def test_altered_amounts_are_found(teacher):
    made = papers.approved_request(teacher)
    BudgetLine.objects.update(original=F("original") + 1, available=F("available") + 1)
    assert [problem.url for problem in checks.budget_unlike_entries()] == [made.budget_line.get_absolute_url()]


def test_money_kept_for_nothing_is_found(teacher):
    made = papers.approved_request(teacher)
    PurchaseRequest.objects.update(state="withdrawn")
    (problem,) = checks.commitments_unlike_purchases()
    assert problem.url == made.get_absolute_url()


@pytest.mark.requirement("F05")
def test_sums_of_orders_and_deliveries(teacher):
    placed = goods.order(papers.request(teacher, [("足球", 10, "85.00"), ("球网", 3, "40.00")], approved=True))
    goods.delivery(placed, good=2, rejected=1)
    orders.close_order(person=placed.bought_by, order=placed, reason="厂家停产")
    assert not list(checks.amounts_unlike_lines())


@pytest.mark.requirement("F05")
@pytest.mark.parametrize(
    ("model", "field"),
    [(PurchaseRequest, "accepted"), (RequestLine, "ordered"), (Order, "accepted"), (OrderLine, "accepted")],
)
def test_altered_sums_of_orders_and_deliveries_are_found(teacher, model, field):
    goods.delivery(goods.order(papers.request(teacher, [("足球", 10, "85.00")], approved=True)), good=4)
    model.objects.update(**{field: F(field) - 1})
    (problem, *_more) = checks.amounts_unlike_lines()
    assert problem.url
