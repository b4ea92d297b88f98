"""How much property stands in a class and the classes below it."""

from collections import Counter

from django.db.models import Count

from assets.models import Card, PropertyClass


def cards_by_class() -> Counter[int]:
    """By class id, the cards in the ledger of the class and of every class below it. Two statements."""
    own = Card.objects.in_ledger().exclude(property_class=None).order_by()
    parents = dict(PropertyClass.objects.order_by().values_list("pk", "parent"))
    found: Counter[int] = Counter()
    for key, count in own.values_list("property_class").annotate(Count("pk")):
        step: int | None = key
        while step:
            found[step] += count
            step = parents[step]
    return found
