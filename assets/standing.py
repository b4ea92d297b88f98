"""Where a card stands and how much of it: the arithmetic of the ledger's entries. Pure, no database."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assets.choices import CardState, MovementKind
from assets.models import Card
from logistics.base.money import fen, yuan

PLACE_FIELDS = ("property_class", "department", "room", "custodian")
LEDGER_FIELDS = ("quantity", "value", *PLACE_FIELDS)
ATTRIBUTES = {field.name: field.attname for field in Card._meta.concrete_fields}  # room: room_id
# What each kind of paper may change. Places never mix with amounts, so a paper either moves property or alters it.
FIELDS_OF = {
    MovementKind.TRANSFER: frozenset({"room", "department", "custodian"}),
    MovementKind.CUSTODY: frozenset({"department", "custodian"}),
    MovementKind.CORRECTION: frozenset({"quantity", "value"}),
    MovementKind.RECLASSIFICATION: frozenset({"property_class"}),
}


@dataclass(frozen=True)
class Place:
    """The four columns by which ledgers are kept, as ids."""

    property_class_id: int | None = None
    department_id: int | None = None
    room_id: int | None = None
    custodian_id: int | None = None

    def columns(self) -> dict[str, int | None]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True)
class Standing:
    """So many pieces worth so much (yuan) at one place; what the entries of a card add up to."""

    place: Place
    quantity: int
    value: Decimal
    state: str = CardState.IN_LEDGER

    @classmethod
    def of(cls, card: Card) -> "Standing":
        place = Place(card.property_class_id, card.department_id, card.room_id, card.custodian_id)
        return cls(place, card.quantity, Decimal(card.value), card.state)


@dataclass(frozen=True)
class Step:
    """What one entry says: pieces and yuan that come to (+) or leave (−) a place."""

    place: Place
    quantity: int
    value: Decimal


def steps(before: Standing, after: Standing) -> Iterator[Step]:
    """The entries that lead from ``before`` to ``after``: all leaves the old place and comes to the new one."""
    if before.place == after.place:
        moved = [Step(after.place, after.quantity - before.quantity, after.value - before.value)]
    else:
        moved = [Step(before.place, -before.quantity, -before.value), Step(after.place, after.quantity, after.value)]
    yield from (step for step in moved if step.quantity or step.value)


def share(whole: Decimal, part: int, parts: int) -> Decimal:
    """``part`` of ``parts`` of ``whole`` yuan, half a fen rounded up; the rest is ``whole`` less this, to the fen."""
    return yuan((2 * fen(whole) * part + parts) // (2 * parts))


def stamp(cards: Iterable[Card]) -> str:
    """A short mark of these cards as they stand now: two pages that show the same list have the same mark."""
    shown = sorted(_shown(card) for card in cards)
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:24]


def _shown(card: Card) -> tuple[Any, ...]:
    where = tuple(Standing.of(card).place.columns().values())
    return (card.pk, card.number, card.name, str(card.state), card.quantity, fen(Decimal(card.value)), repr(where))
