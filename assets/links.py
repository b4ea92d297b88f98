"""What the pages of rooms and people below link to here."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assets.models import StockEntry
from assets.queries.stock import cards_to_hand_over, lines_to_enter
from finance.models import Acceptance, PurchaseRequest
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
    if isinstance(record, Acceptance | PurchaseRequest) and person.has_perm("assets.keep_stock"):
        yield from _of_goods(record)


def _of_goods(record: Acceptance | PurchaseRequest) -> Iterator[Link]:
    """For the keeper: what of an acceptance is to be entered, what of a request may be issued."""
    if isinstance(record, Acceptance):
        if lines_to_enter().filter(acceptance=record).exists():
            yield Link(_("To enter in the books"), f"{reverse('assets:to-enter')}?q={record.number}")
        return
    entered = StockEntry.objects.filter(acceptance_line__order_line__request_line__request=record)
    if entered.exists() or cards_to_hand_over(record):
        yield Link(_("Issue goods"), f"{reverse('assets:issue-new')}?purchase={record.pk}")
