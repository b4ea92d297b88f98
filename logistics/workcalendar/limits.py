"""The dated limits of the work calendar."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from logistics.school.limits import DeclaredLimit

LIMITS = [
    DeclaredLimit(
        "workcalendar.remind_before_days",
        _("Whose task it is is reminded so many days before its last day"),
        _("days"),
        Decimal(2),
        dt.date(2020, 1, 1),
        "本校规定",
    ),
]
