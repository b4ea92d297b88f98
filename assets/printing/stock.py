"""The store's papers: 入库单, 领用单, the list of what lies there, the book of an item (领用登记)."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assets.models import Issue, StockBalance, StockEntry, StockItem, StockPaper
from logistics.approvals.boxes import boxes_of, maker_box
from logistics.approvals.models import Route
from logistics.base.money import quantity_text
from logistics.printing.papers import Carry, Column, Fact, Kind, Line, Look, Paper, Signature
from logistics.school.models import School

LEAST_LINES = 5


def stock_in_form(paper: StockPaper) -> Paper:
    """入库单 (or the reversal of a paper of the store); its entries are sealed, so a reprint says the same."""
    entries = paper.entries.select_related("item").order_by("pk")
    acceptance = paper.acceptance
    return Paper(
        title=pgettext("paper", "Goods received into store"),
        school=School.current().name,
        number=paper.number,
        day=paper.day,
        look=Look.FORM,
        facts=(
            Fact(_("Acceptance number"), acceptance.number if acceptance else ""),
            Fact(_("Supplier"), acceptance.order.supplier.name if acceptance else ""),
            Fact(_("Store"), str(paper.room)),
            Fact(_("Fixed property"), _("no")),
            Fact(_("In a few words"), paper.summary, wide=True),
        ),
        columns=(
            Column(_("Name of goods"), 2.6),
            Column(_("Specification"), 2.4),
            Column(_("Unit"), 0.8, centred=True),
            Column(_("Quantity"), 1, Kind.CODE, centred=True),
            Column(_("Price"), 1.2, Kind.MONEY),
            Column(_("Amount (yuan)"), 1.5, Kind.MONEY, Carry.SUM),
            Column(_("Page in the book"), 1, Kind.CODE, centred=True),
        ),
        lines=tuple(_entry(entry) for entry in entries),
        least_lines=LEAST_LINES,
        capitals_of=sum((entry.amount for entry in entries), Decimal(0)),
        signatures=(
            Signature(_("Handed in by"), acceptance.order.bought_by.name if acceptance else ""),
            Signature(_("Keeper"), paper.made_by.name, timezone.localdate(paper.made_at)),
            Signature(_("Booked by")),
        ),
        bookmark=paper.number,
    )


def _entry(entry: StockEntry) -> Line:
    price = entry.amount / entry.quantity if entry.quantity else Decimal(0)
    item = entry.item
    amounts = (quantity_text(entry.quantity), price, entry.amount)
    return Line((item.name, item.specification, item.unit, *amounts, f"{item.pk:04d}"))


def issue_form(issue: Issue) -> Paper:
    """领用单 from the facts the recipient signed."""
    route = Route.objects.of(issue).latest("version")
    facts: dict[str, Any] = route.facts
    return Paper(
        title=pgettext("paper", "Issue slip"),
        school=School.current().name,
        number=facts["number"],
        day=dt.date.fromisoformat(facts["day"]),
        look=Look.FORM,
        facts=(
            Fact(_("Recipient"), facts["recipient"]),
            Fact(_("Department"), facts["department"]),
            Fact(_("Store"), facts["room"]),
            Fact(_("What for"), facts["purpose"], wide=True),
            Fact(_("Request"), facts["request"]),
            Fact(_("To be returned"), _("yes") if facts["to_return"] else _("no")),
            Fact(_("Old one handed in"), _("yes") if facts["old_for_new"] else _("no")),
        ),
        columns=(
            Column(_("Name of goods"), 2.6),
            Column(_("Specification"), 2.4),
            Column(_("Unit"), 0.8, centred=True),
            Column(_("Asked for"), 1, Kind.CODE, centred=True),
            Column(_("Issued"), 1, Kind.CODE, centred=True),
            Column(_("Asset number"), 2, Kind.CODE),
        ),
        lines=tuple(
            Line((row["name"], row["specification"], row["unit"], row["asked"], row["issued"], row["card"]))
            for row in facts["lines"]
        ),
        least_lines=LEAST_LINES,
        money_unit=False,
        signatures=(*boxes_of(route), Signature(_("Approved by")), maker_box(_("Keeper"), route)),
        bookmark=facts["number"],
    )


def stock_list() -> Paper:
    """库存清单: what lies in the store rooms now."""
    balances = StockBalance.objects.filter(quantity__gt=0).select_related("item", "room")
    rows = balances.order_by("room__name_sort", "item__key", "pk")
    return Paper(
        title=_("List of stock"),
        school=School.current().name,
        day=timezone.localdate(),
        columns=(
            Column(_("Store"), 1.6),
            Column(_("Name of goods"), 2.6),
            Column(_("Specification"), 2.4),
            Column(_("Unit"), 0.8, centred=True),
            Column(_("Quantity"), 1.1, Kind.CODE),
            Column(_("Amount (yuan)"), 1.6, Kind.MONEY, Carry.SUM),
        ),
        lines=tuple(
            Line(
                (
                    str(row.room),
                    row.item.name,
                    row.item.specification,
                    row.item.unit,
                    quantity_text(row.quantity),
                    row.amount,
                )
            )
            for row in rows
        ),
        signatures=(Signature(_("Keeper")), Signature(_("Checked by"))),
    )


def item_book(item: StockItem) -> Paper:
    """领用登记 of one item: in, out and what is left after each paper."""
    left, lines = Decimal(0), []
    entries = item.entries.select_related("paper__issue__recipient", "room").order_by("day", "paper_id", "pk")
    for entry in entries:
        left += entry.quantity
        into, out = max(entry.quantity, Decimal(0)), max(-entry.quantity, Decimal(0))
        issue = entry.paper.issue
        lines.append(
            Line(
                (
                    entry.day,
                    entry.paper.number,
                    issue.purpose if issue else entry.paper.summary,
                    quantity_text(into) if into else "",
                    quantity_text(out) if out else "",
                    quantity_text(left),
                    str(entry.room),
                    issue.recipient.name if issue else "",
                )
            )
        )
    return Paper(
        title=_("Book of consumables"),
        school=School.current().name,
        facts=(
            Fact(_("Name of goods"), item.name),
            Fact(_("Specification"), item.specification),
            Fact(_("Unit"), item.unit),
        ),
        columns=(
            Column(_("Date"), 1.3, Kind.DATE),
            Column(_("Paper number"), 1.7, Kind.CODE),
            Column(_("In a few words"), 2.6),
            Column(_("In"), 0.9, Kind.CODE),
            Column(_("Out"), 0.9, Kind.CODE),
            Column(_("Remains"), 0.9, Kind.CODE),
            Column(_("Store"), 1.4),
            Column(_("Recipient"), 1.2),
        ),
        lines=tuple(lines),
        money_unit=False,
    )
