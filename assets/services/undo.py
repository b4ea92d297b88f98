"""Undoing everything one import wrote: its papers are reversed, the descriptions it changed are restored (A02)."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assets.choices import MovementKind
from assets.models import Card, LedgerEntry, Movement
from assets.rules import MovementRefused, Refused, batches, listed
from assets.services.cards import DESCRIPTION_FIELDS
from assets.services.movements import reverse
from assets.services.papers import locked, signed
from assets.standing import ATTRIBUTES
from logistics.base import history
from logistics.base.names import sort_key
from logistics.school.models import Person

DESCRIBING = tuple(ATTRIBUTES[name] for name in DESCRIPTION_FIELDS)
RESTORED = (*DESCRIPTION_FIELDS, "name_sort")


@dataclass(frozen=True)
class Undone:
    """What was done: the reversals, newest paper first, and how many descriptions were restored."""

    reversals: list[Movement]
    restored: int


@dataclass
class Touched:
    """One card the import wrote on: what described it before (None: it came with it), and if it was edited since."""

    before: tuple[Any, ...] | None = None
    edited: bool = False


@transaction.atomic
def undo_import(*, person: Person, source: str, date: dt.date, summary: str = "") -> Undone:
    """Restore what was there before the import ``source`` (as in the trail, e.g. ``import:12``).

    Cards it entered become void and their numbers free. Raises Refused naming each card that was edited since, and
    MovementRefused naming each card with its later paper; then nothing is undone. Statements by the batch.
    """
    papers = list(
        Movement.objects.filter(source=source, reversed_by__isnull=True)
        .exclude(kind=MovementKind.REVERSAL)
        .order_by("-pk")
    )
    touched = _touched(source)
    cards = [card for ids in batches(sorted(touched)) for card in Card.objects.filter(pk__in=ids)]
    held = locked(cards)
    _refuse_later_papers(papers)
    _refuse_edited([card for card in held if touched[card.pk].edited])
    with signed(person):
        reversals = [reverse(person=person, movement=paper, date=date, summary=summary) for paper in papers]
        undone = Undone(reversals, _restore(cards, touched))
    if not (undone.reversals or undone.restored):
        raise Refused(_("There is nothing left of this import to undo."))
    return undone


def _touched(source: str) -> dict[int, Touched]:
    """By card id, what the trail says of each card that ``source`` wrote on."""
    trail = Card.history.model._base_manager
    ids = sorted(set(trail.filter(history_source=source).order_by().values_list("id", flat=True)))
    found: dict[int, Touched] = {}
    for batch in batches(ids):
        rows = trail.filter(id__in=batch).order_by("id", "history_id")
        columns = rows.values_list("id", "history_source", "history_type", *DESCRIBING)
        for card_id, entries in groupby(columns.iterator(), key=lambda row: row[0]):
            found[card_id] = _read(source, entries)
    return found


def _read(source: str, entries: Iterable[Sequence[Any]]) -> Touched:
    """What the import left is compared with what others left after it, so a paper and its reversal do not count."""
    touched, latest, left = Touched(), None, None
    for _card_id, of, kind, *values in entries:
        if of == source:
            if left is None:
                touched.before = None if kind == "+" else latest
            elif latest != left:
                touched.edited = True
            left = tuple(values)
        latest = tuple(values)
    touched.edited = touched.edited or latest != left
    return touched


def _refuse_edited(cards: Sequence[Card]) -> None:
    if cards:
        text = _("%(card)s has been edited since the import.")
        raise Refused(listed([text % {"card": card} for card in cards]))


def _refuse_later_papers(papers: Sequence[Movement]) -> None:
    """Raises MovementRefused where papers of others stand on cards that ``papers`` wrote on."""
    if not papers:
        return
    own = [paper.pk for paper in papers]
    on_cards = LedgerEntry.objects.filter(card__in=LedgerEntry.objects.filter(movement__in=own).values("card"))
    later = (
        on_cards.filter(movement__gt=min(own), movement__reversed_by__isnull=True)
        .exclude(movement__in=own)
        .exclude(movement__kind=MovementKind.REVERSAL)
        .order_by("card__number", "movement")
        .values_list("card__number", "card__name", "movement__number", "movement")
    )
    if found := list(dict.fromkeys(later)):
        text = _("%(number)s %(name)s has the later paper %(paper)s.")
        messages = [text % {"number": n, "name": name, "paper": paper} for n, name, paper, _pk in found]
        raise MovementRefused(listed(messages), list(Movement.objects.filter(pk__in={row[3] for row in found})))


def _restore(cards: Sequence[Card], touched: dict[int, Touched]) -> int:
    """Write the earlier descriptions back, in statements by the batch; how many differed."""
    now = [card for ids in batches(card.pk for card in cards) for card in Card.objects.filter(pk__in=ids)]
    differing = list(_put_back(now, touched))
    history.bulk_update(differing, RESTORED)
    return len(differing)


def _put_back(cards: Iterable[Card], touched: dict[int, Touched]) -> Iterator[Card]:
    for card in cards:
        before = touched[card.pk].before
        if before is None or before == tuple(getattr(card, name) for name in DESCRIBING):
            continue
        for name, value in zip(DESCRIBING, before, strict=True):
            setattr(card, name, value)
        card.name_sort = sort_key(card.name)
        yield card
