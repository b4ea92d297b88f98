"""Rooms as places of property: what stands in one, who answers for it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from assets.models import Card
from assets.models.cards import classes_now
from logistics.school.models import Person, Room


def cards_in(room: Room) -> QuerySet[Card]:
    """The cards that stand in ``room`` now, by number."""
    return Card.objects.in_ledger().filter(room=room).order_by("number", "pk")


def answerable_for(rooms: Iterable[Room]) -> dict[int, Person]:
    """By room id, who answers for it: the person responsible, else the homeroom teacher of the class that sits there.

    Rooms for which nobody answers are left out.
    """
    found = list(rooms)
    classes = classes_now().filter(room__in=found, homeroom_teacher__isnull=False)
    teachers = {row.room_id: row.homeroom_teacher for row in classes.select_related("homeroom_teacher")}
    people = Person.objects.in_bulk({room.responsible_id for room in found if room.responsible_id})
    answering = {room.pk: people.get(room.responsible_id or 0) or teachers.get(room.pk) for room in found}
    return {pk: person for pk, person in answering.items() if person}


def handed_over_with(room: Room) -> QuerySet[Card]:
    """The cards there that go with the room to the next: those kept by who answers for it now.

    Where it is only a homeroom teacher, those that nobody keeps go too.
    """
    before = answerable_for([room]).get(room.pk)
    kept = Q(custodian=before) if before else Q(custodian=None)
    return cards_in(room).filter(kept if room.responsible_id else kept | Q(custodian=None))


def facts_of(cards: Iterable[Card]) -> list[dict[str, Any]]:
    """The cards as they stand on the list; value in yuan as text, so that it stays what was signed."""
    return [
        {
            "number": card.number,
            "name": card.name,
            "specification": card.specification,
            "unit": card.unit,
            "quantity": card.quantity,
            "value": str(card.value),
            "condition": card.condition,
        }
        for card in sorted(cards, key=lambda card: card.number)
    ]
