"""What goes to Excel: the asset list as the import writes and reads it, papers and slips of the store by line."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext as _

from assets.imports.cards import CardSpec
from assets.models import Card, IssueLine, StockEntry
from logistics.base.views.sheets import sheet_response


class FilteredCards(CardSpec):
    """The asset list with ``cards`` only, in their order; read in again it changes nothing."""

    def __init__(self, cards: QuerySet[Card]) -> None:
        super().__init__()
        self.cards = cards

    def export_rows(self) -> QuerySet[Card]:
        return self.cards


def papers_sheet(entries: QuerySet[StockEntry]) -> FileResponse:
    """Goods in and out of the store, entry by entry; what leaves is below zero."""
    heads = [
        _("Number"),
        _("kind"),
        _("Date"),
        _("Store"),
        _("Name of goods"),
        _("Specification"),
        _("Unit"),
        _("Quantity"),
        _("Amount (yuan)"),
        _("Acceptance number"),
        _("Supplier"),
        _("Recipient"),
        _("In a few words"),
        _("Keeper"),
    ]
    return sheet_response(_("Papers of the store"), heads, _entries(entries))


def _entries(entries: QuerySet[StockEntry]) -> Iterator[list[Any]]:
    papers = ("paper__acceptance__order__supplier", "paper__issue__recipient", "paper__made_by")
    for entry in entries.select_related("item", "room", *papers).iterator(2000):
        paper = entry.paper
        yield [
            paper.number,
            str(paper.get_kind_display()),
            entry.day,
            str(entry.room),
            entry.item.name,
            entry.item.specification,
            entry.item.unit,
            entry.quantity,
            entry.amount,
            paper.acceptance.number if paper.acceptance else "",
            paper.acceptance.order.supplier.name if paper.acceptance else "",
            paper.issue.recipient.name if paper.issue else "",
            paper.summary,
            paper.made_by.name,
        ]


def issues_sheet(lines: QuerySet[IssueLine]) -> FileResponse:
    """领用登记 of these lines of issue slips."""
    heads = [
        _("Number"),
        _("Date"),
        _("Recipient"),
        _("Department"),
        _("What for"),
        _("Name of goods"),
        _("Specification"),
        _("Unit"),
        _("Asked for"),
        _("Issued"),
        _("Asset number"),
        _("State"),
        _("Store"),
        _("Keeper"),
    ]
    return sheet_response(_("Issue slips"), heads, _issued(lines))


def _issued(lines: QuerySet[IssueLine]) -> Iterator[list[Any]]:
    slips = ("issue__recipient", "issue__department", "issue__room", "issue__made_by")
    for line in lines.select_related("item", "card", *slips).iterator(2000):
        slip, thing = line.issue, line.item or line.card
        yield [
            slip.number,
            slip.day,
            slip.recipient.name,
            str(slip.department or ""),
            slip.purpose,
            thing.name if thing else "",
            thing.specification if thing else "",
            thing.unit if thing else "",
            line.asked,
            line.issued,
            line.card.number if line.card else "",
            str(slip.get_state_display()),
            str(slip.room),
            slip.made_by.name,
        ]
