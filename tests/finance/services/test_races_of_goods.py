"""Two people at once, where the money is: a claim is paid once, an invoice claimed once. Proved on PostgreSQL."""

import re
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from finance import checks
from finance.choices import AcceptanceState, ClaimState, PurchaseState
from finance.models import BudgetLine, Claim, Invoice, Order, Payment, PurchaseRequest
from finance.services import acceptances, claims, orders, payments, purchases
from finance.services.acceptances import Delivered
from logistics.approvals.choices import Verdict
from logistics.approvals.models import Route
from logistics.approvals.services import routes
from logistics.approvals.services.rules import enter_first_rules
from logistics.school.choices import Role
from tests import cast
from tests.assets.services.test_races import at_once
from tests.finance import goods, papers

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True), pytest.mark.requirement("F05", "F12")]
ORDER = (
    "approvals_route",
    "finance_purchaserequest",
    "finance_requestline",
    "finance_comparison",
    "finance_order",
    "finance_orderline",
    "finance_acceptanceline",
    "finance_claim",
    "finance_budgetline",
)


@pytest.fixture(autouse=True)
def _rules(transactional_db):
    enter_first_rules()  # the tables are emptied after each test of this kind


@pytest.fixture
def bought(teacher):
    return papers.request(teacher, [("足球", 10, "85.00")], approved=True)


def refusals(results) -> int:
    """How many were refused; whoever neither won nor was refused in words fell over."""
    return sum(isinstance(result, ValidationError) for result in results)


def sound() -> bool:
    return not [problem for check in checks.CHECKS for problem in check.find()]


def signed_claim(bought) -> Claim:
    placed = goods.order(bought)
    goods.delivery(placed)
    made = goods.claim(placed)
    goods.sign_all(made)
    assert made.state == ClaimState.APPROVED
    return made


def test_a_claim_is_paid_once(bought):
    made, cashiers = signed_claim(bought), [goods.part(Role.CASHIER), cast.person("pays_too", "孙出纳", Role.CASHIER)]
    seen = [Claim.objects.get() for _ in cashiers]
    results = at_once(
        *(
            lambda person=person, one=one: payments.pay(person=person, claim=one, amount=Decimal(850))
            for person, one in zip(cashiers, seen, strict=True)
        )
    )
    assert refusals(results) == 1
    made.refresh_from_db()
    assert (made.state, made.paid) == (ClaimState.PAID, Payment.objects.get().amount)
    assert BudgetLine.objects.get().spent == Decimal(850)
    assert PurchaseRequest.objects.get().state == PurchaseState.CLOSED
    assert sound()


def test_an_invoice_is_claimed_once(bought):
    placed = goods.order(bought)
    goods.delivery(placed)
    buyers = goods.part(Role.PURCHASER), cast.person("buys_too", "孙采购", Role.PURCHASER)
    mine = [claims.save_claim(person=buyer, order=placed, purpose="购置", payee="店") for buyer in buyers]
    said = {"number": "26000000000000000001", "day": placed.day, "seller": "店", "amount": Decimal(85)}
    results = at_once(
        *(
            lambda one=one: claims.set_invoice(person=one.claimant, claim=one, upload=goods.pdf(str(one.pk)), **said)
            for one in mine
        )
    )
    assert refusals(results) == 1
    assert Invoice.objects.get().amount == sum(Claim.objects.values_list("amount", flat=True)) == Decimal(85)


def test_one_file_is_claimed_once(bought):
    placed = goods.order(bought)
    goods.delivery(placed)
    buyers = goods.part(Role.PURCHASER), cast.person("buys_too", "孙采购", Role.PURCHASER)
    mine = [claims.save_claim(person=buyer, order=placed, purpose="购置", payee="店") for buyer in buyers]
    results = at_once(*(lambda one=one: goods.invoice(one, 85, upload=goods.pdf("same")) for one in mine))
    assert refusals(results) == 1
    assert Invoice.objects.count() == 1


def test_two_claims_for_the_same_goods(bought):
    placed = goods.order(bought)
    goods.delivery(placed)
    mine = [goods.claim(placed, [600], submitted=False) for _ in range(2)]
    results = at_once(*(lambda one=one: claims.submit(person=one.claimant, claim=one) for one in mine))
    assert refusals(results) == 1
    assert Claim.objects.filter(state=ClaimState.RUNNING).count() == Route.objects.of(mine[0]).count() + (
        Route.objects.of(mine[1]).count()
    )
    assert sound()


