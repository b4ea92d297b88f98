"""Accepted goods enter the books: as asset cards or into the store (入库单). Never more than was accepted.

Locks, in this order: acceptance lines, new items, then stock or cards.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from assets.choices import STOCK_IN_PREFIX, Acquisition, MovementKind, Procurement, StockKind
from assets.models import Card, LedgerEntry, Movement, PropertyClass, StockEntry, StockItem, StockPaper
from assets.rules import Refused
from assets.rules.stock import refuse_without
from assets.services.cards import enter_cards
from assets.services.papers import demand_day, signed
from assets.services.stock import Move, item_named, write
from finance.choices import Method, Nature
from finance.models import AcceptanceLine
from finance.services.acceptances import take_in
from logistics.base.history import now_acting
from logistics.base.money import to_fen
from logistics.base.names import name_key
from logistics.records.numbers import take
from logistics.school.models import Department, Person, Room

MOST_CARDS = 500  # one card each; more pieces of one kind are a batch
OF_ENTRIES = Q(movement__kind=MovementKind.ENTRY) | Q(movement__reverses__kind=MovementKind.ENTRY)


@transaction.atomic
def enter_as_cards(
    *,
    person: Person,
    line: AcceptanceLine,
    pieces: int,
    date: dt.date,
    one_card_each: bool,
    room: Room | None,
    custodian: Person | None,
    department: Department | None,
    property_class: PropertyClass | None = None,
    numbers: Sequence[str] = (),
) -> Movement:
    """Enter so many accepted pieces as cards, one each or one batch; their values add up to what was accepted.

    Raises Refused: not the keeper, before the acceptance, not property, more than is left, as ``enter_cards``.
    """
    refuse_without(person, "assets.add_card")
    row = _held(line, date, Nature.PROPERTY)
    if pieces < 1 or (one_card_each and pieces > MOST_CARDS):
        raise Refused({"pieces": _("Enter between 1 and %(most)d pieces.") % {"most": MOST_CARDS}})
    count = pieces if one_card_each else 1
    if len(numbers) not in {0, count}:
        raise Refused({"numbers": _("Give one number for each card, or none.")})
    worth = value_of(row, Decimal(pieces))
    with signed(person):
        take_in(line=row, quantity=Decimal(pieces))
        place = {"room": room, "custodian": custodian, "department": department, "property_class": property_class}
        cards = [
            Card(
                number=numbers[at] if numbers else "",
                quantity=pieces // count,
                value=to_fen(worth * (at + 1) / count) - to_fen(worth * at / count),
                **place,
                **described(row),
            )
            for at in range(count)
        ]
        movement = enter_cards(person=person, date=date, cards=cards, summary=row.acceptance.number)
    line.stored = row.stored
    return movement


@transaction.atomic
def enter_in_store(
    *, person: Person, lines: Sequence[tuple[AcceptanceLine, Decimal]], room: Room, day: dt.date
) -> StockPaper:
    """Enter accepted consumables of one acceptance into a store room, on one paper (RK).

    Raises Refused: not the keeper, before the acceptance, not a consumable, more than is left, see ``stock.write``.
    """
    refuse_without(person, "assets.keep_stock")
    if not lines or len({line.acceptance_id for line, _quantity in lines}) > 1:
        raise Refused(_("Choose lines of one acceptance."))
    with signed(person):
        taken = []
        for line, quantity in sorted(lines, key=lambda pair: pair[0].pk):
            row = _held(line, day, Nature.CONSUMABLE)
            worth = value_of(row, quantity)
            take_in(line=row, quantity=quantity)
            line.stored = row.stored
            taken.append((row, quantity, worth))
        # new goods are made in one order, so that two who make the same ones never wait for each other
        taken.sort(key=lambda each: _item_key(each[0]))
        moves = [Move(_item_of(row), quantity, worth, row) for row, quantity, worth in taken]
        paper = StockPaper(
            number=take(STOCK_IN_PREFIX, day.year)[0],
            kind=StockKind.IN,
            day=day,
            room=room,
            acceptance=lines[0][0].acceptance,
            made_by=person,
            on_behalf_of=now_acting().on_behalf_of,
        )
        return write(paper, moves)


def value_of(line: AcceptanceLine, quantity: Decimal) -> Decimal:
    """Yuan of the next ``quantity`` to be entered: the whole line comes to its accepted amount, reversals included."""
    if not 0 < quantity <= line.accepted - line.stored:
        return Decimal(0)  # refused in a moment
    through = to_fen(line.amount * (line.stored + quantity) / line.accepted)
    return max(through - entered_value(line), Decimal(0))


def entered_value(line: AcceptanceLine) -> Decimal:
    """Yuan of this line that the books took in, less what was reversed."""
    cards = LedgerEntry.objects.filter(OF_ENTRIES, card__acceptance_line=line, card__split_from__isnull=True)
    stock = StockEntry.objects.filter(acceptance_line=line)
    found = (cards.aggregate(sum=Sum("value"))["sum"], stock.aggregate(sum=Sum("amount"))["sum"])
    return sum((Decimal(part) for part in found if part), Decimal(0))


def described(line: AcceptanceLine) -> dict[str, Any]:
    """What the papers before it say of a card: name, unit, dealer, how it was bought, from what money."""
    asked, order = line.order_line.request_line, line.order_line.order
    budget = asked.request.budget_line
    method = order.comparison.method if order.comparison else Method.DIRECT
    return {
        "name": asked.name,
        "specification": asked.specification,
        "unit": asked.unit,
        "dealer": order.supplier.name,
        "acquisition": Acquisition.PURCHASE,
        "acquired_on": line.acceptance.day,
        "procurement": Procurement.CENTRAL if method == Method.CENTRAL else Procurement.OWN,
        "budget_item": budget.item[:60] if budget else "",
        "contract_number": order.number,
        "acceptance_line": line,
    }


def _item_key(line: AcceptanceLine) -> tuple[str, str, str]:
    asked = line.order_line.request_line
    return name_key(asked.name), asked.specification, asked.unit


def _item_of(line: AcceptanceLine) -> StockItem:
    asked = line.order_line.request_line
    return item_named(asked.name, asked.specification, asked.unit)


def _held(line: AcceptanceLine, day: dt.date, nature: Nature) -> AcceptanceLine:
    demand_day(day)
    related = ("acceptance", "order_line__order__supplier", "order_line__request_line__request")
    row: AcceptanceLine = (
        AcceptanceLine.objects.select_for_update(of=("self",)).select_related(*related).get(pk=line.pk)
    )
    if day < row.acceptance.day:
        text = _("It was accepted on %(day)s only.")
        raise Refused(text % {"day": row.acceptance.day})
    if row.nature != nature:
        text = _("%(line)s is marked as %(nature)s.")
        raise Refused(text % {"line": row, "nature": row.get_nature_display()})
    return row
