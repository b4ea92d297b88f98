"""The trail: what it says, how it is paged, and that nobody alters it."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone, translation

from logistics.base import trail as reading
from logistics.base.history import TrailError, acting, bulk_create, bulk_update
from logistics.records.queries import Mark, changes_of, trail
from logistics.school.choices import RoomKind
from logistics.school.models import Person, Room
from logistics.school.services import rooms
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("O05")]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def room(keeper) -> Room:
    with acting(keeper):
        return rooms.create_room(name="科学室", responsible=keeper)


def test_who_when_what_it_was_and_what_it_became(room, keeper, director):
    with acting(director, on_behalf_of=keeper, source="import:12"):
        rooms.update_room(room=room, name="实验室", kind=RoomKind.LABORATORY, department=cast.department())
    changed, entered = changes_of(room)
    assert (entered.who, entered.on_behalf_of, entered.changes) == (keeper, None, [])
    assert (changed.who, changed.on_behalf_of) == (director, keeper)
    assert changed.changes == [
        ("Name", "科学室", "实验室"),
        ("Kind", "Other place", "Laboratory"),
        ("Department", "", "总务处"),
    ]
    assert "12" in changed.source
    assert timezone.now() - changed.when < dt.timedelta(minutes=1)


def test_a_history_is_read_in_few_queries(room, django_assert_max_num_queries):
    for i in range(20):
        rooms.update_room(room=room, name=f"室{i}", department=cast.department(f"部门{i}"))
    with django_assert_max_num_queries(2):
        assert len(changes_of(room)) == 21


def test_the_password_is_never_in_it(keeper):
    keeper.set_password("secret-2026")
    keeper.save()
    assert changes_of(keeper)[0].what
    assert "password" not in {f.name for f in keeper.history.model._meta.get_fields()}


def test_bulk_changes_are_in_it(keeper):
    made = bulk_create([Room(name=f"室{i}", key=f"室{i}", name_sort="") for i in range(3)])
    for room in made:
        room.number = "7"
    with acting(keeper, source="import:3"):
        bulk_update(made, ["number"])
    assert [change.changes for change in changes_of(made[0])] == [[("Door number", "", "7")], []]


def test_the_whole_trail_newest_first(room, keeper, director):
    with acting(director):
        rooms.update_room(room=room, name="实验室")
    page = trail()
    assert (page.entries[0].kind, page.entries[0].thing) == ("Room", "实验室")
    assert page.entries[0].change.changes == [("Name", "科学室", "实验室")]
    moments = [entry.change.when for entry in page.entries]
    assert moments == sorted(moments, reverse=True)


def test_pages_neither_repeat_nor_miss_an_entry(keeper):
    bulk_create([Room(name=f"室{i}", key=f"室{i}", name_sort="") for i in range(25)])
    for i in range(4):
        cast.department(f"部门{i}")
    kinds = ("school.room", "school.department")
    for kind in (*kinds, ""):
        whole = [(entry.kind, entry.thing, entry.change.when) for entry in trail(kind=kind, size=100).entries]
        seen, before = [], None
        while len(seen) < len(whole):
            page = trail(kind=kind, before=before, size=7)
            seen += [(entry.kind, entry.thing, entry.change.when) for entry in page.entries]
            before = Mark.read(str(page.older))
        assert seen[: len(whole)] == whole


@pytest.mark.parametrize("text", ["", "x", "1~2", "2026-01-01T00:00:00~1~1", "2026-01-01T00:00:00+00:00~1~" + "9" * 30])
def test_a_mark_that_is_none(text):
    assert Mark.read(text) is None


def test_filters(room, keeper, director):
    with time_machine.travel(timezone.now() + dt.timedelta(days=3)), acting(director, on_behalf_of=keeper):
        rooms.update_room(room=room, name="实验室")
    today = timezone.localdate()
    assert len(trail(person=director.pk).entries) == 1
    assert len(trail(person=keeper.pk).entries) == 2
    assert {entry.kind for entry in trail(kind="school.room").entries} == {"Room"}
    assert len(trail(kind="school.room", last_day=today).entries) == 1
    assert len(trail(kind="school.room", first_day=today + dt.timedelta(1)).entries) == 1
    assert not trail(first_day=today + dt.timedelta(4)).entries


def test_the_number_of_queries_does_not_grow(room, django_assert_max_num_queries):
    for i in range(30):
        rooms.update_room(room=room, name=f"室{i}", department=cast.department(f"部门{i}"))
    with django_assert_max_num_queries(len(reading.recorded_models()) + 12):
        trail()


def test_a_deleted_record_leaves_its_trail(room):
    pk = room.pk
    room.delete()
    entry = trail(kind="school.room").entries[0]
    assert (entry.thing, entry.url) == (f"#{pk}", "")
    assert ("Name", "科学室", "") in entry.change.changes


def test_entries_are_not_changed_or_deleted(room):
    entry = room.history.get()
    entry.name = "x"
    for attempt in (
        entry.save,
        entry.delete,
        room.history.all().delete,
        lambda: room.history.update(name="x"),
        Room.history.all().delete,
        Room.history.model.objects.all().delete,
        lambda: Room.history.model.objects.update(name="x"),
    ):
        with pytest.raises(TrailError):
            attempt()
    assert Room.history.get().name == "科学室"


def test_every_kind_of_record_is_looked_at():
    assert {Room, Person} <= set(reading.recorded_models())
