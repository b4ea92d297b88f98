"""The store's papers: goods in, goods out, reversals. What lies in a room is held under lock and by the database."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from assets.choices import STOCK_REVERSAL_PREFIX, IssueState, StockKind
from assets.models import StockBalance, StockEntry, StockItem, StockPaper
from assets.rules import Refused
from assets.rules.stock import later_papers, refuse_store, refuse_without
from assets.services.papers import demand_day, signed
from finance.models import AcceptanceLine
from finance.services.acceptances import put_back
from logistics.base.history import now_acting
from logistics.base.money import quantity_text, to_fen
from logistics.base.names import name_key
from logistics.records.numbers import take
from logistics.school.models import Person, Room


@dataclass(frozen=True)
class Move:
    """So much of an item (+ in, − out). Without ``amount`` (yuan) it goes at the average of what lies there."""

    item: StockItem
    quantity: Decimal
    amount: Decimal | None = None
    line: AcceptanceLine | None = None


def item_named(name: str, specification: str, unit: str) -> StockItem:
    """The item so called, made when it is new."""
    item, _new = StockItem.objects.get_or_create(
        key=name_key(name)[:80], specification=specification, unit=unit, defaults={"name": name}
    )
    return item


def write(paper: StockPaper, moves: Iterable[Move]) -> StockPaper:
    """Number is taken, day is proved: write the paper with its entries and balances, inside the caller's transaction.

    An item's papers in a room follow each other by date, so that it was never below zero at any past moment. Raises
    Refused: no store, a later paper of the item, not enough there.
    """
    refuse_store(paper.room)
    given = sorted(moves, key=lambda move: (move.item.pk, move.line.pk if move.line else 0))
    held = _held([move.item for move in given], paper.room)
    _refuse_dated_back(held, paper)
    paper.save()
    for move in given:
        balance = held[move.item.pk]
        amount = _worth(balance, move.quantity) if move.amount is None else move.amount
        balance.quantity += move.quantity
        balance.amount += amount
        balance.save(update_fields=["quantity", "amount"])
        StockEntry.objects.create(
            paper=paper,
            item=move.item,
            room=paper.room,
            day=paper.day,
            quantity=move.quantity,
            amount=amount,
            acceptance_line=move.line,
        )
    return paper


@transaction.atomic
def reverse(*, person: Person, paper: StockPaper, day: dt.date, summary: str) -> StockPaper:
    """Undo a paper of the store, no other standing on it; what came in is to be entered again, what went out on a
    slip lies in the store again and the slip says so. Raises Refused.
    """
    refuse_without(person, "assets.keep_stock")
    demand_day(day)
    entries = list(paper.entries.select_related("item", "acceptance_line").order_by("pk"))
    ids = {entry.acceptance_line_id for entry in entries} - {None}
    list(AcceptanceLine.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    _held([entry.item for entry in entries], paper.room)
    if not summary.strip():
        raise Refused(_("Say why it is reversed."))
    if paper.kind == StockKind.REVERSAL or StockPaper.objects.filter(reverses=paper).exists():
        raise Refused(_("%(paper)s is a reversal, or has been reversed.") % {"paper": paper})
    if later := later_papers(paper):
        text = _("Later papers stand on %(paper)s: %(later)s. Reverse those first, the latest first.")
        raise Refused(text % {"paper": paper, "later": "、".join(str(one) for one in later)})
    with signed(person):
        undone = write(
            StockPaper(
                number=take(STOCK_REVERSAL_PREFIX, day.year)[0],
                kind=StockKind.REVERSAL,
                day=day,
                room=paper.room,
                summary=summary[:200],
                reverses=paper,
                made_by=person,
                on_behalf_of=now_acting().on_behalf_of,
            ),
            [Move(entry.item, -entry.quantity, -entry.amount, entry.acceptance_line) for entry in entries],
        )
        for entry in entries:
            if entry.acceptance_line:
                put_back(line=entry.acceptance_line, quantity=entry.quantity)
        if paper.issue:
            paper.issue.state = IssueState.REVERSED
            paper.issue.save(update_fields=["state"])
    return undone


def _held(items: Sequence[StockItem], room: Room) -> dict[int, StockBalance]:
    """By item, what lies in the room now, held until the transaction ends; in order of the items."""
    ids = sorted({item.pk for item in items})
    StockBalance.objects.bulk_create([StockBalance(item_id=pk, room=room) for pk in ids], ignore_conflicts=True)
    rows = StockBalance.objects.select_for_update(of=("self",)).filter(item__in=ids, room=room).select_related("item")
    return {row.item_id: row for row in rows.order_by("item_id")}


def _refuse_dated_back(held: dict[int, StockBalance], paper: StockPaper) -> None:
    later = StockEntry.objects.filter(item__in=held, room=paper.room, day__gt=paper.day).select_related("item")
    if found := later.order_by("-day", "-pk").first():
        text = _("%(item)s has a paper of %(last)s. A new one cannot be dated %(day)s.")
        raise Refused(text % {"item": found.item, "last": found.day, "day": paper.day})


def _worth(balance: StockBalance, quantity: Decimal) -> Decimal:
    """Yuan that go out with ``quantity`` (below zero) at the moving average; the last piece takes what is left."""
    if quantity >= 0:
        raise TypeError("what comes in says what it is worth")
    if -quantity > balance.quantity:
        left = quantity_text(balance.quantity)
        text = _("%(item)s: only %(left)s %(unit)s are in store.")
        raise Refused(text % {"item": balance.item, "left": left, "unit": balance.item.unit})
    if -quantity == balance.quantity:
        return -balance.amount
    return to_fen(balance.amount * quantity / balance.quantity)
