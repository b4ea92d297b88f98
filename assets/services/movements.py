"""The papers that move property or alter what it amounts to: transfer, change of person, split, correction, reversal.

All are ``move_cards`` with a rule of their own, save the split, which makes a card, and the reversal.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assets.choices import CardState, MovementKind
from assets.models import Card, LedgerEntry, Movement, PropertyClass
from assets.queries.lives import LifeTable
from assets.rules import Refused, batches, listed, refuse_objections, refuse_out_of_use, refuse_reversal
from assets.services.cards import create, free_numbers
from assets.services.origins import hold_lines
from assets.services.papers import Change, demand_day, locked, new_paper, pass_on, signed, write_entries
from assets.services.parts import part_of, refuse_split
from assets.standing import FIELDS_OF, LEDGER_FIELDS, PLACE_FIELDS, Place, Step, share
from finance.services.acceptances import put_back
from logistics.base import history
from logistics.school.models import Department, Person, Room


class Unchanged:
    """Marks what a paper leaves as it is, where None would mean "nobody"."""


UNCHANGED = Unchanged()
WRITTEN = ("state", "life_months", *LEDGER_FIELDS)


@transaction.atomic
def move_cards(
    *,
    person: Person,
    date: dt.date,
    kind: MovementKind,
    changes: Mapping[Card, Mapping[str, Any]],
    summary: str = "",
    seen: str = "",
) -> Movement:
    """One paper that sets new values on cards, in statements by the batch; ``FIELDS_OF`` says which for each kind.

    ``seen`` is the mark of what the person was shown (see ``standing.stamp``). Raises Refused: the day is closed,
    to come or before a card's latest paper; a card has left the ledger, stands so already, or was changed meanwhile.
    """
    if not changes:
        raise Refused(_("Choose at least one card."))
    if wrong := {name for values in changes.values() for name in values} - FIELDS_OF[kind]:
        raise TypeError(f"{kind} does not change {', '.join(sorted(wrong))}")
    demand_day(date)
    held = locked(changes, seen=seen)
    refuse_objections(held, date)
    new = {card.pk: values for card, values in changes.items()}
    lives = LifeTable.read() if kind == MovementKind.RECLASSIFICATION else None
    made = [_change(card, new[card.pk], lives) for card in held]
    _refuse_unsound(made)
    columns = {name for values in changes.values() for name in values} & set(PLACE_FIELDS)
    refuse_out_of_use((change.card for change in made), sorted(columns))
    with signed(person):
        paper = new_paper(person=person, kind=kind, date=date, summary=summary)
        _write(paper, made)
    pass_on(held, changes, WRITTEN)
    return paper


def transfer(
    *,
    person: Person,
    cards: Sequence[Card],
    room: Room,
    date: dt.date,
    summary: str = "",
    custodian: Person | Unchanged | None = UNCHANGED,
    department: Department | Unchanged | None = UNCHANGED,
    seen: str = "",
) -> Movement:
    """Carry cards to another room, with their keeper and department where named. Raises Refused, see ``move_cards``."""
    if there := [card for card in cards if card.room_id == room.pk]:
        text = _("%(card)s stands in %(room)s already.")
        raise Refused(listed([text % {"card": card, "room": room} for card in there]))
    values = _named(room=room, custodian=custodian, department=department)
    return move_cards(
        person=person,
        date=date,
        kind=MovementKind.TRANSFER,
        changes=dict.fromkeys(cards, values),
        summary=summary,
        seen=seen,
    )


def change_custodian(
    *,
    person: Person,
    cards: Sequence[Card],
    custodian: Person | None,
    date: dt.date,
    summary: str = "",
    department: Department | Unchanged | None = UNCHANGED,
    seen: str = "",
) -> Movement:
    """Give cards to another keeper where they stand. Raises Refused, see ``move_cards``."""
    values = _named(custodian=custodian, department=department)
    return move_cards(
        person=person,
        date=date,
        kind=MovementKind.CUSTODY,
        changes=dict.fromkeys(cards, values),
        summary=summary,
        seen=seen,
    )


def correct(
    *, person: Person, card: Card, quantity: int, value: Decimal, date: dt.date, summary: str, seen: str = ""
) -> Movement:
    """Put right the quantity and value (yuan, of the whole) of a card; the reason is on the paper. Raises Refused."""
    if not summary.strip():
        raise Refused(_("Say why it is corrected."))
    changes = {card: {"quantity": quantity, "value": value}}
    return move_cards(
        person=person, date=date, kind=MovementKind.CORRECTION, changes=changes, summary=summary, seen=seen
    )


def reclassify(
    *,
    person: Person,
    cards: Sequence[Card],
    property_class: PropertyClass,
    date: dt.date,
    summary: str = "",
    seen: str = "",
) -> Movement:
    """Put cards into another class; a useful life that came from the old class's rule follows. Raises Refused."""
    values = {"property_class": property_class}
    return move_cards(
        person=person,
        date=date,
        kind=MovementKind.RECLASSIFICATION,
        changes=dict.fromkeys(cards, values),
        summary=summary,
        seen=seen,
    )


