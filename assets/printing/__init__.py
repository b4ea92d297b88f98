"""The papers of property (forms.md, Assets) as facts. How they look is in logistics.printing."""

from assets.printing.cards import asset_card
from assets.printing.ledgers import general_ledger, months_changes, sub_ledger
from assets.printing.movements import movement_form
from assets.printing.rooms import confirmation_list, room_list

__all__ = [
    "asset_card",
    "confirmation_list",
    "general_ledger",
    "months_changes",
    "movement_form",
    "room_list",
    "sub_ledger",
]
