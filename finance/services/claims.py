"""Reimbursement (报销单): its invoices, handing it in, what its signatures settle.

Locks, in this order: its routes, the order, the claim.
"""

import hashlib
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from finance.choices import AcceptanceState, Category, ClaimKind, ClaimState, Prefix
from finance.models import Claim, Invoice, Order
from finance.rules import Refused
from finance.rules import claims as rules
from finance.rules.orders import refuse_without
from finance.services import held
from finance.services.signed import signed
from logistics.approvals.choices import RouteState
from logistics.approvals.models import Route
from logistics.approvals.rules import rule_for
from logistics.approvals.services import routes
from logistics.base.money import capitals, money_text
from logistics.printing.services import PAPER_LANGUAGE
from logistics.records import attachments
from logistics.records.numbers import take
from logistics.school.models import Person

KIND = "finance.claim"
FIELDS = ("purpose", "item", "payee", "bank", "account")


@transaction.atomic
def save_claim(*, person: Person, order: Order, claim: Claim | None = None, **fields: Any) -> Claim:
    """Begin or change a claim on an order (``FIELDS``). Raises Refused: nothing accepted to claim, not his, signed."""
    refuse_without(person, "finance.file_claim")
    row_order = held.order(order)
    if claim is None:
        if rules.claimable(row_order) <= 0:
            raise Refused(_("Of %(order)s nothing is accepted that has not been claimed.") % {"order": row_order})
        kind = ClaimKind.CANTEEN if row_order.category == Category.CANTEEN else ClaimKind.ORDINARY
        row = Claim(order=row_order, kind=kind, claimant=person)
        (row.number,) = take(Prefix.CLAIM, timezone.localdate().year)
    else:
        row = held.claim(claim)
        rules.refuse_editing(person, row)
    with signed(person):
        for name, value in fields.items():
            setattr(row, name, value)
        row.full_clean()
        row.save()
    return row


@transaction.atomic
def set_invoice(
    *,
    person: Person,
    claim: Claim,
    invoice: Invoice | None = None,
    upload: UploadedFile[Any] | None = None,
    **fields: Any,
) -> Invoice:
    """Add an invoice (number, code, day, amount in yuan, seller) with its file, or put one right.

    Raises Refused by field: not his, signed, no such number, a day to come, no amount, or the invoice or the same file
    is claimed already, also when somebody else does so at the same moment.
    """
    row_claim = held.claim(claim)
    rules.refuse_editing(person, row_claim)
    row = row_claim.invoices.filter(pk=invoice.pk).first() if invoice else Invoice(claim=row_claim)
    if row is None:
        raise Refused(_("This invoice is not on this claim."))
    for name, value in fields.items():
        setattr(row, name, value)
    row.number, row.code = rules.cleaned_number(row.number), rules.cleaned_number(row.code)
    rules.refuse_odd_number(row.number, row.code)
    if row.day > timezone.localdate():
        raise Refused({"day": _("This day has not come yet.")})
    if row.amount <= 0:
        raise Refused({"amount": _("The amount has to be above zero.")})
    if upload:
        row.sha256 = hashlib.sha256(upload.read()).hexdigest()
        upload.seek(0)
    rules.refuse_claimed_invoice(row)
    row.full_clean(exclude=["claim"], validate_constraints=False)
    with signed(person):
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:
            rules.refuse_claimed_invoice(row)  # somebody else was quicker: say with which claim
            raise Refused({"number": _("This invoice has been claimed already.")}) from error
        if upload:
            _keep_file(person, row, upload)
        _add_up(row_claim)
    claim.refresh_from_db()
    return row


@transaction.atomic
def remove_invoice(*, person: Person, invoice: Invoice) -> None:
    """Take an invoice off a claim that is not signed; it may be claimed elsewhere. Raises Refused."""
    row = held.claim(invoice.claim)
    rules.refuse_editing(person, row)
    with signed(person):
        for file in attachments.of(invoice):
            attachments.remove(attachment=file)
        invoice.delete()
        _add_up(row)


@transaction.atomic
def submit(*, person: Person, claim: Claim) -> Route:
    """Send the claim on its way. Raises Refused: no invoice, or more than is accepted and not claimed yet."""
    refuse_without(person, "finance.file_claim")
    order = held.order(claim.order)
    row = held.claim(claim)
    invoices = list(row.invoices.filter(void=False))
    rules.refuse_submission(person, row, order, invoices)
    rule = rule_for(KIND, amount=row.amount, category=row.kind, department=person.department)
    with signed(person):
        row.state, row.submitted_at = ClaimState.RUNNING, timezone.now()
        row.save()
        route = routes.start(
            person=person,
            paper=row,
            kind=KIND,
            number=row.number,
            title=row.purpose,
            facts=facts_of(row, order, invoices),
            rule=rule,
            amount=row.amount,
            department=person.department,
        )
    claim.refresh_from_db()
    return route


