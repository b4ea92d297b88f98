"""The dated limits of notices."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from logistics.school.limits import DeclaredLimit

LIMITS = [
    DeclaredLimit(
        "notices.kept_days",
        _("Read notices and sent messages are kept so long"),
        _("days"),
        Decimal(180),
        dt.date(2020, 1, 1),
        "本校规定",
    ),
]
