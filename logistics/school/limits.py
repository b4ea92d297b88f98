"""How an app declares its limits: a module ``limits.py`` with ``LIMITS``, entered into the table once."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class DeclaredLimit:
    """A key, what it means, its unit and the first value with its day and source."""

    key: str
    label: str | Promise
    unit: str | Promise
    value: Decimal
    in_force_from: dt.date
    source: str


LIMITS = [
    DeclaredLimit(
        "upload.megabytes", _("Largest file one may upload"), _("MB"), Decimal(20), dt.date(2026, 1, 1), "本校规定"
    ),
]


@cache
def declared() -> dict[str, DeclaredLimit]:
    """Every limit declared by an installed app, by key."""
    modules = [f"{config.name}.limits" for config in apps.get_app_configs() if _has_limits(config.name)]
    return {row.key: row for name in modules for row in import_module(name).LIMITS}


def _has_limits(package: str) -> bool:
    return package.split(".", maxsplit=1)[0] in {"logistics", "assets", "canteen", "safety", "finance"} and (
        find_spec(f"{package}.limits") is not None
    )
