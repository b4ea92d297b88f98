"""A room's property confirmed by the person responsible, and handed over when the person changes (A03)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assets.choices import ConfirmationState, MovementKind
from assets.models import Card, Movement, RoomConfirmation
from assets.queries.rooms import answerable_for, cards_in, facts_of, handed_over_with
from assets.rules import Refused, can_confirm, listed
from assets.services.movements import move_cards
from assets.services.papers import demand_day, locked, signed
from assets.standing import stamp
from logistics.base.locks import hold
from logistics.school.models import Person, Room, Term
from logistics.school.services.rooms import put_responsible

QUESTIONS = "assets.confirmations"


@dataclass(frozen=True)
class HandOver:
    """What a hand-over leaves: the paper on the cards (none where none changes keeper) and what is asked."""

    movement: Movement | None
    confirmation: RoomConfirmation


@transaction.atomic
def ask(*, person: Person, rooms: Iterable[Room], reason: str = "") -> list[RoomConfirmation]:
    """Ask whoever answers for each room to confirm its property; a room that is being asked stays asked as it was.

    Raises Refused naming the rooms for which nobody answers; then nobody is asked.
    """
    found = list(rooms)
    answerable = answerable_for(found)
    if nobody := [room for room in found if room.pk not in answerable]:
        text = _("Nobody answers for %(room)s. Enter the person responsible first.")
        raise Refused(listed([text % {"room": room} for room in nobody]))
    hold(QUESTIONS)
    waiting = RoomConfirmation.objects.filter(room__in=found, state=ConfirmationState.WAITING)
    asked = {row.room_id: row for row in waiting}
    with signed(person):
        return [asked.get(room.pk) or _ask(person, room, answerable[room.pk], reason) for room in found]


@transaction.atomic
def confirm(*, person: Person, confirmation: RoomConfirmation, seen: str, note: str = "") -> RoomConfirmation:
    """Sign for the list as it was shown; ``seen`` is its mark (``standing.stamp`` of ``queries.rooms.cards_in``).

    The list is kept with the signature. Raises Refused when the list has changed since, PermissionDenied for
    anybody but the person asked.
    """
    held = _waiting(person, confirmation)
    cards = locked(cards_in(held.room))
    if stamp(cards) != seen:
        raise Refused(_("What you were shown has changed meanwhile. Look at it again."))
    _write_down(held, cards)
    return _answer(person, held, ConfirmationState.CONFIRMED, note)


@transaction.atomic
def dispute(*, person: Person, confirmation: RoomConfirmation, note: str) -> RoomConfirmation:
    """Say that the list is not right and why; what it said is kept. Raises Refused, PermissionDenied."""
    if not note.strip():
        raise Refused(_("Say what is not right."))
    held = _waiting(person, confirmation)
    _write_down(held, list(cards_in(held.room)))
    return _answer(person, held, ConfirmationState.DISPUTED, note)


@transaction.atomic
def withdraw(*, person: Person, confirmation: RoomConfirmation, note: str = "") -> RoomConfirmation:
    """Take back what was asked and not yet answered. Raises Refused when it has been answered."""
    return _answer(person, _held(confirmation), ConfirmationState.WITHDRAWN, note)


@transaction.atomic
def hand_over(*, person: Person, room: Room, to: Person, date: dt.date, note: str = "") -> HandOver:
    """Make ``to`` responsible for the room and keeper of the cards there that the one before him kept.

    He is asked to confirm; an open question to the one before is taken back. Raises Refused: he is responsible
    already, the day is closed or to come, a card has a later paper; ValidationError when he has left.
    """
    demand_day(date)
    hold(QUESTIONS)
    room = Room.objects.select_related("responsible").get(pk=room.pk)
    if room.responsible == to:
        raise Refused(_("%(person)s is responsible for %(room)s already.") % {"person": to, "room": room})
    reason = note.strip() or _("Hand-over of the room")
    open_questions = RoomConfirmation.objects.select_for_update().filter(room=room, state=ConfirmationState.WAITING)
    with signed(person):
        for question in open_questions:
            _answer(person, question, ConfirmationState.WITHDRAWN, reason)
        kept = list(handed_over_with(room).exclude(custodian=to))
        changes = {card: {"custodian": to} for card in kept}
        summary = reason[:200]
        paper = (
            move_cards(person=person, date=date, kind=MovementKind.CUSTODY, changes=changes, summary=summary)
            if kept
            else None
        )
        room = put_responsible(room=room, person=to)  # last: who writes on cards waits for the room, not the reverse
        return HandOver(paper, _ask(person, room, to, reason))


def _ask(person: Person, room: Room, of: Person, reason: str) -> RoomConfirmation:
    return RoomConfirmation.objects.create(
        room=room, person=of, term=Term.now(), reason=reason.strip()[:120], asked_by=person
    )


def _held(confirmation: RoomConfirmation) -> RoomConfirmation:
    held = RoomConfirmation.objects.select_for_update(of=("self",)).select_related("room").get(pk=confirmation.pk)
    if held.state != ConfirmationState.WAITING:
        raise Refused(_("This has been answered already: %(state)s.") % {"state": held.get_state_display()})
    return held


def _waiting(person: Person, confirmation: RoomConfirmation) -> RoomConfirmation:
    held = _held(confirmation)
    if not can_confirm(person, held):
        raise PermissionDenied
    return held


def _write_down(confirmation: RoomConfirmation, cards: Sequence[Card]) -> None:
    """Keep the list with its totals as it was when it was answered."""
    confirmation.cards = len(cards)
    confirmation.quantity = sum(card.quantity for card in cards)
    confirmation.value = sum((card.value for card in cards), Decimal(0))
    confirmation.facts = facts_of(cards)


def _answer(person: Person, confirmation: RoomConfirmation, state: str, note: str) -> RoomConfirmation:
    confirmation.state, confirmation.note = state, note.strip()[:300]
    confirmation.answered_at = timezone.now()
    with signed(person):
        confirmation.save()
    return confirmation