@transaction.atomic
def split(
    *,
    person: Person,
    card: Card,
    quantity: int,
    date: dt.date,
    value: Decimal | None = None,
    number: str = "",
    summary: str = "",
    seen: str = "",
) -> Card:
    """Take ``quantity`` pieces of a batch onto a card of their own, which is returned.

    Their value is their share, half a fen rounded up, unless given; the rest stays, so together it is the same
    to the fen. Raises Refused.
    """
    demand_day(date)
    (held,) = locked([card], seen=seen)
    refuse_objections([held], date)
    taken = share(held.value, quantity, held.quantity) if value is None else value
    refuse_split(held, quantity, taken, number.strip())
    part = part_of(held, quantity, taken, number.strip() or free_numbers(date.year, 1)[0])
    with signed(person):
        rest = Change.make(held, {"quantity": held.quantity - quantity, "value": held.value - taken})
        for name in ("fiscal_funds", "other_funds"):
            if getattr(part, name) is not None:
                setattr(held, name, getattr(held, name) - getattr(part, name))
        create([part])
        history.bulk_update([held], [*WRITTEN, "fiscal_funds", "other_funds"])
        paper = new_paper(person=person, kind=MovementKind.SPLIT, date=date, summary=summary)
        coming = Step(rest.after.place, part.quantity, part.value)
        write_entries(paper, [*rest.steps(), (part, coming)])
    pass_on([held], [card], [*WRITTEN, "fiscal_funds", "other_funds"])
    return part


@transaction.atomic
def reverse(*, person: Person, movement: Movement, date: dt.date, summary: str = "") -> Movement:
    """Undo a paper by another that negates its entries; what it entered becomes void, and the number is free again.

    What it took from an acceptance is to be entered again.
    Raises MovementRefused naming the later papers that stand on it, or that it is or has a reversal already.
    """
    demand_day(date)
    accepted = hold_lines(movement)
    entries = list(movement.entries.order_by("pk"))
    ids = {entry.card_id for entry in entries}
    held = locked(card for batch in batches(sorted(ids)) for card in Card.objects.filter(pk__in=batch))
    refuse_reversal(movement)
    refuse_objections(held, date)
    lives = LifeTable.read() if movement.kind == MovementKind.RECLASSIFICATION else None
    earlier = _before(held, entries)
    made = [_change(card, earlier[card.pk], lives) for card in held]
    with signed(person):
        paper = new_paper(person=person, kind=MovementKind.REVERSAL, date=date, summary=summary, reverses=movement)
        _give_back_funds(movement, made)
        _write(paper, made)
        for line, quantity in accepted:
            put_back(line=line, quantity=quantity)
    return paper


def _named(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if not isinstance(value, Unchanged)}


def _change(card: Card, values: Mapping[str, Any], lives: LifeTable | None) -> Change:
    """Set ``values``; a useful life that the rules gave to the old class is the new class's from now on."""
    day = card.acquired_on or card.booked_on
    by_rule = lives is not None and day is not None and card.life_months == lives.card_months(card, day)
    change = Change.make(card, values)
    if by_rule and lives and day:
        card.life_months = lives.card_months(card, day)
    return change


def _write(paper: Movement, made: Sequence[Change]) -> None:
    history.bulk_update([change.card for change in made], WRITTEN)
    write_entries(paper, (step for change in made for step in change.steps()))


def _refuse_unsound(made: Sequence[Change]) -> None:
    found = []
    for change in made:
        if change.changes_nothing:
            found.append(_("%(card)s: this changes nothing.") % {"card": change.card})
        elif change.after.quantity < 1:
            found.append(_("%(card)s: the quantity is at least one.") % {"card": change.card})
        elif change.after.value < 0:
            found.append(_("%(card)s: the value is below zero.") % {"card": change.card})
    if found:
        raise Refused(listed(found))


def _before(cards: Sequence[Card], entries: Sequence[LedgerEntry]) -> dict[int, dict[str, Any]]:
    """By card id, the values to set so that it stands as before ``entries``, its latest ones."""
    of_card: dict[int, list[LedgerEntry]] = {}
    for entry in entries:
        of_card.setdefault(entry.card_id, []).append(entry)
    found: dict[int, dict[str, Any]] = {}
    for card in cards:
        own = of_card[card.pk]
        quantity = card.quantity - sum(entry.quantity for entry in own)
        value = card.value - sum((entry.value for entry in own), Decimal(0))
        place = {name: getattr(own[0], name) for name in Place.__dataclass_fields__}
        state = CardState.IN_LEDGER if quantity else CardState.VOID
        found[card.pk] = {"quantity": quantity, "value": value, "state": state, **place}
    return found


def _give_back_funds(movement: Movement, made: Sequence[Change]) -> None:
    """A reversed split gives the part's share of the funds back to the batch."""
    if movement.kind != MovementKind.SPLIT:
        return
    batch = next(change.card for change in made if change.card.state == CardState.IN_LEDGER)
    part = next(change.card for change in made if change.card.state == CardState.VOID)
    for name in ("fiscal_funds", "other_funds"):
        if getattr(batch, name) is not None and getattr(part, name) is not None:
            setattr(batch, name, getattr(batch, name) + getattr(part, name))
    history.bulk_update([batch], ["fiscal_funds", "other_funds"])