@transaction.atomic
def withdraw(*, person: Person, claim: Claim) -> None:
    """The claimant takes a running claim back. Raises Refused: it is not on its way."""
    route = Route.objects.of(claim).first()
    if route is None:
        raise Refused(_("%(claim)s has not been handed in.") % {"claim": claim})
    routes.withdraw(person=person, route=route)
    claim.refresh_from_db()


@transaction.atomic
def take_back(*, person: Person, claim: Claim) -> None:
    """The claimant takes a signed claim back of which nothing is paid; he may mend it and hand it in again.

    Raises Refused: not his, not signed, or something is paid.
    """
    route = Route.objects.of(claim).first()
    if route is None:
        raise Refused(_("%(claim)s has not been handed in.") % {"claim": claim})
    routes.take_back(person=person, route=route)
    claim.refresh_from_db()


@transaction.atomic
def give_up(*, person: Person, claim: Claim) -> None:
    """Give an unsigned claim up: its invoices may be claimed again. Raises Refused: not his, or signed."""
    row = held.claim(claim)
    rules.refuse_editing(person, row)
    with signed(person):
        row.state = ClaimState.REJECTED
        row.save()
        _void_invoices(row)
    claim.refresh_from_db()


def settle(route: Route) -> None:
    """Signed: the order counts as invoiced for so much; taken back it does not. Rejected: the invoices may be claimed
    again. Raises Refused: more than was accepted, or taken back though something is paid.
    """
    claim = Claim.objects.get(pk=route.object_id)
    order = held.order(claim.order)
    row = held.claim(claim)
    was_signed = row.state in {ClaimState.APPROVED, ClaimState.PAID}
    if was_signed and row.paid:
        raise Refused(_("¥%(paid)s of %(claim)s is paid.") % {"paid": money_text(row.paid), "claim": row})
    row.state = ClaimState(route.state)
    row.save()
    if was_signed:
        order.invoiced -= row.amount
        order.save()
    if route.state == RouteState.APPROVED:
        order.invoiced += row.amount
        if order.invoiced > order.accepted:
            raise Refused(_("More would be paid for %(order)s than was accepted.") % {"order": order})
        order.save()
    elif route.state == RouteState.REJECTED:
        _void_invoices(row)


def facts_of(claim: Claim, order: Order, invoices: list[Invoice]) -> dict[str, Any]:
    """What is signed: the claim with each of its invoices."""
    accepted = order.acceptances.exclude(state=AcceptanceState.VOID)
    numbers = accepted.order_by("pk").values_list("number", flat=True)
    with translation.override(PAPER_LANGUAGE):
        return {
            "number": claim.number,
            "day": timezone.localdate().isoformat(),
            "kind": claim.kind,
            "claimant": claim.claimant.name,
            "department": str(claim.claimant.department or ""),
            "purpose": claim.purpose,
            "item": claim.item,
            "payee": claim.payee,
            "bank": claim.bank,
            "account": claim.account,
            "order": order.number,
            "acceptances": list(numbers),
            "invoices": [
                {
                    "number": invoice.number,
                    "code": invoice.code,
                    "day": invoice.day.isoformat(),
                    "amount": str(invoice.amount),
                    "seller": invoice.seller,
                    "sha256": invoice.sha256,
                }
                for invoice in invoices
            ],
            "total": str(claim.amount),
            "capitals": capitals(claim.amount),
        }


def _keep_file(person: Person, invoice: Invoice, upload: UploadedFile[Any]) -> None:
    for former in attachments.of(invoice):
        attachments.remove(attachment=former)
    try:
        attachments.attach(person=person, record=invoice, upload=upload)
    except ValidationError as error:
        raise Refused({"file": error.messages}) from error


def _add_up(claim: Claim) -> None:
    claim.amount = sum(claim.invoices.filter(void=False).values_list("amount", flat=True), Decimal(0))
    claim.save(update_fields=["amount"])


def _void_invoices(claim: Claim) -> None:
    for invoice in claim.invoices.filter(void=False):
        invoice.void = True
        invoice.save()
