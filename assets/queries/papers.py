"""What one paper did, card by card."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from assets.models import Card, LedgerEntry, Movement

NOTHING = Decimal("0.00")


@dataclass
class Moved:
    """One card on a paper: what left one place, what came to another."""

    card: Card
    out: LedgerEntry | None = None
    into: LedgerEntry | None = None

    @property
    def quantity(self) -> int:
        """Pieces that came to the ledger with this paper (−: left it); 0 where they only changed place."""
        return sum(entry.quantity for entry in (self.into, self.out) if entry)

    @property
    def value(self) -> Decimal:
        """The same in yuan."""
        return sum((entry.value for entry in (self.into, self.out) if entry), NOTHING)

    @property
    def moves(self) -> bool:
        """Whether all of it went from one place, person, department or class to another."""
        return self.out is not None and self.into is not None


def moved_by(movement: Movement, cards: QuerySet[Card]) -> Iterator[Moved]:
    """A paper's entries on ``cards`` (those somebody may see), in the order of their numbers. One statement."""
    entries = movement.entries.filter(card__in=cards.values("pk")).order_by("card__number", "pk")
    lines: dict[int, Moved] = {}
    for entry in entries.select_related("card", "room", "custodian", "department", "property_class"):
        line = lines.setdefault(entry.card_id, Moved(entry.card))
        leaves = entry.quantity < 0 or (not entry.quantity and entry.value < 0)
        setattr(line, "out" if leaves else "into", entry)
    yield from lines.values()
