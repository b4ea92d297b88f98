"""Integrity of property: whether the cards still say what the entries add up to. The roof collects it."""

from collections.abc import Iterator

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from assets.choices import CardState
from assets.models import Card, LedgerEntry
from assets.standing import ATTRIBUTES, LEDGER_FIELDS

PLACES = ("property_class_id", "department_id", "room_id", "custodian_id")


def problems() -> Iterator[str]:
    """A sentence for each card that stands otherwise than its entries say; two statements. Nothing when all is well."""
    booked = _booked()
    columns = [ATTRIBUTES[name] for name in LEDGER_FIELDS]
    for pk, number, name, state, quantity, value, *place in Card.objects.order_by("number").values_list(
        "pk", "number", "name", "state", *columns
    ):
        expected = [(tuple(place), quantity, value)] if state == CardState.IN_LEDGER else []
        if booked.pop(pk, []) != expected:
            text = _("%(number)s %(name)s: the card does not say what its ledger entries add up to.")
            yield text % {"number": number, "name": name}


def _booked() -> dict[int, list[tuple[object, ...]]]:
    """By card id, where its entries say that something stands."""
    sums = (
        LedgerEntry.objects.order_by("card_id")
        .values_list("card_id", *PLACES)
        .annotate(q=Sum("quantity"), v=Sum("value"))
        .filter(~Q(q=0) | ~Q(v=0))
    )
    found: dict[int, list[tuple[object, ...]]] = {}
    for card_id, *place, quantity, value in sums:
        found.setdefault(card_id, []).append((tuple(place), quantity, value))
    return found
