"""The dated limits of imports; how large a file may be is ``upload.megabytes``."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from logistics.school.limits import DeclaredLimit

LIMITS = [
    DeclaredLimit(
        "import.rows", _("Most rows in one imported file"), _("rows"), Decimal(50_000), dt.date(2026, 1, 1), "本校规定"
    ),
]
