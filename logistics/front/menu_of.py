"""The menu of one person: what the apps declare, less what the person may not use."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.urls import reverse

from logistics.base.menu import Section
from logistics.base.offers import offered


@dataclass
class Line:
    """A line of the menu as the shell writes it."""

    label: str
    url: str
    about: str
    here: bool = False


@dataclass
class Heading:
    label: str
    lines: list[Line] = field(default_factory=list)


def menu_of(person: Any, path: str = "") -> list[Heading]:
    """Sections in their order with the lines this person may use; the line one is on is marked."""
    sections: list[Section] = sorted((s for module in offered("menu") for s in module.MENU), key=lambda s: s.order)
    allowed = person.get_all_permissions()
    headings: dict[str, Heading] = {}
    for section in sections:
        heading = headings.setdefault(str(section.label), Heading(str(section.label)))
        heading.lines += [
            Line(str(place.label), _address(place.url_name, *place.args), str(place.about))
            for place in section.places
            if place.is_for(allowed, everything=person.is_superuser)
        ]
    _mark(path, [line for heading in headings.values() for line in heading.lines])
    return [heading for heading in headings.values() if heading.lines]


@cache
def _address(url_name: str, *arguments: object) -> str:
    """Every page asks for every line; the addresses do not change while the program runs."""
    return reverse(url_name, args=arguments)


def _mark(path: str, lines: list[Line]) -> None:
    """The line with the longest address that ``path`` begins with is where one is."""
    under = [line for line in lines if path.startswith(line.url)]
    if under:
        max(under, key=lambda line: len(line.url)).here = True
