"""Every change of a purchase request (申购单): drafting, submitting, taking back, closing, what its signatures settle.

Locks, in this order: its routes, the request, the budget line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from finance.choices import Prefix, PurchaseState
from finance.models import PurchaseRequest, RequestLine
from finance.queries.facts import facts_of
from finance.queries.purchases import KIND
from finance.queries.splitting import deciding_amount, rolling_sums
from finance.rules import Refused
from finance.rules import purchases as rules
from finance.services import budget
from logistics.approvals.choices import RouteState, Verdict
from logistics.approvals.kinds import StepSpec
from logistics.approvals.models import Route, Rule
from logistics.approvals.rules import chain_of, rule_for
from logistics.approvals.services import routes
from logistics.base.locks import hold
from logistics.base.money import line_amount
from logistics.notices.services import notify
from logistics.printing.services import PAPER_LANGUAGE
from logistics.records import attachments
from logistics.records.numbers import take
from logistics.school.choices import Role
from logistics.school.models import Person

FIELDS = ("category", "purpose", "budget_line", "needed_by", "overspend_reason")
CLOSED = gettext_noop("%(paper)s was closed by %(person)s: %(reason)s")


@dataclass(frozen=True)
class Wanted:
    """One line as it is typed; ``price`` in yuan each."""

    name: str
    quantity: Decimal
    price: Decimal = Decimal(0)
    specification: str = ""
    unit: str = "个"


@transaction.atomic
def save_draft(
    *,
    person: Person,
    lines: Sequence[Wanted],
    purchase: PurchaseRequest | None = None,
    once: str = "",
    **fields: Any,
) -> PurchaseRequest:
    """Keep what was typed so far (``FIELDS`` and the lines, in order); nothing has to be complete.

    ``once`` marks the form a new draft is typed in: saved a second time, it is the same draft. Raises Refused: it is
    somebody else's, on its way or signed, has too many lines or comes to
    more than an amount may be.
    """
    rules.refuse_many_lines(len(lines))
    rules.refuse_too_much(line_amount(line.quantity, line.price) for line in lines)
    held = _begun(person, purchase, once)
    rules.refuse_editing(person, held)
    for name in FIELDS:
        if name in fields:
            setattr(held, name, fields[name])
    held.save()
    _write_lines(held, lines)
    return held


@transaction.atomic
def discard(*, person: Person, purchase: PurchaseRequest) -> None:
    """Throw a draft away that was never submitted. Raises Refused: somebody else's, or it has a number already."""
    held = _held(purchase)
    rules.refuse_editing(person, held)
    if held.state != PurchaseState.DRAFT:
        raise Refused(_("%(purchase)s was submitted once and is kept.") % {"purchase": held})
    for file in attachments.of(held):
        attachments.remove(attachment=file)
    for line in held.lines.all():
        line.delete()
    held.delete()


@transaction.atomic
def submit(*, person: Person, purchase: PurchaseRequest, overspend_reason: str | None = None) -> Route:
    """Send the request, or its new version, on its way; the first time it takes its number.

    The rule is chosen by the largest of its total and the rolling sums. Over the budget (F12) it needs a reason, and
    the principal signs last where the rule does not ask for him. Raises Refused, by field where one is to be mended.
    """
    held = _held(purchase)
    lines = list(held.lines.all())
    if overspend_reason is not None:
        held.overspend_reason = overspend_reason.strip()
    rules.refuse_submission(person, held, lines)
    held.total = total_of(lines)
    held.department = person.department
    rules.refuse_over_without_reason(held)
    with translation.override(PAPER_LANGUAGE):  # they become part of what is signed
        sums = rolling_sums(held, lines)
    rule = way_of(held, deciding_amount(held, sums))
    held.number = held.number or take(Prefix.REQUEST, timezone.localdate().year)[0]
    held.state, held.submitted_at = PurchaseState.RUNNING, timezone.now()
    held.save()
    route = routes.start(
        person=person,
        paper=held,
        kind=KIND,
        title=held.purpose,
        facts=facts_of(held, lines, sums),
        rule=rule,
        steps=added_steps(held, rule),
        number=held.number,
        amount=held.total,
        department=held.department,
    )
    purchase.refresh_from_db()
    return route


@transaction.atomic
def withdraw(*, person: Person, purchase: PurchaseRequest) -> None:
    """The applicant takes a running request back, to mend it or leave it. Raises Refused: it is not on its way."""
    routes.withdraw(person=person, route=_latest(purchase))
    purchase.refresh_from_db()


@transaction.atomic
def take_back(*, person: Person, purchase: PurchaseRequest) -> None:
    """The applicant takes an approved request back of which nothing is ordered; its money is free again.

    Its signatures are void. Raises Refused: something is ordered or quotes are compared.
    """
    held = _held(purchase)
    if why_not := rules.why_not_taken_back(person, held):
        raise Refused(why_not)
    if kept := budget.kept_for(held):
        budget.release(person=person, purchase=held, amount=kept, reason=_("taken back by the applicant"))
    routes.take_back(person=person, route=_latest(held))
    purchase.refresh_from_db()


@transaction.atomic
def close(*, person: Person, purchase: PurchaseRequest, reason: str) -> None:
    """Give up what is not ordered; the money kept for it is free again. Raises Refused: not approved, not allowed."""
    held = _held(purchase)
    if why_not := rules.why_not_closed(person, held):
        raise Refused(why_not)
    _close(held)
    release_rest(person=person, purchase=held, reason=reason)
    if person.pk != held.applicant_id:
        said = {"paper": f"{held._meta.verbose_name} {held}", "person": person.name, "reason": reason}
        notify(people=[held.applicant], message=CLOSED, params=said, url=held.get_absolute_url())
    purchase.refresh_from_db()


