"""Paying signed claims (F05: paid is never more than the least of approved, accepted and invoiced).

Locks, in this order: requests, order, order lines, claim, budget lines.
"""

import datetime as dt
from collections import defaultdict
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from finance.choices import ClaimState, PaymentMethod, Prefix
from finance.models import Claim, OrderLine, Payment, PaymentShare, PurchaseRequest
from finance.rules import Refused, refuse_day
from finance.rules import claims as rules
from finance.rules.orders import refuse_without
from finance.services import budget, held, purchases
from finance.services.signed import signed
from logistics.base.history import now_acting
from logistics.base.money import money_text
from logistics.records.numbers import take
from logistics.school.models import Person


@transaction.atomic
def pay(
    *,
    person: Person,
    claim: Claim,
    amount: Decimal,
    day: dt.date | None = None,
    method: str = PaymentMethod.TRANSFER,
    voucher: str = "",
    note: str = "",
    seen: Decimal | None = None,
) -> Payment:
    """Pay ``amount`` yuan on a signed claim; the order's lines, the requests and the budget say so at once.

    ``seen`` is what was paid on it when the form was shown: the same form sent twice pays once.

    Raises Refused: not the cashier, who made or signed the claim, not signed, something paid since it was shown, or
    more than the least of approved, accepted and invoiced; ClosedError for a closed day.
    """
    refuse_without(person, "finance.pay")
    day = day or timezone.localdate()
    refuse_day(day)
    asked = claim.order.lines.values_list("request_line__request", flat=True)
    requests = held.requests(asked)
    order = held.order(claim.order)
    lines = held.order_lines(order)
    row = held.claim(claim)
    rules.refuse_payer(person, row, person.principal_for("finance.pay"))
    if seen not in {None, row.paid}:
        raise Refused(_("¥%(paid)s of it are paid by now. Look at it again.") % {"paid": money_text(row.paid)})
    _refuse_amount(row, amount, rules.payable(row, order))
    with signed(person):
        payment = Payment(
            number=take(Prefix.PAYMENT, day.year)[0],
            claim=row,
            amount=amount,
            day=day,
            method=method,
            voucher=voucher,
            note=note,
            paid_by=person,
            on_behalf_of=now_acting().on_behalf_of,
        )
        payment.full_clean()
        payment.save()
        row.paid += amount
        if row.paid == row.amount:
            row.state = ClaimState.PAID
        row.save()
        order.paid += amount
        order.save()
        _share_out(payment, list(lines.values()), requests)
        _spend(person, payment, requests)
    claim.refresh_from_db()
    return payment


@transaction.atomic
def reverse(*, person: Person, payment: Payment, reason: str, day: dt.date | None = None) -> Payment:
    """Take a payment back by another of the same amount below zero: the claim waits to be paid again, the money is
    committed again. Raises Refused: not the cashier, who made or signed the claim, reversed already, no reason.
    """
    refuse_without(person, "finance.pay")
    day = day or timezone.localdate()
    refuse_day(day)
    if day < payment.day:
        raise Refused({"day": _("It was paid on %(day)s only.") % {"day": payment.day.isoformat()}})
    if not reason.strip():
        raise Refused({"reason": _("Say why.")})
    asked = payment.claim.order.lines.values_list("request_line__request", flat=True)
    requests = held.requests(asked)
    order = held.order(payment.claim.order)
    lines = held.order_lines(order)
    row = held.claim(payment.claim)
    rules.refuse_payer(person, row, person.principal_for("finance.pay"))
    if payment.reverses_id or Payment.objects.filter(reverses=payment).exists():
        raise Refused(_("%(paper)s is a reversal, or has been reversed.") % {"paper": payment})
    with signed(person):
        undone = Payment(
            number=take(Prefix.PAYMENT, day.year)[0],
            claim=row,
            amount=-payment.amount,
            day=day,
            method=payment.method,
            voucher=payment.voucher,
            note=reason.strip()[:200],
            paid_by=person,
            on_behalf_of=now_acting().on_behalf_of,
            reverses=payment,
        )
        undone.full_clean()
        undone.save()
        row.paid -= payment.amount
        row.state = ClaimState.APPROVED
        row.save()
        order.paid -= payment.amount
        _take_back(undone, payment, lines, requests)
        order.save()
        _unspend(person, undone, requests)
    return undone


def _take_back(
    undone: Payment, payment: Payment, lines: dict[int, OrderLine], requests: dict[int, PurchaseRequest]
) -> None:
    """Each share of a payment, below zero."""
    for share in payment.shares.order_by("line"):
        line = lines[share.line_id]
        PaymentShare.objects.create(payment=undone, line=line, amount=-share.amount)
        line.paid -= share.amount
        line.save()
        requests[line.request_line.request_id].paid -= share.amount
    for purchase in requests.values():
        purchase.save(update_fields=["paid"])


def _unspend(person: Person, undone: Payment, requests: dict[int, PurchaseRequest]) -> None:
    """What the payment spent is committed again, in the order of the budget lines' keys."""
    for purchase, amount in _parts(undone, requests):
        budget.unspend(person=person, purchase=purchase, amount=-amount, paper=undone.number)


def _refuse_amount(claim: Claim, amount: Decimal, most: Decimal) -> None:
    if claim.state != ClaimState.APPROVED:
        raise Refused(_("%(claim)s is %(state)s.") % {"claim": claim, "state": claim.get_state_display()})
    if amount <= 0:
        raise Refused({"amount": _("The amount has to be above zero.")})
    if amount > most:
        text = _("At most ¥%(most)s: no more than is approved, accepted and invoiced.")
        raise Refused({"amount": text % {"most": money_text(most)}})


def _share_out(payment: Payment, lines: list[OrderLine], requests: dict[int, PurchaseRequest]) -> None:
    """Line by line in the order's order, each up to what was accepted of it."""
    rest = payment.amount
    for line in lines:
        part = min(rest, line.accepted_amount - line.paid)
        if part <= 0:
            continue
        PaymentShare.objects.create(payment=payment, line=line, amount=part)
        line.paid += part
        line.save()
        requests[line.request_line.request_id].paid += part
        rest -= part
    if rest:
        raise Refused({"amount": _("More than was accepted line by line.")})
    for purchase in requests.values():
        purchase.save(update_fields=["paid"])


def _spend(person: Person, payment: Payment, requests: dict[int, PurchaseRequest]) -> None:
    """Each request's part leaves its budget line."""
    parts = _parts(payment, requests)
    for purchase, amount in parts:
        budget.spend(person=person, purchase=purchase, amount=amount, paper=payment.number)
    for purchase, _amount in parts:
        purchases.close_when_done(person=person, purchase=purchase)


def _parts(payment: Payment, requests: dict[int, PurchaseRequest]) -> list[tuple[PurchaseRequest, Decimal]]:
    """How much of a payment is for which request; in the order of the budget lines' keys: nobody waits in a circle."""
    parts: dict[int, Decimal] = defaultdict(Decimal)
    for share in payment.shares.select_related("line__request_line"):
        parts[share.line.request_line.request_id] += share.amount
    paid = sorted((requests[key] for key in parts), key=lambda purchase: (purchase.budget_line_id or 0, purchase.pk))
    return [(purchase, parts[purchase.pk]) for purchase in paid]
