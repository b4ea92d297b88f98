"""How a room, a person, a class, a card or goods in store are found by what somebody types. Reads only."""

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Model, Q, QuerySet, Value, When
from django.db.models.functions import Concat

from assets.choices import Scheme
from assets.models import Card, PropertyClass, StockItem
from logistics.base.names import name_key, sort_key
from logistics.school.models import Department, Person, Room

FEW = 12
NEAREST = 3
Rows = QuerySet[Any]


def typed(text: str) -> str:
    """``text`` as it is looked for; PostgreSQL takes no NUL."""
    return text.replace("\0", "").strip()


@dataclass(frozen=True)
class Lookup:
    """One kind of thing to look up.

    ``write(thing)`` is the text that names it and ``named(text)`` says which rows a text names, so the rows with
    ``named(write(thing))`` are that thing alone. ``near(text)`` is wider: what somebody may be about to type.
    """

    rows: Callable[[], Rows]
    write: Callable[[Any], str]
    named: Callable[[str], Q]
    near: Callable[[str], Q]

    def matching(self, text: str) -> Rows:
        """The rows that ``text`` names, not read yet: to be used inside another statement."""
        return self.rows().filter(self.named(typed(text)))

    def find(self, text: str) -> list[Any]:
        """The things that ``text`` names, two at most."""
        return list(self.matching(text)[:2])

    def suggestions(self, text: str, most: int = FEW) -> list[str]:
        """Texts to offer for what has been typed so far."""
        return [self.write(thing) for thing in self.rows().filter(self.near(typed(text)))[:most]]

    def nearest(self, text: str) -> list[str]:
        """At most three texts to offer for a name nobody has."""
        if offered := self.suggestions(text, NEAREST):
            return offered
        names = {sort_key(thing.name): self.write(thing) for thing in self.rows()}
        return [names[key] for key in difflib.get_close_matches(sort_key(text), names, NEAREST, 0.6)]


def _by_key(text: str) -> Q:
    return Q(key=name_key(text))


def _near_name(text: str) -> Q:
    return Q(name__icontains=text) | Q(key__contains=name_key(text))


def _room(text: str) -> Q:
    return _by_key(text) | Q(number=text) if text else Q(pk=None)


def _near_room(text: str) -> Q:
    return _near_name(text) | Q(number__startswith=text)


def _write_person(person: Person) -> str:
    return f"{person.name} {person.staff_number}" if person.staff_number else person.name


def _person(text: str) -> Q:
    name, _space, number = text.rpartition(" ")
    return Q(name=text) | Q(staff_number=text) | Q(username=text) | Q(name=name.strip(), staff_number=number)


def _near_person(text: str) -> Q:
    return Q(name__icontains=text) | Q(name_sort__startswith=sort_key(text)) | Q(staff_number__startswith=text)


def _write_class(row: PropertyClass) -> str:
    """Code and name; the scheme stands beside them where it is not the one in force."""
    return f"{row.code} {row.name}" + (f" ({row.get_scheme_display()})" if row.scheme != Scheme.GB2022 else "")


def _class(text: str) -> Q:
    code, space, _name = text.partition(" ")
    of_code = Q(code__iexact=code)
    if space:
        schemes = [scheme for scheme in Scheme if text.endswith(f"({scheme.label})")] or [Scheme.GB2022]
        of_code &= Q(scheme=schemes[0])
    return of_code | Q(name=text)


def _near_class(text: str) -> Q:
    return Q(code__istartswith=text.partition(" ")[0]) | Q(name__icontains=text)


def _card(text: str) -> Q:
    return Q(number=text.partition(" ")[0])


def _near_card(text: str) -> Q:
    return Q(number__istartswith=text.partition(" ")[0]) | Q(name__icontains=text)


def _in_store() -> Rows:
    """Goods that lie in a store room, each with the text that names it."""
    details = Case(When(specification="", then=Value("")), default=Concat(Value(" "), "specification"))
    named = Concat("name", details, Value("（"), "unit", Value("）"))
    return StockItem.objects.filter(balances__quantity__gt=0).annotate(label=named).distinct()


def _goods(text: str) -> Q:
    return Q(label=text) | _by_key(text)


LOOKUPS = {
    "room": Lookup(lambda: Room.objects.filter(active=True), str, _room, _near_room),
    "person": Lookup(Person.objects.working, _write_person, _person, _near_person),
    "department": Lookup(lambda: Department.objects.filter(active=True), str, _by_key, _near_name),
    "class": Lookup(lambda: PropertyClass.objects.filter(active=True), _write_class, _class, _near_class),
    "card": Lookup(Card.objects.in_ledger, lambda card: f"{card.number} {card.name}", _card, _near_card),
    "goods": Lookup(_in_store, lambda item: f"{item}（{item.unit}）", _goods, _near_name),
}


def written(thing: Model) -> str:
    """The text that names ``thing`` in a look-up field."""
    return next(lookup.write(thing) for lookup in LOOKUPS.values() if isinstance(thing, lookup.rows().model))
