"""What may be done in the store and why not (forms.md, Assets: "Never"). Reads only."""

from django.utils.translation import gettext as _

from assets.choices import StockKind
from assets.models import StockPaper
from assets.rules import Refused
from logistics.school.choices import RoomKind
from logistics.school.models import Person, Room


def refuse_store(room: Room) -> None:
    """Raises Refused unless the room is a store room in use."""
    if room.kind != RoomKind.STORE or not room.active:
        raise Refused(_("%(room)s is not a store room in use.") % {"room": room})


def refuse_without(person: Person, permission: str) -> None:
    """Raises Refused unless a role held today gives ``permission``."""
    if permission not in person.get_all_permissions():
        raise Refused(_("Your roles do not include this."))


def later_papers(paper: StockPaper) -> list[StockPaper]:
    """Papers after it on the same items of its room that still hold; a reversed one and its reversal cancel out."""
    items = paper.entries.order_by().values("item")
    return list(
        StockPaper.objects.filter(room=paper.room, pk__gt=paper.pk, entries__item__in=items, reversed_by__isnull=True)
        .exclude(kind=StockKind.REVERSAL)
        .order_by("pk")
        .distinct()
    )
