"""The comparison of quotes (比价表), the order (采购订单) and the acceptance (验收单), from their frozen facts."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from finance.models import Acceptance, Comparison, Order
from logistics.approvals.boxes import boxes_of, maker_box
from logistics.approvals.models import Route
from logistics.base.money import line_amount
from logistics.printing.papers import Carry, Column, Fact, Kind, Line, Look, Paper, Signature
from logistics.school.models import School

COPIES = ("存根", "财务", "仓库")  # 验收单 is made out three times
LEAST_LINES = 5


def comparison_form(comparison: Comparison) -> Paper:
    """比价表: the lines against the suppliers, the chosen one and why. Raises DoesNotExist before anybody chose."""
    route = Route.objects.of(comparison).latest("version")
    facts: dict[str, Any] = route.facts
    quotes = facts["quotes"]
    return Paper(
        title=pgettext("paper", "Comparison of quotes"),
        school=School.current().name,
        number=facts["number"],
        day=dt.date.fromisoformat(facts["day"]),
        look=Look.FORM,
        landscape=True,
        facts=(
            Fact(_("What is bought"), facts["title"]),
            Fact(_("Price limit"), facts["control_price"]),
            Fact(_("Purchasing method"), facts["method"]),
            *(Fact(_("Supplier %(number)d") % {"number": n}, _about(q), wide=True) for n, q in enumerate(quotes, 1)),
            Fact(_("Chosen supplier"), facts["winner"]),
            Fact(_("Chosen price"), Decimal(facts["amount"] or 0), Kind.MONEY),
            Fact(_("Prices asked by"), facts["asked_by"]),
            Fact(_("Reason for the choice"), facts["reason"], wide=True),
            Fact(_("Why fewer than three"), facts["reason_few"], wide=True),
        ),
        columns=(
            Column(_("Name of goods"), 2.4),
            Column(_("Specification"), 2),
            Column(_("Unit"), 0.7, centred=True),
            Column(_("Quantity"), 0.9, Kind.CODE),
            *(column for number in range(1, len(quotes) + 1) for column in _columns_of(number)),
        ),
        lines=tuple(_compared(at, line, quotes) for at, line in enumerate(facts["lines"])),
        least_lines=3,
        signatures=(maker_box(_("Prices asked by"), route), *boxes_of(route)),
        bookmark=facts["number"],
    )


def _columns_of(number: int) -> tuple[Column, Column]:
    group = _("Supplier %(number)d") % {"number": number}
    return (
        Column(_("Price"), 1.2, Kind.MONEY, group=group),
        Column(_("Amount"), 1.4, Kind.MONEY, Carry.SUM, group=group),
    )


def _about(quote: dict[str, Any]) -> str:
    return "　".join(filter(None, (quote["supplier"], quote["contact"], quote["quoted_on"], quote["source"])))


def _compared(at: int, line: dict[str, str], quotes: list[dict[str, Any]]) -> Line:
    quantity = Decimal(line["quantity"].replace(",", ""))
    cells = [
        value
        for quote in quotes
        for value in (Decimal(quote["prices"][at]), line_amount(quantity, Decimal(quote["prices"][at])))
    ]
    return Line((line["name"], line["specification"], line["unit"], line["quantity"], *cells))


def order_form(order: Order) -> Paper:
    """采购订单 as it was sent out."""
    facts: dict[str, Any] = order.facts
    return Paper(
        title=pgettext("paper", "Purchase order"),
        school=School.current().name,
        number=facts["number"],
        day=dt.date.fromisoformat(facts["day"]),
        look=Look.FORM,
        facts_per_row=2,
        facts=(
            Fact(_("Supplier"), facts["supplier"]),
            Fact(_("Contact"), facts["contact"]),
            Fact(_("Category"), facts["category"]),
            Fact(_("Delivery by"), facts["due"]),
            Fact(_("Comparison of quotes"), facts["comparison"]),
            Fact(_("Bought by"), facts["bought_by"]),
            Fact(_("Remarks"), facts["note"], wide=True),
        ),
        columns=(
            Column(_("Request"), 1.7, Kind.CODE),
            Column(_("Name of goods"), 2.4),
            Column(_("Specification"), 2.2),
            Column(_("Unit"), 0.7, centred=True),
            Column(_("Quantity"), 0.9, Kind.CODE),
            Column(_("Price"), 1.2, Kind.MONEY),
            Column(_("Amount (yuan)"), 1.5, Kind.MONEY, Carry.SUM),
        ),
        lines=tuple(
            Line(
                (
                    line["request"],
                    line["name"],
                    line["specification"],
                    line["unit"],
                    line["quantity"],
                    Decimal(line["price"]),
                    Decimal(line["amount"]),
                )
            )
            for line in facts["lines"]
        ),
        least_lines=LEAST_LINES,
        capitals_of=Decimal(facts["total"]),
        signatures=(
            Signature(_("Bought by"), facts["bought_by"], dt.date.fromisoformat(facts["day"])),
            Signature(_("General-affairs director")),
            Signature(_("Supplier (seal)")),
        ),
        bookmark=facts["number"],
    )


def acceptance_form(acceptance: Acceptance) -> Paper:
    """验收单, three copies."""
    route = Route.objects.of(acceptance).latest("version")
    facts: dict[str, Any] = route.facts
    return Paper(
        title=pgettext("paper", "Acceptance of goods"),
        school=School.current().name,
        number=facts["number"],
        day=dt.date.fromisoformat(facts["day"]),
        look=Look.FORM,
        landscape=True,
        facts=(
            Fact(_("Supplier"), facts["supplier"]),
            Fact(_("Order number"), facts["order"]),
            Fact(_("Ordered on"), facts["ordered_on"]),
            Fact(_("Quality"), facts["quality"], wide=True),
        ),
        columns=(
            Column(_("Request"), 1.6, Kind.CODE),
            Column(_("Name of goods"), 2.2),
            Column(_("Specification"), 2),
            Column(_("Unit"), 0.6, centred=True),
            Column(_("Due"), 0.8, Kind.CODE),
            Column(_("Delivered"), 0.8, Kind.CODE),
            Column(_("Good"), 0.8, Kind.CODE),
            Column(_("Rejected"), 0.8, Kind.CODE),
            Column(_("Price"), 1.1, Kind.MONEY),
            Column(_("Amount"), 1.4, Kind.MONEY, Carry.SUM),
            Column(_("Rejected because, what happens"), 2),
        ),
        lines=tuple(_accepted(line) for line in facts["lines"]),
        least_lines=LEAST_LINES,
        capitals_of=Decimal(facts["total"]),
        signatures=(maker_box(_("Keeper (receiver)"), route), *boxes_of(route)),
        copies=COPIES,
        bookmark=facts["number"],
    )


def _accepted(line: dict[str, str]) -> Line:
    rejected = "；".join(filter(None, (line["reason"], line["disposal"])))
    counts = (line["ordered"], line["delivered"], line["accepted"], line["rejected"])
    amounts = (Decimal(line["price"]), Decimal(line["amount"]))
    return Line((line["request"], line["name"], line["specification"], line["unit"], *counts, *amounts, rejected))
