"""The dated limits of printing."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from logistics.school.limits import DeclaredLimit

LIMITS = [
    DeclaredLimit(
        "printing.pages_at_once",
        _("Most pages that are printed while one waits"),
        _("pages"),
        Decimal(5),
        dt.date(2026, 1, 1),
        "本校规定",
    ),
]
