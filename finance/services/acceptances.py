"""Accepting what was delivered (验收单): whole or in parts, rejected pieces with reason and disposal.

Locks, in this order: requests, order, order lines; for the books the acceptance line.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from finance.choices import AcceptanceState, Category, Disposal, Nature, OrderState, Prefix
from finance.models import Acceptance, AcceptanceLine, Order, OrderLine, PurchaseRequest
from finance.rules import Refused, refuse_day
from finance.rules import orders as rules
from finance.services import held
from finance.services.signed import signed
from logistics.approvals.choices import RouteState
from logistics.approvals.kinds import StepSpec
from logistics.approvals.models import Route
from logistics.approvals.services import routes
from logistics.base.money import capitals, line_amount, quantity_text
from logistics.notices.services import notify
from logistics.printing.services import PAPER_LANGUAGE
from logistics.records.numbers import take
from logistics.school.choices import Role
from logistics.school.models import Person

KIND = "finance.acceptance"
CAME = gettext_noop("What you asked for in %(paper)s has come: %(goods)s")
NATURES = {
    Category.CANTEEN: Nature.CANTEEN,
    Category.EQUIPMENT: Nature.PROPERTY,
    Category.REPAIR: Nature.SERVICE,
}


@dataclass(frozen=True)
class Delivered:
    """One line of a delivery: so much came, so much of it was rejected, what the good pieces become."""

    line: OrderLine
    delivered: Decimal
    nature: str
    rejected: Decimal = Decimal(0)
    reason: str = ""
    disposal: str = ""


@transaction.atomic
def accept(
    *, person: Person, order: Order, lines: Sequence[Delivered], day: dt.date | None = None, quality: str = ""
) -> Acceptance:
    """Accept a delivery. The buyer, the requesters and the general-affairs director sign after the keeper.

    Raises Refused: not the keeper, who bought it or his deputy, more than was ordered, rejected without reason or
    disposal, parts of a piece of property.
    """
    day = day or timezone.localdate()
    refuse_day(day)
    came = [line for line in lines if line.delivered]
    if not came:
        raise Refused(_("Enter what was delivered."))
    requests = held.requests(line.line.request_line.request_id for line in came)
    row = held.order(order)
    rules.refuse_acceptance(person, row)
    if day < row.day:
        raise Refused({"day": _("It was ordered on %(day)s only.") % {"day": row.day.isoformat()}})
    rows = held.order_lines(row)
    if any(line.line.pk not in rows for line in came):
        raise Refused(_("A line is not of this order. Look at it again."))
    behalf = person.principal_for(rules.acceptance_permission(row))
    with signed(person, behalf):
        acceptance = Acceptance(
            number=take(Prefix.ACCEPTANCE, day.year)[0],
            order=row,
            day=day,
            accepted_by=person,
            on_behalf_of=behalf,
            quality=quality,
        )
        acceptance.full_clean()
        acceptance.save()
        for line in came:
            acceptance.amount += _accept_line(acceptance, rows[line.line.pk], line, requests)
        acceptance.save()
        row.accepted += acceptance.amount
        if all(line.accepted >= line.quantity for line in rows.values()):
            row.state = OrderState.DONE
        row.save()
        for purchase in requests.values():
            purchase.save(update_fields=["accepted"])
        _send_round(person, acceptance, row, list(requests.values()))
    order.refresh_from_db()
    return acceptance


@transaction.atomic
def withdraw(*, person: Person, acceptance: Acceptance) -> None:
    """Who accepted takes it back before everybody has signed: it is void. Raises Refused, as ``settle``."""
    route = Route.objects.of(acceptance).latest("version")
    routes.withdraw(person=person, route=route)
    acceptance.refresh_from_db()


def settle(route: Route) -> None:
    """Signed by all; or somebody does not agree: then it counts no more and the order waits for the goods again.

    Raises Refused while something of it is in a book, or claims and payments stand on it.
    """
    acceptance = Acceptance.objects.select_related("order").get(pk=route.object_id)
    if route.state == RouteState.APPROVED:
        acceptance.state = AcceptanceState.SIGNED
        acceptance.save(update_fields=["state"])
        return
    asked = acceptance.lines.values_list("order_line__request_line__request", flat=True)
    requests = held.requests(asked)
    order = held.order(acceptance.order)
    rows = held.order_lines(order)
    lines = list(acceptance.lines.select_for_update(of=("self",)).order_by("pk"))
    for line in lines:
        line.order_line = rows[line.order_line_id]
    rules.refuse_voiding(acceptance, order, lines)
    for line in lines:
        row = line.order_line
        row.accepted -= line.accepted
        row.accepted_amount -= line.amount
        row.save()
        requests[row.request_line.request_id].accepted -= line.amount
    order.accepted -= acceptance.amount
    order.state = OrderState.OPEN
    order.save()
    for purchase in requests.values():
        purchase.save(update_fields=["accepted"])
    acceptance.state = AcceptanceState.VOID
    acceptance.save(update_fields=["state"])


@transaction.atomic
def take_in(*, line: AcceptanceLine, quantity: Decimal) -> None:
    """Note that so much of an accepted line was entered in a book. Raises Refused for more than was accepted (F05)."""
    row = _held_line(line)
    _refuse_void(row)
    if quantity <= 0 or row.stored + quantity > row.accepted:
        left = quantity_text(row.accepted - row.stored)
        raise Refused(_("%(line)s: only %(left)s are accepted and not yet entered.") % {"line": row, "left": left})
    row.stored += quantity
    row.save()
    line.stored = row.stored


@transaction.atomic
def put_back(*, line: AcceptanceLine, quantity: Decimal) -> None:
    """The entry in a book was reversed: so much is to be entered again. Raises Refused for more than was entered."""
    row = _held_line(line)
    if quantity <= 0 or quantity > row.stored:
        raise Refused(_("%(line)s: not so much was entered.") % {"line": row})
    row.stored -= quantity
    row.save()
    line.stored = row.stored


@transaction.atomic
def change_nature(*, person: Person, line: AcceptanceLine, nature: str) -> None:
    """Say anew what the pieces become, while nothing of them is entered; what was signed, count and worth, stays.

    Raises Refused: not the keeper, entered already, parts of a piece of property.
    """
    row = _held_line(line)
    rules.refuse_without(person, rules.acceptance_permission(row.acceptance.order))
    _refuse_void(row)
    if row.stored:
        raise Refused(_("%(line)s: some of it is entered already.") % {"line": row})
    if Nature(nature) == Nature.PROPERTY and row.accepted % 1:
        raise Refused(_("%(line)s: property comes in whole pieces.") % {"line": row})
    row.nature = nature
    row.save()
    line.nature = nature


def proposed_nature(order: Order) -> str:
    """What accepted pieces of this order become, unless the keeper says otherwise."""
    return NATURES.get(Category(order.category), Nature.CONSUMABLE)


def _accept_line(
    acceptance: Acceptance, row: OrderLine, line: Delivered, requests: dict[int, PurchaseRequest]
) -> Decimal:
    """Write one line; the yuan it adds, so that parts never come to more than the whole."""
    good = line.delivered - line.rejected
    _refuse_line(row, line, good)
    worth = line_amount(row.accepted + good, row.price) - row.accepted_amount
    row.accepted += good
    row.accepted_amount += worth
    row.save()
    AcceptanceLine.objects.create(
        acceptance=acceptance,
        order_line=row,
        delivered=line.delivered,
        accepted=good,
        rejected=line.rejected,
        amount=worth,
        nature=line.nature,
        reason=line.reason.strip() if line.rejected else "",
        disposal=line.disposal if line.rejected else "",
    )
    requests[row.request_line.request_id].accepted += worth
    return worth


def _refuse_line(row: OrderLine, line: Delivered, good: Decimal) -> None:
    if line.delivered < 0 or line.rejected < 0 or good < 0:
        raise Refused(_("%(line)s: more is rejected than came.") % {"line": row})
    if row.accepted + good > row.quantity:
        left = quantity_text(row.quantity - row.accepted)
        text = _("%(line)s: only %(left)s are still to come. What is beyond the order is not accepted.")
        raise Refused(text % {"line": row, "left": left})
    if line.rejected and not (line.reason.strip() and line.disposal in Disposal.values):
        raise Refused(_("%(line)s: say why pieces are rejected and what happens to them.") % {"line": row})
    if line.nature not in Nature.values:
        raise Refused(_("%(line)s: say what becomes of it.") % {"line": row})
    if line.nature == Nature.PROPERTY and good % 1:
        raise Refused(_("%(line)s: property comes in whole pieces.") % {"line": row})


def _send_round(person: Person, acceptance: Acceptance, order: Order, requests: list[PurchaseRequest]) -> None:
    """The buyer, those who asked for it and the director sign too; whoever accepted signs only once."""
    users = list(dict.fromkeys(purchase.applicant for purchase in requests))
    named = [(_("Purchaser"), [order.bought_by]), (_("Users"), [user for user in users if user.pk != person.pk])]
    with translation.override(PAPER_LANGUAGE):
        taken: set[int] = set()
        steps = []
        for label, people in named:
            fresh = tuple(who for who in people if who.pk not in taken)
            taken |= {who.pk for who in fresh}
            if fresh:
                steps.append(StepSpec(people=fresh, label=str(label)))
        steps.append(StepSpec(Role.DIRECTOR, label=_("In charge")))
        facts = facts_of(acceptance)
    routes.start(
        person=person,
        paper=acceptance,
        kind=KIND,
        number=acceptance.number,
        title=f"{order.supplier} {facts['lines'][0]['name']}"[:200],
        facts=facts,
        amount=acceptance.amount,
        steps=steps,
    )
    for purchase in requests:
        goods = "、".join(
            line["name"] for line in facts["lines"] if line["request"] == str(purchase) and line["accepted"] != "0"
        )
        if goods and purchase.applicant_id != person.pk:
            said = {"paper": str(purchase), "goods": goods[:120]}
            notify(people=[purchase.applicant], message=CAME, params=said, url=purchase.get_absolute_url())


def facts_of(acceptance: Acceptance) -> dict[str, Any]:
    """The acceptance as it is signed."""
    rows = acceptance.lines.select_related("order_line__request_line__request").order_by("pk")
    with translation.override(PAPER_LANGUAGE):
        return {
            "number": acceptance.number,
            "day": acceptance.day.isoformat(),
            "order": acceptance.order.number,
            "ordered_on": acceptance.order.day.isoformat(),
            "supplier": acceptance.order.supplier.name,
            "bought_by": acceptance.order.bought_by.name,
            "accepted_by": acceptance.accepted_by.name,
            "on_behalf_of": acceptance.on_behalf_of.name if acceptance.on_behalf_of else "",
            "quality": acceptance.quality,
            "lines": [_line_facts(row) for row in rows],
            "total": str(acceptance.amount),
            "capitals": capitals(acceptance.amount),
        }


def _line_facts(row: AcceptanceLine) -> dict[str, str]:
    asked = row.order_line.request_line
    return {
        "request": str(asked.request),
        "name": asked.name,
        "specification": asked.specification,
        "unit": asked.unit,
        "ordered": quantity_text(row.order_line.quantity),
        "delivered": quantity_text(row.delivered),
        "accepted": quantity_text(row.accepted),
        "rejected": quantity_text(row.rejected),
        "price": str(row.order_line.price),
        "amount": str(row.amount),
        "becomes": str(row.get_nature_display()),
        "reason": row.reason,
        "disposal": str(row.get_disposal_display()) if row.disposal else "",
    }


def _refuse_void(line: AcceptanceLine) -> None:
    """Asked anew, the line being held: it may have been voided while this waited for the line."""
    if Acceptance.objects.filter(pk=line.acceptance_id, state=AcceptanceState.VOID).exists():
        raise Refused(_("%(paper)s is void.") % {"paper": line.acceptance})


def _held_line(line: AcceptanceLine) -> AcceptanceLine:
    return AcceptanceLine.objects.select_for_update(of=("self",)).select_related("acceptance").get(pk=line.pk)
