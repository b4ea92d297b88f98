"""Dated limits: the declared first values, and new values from a day on."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics.base.changes import change
from logistics.base.locks import hold
from logistics.school.limits import declared
from logistics.school.models import Limit


def enter_declared_limits(**kwargs: Any) -> None:
    """Enter the first value of every declared limit that has no row yet (after each migrate)."""
    known = set(Limit.objects.values_list("key", flat=True))
    for row in declared().values():
        if row.key not in known:
            Limit.objects.create(key=row.key, value=row.value, in_force_from=row.in_force_from, source=row.source)


@transaction.atomic
def set_limit(*, key: str, value: Decimal, in_force_from: dt.date, source: str) -> Limit:
    """Enter a new value of a limit from a day on. One that is not in force yet may be set anew for the same day.

    Raises ValidationError: a limit no app declares, or see ``Limit.clean``.
    """
    hold("school.limits")
    if key not in declared():
        raise ValidationError({"key": _("There is no such limit.")})
    coming = Limit.objects.filter(key=key, in_force_from=in_force_from, in_force_from__gt=timezone.localdate()).first()
    row = coming or Limit()
    change(row, key=key, value=value, in_force_from=in_force_from, source=source)
    return row


def standing(row: Limit) -> str:
    """``coming``, ``in force`` or ``past``, judged today."""
    today = timezone.localdate()
    if row.in_force_from > today:
        return "coming"
    current = Limit.objects.in_force(row.key, today)
    return "in force" if current and current.pk == row.pk else "past"
