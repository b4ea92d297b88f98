"""Where cards came from: the acceptance lines an entry took from, so that its reversal gives them back."""

from decimal import Decimal

from django.db.models import Sum

from assets.choices import MovementKind
from assets.models import Movement
from finance.models import AcceptanceLine


def hold_lines(movement: Movement) -> list[tuple[AcceptanceLine, Decimal]]:
    """The acceptance lines an entry of cards took from, held, with the pieces it took; before any card is held."""
    if movement.kind != MovementKind.ENTRY:
        return []
    taken = movement.entries.filter(card__acceptance_line__isnull=False).order_by()
    sums = dict(taken.values_list("card__acceptance_line").annotate(Sum("quantity")))
    held = AcceptanceLine.objects.select_for_update(of=("self",)).filter(pk__in=sums).order_by("pk")
    return [(line, Decimal(sums[line.pk])) for line in held]
