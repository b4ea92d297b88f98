"""Collecting quotes and choosing among them (比价表). Who asks the prices does not choose."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from finance.choices import ComparisonState, Method, Prefix
from finance.models import Comparison, ComparisonLine, Quote, QuotePrice, RequestLine, Supplier
from finance.rules import Refused, refuse_day
from finance.rules import orders as rules
from finance.services import held
from finance.services.signed import signed
from logistics.approvals.choices import RouteState, Verdict
from logistics.approvals.kinds import StepSpec
from logistics.approvals.models import Drawing, Route
from logistics.approvals.services import routes
from logistics.base.money import line_amount, money_text, quantity_text
from logistics.printing.services import PAPER_LANGUAGE
from logistics.records import attachments
from logistics.records.numbers import take
from logistics.school.choices import Role
from logistics.school.models import Person

KIND = "finance.comparison"
SIGNERS = 2  # of the purchasing group: 采购小组, two or more (forms.md)


@transaction.atomic
def open_comparison(
    *,
    person: Person,
    lines: Sequence[tuple[RequestLine, Decimal]],
    title: str,
    method: str = Method.COMPARISON,
    control_price: Decimal | None = None,
) -> Comparison:
    """Begin to collect quotes for approved lines (line, quantity). Raises Refused: not approved, more than is left."""
    rules.refuse_without(person, "finance.ask_prices")
    if not lines:
        raise Refused(_("Choose at least one line to compare quotes for."))
    requests = held.requests(line.request_id for line, _quantity in lines)
    rows = held.request_lines(line.pk for line, _quantity in lines)
    if len(rows) < len(lines):
        raise Refused(_("A line stands on the comparison twice."))
    rules.refuse_unapproved(requests.values())
    rules.refuse_mixed(requests.values())
    rules.refuse_beyond_request([(rows[line.pk], quantity, Decimal(0)) for line, quantity in lines])
    with signed(person):
        comparison = Comparison(
            number=take(Prefix.COMPARISON, timezone.localdate().year)[0],
            title=title,
            method=method,
            control_price=control_price,
            asked_by=person,
            quotes_wanted=rules.quotes_wanted(requests.values()) or 3,
        )
        comparison.full_clean()
        comparison.save()
        for line, quantity in lines:
            ComparisonLine.objects.create(comparison=comparison, request_line=line, quantity=quantity)
    return comparison


@transaction.atomic
def set_quote(
    *,
    person: Person,
    comparison: Comparison,
    supplier: Supplier,
    prices: Mapping[int, Decimal],
    quoted_on: dt.date | None = None,
    **fields: Any,
) -> Quote:
    """Write down what a supplier asks: ``prices`` in yuan each by comparison line. A second time it is put right.

    Raises Refused: not open, a price is missing, the supplier is out of use, the day is still to come.
    """
    rules.refuse_without(person, "finance.ask_prices")
    row = _open(comparison)
    refuse_day(quoted_on or timezone.localdate())
    if not supplier.active:
        raise Refused({"supplier": _("%(supplier)s is out of use.") % {"supplier": supplier}})
    lines = list(row.lines.all())
    if missing := [line for line in lines if line.pk not in prices]:
        raise Refused(_("%(line)s has no price.") % {"line": missing[0]})
    with signed(person):
        quote = row.quotes.filter(supplier=supplier).first() or Quote(comparison=row, supplier=supplier)
        quote.quoted_on = quoted_on or timezone.localdate()
        for name, value in fields.items():
            setattr(quote, name, value)
        quote.amount = sum((line_amount(line.quantity, prices[line.pk]) for line in lines), Decimal(0))
        quote.full_clean()
        quote.save()
        for line in lines:
            price = QuotePrice.objects.filter(quote=quote, line=line).first() or QuotePrice(quote=quote, line=line)
            price.price = prices[line.pk]
            price.save()
    return quote


@transaction.atomic
def remove_quote(*, person: Person, quote: Quote) -> None:
    """Take out a quote that was entered by mistake; the history keeps it. Raises Refused: not open."""
    rules.refuse_without(person, "finance.ask_prices")
    _open(quote.comparison)
    with signed(person):
        quote.delete()


@transaction.atomic
def choose(
    *,
    person: Person,
    comparison: Comparison,
    quote: Quote,
    reason: str = "",
    reason_few: str = "",
    drawing: Drawing | None = None,
) -> Route:
    """A member of the purchasing group chooses, and signs; another one has to sign too.

    Raises Refused: who asked the prices; fewer quotes than the rule asks, or not the lowest, without a reason; above
    the price limit.
    """
    row = _open(comparison)
    chosen = row.quotes.filter(pk=quote.pk).first()
    if chosen is None:
        raise Refused(_("This quote is no longer there. Look at it again."))
    rules.refuse_choice(person, row, chosen, reason.strip(), reason_few.strip())
    with signed(person):
        row.winner, row.state = chosen, ComparisonState.RUNNING
        row.reason, row.reason_few = reason.strip(), reason_few.strip()
        row.save()
        route = routes.start(
            person=row.asked_by,
            paper=row,
            kind=KIND,
            number=row.number,
            title=row.title,
            facts=facts_of(row),
            amount=chosen.amount,
            steps=[StepSpec(Role.PURCHASING_GROUP, count=SIGNERS)],
        )
    routes.sign(person=person, route=route, verdict=Verdict.APPROVE, seen=route.facts_hash, drawing=drawing)
    comparison.refresh_from_db()
    return route


@transaction.atomic
def drop(*, person: Person, comparison: Comparison) -> None:
    """Give it up; its lines may be compared anew. Raises Refused: it is being signed or decided."""
    rules.refuse_without(person, "finance.ask_prices")
    row = _open(comparison)
    with signed(person):
        row.state = ComparisonState.DROPPED
        row.save()
    comparison.refresh_from_db()


def settle(route: Route) -> None:
    """Two have signed: decided. Sent back: the quotes are open again and nobody is chosen.

    Raises Refused, and with it the last signature, when one of them asked for the prices.
    """
    row = Comparison.objects.select_for_update(of=("self",)).get(pk=route.object_id)
    if route.state == RouteState.APPROVED:
        for signature in route.signatures.select_related("person", "on_behalf_of"):
            rules.refuse_asker(row, signature.person, signature.on_behalf_of)
        row.state = ComparisonState.DECIDED
    else:
        row.state, row.winner = ComparisonState.OPEN, None
    row.save()


def facts_of(comparison: Comparison) -> dict[str, Any]:
    """What the group signs: every quote with every price, who won and why."""
    lines = list(comparison.lines.select_related("request_line__request"))
    quotes = list(comparison.quotes.select_related("supplier").prefetch_related("prices").order_by("pk"))
    winner = comparison.winner
    with translation.override(PAPER_LANGUAGE):
        return {
            "number": comparison.number,
            "day": timezone.localdate().isoformat(),
            "title": comparison.title,
            "method": str(comparison.get_method_display()),
            "control_price": money_text(comparison.control_price) if comparison.control_price is not None else "",
            "asked_by": comparison.asked_by.name,
            "quotes_wanted": comparison.quotes_wanted,
            "lines": [
                {
                    "request": str(line.request_line.request),
                    "name": line.request_line.name,
                    "specification": line.request_line.specification,
                    "unit": line.request_line.unit,
                    "quantity": quantity_text(line.quantity),
                }
                for line in lines
            ],
            "quotes": [_quote_facts(quote, [line.pk for line in lines]) for quote in quotes],
            "winner": winner.supplier.name if winner else "",
            "amount": str(winner.amount) if winner else "",
            "reason": comparison.reason,
            "reason_few": comparison.reason_few,
        }


def _quote_facts(quote: Quote, lines: Sequence[int]) -> dict[str, Any]:
    prices = {row.line_id: row.price for row in quote.prices.all()}
    return {
        "supplier": quote.supplier.name,
        "contact": quote.contact,
        "quoted_on": quote.quoted_on.isoformat(),
        "source": str(quote.get_source_display()),
        "note": quote.note,
        "prices": [str(prices[line]) for line in lines],
        "amount": str(quote.amount),
        "files": [{"name": file.name, "sha256": file.sha256} for file in attachments.of(quote)],
    }


def _open(comparison: Comparison) -> Comparison:
    row = held.comparison(comparison)
    if row.state != ComparisonState.OPEN:
        state = row.get_state_display()
        raise Refused(_("%(comparison)s is %(state)s.") % {"comparison": row, "state": state})
    return row
