"""The purchase request (申购单) and the month's register (采购登记簿) as papers."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from finance.models import PurchaseRequest, RequestLine
from finance.queries.facts import facts_of
from finance.queries.purchases import route_of, submitted_in, totals_by_category
from logistics.approvals.boxes import boxes_of, maker_box
from logistics.approvals.choices import RouteState
from logistics.approvals.models import Route
from logistics.base.money import money_text, quantity_text
from logistics.printing.papers import Carry, Column, Fact, Kind, Line, LineKind, Look, Paper, Signature
from logistics.school.models import School

COPIES = ("校长留存", "总务采购")
LEAST_LINES = 5


def request_form(purchase: PurchaseRequest) -> Paper:
    """申购单 from the facts that were signed; one never submitted from what it says now, marked as a draft."""
    route = route_of(purchase)
    facts = route.facts if route else facts_of(purchase, list(purchase.lines.all()))
    return Paper(
        title=pgettext("paper", "Purchase request"),
        school=School.current().name,
        number=facts["number"],
        day=dt.date.fromisoformat(facts["day"]) if facts["day"] else None,
        day_label=_("Submitted on"),
        look=Look.FORM,
        facts=tuple(_heads(facts)),
        facts_per_row=2,
        columns=_columns(),
        lines=tuple(_line(line) for line in facts["lines"]),
        least_lines=LEAST_LINES,
        capitals_of=Decimal(facts["total"]),
        signatures=_signatures(route),
        notes=tuple(_notes(facts, route)),
        copies=COPIES,
    )


def _heads(facts: dict[str, Any]) -> list[Fact]:
    heads = [
        Fact(_("Applicant"), facts["applicant"]),
        Fact(_("Department"), facts["department"]),
        Fact(_("Category"), facts["category"]),
        Fact(_("Needed by"), facts["needed_by"]),
        Fact(_("Budget item"), facts["budget"]),
        Fact(_("Source of money"), facts["funds"]),
        Fact(_("What for"), facts["purpose"], wide=True),
    ]
    if facts["overspend_reason"]:
        heads.append(Fact(_("Why over the budget"), facts["overspend_reason"], wide=True))
    return heads


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Name of goods"), 3),
        Column(_("Specification"), 2.5),
        Column(_("Unit"), 0.8, centred=True),
        Column(_("Quantity"), 1, Kind.CODE, centred=True),
        Column(_("Estimated price"), 1.3, Kind.MONEY),
        Column(_("Amount (yuan)"), 1.5, Kind.MONEY, Carry.SUM),
    )


def _line(line: dict[str, str]) -> Line:
    price, amount = Decimal(line["price"]), Decimal(line["amount"])
    return Line((line["name"], line["specification"], line["unit"], line["quantity"], price, amount))


def _signatures(route: Route | None) -> tuple[Signature, ...]:
    return (maker_box(_("Applicant"), route), *boxes_of(route))


def _notes(facts: dict[str, Any], route: Route | None) -> list[str]:
    if route is None:
        return [_("Draft: not submitted, nobody was asked to sign it.")]
    notes = []
    if route.version > 1:
        notes.append(_("Version %(number)d. The signatures of earlier versions are void.") % {"number": route.version})
    if route.state in {RouteState.RETURNED, RouteState.REJECTED, RouteState.WITHDRAWN}:
        notes.append(_("This request is %(state)s; it does not hold.") % {"state": route.get_state_display()})
    if facts["files"]:
        count = len(facts["files"])
        notes.append(ngettext("%(count)d file attached", "%(count)d files attached", count) % {"count": count})
    return [*notes, *facts["warnings"]]


def register(first: dt.date, last: dt.date) -> Paper:
    """采购登记簿: what was submitted from day to day, line by line, and what it comes to by category."""
    papers = list(submitted_in(first, last).prefetch_related("lines"))
    lines = [_register_line(paper, line) for paper in papers for line in paper.lines.all()]
    sums = [f"{name} {count} / ¥{money_text(amount)}" for name, count, amount in totals_by_category(papers)]
    return Paper(
        title=_("Purchase register"),
        school=School.current().name,
        landscape=True,
        dense=True,
        facts=(Fact(_("Month"), f"{first:%Y-%m}"), Fact(_("Requests"), len(papers))),
        columns=(
            Column(_("Number"), 1.5, Kind.CODE),
            Column(_("Submitted"), 1.2, Kind.DATE),
            Column(_("Applicant"), 1),
            Column(_("Department"), 1.2),
            Column(_("Category"), 1),
            Column(_("Name of goods"), 2),
            Column(_("Specification"), 1.5),
            Column(_("Unit"), 0.6, centred=True),
            Column(_("Quantity"), 0.8, Kind.CODE),
            Column(_("Estimated price"), 1.1, Kind.MONEY),
            Column(_("Amount (yuan)"), 1.2, Kind.MONEY, Carry.SUM),
            Column(_("State"), 1),
        ),
        lines=tuple(lines) or (Line((_("Nothing was submitted in this month."),), LineKind.HEADING),),
        signatures=(Signature(_("Prepared by")), Signature(_("Checked by")), Signature(_("Principal"))),
        notes=(_("By category: %(sums)s") % {"sums": "；".join(sums)},) if sums else (),
        bookmark=f"{first:%Y-%m}",
    )


def _register_line(paper: PurchaseRequest, line: RequestLine) -> Line:
    state = paper.stage.label if paper.stage else paper.get_state_display()
    return Line(
        (
            paper.number,
            paper.submitted_at.astimezone().date() if paper.submitted_at else None,
            paper.applicant.name,
            str(paper.department or ""),
            str(paper.get_category_display()),
            line.name,
            line.specification,
            line.unit,
            quantity_text(line.quantity),
            line.price,
            line.amount,
            str(state),
        )
    )
