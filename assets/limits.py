"""The dated limits of property."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from logistics.school.limits import DeclaredLimit

LIMITS = [
    DeclaredLimit(
        "assets.capitalised_from",
        _("A single piece counts as fixed property from this value"),
        _("yuan"),
        Decimal(1000),
        dt.date(2022, 3, 1),
        "《事业单位财务规则》（财政部令第108号）：使用期限超过一年、单位价值1000元以上；大批同类物资不论单价",
    ),
]
