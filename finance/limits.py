"""The dated limits of purchases."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from logistics.school.limits import DeclaredLimit

LIMITS = [
    DeclaredLimit(
        "finance.split_days",
        _("Purchases within so many days are added up, lest one need is split"),
        _("days"),
        Decimal(30),
        dt.date(2020, 1, 1),
        "本校规定",
    ),
]
