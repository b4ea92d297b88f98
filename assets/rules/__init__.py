"""What may be done to property and why not, in plain words (forms.md, Assets: "Never"). Reads only."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assets.choices import CardState, ConfirmationState, MovementKind
from assets.models import Card, LedgerEntry, Movement, PropertyClass, RoomConfirmation
from logistics.school.models import Department, Person, Room, Term
from logistics.school.models.limits import limit

T = TypeVar("T")
EARLIEST = dt.date(1900, 1, 1)  # an earlier day is a slip of the pen, such as 0026 for 2026
MOST_NAMED = 20  # a refusal over thousands of cards names so many


class Refused(ValidationError):
    """A rule forbids it; ``messages`` say why in the words of the school, one for each card or paper."""


class MovementRefused(Refused):
    """Papers written later stand on this one; ``papers`` are those."""

    def __init__(self, message: str | list[str], papers: Sequence[Movement] = ()) -> None:
        super().__init__(message)
        self.papers = list(papers)


def batches(things: Iterable[T], size: int = 5000) -> Iterator[list[T]]:
    """``things`` in lists short enough for one statement."""
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch


def listed(messages: Sequence[str]) -> list[str]:
    """The first messages, and how many more there are."""
    more = len(messages) - MOST_NAMED
    if more <= 0:
        return list(messages)
    return [*messages[:MOST_NAMED], ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more}]


def why_not_on(day: dt.date) -> str:
    """Why no paper may bear this day; empty when one may."""
    if day > timezone.localdate():
        return _("%(day)s has not come yet. A paper bears today's date or an earlier one.") % {"day": day}
    if day < EARLIEST:
        return _("Look at the year of %(day)s.") % {"day": day}
    closed = Term.closed_through()
    if closed and day <= closed:
        return _("Everything up to %(closed)s is closed. Choose a later date than %(day)s.") % {
            "closed": closed,
            "day": day,
        }
    return ""


def refuse_day(day: dt.date) -> None:
    """Raises Refused when the day is still to come or its term is closed."""
    if problem := why_not_on(day):
        raise Refused(problem)


def out_of_ledger(card: Card) -> str:
    """Why nothing about this card may change; empty for a card in the ledger."""
    if card.state == CardState.WRITTEN_OFF:
        return _("%(card)s has been written off. It can no longer be changed.") % {"card": card}
    if card.state == CardState.VOID:
        return _("%(card)s is void. It can no longer be changed.") % {"card": card}
    return ""


def objections(cards: Sequence[Card], day: dt.date) -> dict[int, str]:
    """By card id, why no paper of ``day`` may be written on it: it left the ledger, or a later paper exists.

    A card's papers follow each other by date, so that no past moment is contradicted by a paper dated back.
    """
    found = {card.pk: problem for card in cards if (problem := out_of_ledger(card))}
    last = last_paper_days([card.pk for card in cards])
    for card in cards:
        if card.pk not in found and card.pk in last and last[card.pk] > day:
            found[card.pk] = _("%(card)s has a paper of %(last)s. A new one cannot be dated %(day)s.") % {
                "card": card,
                "last": last[card.pk],
                "day": day,
            }
    return found


def last_paper_days(card_ids: Sequence[int]) -> dict[int, dt.date]:
    """By card id, the day of its latest paper."""
    days: dict[int, dt.date] = {}
    for ids in batches(card_ids):
        rows = LedgerEntry.objects.filter(card__in=ids).order_by().values_list("card_id").annotate(Max("date"))
        days.update(dict(rows))
    return days


def refuse_objections(cards: Sequence[Card], day: dt.date) -> None:
    """Raises Refused naming each card that takes no paper of ``day``."""
    if found := objections(cards, day):
        raise Refused(listed(list(found.values())))


def refuse_out_of_use(cards: Iterable[Card], columns: Iterable[str]) -> None:
    """Raises Refused when property would come to a room, department or class out of use, or to somebody who left.

    ``columns`` are those that are written now. One statement each.
    """
    found = []
    given = list(cards)
    for column in columns:
        ids = {getattr(card, f"{column}_id") for card in given} - {None}
        model, used, text = IN_USE[column]
        found += [text() % {"thing": row} for row in model.objects.filter(pk__in=ids, **{used: False})] if ids else []
    if found:
        raise Refused(listed(found))


IN_USE: dict[str, tuple[Any, str, Callable[[], str]]] = {
    "property_class": (PropertyClass, "active", lambda: _("The class %(thing)s is out of use.")),
    "department": (Department, "active", lambda: _("The department %(thing)s is out of use.")),
    "room": (Room, "active", lambda: _("The room %(thing)s is out of use.")),
    "custodian": (Person, "is_active", lambda: _("%(thing)s no longer works here.")),
}


def later_papers(movement: Movement) -> list[Movement]:
    """Papers on the same cards after this one that still hold; a reversed paper and its reversal cancel out."""
    on_its_cards = LedgerEntry.objects.filter(card__in=movement.entries.values("card")).order_by()
    return list(
        Movement.objects.filter(pk__in=on_its_cards.filter(movement__gt=movement.pk).values("movement"))
        .filter(reversed_by__isnull=True)
        .exclude(kind=MovementKind.REVERSAL)
        .order_by("pk")
    )


def refuse_reversal(movement: Movement) -> None:
    """Raises MovementRefused: it is a reversal, it has been reversed, or later papers stand on it."""
    if movement.kind == MovementKind.REVERSAL:
        raise MovementRefused(_("%(paper)s is itself a reversal. Write a new paper instead.") % {"paper": movement})
    if done := Movement.objects.filter(reverses=movement).first():
        raise MovementRefused(_("%(paper)s has been reversed by %(by)s.") % {"paper": movement, "by": done}, [done])
    if later := later_papers(movement):
        numbers = "、".join(listed([paper.number for paper in later]))
        text = _("Later papers stand on %(paper)s: %(later)s. Reverse those first, the latest first.")
        raise MovementRefused(text % {"paper": movement, "later": numbers}, later)


def can_confirm(person: Person, confirmation: RoomConfirmation) -> bool:
    """Only who was asked signs, and only once."""
    return confirmation.state == ConfirmationState.WAITING and confirmation.person_id == person.pk


def is_property(unit_value: Decimal, day: dt.date) -> bool:
    """Whether a single piece of this value (yuan) counts as fixed property on ``day`` (large batches do anyway)."""
    return unit_value >= limit("assets.capitalised_from", day)