def test_a_payment_while_the_request_is_closed(teacher):
    bought = papers.approved_request(teacher, [("足球", 10, "8.50")])
    placed = goods.order(bought, quantity=6)
    goods.delivery(placed)
    made = goods.claim(placed)
    goods.sign_all(made)
    cashier, seen = goods.part(Role.CASHIER), PurchaseRequest.objects.get()
    results = at_once(
        lambda: payments.pay(person=cashier, claim=made, amount=made.amount),
        lambda: purchases.close(person=teacher, purchase=seen, reason="够用了"),
    )
    assert refusals(results) == 0, results
    line, bought = BudgetLine.objects.get(), PurchaseRequest.objects.get()
    assert (bought.state, bought.paid) == (PurchaseState.CLOSED, Decimal(51))
    assert (line.committed, line.spent) == (Decimal(0), Decimal(51))
    assert sound()


def test_the_last_payment_while_the_request_is_closed(teacher):
    """The payment closes it by itself; whoever closes it by hand comes before or is told."""
    bought = papers.approved_request(teacher, [("足球", 10, "8.50")])
    placed = goods.order(bought)
    goods.delivery(placed)
    made = goods.claim(placed)
    goods.sign_all(made)
    cashier, seen = goods.part(Role.CASHIER), PurchaseRequest.objects.get()
    at_once(
        lambda: payments.pay(person=cashier, claim=made, amount=made.amount),
        lambda: purchases.close(person=teacher, purchase=seen, reason="够用了"),
    )
    line = BudgetLine.objects.get()
    assert Payment.objects.count() == 1
    assert PurchaseRequest.objects.get().state == PurchaseState.CLOSED
    assert (line.committed, line.spent) == (Decimal(0), Decimal(85))
    assert sound()


def test_an_order_while_the_request_is_taken_back(teacher):
    bought = papers.approved_request(teacher, [("足球", 10, "8.50")])
    buyer, seller = goods.part(Role.PURCHASER), goods.supplier()
    line, seen = bought.lines.get(), PurchaseRequest.objects.get()
    results = at_once(
        lambda: orders.place_order(person=buyer, supplier=seller, lines=[(line, Decimal(10), Decimal("8.50"))]),
        lambda: purchases.take_back(person=teacher, purchase=seen),
    )
    assert refusals(results) == 1
    bought.refresh_from_db()
    assert (bought.state == PurchaseState.APPROVED) == Order.objects.exists()
    assert sound()


def test_a_claim_is_signed_while_another_delivery_comes(bought):
    placed, keeper = goods.order(bought), goods.part(Role.KEEPER)
    goods.delivery(placed, good=4)
    made = goods.claim(placed)
    route, line = Route.objects.of(made).get(), placed.lines.select_related("order", "request_line").get()
    step = route.steps.get(state="open")
    first = goods.part(step.role)
    results = at_once(
        lambda: routes.sign(person=first, route=route, verdict=Verdict.APPROVE, seen=route.facts_hash),
        lambda: acceptances.accept(person=keeper, order=placed, lines=[Delivered(line, Decimal(6), "consumable")]),
    )
    assert refusals(results) == 0, results
    placed.refresh_from_db()
    assert placed.accepted == Decimal(850)
    assert sound()


def test_signed_and_withdrawn_at_once(bought):
    placed = goods.order(bought)
    goods.delivery(placed)
    made = goods.claim(placed)
    route = Route.objects.of(made).get()
    while route.steps.filter(state="coming").exists():
        first = goods.part(route.steps.get(state="open").role)
        routes.sign(person=first, route=route, verdict=Verdict.APPROVE, seen=route.facts_hash)
    last = goods.part(route.steps.get(state="open").role)
    seen = [Route.objects.get(pk=route.pk), Claim.objects.get()]
    results = at_once(
        lambda: routes.sign(person=last, route=seen[0], verdict=Verdict.APPROVE, seen=route.facts_hash),
        lambda: claims.withdraw(person=made.claimant, claim=seen[1]),
    )
    assert refusals(results) == 1
    made.refresh_from_db()
    placed.refresh_from_db()
    assert placed.invoiced == (made.amount if made.state == ClaimState.APPROVED else 0)
    assert sound()


def held_by(act) -> list[str]:
    """The tables whose rows ``act`` holds, in the order in which it takes them first."""
    with CaptureQueriesContext(
        connection,
    ) as done:
        act()
    said = (re.search(r'FROM "(\w+)".*FOR UPDATE', query["sql"]) for query in done.captured_queries)
    return [table for table in dict.fromkeys(found[1] for found in said if found) if table in ORDER]


