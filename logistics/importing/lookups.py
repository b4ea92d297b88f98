"""Widgets for names of other records: read once a run into dicts, never a query a cell."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from logistics.base.names import name_key
from logistics.importing.choices import Trouble
from logistics.importing.cleaning import clean_code, clean_text
from logistics.importing.names import nearest
from logistics.importing.widgets import CellWidget, Reading
from logistics.school.models import Building, Department, Person, Room
from logistics.school.services.people import create_person
from logistics.school.services.rooms import create_room, save_building, save_department

LONGEST_MARK = 4  # none of the marks that stand for a blank is longer
ADDED_TO_ROOMS = re.compile(r"(?:的|普通)?(?:教室|室内|屋内|内|里)$")


class Unresolved(Exception):
    """A name that names no record, or several; ``near`` are texts to offer instead."""

    def __init__(self, trouble: Trouble, near: list[str] | None = None) -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.near = near or []


@dataclass(slots=True)
class Known:
    """A record as a look-up knows it: the text that names it alone, and all keys that may name it."""

    pk: int
    written: str
    keys: tuple[str, ...] = ()
    active: bool = True


@dataclass
class Table:
    """The records of one look-up by key."""

    by_pk: dict[int, Known] = field(default_factory=dict)
    by_key: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))

    def add(self, known: Known) -> None:
        self.by_pk[known.pk] = known
        for key in dict.fromkeys(known.keys):
            self.by_key[key].append(known)


class LookupWidget(CellWidget):
    """A name. ``resolve`` gives the record's key by what the school knows, or by what a person decided for the name."""

    kind: ClassVar[str]
    label: ClassVar[str | Promise]  # "a room that the school knows"
    noun: ClassVar[str | Promise]
    creates: ClassVar[bool] = False  # whether a list may bring new ones

    def __init__(self) -> None:
        super().__init__()
        self.decided: dict[str, str] = {}
        self.keys: dict[str, str] = {}  # of the texts met so far: the same few names stand in thousands of rows

    def __deepcopy__(self, memo: Any) -> "LookupWidget":
        return type(self)()  # each run reads anew

    def rows(self) -> Iterable[Known]:
        raise NotImplementedError

    def key(self, text: str) -> str:
        """The same for all spellings of one name."""
        return name_key(text)

    def create(self, name: str) -> Any:
        """A new record of this name. Raises ValidationError."""
        raise NotImplementedError

    @cached_property
    def table(self) -> Table:
        table = Table()
        for known in self.rows():
            table.add(known)
        return table

    def forget(self) -> None:
        """Read anew at the next use."""
        self.__dict__.pop("table", None)
        self.keys.clear()

    def parse(self, value: Any, reading: Reading) -> str | None:
        return clean_text(value)

    def resolve(self, text: str, now: int | None = None) -> int | None:
        """The key of the record that ``text`` names; ``now`` is the one that stands there and may stay as it is.

        None when a person decided to leave the cell empty. Raises Unresolved.
        """
        key = self.keys.get(text)
        if key is None:
            key = self.keys[text] = self.key(text)
        if key in self.decided:
            return int(self.decided[key]) if self.decided[key] else None
        found = self.table.by_key.get(key, ())
        if now is not None and any(known.pk == now for known in found):
            return now
        active = [known for known in found if known.active]
        if len(active) == 1:
            return active[0].pk
        if active:
            raise Unresolved(Trouble.AMBIGUOUS, [known.written for known in active])
        if found:
            raise Unresolved(Trouble.GONE, [known.written for known in found])
        raise Unresolved(Trouble.UNKNOWN)

    def near(self, text: str, n: int = 3) -> list[str]:
        """The names most like ``text`` among those in use."""
        return nearest(text, self.names, n)

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(known.written for known in self.table.by_pk.values() if known.active)

    def pk_of(self, written: str) -> int | None:
        """The key of the record that this text names alone; None where it names none or several."""
        try:
            return self.resolve(written)
        except Unresolved:
            return None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return self.shown(value)

    def shown(self, value: Any) -> str:
        known = self.table.by_pk.get(getattr(value, "pk", value)) if value is not None else None
        return known.written if known else ""


class RoomWidget(LookupWidget):
    kind, label, noun = "room", _("a room of the school"), _("room")
    creates = True

    def create(self, name: str) -> Room:
        return create_room(name=name)

    def near(self, text: str, n: int = 3) -> list[str]:
        """Before all likenesses the room that is meant when people say 六二班教室 or 图书室内."""
        bare = self.table.by_key.get(self.key(ADDED_TO_ROOMS.sub("", text.strip())), ())
        meant = [known.written for known in bare if known.active]
        return list(dict.fromkeys([*meant, *super().near(text, n)]))[:n]

    def rows(self) -> Iterable[Known]:
        columns = Room.objects.order_by("name_sort").values_list("pk", "name", "key", "number", "active")
        rooms = list(columns)
        names = {key for _pk, _name, key, _number, _active in rooms}
        for pk, name, key, number, active in rooms:
            door = name_key(number) if number else ""
            yield Known(pk, name, (key, *([door] if door and door not in names else [])), active)


class DepartmentWidget(LookupWidget):
    kind, label, noun = "department", _("a department of the school"), _("department")
    creates = True

    def create(self, name: str) -> Department:
        return save_department(name=name)

    def rows(self) -> Iterable[Known]:
        for pk, name, key, active in Department.objects.values_list("pk", "name", "key", "active"):
            yield Known(pk, name, (key,), active)


class BuildingWidget(LookupWidget):
    kind, label, noun = "building", _("a building of the school"), _("building")
    creates = True

    def create(self, name: str) -> Building:
        return save_building(name=name)

    def rows(self) -> Iterable[Known]:
        for pk, name, key in Building.objects.values_list("pk", "name", "key"):
            yield Known(pk, name, (key,))


class PersonWidget(LookupWidget):
    """By name, or where two have the same by staff number: 王芳 T012, 王芳(T012) or T012 alone."""

    kind, label, noun = "person", _("somebody on the staff list"), _("person")
    creates = True

    def create(self, name: str) -> Person:
        return create_person(name=name)

    def rows(self) -> Iterable[Known]:
        people = list(
            Person.objects.order_by("name_sort").values_list("pk", "name", "staff_number", "username", "is_active")
        )
        same: dict[str, int] = defaultdict(int)
        for _pk, name, *_rest in people:
            same[name_key(name)] += 1
        for pk, name, number, username, active in people:
            mark = number or username
            written = f"{name} {mark}" if same[name_key(name)] > 1 else name
            keys = [name_key(name), *(name_key(form) for form in (f"{name}{mark}", f"{name}({mark})"))]
            yield Known(pk, written, (*keys, *([name_key(number)] if number else [])), active)


def code_key(text: str) -> str:
    if len(text) > LONGEST_MARK and text.isascii() and text.isalnum():
        return text.upper()  # there is nothing to clean
    return (clean_code(text) or "").upper()
