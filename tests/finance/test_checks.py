"""Integrity checks of purchases: silent on sound books, and each finds what was altered past the program."""

from decimal import Decimal

import pytest
from django.db.models import F, QuerySet

from finance import checks
from finance.models import (
    BudgetLine,
    Claim,
    Invoice,
    Order,
    OrderLine,
    Payment,
    PaymentShare,
    PurchaseRequest,
    RequestLine,
)
from finance.services import budget, claims, orders, payments, purchases
from logistics.school.choices import Role
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


@pytest.fixture
def half_paid(teacher):
    """A claim of ¥340 in two invoices of which ¥200 are paid."""
    placed = goods.order(papers.request(teacher, [("足球", 10, "85.00"), ("球网", 3, "40.00")], approved=True))
    goods.delivery(placed, good=3)
    made = goods.claim(placed, ["300.00", "40.00"])
    goods.sign_all(made)
    goods.paid(made, "200.00")
    return made


@pytest.mark.requirement("F05", "F08")
def test_sound_claims_are_silent(half_paid):
    placed = half_paid.order
    goods.claim(placed, ["1.00"])
    given_up = goods.claim(placed, ["2.00"], submitted=False)
    claims.give_up(person=given_up.claimant, claim=given_up)
    back = goods.paid(half_paid, "7.00")
    payments.reverse(person=goods.part(Role.CASHIER), payment=back, reason="退回")
    taken = goods.claim(placed, ["3.00"])
    goods.sign_all(taken)
    claims.take_back(person=taken.claimant, claim=taken)
    assert not list(checks.claims_unlike_money())


@pytest.mark.requirement("F05", "F08")
@pytest.mark.parametrize(
    ("model", "field"),
    [
        (Claim, "amount"),
        (Claim, "paid"),
        (Invoice, "amount"),
        (Order, "invoiced"),
        (Order, "paid"),
        (OrderLine, "paid"),
        (PaymentShare, "amount"),
    ],
)
def test_altered_money_of_claims_is_found(half_paid, model, field):
    changed = QuerySet(model).filter(**{f"{field}__gt": 1})  # past what is sealed
    assert changed.update(**{field: F(field) - 1})
    problems = list(checks.claims_unlike_money())
    assert problems
    assert all(problem.url for problem in problems)


@pytest.mark.requirement("F05")
def test_a_payment_unlike_its_shares_and_claim_is_found(half_paid):
    QuerySet(Payment).update(amount=F("amount") - 1)
    urls = {problem.url for problem in checks.claims_unlike_money()}
    assert urls == {half_paid.get_absolute_url(), half_paid.payments.get().get_absolute_url()}


@pytest.mark.requirement("F08")
def test_live_invoices_of_a_rejected_claim_are_found(half_paid):
    given_up = goods.claim(half_paid.order, ["2.00"], submitted=False)
    claims.give_up(person=given_up.claimant, claim=given_up)
    given_up.invoices.update(void=False)
    assert [problem.url for problem in checks.claims_unlike_money()] == [given_up.get_absolute_url()]


@pytest.mark.requirement("F05")
def test_claims_cost_no_query_a_row(half_paid, django_assert_num_queries):
    for amount in ("1.00", "2.00", "3.00"):
        made = goods.claim(half_paid.order, [amount])
        goods.sign_all(made)
        goods.paid(made)
    Claim.objects.update(amount=F("amount") + 1)
    OrderLine.objects.filter(paid__gt=0).update(paid=F("paid") - 1)
    with django_assert_num_queries(5):
        assert len(list(checks.claims_unlike_money())) > 4
