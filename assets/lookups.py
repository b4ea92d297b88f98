"""How a room, a person, a department or a class of property is found by what somebody types. Reads only."""

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet

from assets.choices import Scheme
from assets.models import PropertyClass
from logistics.base.names import name_key, sort_key
from logistics.school.models import Building, Department, Person, Room

FEW = 12
NEAREST = 3
Rows = QuerySet[Any]


@dataclass(frozen=True)
class Lookup:
    """One kind of thing to look up.

    ``write(thing)`` is the text that names it and ``find(rows, text)`` are the things that text may name, so
    ``find(rows, write(thing)) == [thing]``. ``search`` narrows to what somebody may be about to type.
    """

    rows: Callable[[], Rows]
    write: Callable[[Any], str]
    find: Callable[[Rows, str], list[Any]]
    search: Callable[[Rows, str], Rows]

    def suggestions(self, text: str) -> list[str]:
        """At most twelve texts to offer for what has been typed so far."""
        return [self.write(thing) for thing in self.search(self.rows(), text.strip())[:FEW]]

    def nearest(self, text: str) -> list[str]:
        """At most three texts to offer for a name nobody has."""
        if offered := [self.write(thing) for thing in self.search(self.rows(), text)[:NEAREST]]:
            return offered
        names = {sort_key(thing.name): self.write(thing) for thing in self.rows()}
        return [names[key] for key in difflib.get_close_matches(sort_key(text), names, NEAREST, 0.6)]


def _named(rows: Rows, text: str) -> list[Any]:
    return list(rows.filter(key=name_key(text))[:2])


def _by_name(rows: Rows, text: str) -> Rows:
    return rows.filter(Q(name__icontains=text) | Q(key__icontains=name_key(text))) if text else rows


def _find_room(rows: Rows, text: str) -> list[Room]:
    return _named(rows, text) or list(rows.filter(number=text)[:2])


def _search_rooms(rows: Rows, text: str) -> Rows:
    return rows.filter(Q(name__icontains=text) | Q(key__contains=name_key(text)) | Q(number__startswith=text))


def _write_person(person: Person) -> str:
    return f"{person.name} {person.staff_number}" if person.staff_number else person.name


def _find_person(rows: Rows, text: str) -> list[Person]:
    name, _, number = text.rpartition(" ")
    exact = rows.filter(name=name.strip(), staff_number=number) if name else rows.none()
    return list(exact) or list(rows.filter(Q(name=text) | Q(staff_number=text) | Q(username=text))[:2])


def _search_people(rows: Rows, text: str) -> Rows:
    key = sort_key(text)
    return rows.filter(Q(name__icontains=text) | Q(name_sort__startswith=key) | Q(staff_number__startswith=text))


def _write_class(property_class: PropertyClass) -> str:
    scheme = "" if property_class.scheme == Scheme.GB2022 else f" ({property_class.get_scheme_display()})"
    return f"{property_class.code} {property_class.name}{scheme}"


def _find_class(rows: Rows, text: str) -> list[PropertyClass]:
    code = text.split(" ", maxsplit=1)[0].upper()
    found = list(rows.filter(code__iexact=code)) or list(rows.filter(name=text))
    return [row for row in found if _write_class(row) == text] or found


def _search_classes(rows: Rows, text: str) -> Rows:
    return rows.filter(Q(code__istartswith=text.split(" ", maxsplit=1)[0]) | Q(name__icontains=text))


LOOKUPS = {
    "room": Lookup(lambda: Room.objects.filter(active=True), lambda room: room.name, _find_room, _search_rooms),
    "person": Lookup(Person.objects.working, _write_person, _find_person, _search_people),
    "department": Lookup(lambda: Department.objects.filter(active=True), lambda row: row.name, _named, _by_name),
    "building": Lookup(Building.objects.all, lambda row: row.name, _named, _by_name),
    "class": Lookup(lambda: PropertyClass.objects.filter(active=True), _write_class, _find_class, _search_classes),
}


def written(thing: Model) -> str:
    """The text that names ``thing`` in a look-up field."""
    return next(lookup.write(thing) for lookup in LOOKUPS.values() if isinstance(thing, lookup.rows().model))
