"""The tables of property, cut by noun."""

from assets.models.cards import Card
from assets.models.classes import PropertyClass, UsefulLife
from assets.models.confirmations import RoomConfirmation
from assets.models.issues import Issue, IssueLine
from assets.models.movements import LedgerEntry, Movement
from assets.models.stock import StockBalance, StockEntry, StockItem, StockPaper

__all__ = [
    "Card",
    "Issue",
    "IssueLine",
    "LedgerEntry",
    "Movement",
    "PropertyClass",
    "RoomConfirmation",
    "StockBalance",
    "StockEntry",
    "StockItem",
    "StockPaper",
    "UsefulLife",
]
