"""What of the school itself stands against putting a department or a room out of use."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from logistics.school.models import Department, Room
from logistics.school.queries import year_of_today


def objections_to(record: Any) -> Iterator[str]:
    """A department with people or rooms, a room in which a class of this year sits or somebody has his office."""
    if isinstance(record, Department):
        if person := record.people.working().first():
            yield _("%(person)s and perhaps others belong to it. Give them another department first.") % {
                "person": person
            }
        if room := record.rooms.filter(active=True).first():
            yield _("%(room)s and perhaps others belong to it. Give them another department first.") % {"room": room}
    if isinstance(record, Room):
        if sitting := record.classes.filter(year=year_of_today()).first():
            yield _("%(class)s sits here. Give the class another room first.") % {"class": sitting}
        if person := record.occupants.working().first():
            yield _("%(person)s has the office here. Choose another office first.") % {"person": person}
