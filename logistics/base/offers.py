"""What the apps offer to those above them: modules of one name (menu, duties, search) found by import."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps

OUR_PACKAGES = frozenset({"logistics", "assets", "canteen", "safety", "finance"})


@cache
def offered(name: str) -> tuple[ModuleType, ...]:
    """The modules called ``name`` of our installed apps, in the order of INSTALLED_APPS."""
    return tuple(import_module(f"{package}.{name}") for package in _packages() if find_spec(f"{package}.{name}"))


def _packages() -> Iterator[str]:
    """Our apps; this one only defines what the others declare."""
    names = (config.name for config in apps.get_app_configs())
    return (name for name in names if name.split(".")[0] in OUR_PACKAGES and name != "logistics.base")
