"""From cards to labels: what stands on one, and the address its QR code opens."""

from collections.abc import Iterable

from django.urls import reverse

from assets.models import Card
from logistics.printing.labels import Label
from logistics.school.models import School


def site_of(school: School, here: str) -> str:
    """Where the codes lead: the school's own address, or while none is entered the one it is used at now."""
    return (school.site_address or here).rstrip("/")


def address_of(card: Card, site: str) -> str:
    """The absolute address on the card's label."""
    return site + reverse("assets:scan", args=[card.number])


def labels_of(cards: Iterable[Card], site: str) -> tuple[Label, ...]:
    """One label a card, in the order given; wants ``room`` selected."""
    return tuple(
        Label(card.name, card.number, card.room.name if card.room else "", address_of(card, site)) for card in cards
    )
