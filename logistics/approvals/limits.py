"""The dated limits of approvals."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from logistics.school.limits import DeclaredLimit

LIMITS = [
    DeclaredLimit(
        "approvals.remind_after_days",
        _("Who has to sign is reminded after so many days, and again"),
        _("days"),
        Decimal(2),
        dt.date(2020, 1, 1),
        "本校规定",
    ),
]
