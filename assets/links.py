"""What the pages of rooms and people below link to here."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from logistics.base.links import Link
from logistics.school.models import Department, Person, Room, SchoolClass


def links_for(person: Any, record: Any) -> Iterator[Link]:
    """A room's property, a school class's (in its room), a person's or department's ledger, for those who see them."""
    if isinstance(record, SchoolClass) and record.room_id and person.has_perm("assets.view_card"):
        yield Link(_("Property"), reverse("assets:room-detail", args=[record.room_id]))
    if isinstance(record, Room) and person.has_perm("assets.view_card"):
        yield Link(_("Property"), reverse("assets:room-detail", args=[record.pk]))
    if isinstance(record, Person) and person.has_perm("assets.view_ledger"):
        yield Link(_("Property"), reverse("assets:person-ledger", args=[record.pk]))
    if isinstance(record, Department) and person.has_perm("assets.view_ledger"):
        yield Link(_("Property"), reverse("assets:department-ledger", args=[record.pk]))
