"""What all papers share: signing, locking cards, numbering, writing entries. No rule of a single kind."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assets.choices import PREFIXES, MovementKind
from assets.models import Card, LedgerEntry, Movement
from assets.rules import Refused, batches, listed, refuse_day
from assets.standing import ATTRIBUTES, Standing, Step, stamp, steps
from logistics.base.bulk import insert
from logistics.base.history import acting, now_acting
from logistics.records.numbers import take
from logistics.school.models import Person
from logistics.school.services.closing import ClosedError, demand_open

CARD_RELATIONS = ("property_class", "department", "room", "custodian", "managing_department")


def signed(person: Person) -> AbstractContextManager[None]:
    """The trail of what follows is written under this person, for whom and from what import as it was."""
    now = now_acting()
    return acting(person, on_behalf_of=now.on_behalf_of, source=now.source)


def demand_day(day: dt.date) -> None:
    """Raises Refused when no paper may bear ``day``; no term is closed until the transaction ends."""
    try:
        demand_open(day)
    except ClosedError as closed:
        raise Refused(closed.messages) from closed
    refuse_day(day)


def locked(cards: Iterable[Card], *, seen: str = "") -> list[Card]:
    """The cards as they stand now, held until the transaction ends, in order of their ids.

    Raises Refused when one stands elsewhere than the given object says, or ``seen`` (the mark of the page
    that was shown, see ``stamp``) is another: somebody was quicker, and no movement is written twice.
    """
    given = {card.pk: card for card in cards}
    held: list[Card] = []
    for ids in batches(sorted(given)):
        held += Card.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    changed = [card for card in held if Standing.of(card) != Standing.of(given[card.pk])]
    if changed:
        text = _("%(card)s has been changed by somebody else meanwhile. Look at it again.")
        raise Refused(listed([text % {"card": card} for card in changed]))
    if len(held) < len(given) or (seen and stamp(held) != seen):
        raise Refused(_("What you were shown has changed meanwhile. Look at it again."))
    return held


def new_paper(
    *,
    person: Person,
    kind: MovementKind,
    date: dt.date,
    summary: str = "",
    reverses: Movement | None = None,
    once: str = "",
) -> Movement:
    """The next paper of its kind and year, signed. The caller's transaction writes its entries."""
    now = now_acting()
    (number,) = take(PREFIXES[kind], date.year)
    return Movement.objects.create(
        number=number,
        kind=kind,
        date=date,
        summary=summary,
        made_by=person,
        on_behalf_of=now.on_behalf_of,
        source=now.source,
        reverses=reverses,
        once=once,
    )


def write_entries(paper: Movement, written: Iterable[tuple[Card, Step]]) -> None:
    """The entries of a paper, in one prepared statement."""
    insert(
        [
            LedgerEntry(
                movement_id=paper.pk,
                card_id=card.pk,
                date=paper.date,
                quantity=step.quantity,
                value=step.value,
                **step.place.columns(),
            )
            for card, step in written
        ]
    )


@dataclass(frozen=True)
class Change:
    """A card (held), how it stood, and what it becomes; making one sets the new values on the card."""

    card: Card
    before: Standing
    after: Standing

    @classmethod
    def make(cls, card: Card, values: Mapping[str, Any]) -> "Change":
        before = Standing.of(card)
        for name, value in values.items():
            setattr(card, name, value)
        return cls(card, before, Standing.of(card))

    @property
    def changes_nothing(self) -> bool:
        return self.before == self.after

    def steps(self) -> Iterator[tuple[Card, Step]]:
        return ((self.card, step) for step in steps(self.before, self.after))


def pass_on(held: Sequence[Card], given: Iterable[Card], fields: Iterable[str]) -> None:
    """The caller's objects say what the cards say now."""
    now = {card.pk: card for card in held}
    names = [ATTRIBUTES[name] for name in fields]  # ids: no related row is read
    for card in given:
        for name in names:
            setattr(card, name, getattr(now[card.pk], name))
