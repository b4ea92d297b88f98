"""Departments, buildings and rooms."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from logistics.base.changes import change
from logistics.school.models import Building, Department, Person, Room


@transaction.atomic
def save_department(*, department: Department | None = None, **fields: Any) -> Department:
    """Enter or change a department. Raises ValidationError, also when the name is taken in another spelling."""
    department = department or Department()
    change(department, **fields)
    return department


@transaction.atomic
def save_building(*, building: Building | None = None, **fields: Any) -> Building:
    """Enter or change a building. Raises ValidationError, also when the name is taken in another spelling."""
    building = building or Building()
    change(building, **fields)
    return building


@transaction.atomic
def create_room(*, name: str, **fields: Any) -> Room:
    """Enter a room. The person responsible may be named now; later he changes by a hand-over of the room.

    Raises ValidationError, also when the name is taken in another spelling (六(2)班 is 六年级（2）班).
    """
    room = Room()
    change(room, name=name, **fields)
    return room


@transaction.atomic
def update_room(*, room: Room, **fields: Any) -> Room:
    """Change a room. An empty person responsible may be filled in; once there, he changes only by a hand-over.

    Raises ValidationError.
    """
    room = Room.objects.select_for_update(of=("self",)).get(pk=room.pk)
    change(room, **fields)
    return room


@transaction.atomic
def put_responsible(*, room: Room, person: Person) -> Room:
    """Make ``person`` responsible for ``room``: the last step of a hand-over, whose paper the caller writes.

    Raises ValidationError when the person has left.
    """
    if not person.is_active:
        raise ValidationError(_("%(person)s no longer works here."), params={"person": person})
    room = Room.objects.select_for_update(of=("self",)).get(pk=room.pk)
    if room.responsible_id != person.pk:
        room.responsible = person
        room.save()
    return room
