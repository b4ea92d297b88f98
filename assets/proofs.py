"""What property counts for the work calendar: rooms whose property was confirmed."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assets.choices import ConfirmationState
from assets.models import RoomConfirmation
from logistics.base.proofs import Count, Proof, Span


def rooms_confirmed(spans: Sequence[Span]) -> list[Count | None]:
    """Of the rooms asked within each span those that are confirmed by now; one statement."""
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    asked = RoomConfirmation.objects.exclude(state=ConfirmationState.WITHDRAWN)
    rows = [
        (timezone.localtime(at).date(), room, state)
        for at, room, state in asked.filter(asked_at__date__range=(first, last)).values_list(
            "asked_at", "room", "state"
        )
    ]
    found: list[Count | None] = []
    for begins, ends in spans:
        rooms = {room for day, room, _state in rows if begins <= day <= ends}
        confirmed = {
            room for day, room, state in rows if begins <= day <= ends and state == ConfirmationState.CONFIRMED
        }
        found.append(Count(len(confirmed), len(rooms), reverse("assets:confirmation-list")) if rooms else None)
    return found


PROOFS = [
    Proof(
        "assets.rooms_confirmed",
        _("Property: rooms confirmed by those responsible"),
        _("%(done)s of %(total)s rooms confirmed"),
        rooms_confirmed,
        "assets.view_card",
    )
]
