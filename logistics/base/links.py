"""Links to what higher apps know of a record: each has a ``links.py`` with ``links_for(person, record)``."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from logistics.base.offers import offered


@dataclass(frozen=True)
class Link:
    """A link beside a record's facts, e.g. from a room to its property."""

    label: str | Promise
    url: str


def links_for(person: Any, record: Any) -> list[Link]:
    """What all apps offer this person about ``record``."""
    return [link for module in offered("links") for link in module.links_for(person, record)]
