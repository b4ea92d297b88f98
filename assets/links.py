"""What the pages of rooms and people below link to here."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assets.queries.stock import lines_to_enter
from finance.models import Acceptance
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
    keeps = isinstance(record, Acceptance) and person.has_perm("assets.keep_stock")
    if keeps and lines_to_enter().filter(acceptance=record).exists():
        yield Link(_("To enter in the books"), reverse("assets:to-enter"))
