"""The tables of property, cut by noun."""

from assets.models.cards import Card
from assets.models.classes import PropertyClass, UsefulLife
from assets.models.confirmations import RoomConfirmation
from assets.models.movements import LedgerEntry, Movement

__all__ = ["Card", "LedgerEntry", "Movement", "PropertyClass", "RoomConfirmation", "UsefulLife"]
