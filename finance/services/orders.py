"""Ordering approved lines from a supplier, and ending an order whose rest will not come (采购订单).

Locks, in this order: requests, their lines, comparison, order, order lines, budget lines by key.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from finance.choices import ComparisonState, OrderState, Prefix
from finance.models import Comparison, Order, OrderLine, PurchaseRequest, RequestLine, Supplier
from finance.queries.purchases import KIND
from finance.queries.splitting import supplier_sum
from finance.rules import Refused, refuse_day
from finance.rules import orders as rules
from finance.rules.orders import Wanted
from finance.services import held, purchases
from finance.services.signed import signed
from logistics.approvals.rules import rule_for
from logistics.base.money import capitals, line_amount, money_text, quantity_text
from logistics.printing.services import PAPER_LANGUAGE
from logistics.records.numbers import take
from logistics.school.models import Person

NOTHING = Decimal(0)


@transaction.atomic
def place_order(
    *,
    person: Person,
    supplier: Supplier,
    lines: Sequence[tuple[RequestLine, Decimal, Decimal]],
    comparison: Comparison | None = None,
    day: dt.date | None = None,
    due: dt.date | None = None,
    note: str = "",
    reason: str = "",
) -> Order:
    """Order approved lines (line, quantity, yuan each) from ``supplier``.

    Raises Refused: more than is left of a line, more yuan than was approved, canteen goods mixed with others, quotes
    asked for and not compared, another price or supplier than the one chosen, or small orders that come to so much
    together that the rule asks for quotes and no reason is given.
    """
    rules.refuse_without(person, "finance.order_goods")
    day = day or timezone.localdate()
    refuse_day(day)
    if due and due < day:
        raise Refused({"due": _("The delivery cannot be before the order.")})
    if not lines:
        raise Refused(_("Choose at least one line to order."))
    if not supplier.active:
        raise Refused({"supplier": _("%(supplier)s is out of use.") % {"supplier": supplier}})
    requests = held.requests(line.request_id for line, *_rest in lines)
    rows = held.request_lines(line.pk for line, *_rest in lines)
    wanted: list[Wanted] = [(rows[line.pk], quantity, price) for line, quantity, price in lines]
    if len(rows) < len(wanted):
        raise Refused(_("A line stands on the order twice."))
    rules.refuse_unapproved(requests.values())
    rules.refuse_mixed(requests.values())
    rules.refuse_beyond_request(wanted)
    _refuse_comparison(wanted, comparison, supplier, rules.quotes_wanted(requests.values()))
    amount = sum((line_amount(quantity, price) for _line, quantity, price in wanted), NOTHING)
    category = next(iter(requests.values())).category
    if not reason.strip():
        _refuse_split(supplier, amount, list(requests.values()), comparison)
    behalf = person.principal_for("finance.order_goods")
    with signed(person, behalf):
        order = Order(
            number=take(Prefix.ORDER, day.year)[0],
            supplier=supplier,
            comparison=comparison,
            category=category,
            bought_by=person,
            on_behalf_of=behalf,
            day=day,
            due=due,
            note=note,
            reason=reason,
            amount=amount,
        )
        order.full_clean(exclude=["facts"])
        order.facts = facts_of(order, wanted)
        order.save()
        for line, quantity, price in wanted:
            OrderLine.objects.create(order=order, request_line=line, quantity=quantity, price=price)
            _raise(line, requests[line.request_id], quantity, line_amount(quantity, price))
        _save(rows, requests)
    return order


@transaction.atomic
def close_order(*, person: Person, order: Order, reason: str) -> None:
    """The rest will not come: what was not accepted may be ordered again, what was accepted stays. Raises Refused."""
    rules.refuse_without(person, "finance.order_goods")
    if not reason.strip():
        raise Refused({"reason": _("Say why.")})
    ids = order.lines.values_list("request_line", "request_line__request")
    requests = held.requests(request for _line, request in ids)
    rows = held.request_lines(line for line, _request in ids)
    row = held.order(order)
    if row.state != OrderState.OPEN:
        raise Refused(_("%(order)s is %(state)s.") % {"order": row, "state": row.get_state_display()})
    with signed(person):
        for line in held.order_lines(row).values():
            rest, worth = line.quantity - line.accepted, line.amount - line.accepted_amount
            asked = rows[line.request_line_id]
            _raise(asked, requests[asked.request_id], -rest, -worth)
            row.amount -= worth
            line.quantity = line.accepted
            line.save()
        _save(rows, requests)
        row.state, row._change_reason = OrderState.CLOSED, reason[:200]  # type: ignore[attr-defined]
        row.save()
    for purchase in sorted(requests.values(), key=lambda held: (held.budget_line_id or 0, held.pk)):
        purchases.release_rest(person=person, purchase=purchase, reason=_("rest of %(order)s") % {"order": row})
    order.refresh_from_db()


def facts_of(order: Order, lines: Sequence[Wanted]) -> dict[str, Any]:
    """The order as it is sent out, frozen."""
    with translation.override(PAPER_LANGUAGE):
        return {
            "number": order.number,
            "day": order.day.isoformat(),
            "due": order.due.isoformat() if order.due else "",
            "supplier": order.supplier.name,
            "contact": " ".join(filter(None, (order.supplier.contact, order.supplier.phone))),
            "category": str(order.get_category_display()),
            "comparison": order.comparison.number if order.comparison else "",
            "bought_by": order.bought_by.name,
            "on_behalf_of": order.on_behalf_of.name if order.on_behalf_of else "",
            "note": order.note,
            "lines": [
                {
                    "request": str(line.request),
                    "name": line.name,
                    "specification": line.specification,
                    "unit": line.unit,
                    "quantity": quantity_text(quantity),
                    "price": str(price),
                    "amount": str(line_amount(quantity, price)),
                }
                for line, quantity, price in lines
            ],
            "total": str(order.amount),
            "capitals": capitals(order.amount),
        }


def _refuse_comparison(lines: Sequence[Wanted], comparison: Comparison | None, supplier: Supplier, wanted: int) -> None:
    if comparison:
        comparison = held.comparison(comparison)
    rules.refuse_without_comparison(lines, comparison, wanted)
    if comparison is None or comparison.winner is None:
        return
    if comparison.winner.supplier_id != supplier.pk:
        chosen = comparison.winner.supplier
        raise Refused({"supplier": _("The quote of %(supplier)s was chosen.") % {"supplier": chosen}})
    rules.refuse_unlike_winner(lines, comparison, comparison.winner)


def _refuse_split(
    supplier: Supplier, amount: Decimal, requests: Sequence[PurchaseRequest], comparison: Comparison | None
) -> None:
    """Small papers to one supplier add up: from the sum at which the rule asks for quotes, a reason is written down.

    A single request has been judged by its own rule when it was signed.
    """
    if comparison and comparison.state == ComparisonState.DECIDED:
        return
    together = supplier_sum(supplier, amount)
    rule = rule_for(KIND, amount=together.amount, category=requests[0].category)
    if (together.papers or len(requests) > 1) and rule and int(rule.demands.get("quotes") or 0):
        raise Refused(
            {"reason": _("%(sum)s From there on the rule asks for quotes. Say why.") % {"sum": together.text}}
        )


def _raise(line: RequestLine, purchase: PurchaseRequest, quantity: Decimal, amount: Decimal) -> None:
    line.ordered += quantity
    purchase.ordered += amount
    if purchase.ordered > purchase.total:
        text = _(
            "%(purchase)s was approved for ¥%(total)s; with this ¥%(ordered)s would be ordered. File a new request."
        )
        words = {"purchase": purchase, "total": money_text(purchase.total), "ordered": money_text(purchase.ordered)}
        raise Refused(text % words)


def _save(rows: dict[int, RequestLine], requests: dict[int, PurchaseRequest]) -> None:
    for row in rows.values():
        row.save()
    for purchase in requests.values():
        purchase.save(update_fields=["ordered"])
