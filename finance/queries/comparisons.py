"""Quotes side by side: a row for each line, a column for each supplier, the lowest marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.urls import reverse

from finance.choices import PurchaseState
from finance.models import Comparison, ComparisonLine, Quote
from logistics.base.money import line_amount
from logistics.records import attachments


@dataclass(frozen=True)
class Cell:
    """What one supplier asks for one line: yuan each and for all of it."""

    price: Decimal | None
    amount: Decimal | None
    lowest: bool


@dataclass(frozen=True)
class Row:
    line: ComparisonLine
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Head:
    """One quote: ``lowest`` of all, ``won`` when it was chosen, its files."""

    quote: Quote
    lowest: bool
    won: bool
    files: Sequence[attachments.Shown]


@dataclass(frozen=True)
class Table:
    heads: Sequence[Head]
    rows: Sequence[Row]
    enough: bool


def table_of(comparison: Comparison) -> Table:
    """The table of a comparison. Statements: two, and one a quote for its files."""
    lines = comparison.lines.select_related("request_line__request").order_by("pk")
    quotes = list(comparison.quotes.select_related("supplier").prefetch_related("prices").order_by("pk"))
    least = min((quote.amount for quote in quotes), default=None)
    prices = {(price.quote_id, price.line_id): price.price for quote in quotes for price in quote.prices.all()}
    rows = [_row(line, [prices.get((quote.pk, line.pk)) for quote in quotes]) for line in lines]
    heads = [
        Head(quote, quote.amount == least, quote.pk == comparison.winner_id, _files(comparison, quote))
        for quote in quotes
    ]
    return Table(heads, rows, len(quotes) >= comparison.quotes_wanted)


def still_to_order(comparison: Comparison) -> list[tuple[ComparisonLine, Decimal]]:
    """Its lines with what of them may still be ordered: not more than was compared, nor than is left of the request."""
    found = comparison.orders.order_by().values_list("lines__request_line").annotate(sum=Sum("lines__quantity"))
    ordered = dict(found)
    rows = comparison.lines.select_related("request_line__request").order_by("pk")
    left = []
    for row in rows.filter(request_line__request__state=PurchaseState.APPROVED):
        asked = row.request_line
        left.append((row, min(row.quantity - ordered.get(asked.pk, 0), asked.quantity - asked.ordered)))
    return [(row, quantity) for row, quantity in left if quantity > 0]


def _row(line: ComparisonLine, prices: list[Decimal | None]) -> Row:
    least = min((price for price in prices if price is not None), default=None)
    cells = [
        Cell(price, None if price is None else line_amount(line.quantity, price), price is not None and price == least)
        for price in prices
    ]
    return Row(line, cells)


def _files(comparison: Comparison, quote: Quote) -> list[attachments.Shown]:
    place = [comparison.pk, quote.pk]
    return attachments.shown(
        quote,
        lambda file: reverse("finance:quote-file", args=[*place, file.pk]),
        lambda file: reverse("finance:quote-file-small", args=[*place, file.pk]),
    )
