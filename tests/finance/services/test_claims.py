"""Reimbursement and payment: an invoice is claimed once, paid is the least of approved, accepted and invoiced."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from finance.choices import Category, ClaimState, PurchaseState
from finance.models import Invoice, Order
from finance.rules import Refused
from finance.services import claims, payments
from logistics.approvals.choices import Verdict
from logistics.approvals.models import Route
from logistics.approvals.rules import open_step
from logistics.approvals.services import routes
from logistics.base.sealed import SealedError
from logistics.school.choices import Role
from tests import cast
from tests.finance import goods, papers

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F05", "F08")]


@pytest.fixture
def delivered(teacher):
    """An order of ¥850 of which ¥680 came and were good."""
    order = goods.order(papers.request(teacher, [("足球", 10, "85.00")], approved=True))
    goods.delivery(order, good=8)
    return order


def test_from_claim_to_payment(delivered):
    made = goods.claim(delivered, ["600.00", "80.00"])
    roles = [step.role for step in Route.objects.of(made).get().steps.order_by("position")]
    assert roles == [Role.KEEPER, Role.BOOKKEEPER, Role.PRINCIPAL]
    goods.sign_all(made)
    assert made.state == ClaimState.APPROVED
    first = goods.paid(made, "500.00")
    made.refresh_from_db()
    assert (made.state, made.paid, first.number[:2]) == (ClaimState.APPROVED, Decimal(500), "ZF")
    goods.paid(made)
    made.refresh_from_db()
    purchase = delivered.lines.get().request_line.request
    purchase.budget_line.refresh_from_db()
    assert made.state == ClaimState.PAID
    assert (purchase.paid, purchase.budget_line.spent) == (Decimal(680), Decimal(680))
    assert purchase.budget_line.committed == Decimal(170)  # of the two pieces still to come


def test_a_payment_that_came_back_is_reversed_and_paid_again(delivered):
    made = goods.claim(delivered, ["680.00"])
    goods.sign_all(made)
    payment = goods.paid(made)
    undone = payments.reverse(person=goods.part(Role.CASHIER), payment=payment, reason="账号有误，银行退回")
    made.refresh_from_db()
    delivered.refresh_from_db()
    purchase = delivered.lines.get().request_line.request
    line = purchase.budget_line
    assert (made.state, made.paid, delivered.paid, purchase.paid) == (ClaimState.APPROVED, 0, 0, 0)
    assert (line.spent, line.committed) == (0, Decimal(850))
    assert (undone.amount, undone.reverses) == (Decimal(-680), payment)
    for once_more in (payment, undone):
        with pytest.raises(Refused, match="reversed"):
            payments.reverse(person=goods.part(Role.CASHIER), payment=once_more, reason="再来")
    goods.paid(made)
    assert made.payments.count() == 3


def test_who_may_not_pay_reverses_no_payment(delivered):
    made = goods.claim(delivered, ["680.00"])
    goods.sign_all(made)
    payment = goods.paid(made)
    with pytest.raises(Refused, match="why"):
        payments.reverse(person=goods.part(Role.CASHIER), payment=payment, reason=" ")
    with pytest.raises(Refused):
        payments.reverse(person=made.claimant, payment=payment, reason="退回")
    day = payment.day - dt.timedelta(days=1)
    with pytest.raises(ValidationError):
        payments.reverse(person=goods.part(Role.CASHIER), payment=payment, reason="退回", day=day)
    with pytest.raises(IntegrityError), transaction.atomic():
        payment.__class__.objects.bulk_create(
            [payment.__class__(claim=made, number="ZF-1", amount=-1, paid_by=made.claimant)]
        )


def test_a_signed_claim_is_taken_back_while_nothing_is_paid(delivered):
    made = goods.claim(delivered, ["680.00"])
    goods.sign_all(made)
    with pytest.raises(ValidationError, match="刘采购"):
        claims.take_back(person=goods.part(Role.CASHIER), claim=made)
    payment = goods.paid(made, "80.00")
    with pytest.raises(Refused, match="80"):
        claims.take_back(person=made.claimant, claim=made)
    payments.reverse(person=goods.part(Role.CASHIER), payment=payment, reason="退回")
    claims.take_back(person=made.claimant, claim=made)
    delivered.refresh_from_db()
    assert (made.state, delivered.invoiced) == (ClaimState.WITHDRAWN, 0)
    claims.submit(person=made.claimant, claim=made)
    goods.sign_all(made)
    delivered.refresh_from_db()
    assert (made.state, delivered.invoiced) == (ClaimState.APPROVED, Decimal(680))


def test_what_is_bought_and_paid_closes_and_frees_the_rest(teacher):
    purchase = papers.request(teacher, [("足球", 10, "85.00")], approved=True)
    order = goods.order(purchase, price="80.00")
    goods.delivery(order)
    made = goods.claim(order)
    goods.sign_all(made)
    goods.paid(made)
    purchase.refresh_from_db()
    line = purchase.budget_line
    line.refresh_from_db()
    assert purchase.state == PurchaseState.CLOSED
    assert (line.committed, line.spent) == (Decimal(0), Decimal(800))


@pytest.mark.requirement("F08")
def test_canteen_goods_have_a_chain_of_their_own(teacher):
    rice = goods.order(papers.request(teacher, [("大米", 50, "5.20")], approved=True, category=Category.CANTEEN))
    goods.delivery(rice, nature="canteen")
    made = goods.claim(rice)
    roles = [step.role for step in Route.objects.of(made).get().steps.order_by("position")]
    assert roles == [Role.RECEIVER, Role.CANTEEN_MANAGER, Role.PRINCIPAL]


def test_never_more_than_accepted_is_claimed(delivered):
    with pytest.raises(Refused, match="680"):
        goods.claim(delivered, ["680.01"])
    goods.claim(delivered, ["400.00"])
    with pytest.raises(Refused, match="280"):
        goods.claim(delivered, ["281.00"])


def test_nothing_is_claimed_before_it_is_accepted(teacher):
    order = goods.order(papers.request(teacher, [("足球", 10, "85.00")], approved=True))
    with pytest.raises(Refused):
        goods.claim(order, ["10.00"])


OLD = {"number": "01234567", "code": "3300194130"}


def test_an_invoice_is_claimed_once(delivered):
    first = goods.claim(delivered, ["100.00"], submitted=False)
    goods.invoice(first, "50.00", **OLD)
    second = goods.claim(delivered, ["100.00"], submitted=False)
    for number, code in ((OLD["number"], OLD["code"]), ("０１２３４５６７", " 3300 194130")):
        with pytest.raises(Refused, match=first.number):
            goods.invoice(second, "50.00", number=number, code=code)
    goods.invoice(second, "50.00", number=OLD["number"], code="3300194131")  # the code tells old ones apart
    with pytest.raises(IntegrityError), transaction.atomic():
        Invoice.objects.filter(claim=second, number=OLD["number"]).update(code=OLD["code"])


def test_a_file_is_claimed_once(delivered):
    first = goods.claim(delivered, ["100.00"], submitted=False)
    goods.invoice(first, "50.00", upload=goods.picture(1))
    second = goods.claim(delivered, ["100.00"], submitted=False)
    with pytest.raises(Refused, match=first.number):
        goods.invoice(second, "60.00", upload=goods.picture(1))
    goods.invoice(second, "60.00", upload=goods.picture(2))


def test_the_invoices_of_a_rejected_claim_may_be_claimed_again(delivered):
    made = goods.claim(delivered, ["100.00"], submitted=False)
    goods.invoice(made, "50.00", **OLD)
    claims.submit(person=made.claimant, claim=made)
    route = Route.objects.of(made).get()
    routes.sign(
        person=goods.part(Role.KEEPER), route=route, verdict=Verdict.REJECT, seen=route.facts_hash, note="非本校发票"
    )
    made.refresh_from_db()
    assert made.state == ClaimState.REJECTED
    again = goods.claim(delivered, ["100.00"], submitted=False)
    goods.invoice(again, "50.00", **OLD)


@pytest.mark.parametrize(
    ("number", "code"),
    [("1234567", ""), ("123456789", "3300194130"), ("12345678", ""), ("12345678", "33001"), ("1" * 20, "3300194130")],
)
def test_what_no_invoice_bears_is_refused(delivered, number, code):
    made = goods.claim(delivered, ["100.00"], submitted=False)
    with pytest.raises(Refused):
        goods.invoice(made, "50.00", number=number, code=code)


@pytest.mark.parametrize("amount", ["0", "-1", "0.00"])
def test_an_invoice_of_nothing_is_refused_for_its_amount(delivered, amount):
    made = goods.claim(delivered, ["100.00"], submitted=False)
    with pytest.raises(Refused) as refused:
        goods.invoice(made, amount)
    assert set(refused.value.error_dict) == {"amount"}
    assert made.invoices.count() == 1


@pytest.mark.parametrize(
    ("same", "told"), [({"number": OLD["number"], "code": OLD["code"]}, "number"), ({"upload": 1}, "file")]
)
def test_who_comes_second_with_an_invoice_is_told_where_it_stands(delivered, monkeypatch, same, told):
    first = goods.claim(delivered, ["100.00"], submitted=False)
    goods.invoice(first, "50.00", **OLD, upload=goods.picture(1))
    second = goods.claim(delivered, ["100.00"], submitted=False)
    look, looked = claims.rules.refuse_claimed_invoice, []

    def late(invoice):  # at the first look the other one is not written yet
        looked.append(invoice)
        if len(looked) > 1:
            look(invoice)

    monkeypatch.setattr(claims.rules, "refuse_claimed_invoice", late)
    given = {**same, "upload": goods.picture(1)} if "upload" in same else same
    with pytest.raises(Refused, match=first.number) as refused:
        goods.invoice(second, "60.00", **given)
    assert (set(refused.value.error_dict), len(looked)) == ({told}, 2)
    second.refresh_from_db()
    assert (second.invoices.count(), second.amount) == (1, Decimal(100))


def test_an_invoice_of_tomorrow_is_refused(delivered):
    made = goods.claim(delivered, ["100.00"], submitted=False)
    with pytest.raises(Refused):
        goods.invoice(made, "50.00", day=timezone.localdate() + dt.timedelta(days=1))


def test_a_signed_claim_is_not_changed(delivered):
    made = goods.claim(delivered, ["100.00"])
    with pytest.raises(Refused):
        goods.invoice(made, "50.00")
    with pytest.raises(Refused):
        claims.remove_invoice(person=made.claimant, invoice=made.invoices.first())
    claims.withdraw(person=made.claimant, claim=made)
    goods.invoice(made, "50.00")
    claims.submit(person=made.claimant, claim=made)
    assert Route.objects.of(made).first().version == 2


def test_paid_is_never_more_than_the_least(delivered):
    made = goods.claim(delivered, ["300.00"])
    with pytest.raises(Refused):  # not signed yet
        goods.paid(made, "1.00")
    goods.sign_all(made)
    with pytest.raises(Refused, match="300"):
        goods.paid(made, "300.01")
    with pytest.raises(Refused):
        goods.paid(made, "-1")
    goods.paid(made)
    with pytest.raises(Refused):
        goods.paid(made, "0.01")
    for amounts in ({"paid": Decimal(301)}, {"accepted": Decimal(299)}, {"invoiced": Decimal(299)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Order.objects.filter(pk=delivered.pk).update(**amounts)


def test_who_signed_does_not_pay_and_only_the_cashier_does(delivered, teacher):
    both = cast.person("both", "身兼二职", Role.CASHIER, Role.BOOKKEEPER)
    made = goods.claim(delivered, ["300.00"])
    while step := open_step(route := Route.objects.of(made).first()):
        signer = both if step.role == Role.BOOKKEEPER else goods.part(step.role)
        routes.sign(person=signer, route=route, verdict=Verdict.APPROVE, seen=route.facts_hash)
    admin = cast.person("root", "管理员", is_superuser=True, is_staff=True)
    for person in (both, teacher, cast.principal(), goods.part(Role.PURCHASER), admin):
        with pytest.raises(ValidationError):
            payments.pay(person=person, claim=made, amount=Decimal(1))


def test_a_payment_is_written_once(delivered):
    made = goods.claim(delivered, ["300.00"])
    goods.sign_all(made)
    payment = goods.paid(made)
    payment.amount = Decimal(1)
    with pytest.raises(SealedError):
        payment.save()
    with pytest.raises(SealedError):
        payment.delete()