def in_order(tables: list[str]) -> bool:
    return bool(tables) and tables == sorted(tables, key=ORDER.index)


def test_everybody_takes_his_locks_in_one_order(teacher):
    """Else two who wait for each other would both be thrown out now and then."""
    if connection.vendor != "postgresql":
        pytest.skip("only this database names the rows it holds")
    bought = papers.approved_request(teacher, [("足球", 10, "8.50")])
    placed = goods.order(bought, quantity=8)
    buyer, line = goods.part(Role.PURCHASER), placed.lines.select_related("order", "request_line").get()
    taken = {
        "accept": held_by(lambda: goods.delivery(placed, good=5)),
        "end": held_by(lambda: orders.close_order(person=buyer, order=placed, reason="停产")),
        "claim": held_by(lambda: goods.claim(placed)),
    }
    made, cashier = Claim.objects.get(), goods.part(Role.CASHIER)
    route = Route.objects.of(made).get()
    while route.steps.filter(state="coming").exists():
        first = goods.part(route.steps.get(state="open").role)
        routes.sign(person=first, route=route, verdict=Verdict.APPROVE, seen=route.facts_hash)
    taken["sign"] = held_by(lambda: goods.sign_all(made))
    taken["order"] = held_by(lambda: goods.order(bought, quantity=line.quantity - 3))
    taken["pay"] = held_by(lambda: payments.pay(person=cashier, claim=made, amount=made.amount))
    paid = Payment.objects.get()
    taken["reverse"] = held_by(lambda: payments.reverse(person=cashier, payment=paid, reason="退回"))
    taken["take back"] = held_by(lambda: claims.take_back(person=made.claimant, claim=made))
    came = placed.acceptances.get()
    taken["void"] = held_by(lambda: acceptances.withdraw(person=came.accepted_by, acceptance=came))
    taken["close"] = held_by(lambda: purchases.close(person=teacher, purchase=bought, reason="够用了"))
    for name in ("accept", "claim"):  # what sets out holds its own earlier ways last: ended, they wait for nothing
        assert taken[name].pop() == "approvals_route"
    assert {name: tables for name, tables in taken.items() if not in_order(tables)} == {}


def test_entered_and_voided_at_once(bought):
    placed = goods.order(bought)
    made = goods.delivery(placed)
    line = made.lines.get()
    results = at_once(
        lambda: acceptances.take_in(line=line, quantity=Decimal(10)),
        lambda: acceptances.withdraw(person=made.accepted_by, acceptance=made),
    )
    assert refusals(results) == 1, results
    line.refresh_from_db()
    made.refresh_from_db()
    assert (line.stored == 0) == (made.state == AcceptanceState.VOID)
    assert sound()


def test_claimed_and_voided_at_once(bought):
    placed = goods.order(bought)
    made = goods.delivery(placed)
    claim = goods.claim(placed, submitted=False, amounts=["850.00"])
    results = at_once(
        lambda: claims.submit(person=claim.claimant, claim=claim),
        lambda: acceptances.withdraw(person=made.accepted_by, acceptance=made),
    )
    assert refusals(results) == 1, results
    claim.refresh_from_db()
    made.refresh_from_db()
    assert (claim.state == ClaimState.RUNNING) == (made.state != AcceptanceState.VOID)
    assert sound()


def test_a_payment_is_reversed_once(bought):
    claim = signed_claim(bought)
    payment, cashier = goods.paid(claim), goods.part(Role.CASHIER)
    results = at_once(*(lambda: payments.reverse(person=cashier, payment=payment, reason="退回") for _ in range(2)))
    assert refusals(results) == 1, results
    claim.refresh_from_db()
    assert (claim.paid, claim.state) == (0, ClaimState.APPROVED)
    assert sound()


def test_paid_and_taken_back_at_once(bought):
    claim, cashier = signed_claim(bought), goods.part(Role.CASHIER)
    seen = [Claim.objects.get() for _ in range(2)]
    results = at_once(
        lambda: payments.pay(person=cashier, claim=seen[0], amount=Decimal(850)),
        lambda: claims.take_back(person=claim.claimant, claim=seen[1]),
    )
    assert refusals(results) == 1, results
    claim.refresh_from_db()
    assert (claim.state == ClaimState.PAID) == Payment.objects.exists()
    assert sound()
