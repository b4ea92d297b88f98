"""What may be claimed and paid and why not (forms.md, Finance: "Never"). Reads only."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from finance.choices import ClaimState
from finance.models import Claim, Invoice, Order
from finance.rules import Refused
from logistics.approvals.models import Route, Signature
from logistics.base.money import money_text
from logistics.school.models import Person

EDITABLE = frozenset({ClaimState.DRAFT, ClaimState.RETURNED, ClaimState.WITHDRAWN})
LIVE = [ClaimState.DRAFT, ClaimState.RUNNING, ClaimState.RETURNED, ClaimState.WITHDRAWN]
COUNTED = [ClaimState.RUNNING, ClaimState.APPROVED, ClaimState.PAID]
# 数电票 has 20 digits and no code; the paper and electronic invoices before it 8 digits and a code of 10 or 12.
NEW_NUMBER, OLD_NUMBER, OLD_CODE = re.compile(r"\d{20}"), re.compile(r"\d{8}"), re.compile(r"\d{10}|\d{12}")


def cleaned_number(text: str) -> str:
    """An invoice number or code as it is compared: half width, without spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def refuse_odd_number(number: str, code: str) -> None:
    """Raises Refused, by field, for what no invoice bears."""
    if NEW_NUMBER.fullmatch(number):
        if code:
            raise Refused({"code": _("An invoice with 20 digits has no code: leave it empty.")})
        return
    if not OLD_NUMBER.fullmatch(number):
        raise Refused({"number": _("An invoice number has 20 digits, on older invoices 8.")})
    if not OLD_CODE.fullmatch(code):
        raise Refused({"code": _("An invoice with 8 digits also has a code of 10 or 12 digits.")})


def refuse_claimed_invoice(invoice: Invoice) -> None:
    """Raises Refused when the invoice, or the same file, stands on a claim already (F08)."""
    others = Invoice.objects.filter(void=False).exclude(pk=invoice.pk).select_related("claim")
    if same := others.filter(number=invoice.number, code=invoice.code).first():
        text = _("This invoice stands on %(claim)s already. An invoice is claimed once.")
        raise Refused({"number": text % {"claim": same.claim}})
    if invoice.sha256 and (same := others.filter(sha256=invoice.sha256).first()):
        text = _("The same file stands on %(claim)s already, for the invoice %(number)s.")
        raise Refused({"file": text % {"claim": same.claim, "number": same.number}})


def refuse_editing(person: Person, claim: Claim) -> None:
    """Raises Refused unless the claim is his and neither on its way nor signed."""
    if claim.claimant_id != person.pk:
        raise Refused(_("Only %(person)s changes this claim.") % {"person": claim.claimant})
    if claim.state not in EDITABLE:
        state = claim.get_state_display()
        raise Refused(_("%(claim)s is %(state)s and is not changed any more.") % {"claim": claim, "state": state})


def may_edit(person: Person, claim: Claim) -> bool:
    return claim.claimant_id == person.pk and claim.state in EDITABLE


def claimed(order: Order, *, without: Claim | None = None) -> Decimal:
    """Yuan of the order that claims on their way, signed or paid come to."""
    claims = order.claims.filter(state__in=COUNTED)
    if without:
        claims = claims.exclude(pk=without.pk)
    return sum(claims.values_list("amount", flat=True), Decimal(0))


def claimable(order: Order, *, without: Claim | None = None) -> Decimal:
    """Yuan of what was accepted that no claim has asked for yet."""
    return Decimal(order.accepted) - claimed(order, without=without)


def refuse_submission(person: Person, claim: Claim, order: Order, invoices: Iterable[Invoice]) -> None:
    """Raises Refused for what a claim still lacks, or more than was accepted."""
    refuse_editing(person, claim)
    given = list(invoices)
    amount = sum((invoice.amount for invoice in given), Decimal(0))
    if not amount:
        raise Refused(_("Enter at least one invoice."))
    if bare := next((invoice for invoice in given if not invoice.sha256), None):
        raise Refused(_("The invoice %(number)s has no picture or PDF yet.") % {"number": bare})
    if not claim.purpose.strip():
        raise Refused({"purpose": _("Say what it is for.")})
    if amount > (left := claimable(order, without=claim)):
        text = _("The invoices come to ¥%(amount)s, but of %(order)s only ¥%(left)s are accepted and not yet claimed.")
        raise Refused(text % {"amount": money_text(amount), "order": order, "left": money_text(left)})


def refuse_payer(person: Person, claim: Claim, behalf: Person | None = None) -> None:
    """Raises Refused: who signed a claim, or made it, does not pay it; nor does he have it paid by his deputy."""
    payers = {person.pk, behalf.pk if behalf else person.pk}
    if claim.claimant_id in payers:
        raise Refused(_("Nobody pays his own claim."))
    signed = Signature.objects.filter(route__in=Route.objects.of(claim).order_by().values("pk"))
    if signed.filter(Q(person__in=payers) | Q(on_behalf_of__in=payers)).exists():
        raise Refused(_("Who signed a claim does not pay it."))


def payable(claim: Claim, order: Order) -> Decimal:
    """The most that may be paid on a claim now: what is signed, accepted and invoiced, each less what is paid."""
    return min(claim.amount - claim.paid, order.accepted - order.paid, order.invoiced - order.paid)
