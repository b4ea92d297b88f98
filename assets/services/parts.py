"""The second card of a split batch: its pieces, value and share of the funds. The paper is in ``movements``."""

import copy
from decimal import Decimal

from django.utils.translation import gettext as _

from assets.models import Card
from assets.rules import Refused
from assets.services.cards import numbers_in_use
from assets.standing import share
from logistics.base.money import fen


def refuse_split(card: Card, quantity: int, value: Decimal, number: str) -> None:
    """Raises Refused: no piece would be left or taken, it is worth more than the batch, the number is taken."""
    if not 1 <= quantity < card.quantity:
        text = _("%(card)s has %(quantity)d pieces: take at least one off it, and leave at least one.")
        raise Refused(text % {"card": card, "quantity": card.quantity})
    if not 0 <= value <= card.value:
        raise Refused(_("The part is worth between 0 and %(value)s yuan.") % {"value": card.value})
    if number and numbers_in_use([number]):
        raise Refused(_("There is another card with the number %(number)s.") % {"number": number})


def part_of(card: Card, quantity: int, value: Decimal, number: str) -> Card:
    """The new card: like the batch, with its number, pieces and share of the funds."""
    part = copy.copy(card)
    part._state = copy.copy(card._state)
    part.pk, part._state.adding = None, True
    part.number, part.quantity, part.value, part.split_from = number, quantity, value, card
    part.serial_number = ""
    for name in ("fiscal_funds", "other_funds"):
        whole = getattr(card, name)
        if whole is not None:
            setattr(part, name, _fund_share(card, name, whole, value))
    return part


def _fund_share(card: Card, name: str, whole: Decimal, value: Decimal) -> Decimal:
    """By value and not by pieces, so that what two funds make up together is the value on both cards."""
    if not card.value:
        return Decimal(0)
    fiscal, other = card.fiscal_funds, card.other_funds
    if name == "other_funds" and fiscal is not None and other is not None and fiscal + other == card.value:
        return value - share(fiscal, fen(value), fen(card.value))
    return share(whole, fen(value), fen(card.value))
