"""The asset list as the import writes and reads it, narrowed to some cards: read in again it changes nothing."""

from django.db.models import QuerySet

from assets.imports.cards import CardSpec
from assets.models import Card


class FilteredCards(CardSpec):
    """The asset list with ``cards`` only, in their order."""

    def __init__(self, cards: QuerySet[Card]) -> None:
        super().__init__()
        self.cards = cards

    def export_rows(self) -> QuerySet[Card]:
        return self.cards