@transaction.atomic
def close_when_done(*, person: Person, purchase: PurchaseRequest) -> None:
    """After a payment: a request of which all is ordered and paid closes by itself.

    The caller holds it; its routes come before it in the order of locks and have ended long ago.
    """
    held = PurchaseRequest.objects.select_for_update(of=("self",)).get(pk=purchase.pk)
    if held.state != PurchaseState.APPROVED or not 0 < held.ordered == held.paid:
        return
    if any(line.ordered < line.quantity for line in held.lines.all()):
        return
    _close(held)
    release_rest(person=person, purchase=held, reason=_("all is bought and paid"))
    purchase.refresh_from_db()


@transaction.atomic
def release_rest(*, person: Person, purchase: PurchaseRequest, reason: str) -> None:
    """Of a closed request, free what is kept beyond the goods that are ordered and not yet paid (locked by the caller).

    To be called again when an order of a closed request is cut short.
    """
    rest = budget.kept_for(purchase) - (purchase.ordered - purchase.paid)
    if purchase.state == PurchaseState.CLOSED and rest > 0:
        budget.release(person=person, purchase=purchase, amount=rest, reason=reason[:200])


def settle(route: Route) -> None:
    """What follows when its way ends: approved money is committed; else the applicant has the paper again.

    Raises Refused, and with it the last signature, when more is wanted than is left and nobody said why, or the
    principal was not asked.
    """
    held = PurchaseRequest.objects.select_for_update(of=("self",)).get(pk=route.object_id)
    held.state = PurchaseState(route.state)
    if route.state == RouteState.APPROVED:
        held.approved_at = timezone.now()
        _commit(held, route)
    else:
        held.approved_at = None
    held.save(update_fields=["state", "approved_at"])


def way_of(purchase: PurchaseRequest, amount: Decimal) -> Rule | None:
    """The rule a request goes by whose rolling sum is ``amount`` yuan."""
    funds = purchase.budget_line.funds if purchase.budget_line else ""
    return rule_for(KIND, amount=amount, category=purchase.category, department=purchase.department, funds=funds)


def added_steps(purchase: PurchaseRequest, rule: Rule | None) -> list[StepSpec]:
    """The principal's step where the budget does not suffice and the rule does not ask for him."""
    asked = {spec.role for spec in chain_of(rule)} if rule else set()
    return [StepSpec(Role.PRINCIPAL)] if rule and rules.is_over(purchase) and Role.PRINCIPAL not in asked else []


def total_of(lines: Sequence[RequestLine]) -> Decimal:
    return sum((line.amount for line in lines), Decimal(0))


def _commit(held: PurchaseRequest, route: Route) -> None:
    line = budget.locked(held.budget_line) if held.budget_line else None
    last = route.signatures.filter(verdict=Verdict.APPROVE).select_related("person").latest("pk")
    signed = route.signatures.filter(verdict=Verdict.APPROVE, step__role=Role.PRINCIPAL).exists()
    if line and held.total > line.available:
        if not held.overspend_reason:
            text = _(
                "%(line)s has too little left meanwhile. Return the paper, so that a reason for more can be given."
            )
            raise Refused(text % {"line": line})
        if not signed:
            text = _("%(line)s has too little left meanwhile, and the principal was not asked. Return the paper.")
            raise Refused(text % {"line": line})
    budget.commit(person=last.person, purchase=held, amount=held.total, beyond=signed and bool(held.overspend_reason))


def _close(held: PurchaseRequest) -> None:
    held.state, held.closed_at = PurchaseState.CLOSED, timezone.now()
    held.save(update_fields=["state", "closed_at"])


def _begun(person: Person, purchase: PurchaseRequest | None, once: str) -> PurchaseRequest:
    """The draft to write on: the given one, the one begun in the same form (by whomever), or a new one."""
    if purchase is not None:
        return _held(purchase)
    hold(f"purchase {once}")  # typing and the button may arrive together
    begun = PurchaseRequest.objects.select_for_update(of=("self",)).filter(once=once)
    found = begun.first() if once else None
    return found or PurchaseRequest(applicant=person, department=person.department, once=once or None)


def _held(purchase: PurchaseRequest) -> PurchaseRequest:
    """The request as it stands now, held with its routes until the transaction ends."""
    list(Route.objects.select_for_update().of(purchase).values("pk"))
    return PurchaseRequest.objects.select_for_update(of=("self",)).get(pk=purchase.pk)


def _latest(purchase: PurchaseRequest) -> Route:
    route = Route.objects.of(purchase).first()
    if route is None:
        raise Refused(_("%(purchase)s has not been submitted.") % {"purchase": purchase})
    return route


def _write_lines(held: PurchaseRequest, lines: Sequence[Wanted]) -> None:
    """Rows are rewritten in their order, so that the history shows what changed; those too many go."""
    rows = list(held.lines.select_for_update().order_by("position", "pk"))
    for position, wanted in enumerate(lines, 1):
        row = rows[position - 1] if position <= len(rows) else RequestLine(request=held)
        said = {**vars(wanted), "position": position}
        if row.pk is None or any(getattr(row, name) != value for name, value in said.items()):
            for name, value in said.items():
                setattr(row, name, value)
            row.save()
    for row in rows[len(lines) :]:
        if row.compared.exists() or row.orders.exists():
            text = _("Quotes were compared for %(line)s: it stays on this paper. File a new request instead.")
            raise Refused(text % {"line": row})
        row.delete()
    held.total = total_of(list(held.lines.all()))
    held.save(update_fields=["total"])
