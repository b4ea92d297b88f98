"""What of property stands against putting a room out of use, or waits when a person leaves."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import ngettext

from assets.models import Card
from logistics.school.models import Department, Person, Room


def objections_to(record: Any) -> Iterator[str]:
    """Cards that stand in a room, belong to a department or are kept by a person."""
    cards = Card.objects.in_ledger().order_by()
    if isinstance(record, Room) and (count := cards.filter(room=record).count()):
        yield ngettext(
            "The property of %(count)s card stands here. Transfer it to another room first.",
            "The property of %(count)s cards stands here. Transfer it to another room first.",
            count,
        ) % {"count": count}
    if isinstance(record, Department) and (count := cards.filter(department=record).count()):
        yield ngettext(
            "The property of %(count)s card belongs to it. Transfer it to another department first.",
            "The property of %(count)s cards belongs to it. Transfer it to another department first.",
            count,
        ) % {"count": count}
    if isinstance(record, Person) and (count := cards.filter(custodian=record).count()):
        yield ngettext(
            "The property of %(count)s card is in this person’s keeping.",
            "The property of %(count)s cards is in this person’s keeping.",
            count,
        ) % {"count": count}
