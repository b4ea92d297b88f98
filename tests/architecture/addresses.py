"""Every address of the project: walked from the root, each with its name, its pattern and the arguments it takes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from tests.world import EXAMPLES, World


@dataclass(frozen=True)
class Address:
    """``name`` with its namespace, or the pattern where there is none; ``view`` is what answers."""

    name: str
    arguments: frozenset[str]
    view: Any

    @property
    def ours(self) -> bool:
        return not self.name.startswith("admin:")

    def example(self, world: World) -> dict[str, Any]:
        """What stands for the arguments: see ``world.EXAMPLES``; in the admin site an example of the table."""
        if not self.arguments:
            return {}
        given: dict[str, Any] = {}
        for beginning in sorted(EXAMPLES, key=len):
            if self.name.startswith(beginning):
                given |= EXAMPLES[beginning](world)
        if "object_id" in self.arguments and "object_id" not in given:
            given["object_id"] = world.of(self._admin_model())
        missing = self.arguments - given.keys()
        assert not missing, f"{self.name}: name an example for {', '.join(missing)} in tests/world.py"
        return {name: given[name] for name in self.arguments}

    def _admin_model(self) -> Any:
        return next(
            model
            for model in apps.get_models()
            if self.name.startswith(f"admin:{model._meta.app_label}_{model._meta.model_name}_")
        )


def addresses() -> list[Address]:
    """Every address, by name."""
    return sorted(_walk(get_resolver(), "", frozenset()), key=lambda address: address.name)


def _walk(resolver: URLResolver, namespace: str, arguments: frozenset[str]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        taken = arguments | frozenset(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, inner, taken)
        elif isinstance(pattern, URLPattern):
            name = pattern.name or str(pattern.pattern)
            if pattern.name or not namespace.startswith("admin:"):
                yield Address(f"{namespace}{name}", taken, pattern.callback)
