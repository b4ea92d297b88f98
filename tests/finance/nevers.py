"""What must never be, of purchases and money (forms.md, Finance): plain queries that ask no service."""

import hashlib
import json
from collections import Counter
from decimal import Decimal

from django.db.models import Model, QuerySet

from finance import checks as finance_checks
from finance.models import (
    Acceptance,
    AcceptanceLine,
    BudgetLine,
    Claim,
    Comparison,
    Invoice,
    Order,
    OrderLine,
    Payment,
    PurchaseRequest,
    Quote,
    RequestLine,
)
from logistics.approvals import checks as approval_checks
from logistics.approvals.models import Route, Signature, Step

NOTHING = Decimal(0)


def total(rows: QuerySet, field: str = "amount") -> Decimal:
    return sum(rows.values_list(field, flat=True), NOTHING)


def assert_none() -> None:
    """Fail with the first never that happened."""
    goods_in_order()
    money_in_order()
    budgets_add_up()
    papers_are_signed()
    hands_are_apart()
    invoices_once()
    every = (*finance_checks.CHECKS, *approval_checks.CHECKS)
    problems = [problem for check in every for problem in check.find()]
    assert not problems


def goods_in_order() -> None:
    """Stored ≤ accepted ≤ ordered ≤ approved, line by line."""
    for line in RequestLine.objects.all():
        ordered = total(line.orders, "quantity")
        assert line.ordered == ordered <= line.quantity
    for line in OrderLine.objects.all():
        counted = line.acceptances.exclude(acceptance__state="void")
        assert line.accepted == total(counted, "accepted") <= line.quantity
    for line in AcceptanceLine.objects.all():
        assert NOTHING <= line.stored <= (line.accepted if line.acceptance.state != "void" else NOTHING)
        assert line.accepted + line.rejected == line.delivered


def money_in_order() -> None:
    """Paid ≤ the least of approved, accepted and invoiced: by request, order, line and claim."""
    for purchase in PurchaseRequest.objects.all():
        lines = OrderLine.objects.filter(request_line__request=purchase)
        paid, accepted, ordered = (total(lines, name) for name in ("paid", "accepted_amount", "amount"))
        assert NOTHING <= paid <= accepted <= ordered <= purchase.total
        if ordered:
            assert purchase.state in {"approved", "closed"}
    for order in Order.objects.all():
        paid = total(Payment.objects.filter(claim__order=order))
        accepted = total(AcceptanceLine.objects.filter(acceptance__order=order).exclude(acceptance__state="void"))
        invoiced = total(Invoice.objects.filter(claim__order=order, claim__state__in=["approved", "paid"], void=False))
        assert (order.paid, order.accepted, order.invoiced) == (paid, accepted, invoiced)
        assert paid <= invoiced <= accepted <= order.amount
    for line in OrderLine.objects.all():
        assert line.paid == total(line.payments) <= line.accepted_amount <= line.amount
    for claim in Claim.objects.all():
        paid = total(claim.payments)
        if claim.state != "rejected":
            assert claim.amount == total(claim.invoices.filter(void=False))
        assert claim.paid == paid <= claim.amount
        assert not paid or claim.state in {"approved", "paid"}
        assert (claim.state == "paid") == (0 < claim.amount == paid)
    for payment in Payment.objects.all():
        assert total(payment.shares) == payment.amount


def budgets_add_up() -> None:
    for line in BudgetLine.objects.all():
        sums: Counter = Counter()
        for kind, amount in line.entries.values_list("kind", "amount"):
            sums[kind] += amount
        assert line.committed + line.spent + line.available == line.original + line.adjusted
        assert (line.original, line.adjusted, line.spent) == (sums["original"], sums["adjustment"], sums["spending"])
        assert line.committed == sums["commitment"] - sums["release"] - sums["spending"] >= 0
        went = Payment.objects.filter(shares__line__request_line__request__budget_line=line)
        shares = sum(went.values_list("shares__amount", flat=True), NOTHING)
        assert line.spent == shares


def papers_are_signed() -> None:
    """Approved only with all steps signed; nobody his own paper, nobody twice; the facts are those that were signed."""
    for route in Route.objects.all():
        approvals = list(route.signatures.filter(verdict="approve"))
        assert all(signature.person_id != route.applicant_id for signature in route.signatures.all())
        assert len({signature.person_id for signature in approvals}) == len(approvals)
        said = json.dumps(route.facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(said.encode()).hexdigest() == route.facts_hash
        if route.state == "approved":
            for step in Step.objects.filter(route=route):
                assert step.state == "done"
                assert sum(signature.step_id == step.pk for signature in approvals) == step.count
    for model, states in (
        (PurchaseRequest, {"approved", "closed"}),
        (Claim, {"approved", "paid"}),
        (Comparison, {"decided"}),
        (Acceptance, {"signed"}),
    ):
        for paper in model.objects.filter(state__in=states):
            assert _newest(paper).state == "approved"
        for paper in model.objects.filter(state="running"):
            assert _newest(paper).state == "running"


def hands_are_apart() -> None:
    """Who asks prices does not choose, who bought does not accept, who claimed or signed does not pay; superusers do
    nothing at all."""
    for comparison in Comparison.objects.all():
        askers = {comparison.asked_by_id}
        askers |= set(Quote.history.filter(comparison_id=comparison.pk).values_list("history_user", flat=True))
        assert not askers & _signers(comparison)
    for acceptance in Acceptance.objects.select_related("order"):
        buyers = {acceptance.order.bought_by_id, acceptance.order.on_behalf_of_id} - {None}
        assert not buyers & {acceptance.accepted_by_id, acceptance.on_behalf_of_id}
    for payment in Payment.objects.select_related("claim"):
        payers = {payment.paid_by_id, payment.on_behalf_of_id} - {None}
        assert not payers & {payment.claim.claimant_id, *_signers(payment.claim)}
    assert not Signature.objects.filter(person__is_superuser=True).exists()


def invoices_once() -> None:
    counted = Invoice.objects.filter(void=False)
    numbers = Counter(counted.values_list("number", "code"))
    files = Counter(counted.exclude(sha256="").values_list("sha256", flat=True))
    assert all(times == 1 for times in (*numbers.values(), *files.values()))


def _newest(paper: Model) -> Route:
    return max(Route.objects.of(paper), key=lambda route: route.version)


def _signers(paper: Model) -> set[int]:
    routes = Route.objects.of(paper).order_by().values("pk")
    pairs = Signature.objects.filter(route__in=routes).values_list("person", "on_behalf_of")
    return {key for pair in pairs for key in pair if key}
