"""Dated limits: entering the declared first values."""

from typing import Any

from logistics.school.limits import declared
from logistics.school.models import Limit


def enter_declared_limits(**kwargs: Any) -> None:
    """Enter the first value of every declared limit that has no row yet (after each migrate)."""
    known = set(Limit.objects.values_list("key", flat=True))
    for row in declared().values():
        if row.key not in known:
            Limit.objects.create(key=row.key, value=row.value, in_force_from=row.in_force_from, source=row.source)
