"""What waits for a person in property: rooms to confirm."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assets.models import RoomConfirmation
from logistics.base.duties import Duty
from logistics.school.models import Person


def waiting_for(person: Person) -> Iterator[Duty]:
    """The rooms whose property this person is asked to confirm, oldest first."""
    for asked in RoomConfirmation.objects.waiting_for(person).select_related("room"):
        yield Duty(
            title=_("Confirm the property in %(room)s") % {"room": asked.room},
            url=reverse("assets:confirmation-detail", args=[asked.pk]),
            detail=asked.reason,
            since=timezone.localtime(asked.asked_at).date(),
        )
