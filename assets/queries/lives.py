"""Which useful life holds for a class on a day, for one card or for thousands."""

import datetime as dt
from dataclasses import dataclass

from assets.choices import ValueKind
from assets.models import Card, PropertyClass, UsefulLife

Rules = list[tuple[dt.date, int]]  # (in force from, months), the latest first


@dataclass(frozen=True)
class LifeTable:
    """All classes and rules, read in two statements."""

    parents: dict[int, int | None]
    not_depreciated: frozenset[int]
    rules: dict[int, Rules]

    @classmethod
    def read(cls) -> "LifeTable":
        classes = list(PropertyClass.objects.order_by().values_list("pk", "parent_id", "depreciable"))
        rules: dict[int, Rules] = {}
        lives = UsefulLife.objects.order_by("-in_force_from")
        for class_id, begins, months in lives.values_list("property_class_id", "in_force_from", "months"):
            rules.setdefault(class_id, []).append((begins, months))
        return cls(
            {pk: parent for pk, parent, _depreciable in classes},
            frozenset(pk for pk, _parent, depreciable in classes if not depreciable),
            rules,
        )

    def months(self, class_id: int | None, day: dt.date) -> int | None:
        """Months that property of this class acquired on ``day`` serves; None where it is not depreciated.

        The rule of the nearest class above that has begun by then; for older property, which began to be
        depreciated with the first rules, the nearest class's earliest rule.
        """
        if class_id is None or class_id in self.not_depreciated:
            return None
        line = list(self._upwards(class_id))
        begun = (months for step in line for begins, months in self.rules.get(step, []) if begins <= day)
        first = (self.rules[step][-1][1] for step in line if step in self.rules)
        return next(begun, next(first, None))

    def card_months(self, card: Card, day: dt.date) -> int | None:
        """What stands on a card entered on ``day``: 0 where it is not depreciated, None where no rule is known."""
        if card.value_kind == ValueKind.NOMINAL or card.property_class_id in self.not_depreciated:
            return 0
        return self.months(card.property_class_id, card.acquired_on or day)

    def _upwards(self, class_id: int) -> "list[int]":
        line: list[int] = []
        step: int | None = class_id
        while step is not None and step not in line:
            line.append(step)
            step = self.parents.get(step)
        return line


def useful_life(property_class: PropertyClass, day: dt.date) -> int | None:
    """Months that property of this class acquired on ``day`` serves; None where it is not depreciated."""
    return LifeTable.read().months(property_class.pk, day)
