"""The demo school: every role in it, the same every time, its books in order."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.core.management import CommandError, call_command

from assets.models import Card, LedgerEntry, Movement, RoomConfirmation
from finance import checks as finance
from logistics.approvals import checks as approvals
from logistics.front.demo import shown_people
from logistics.front.demo.build import build
from logistics.school.choices import Role
from logistics.school.models import Person, Room, SchoolClass, SchoolYear, Term

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("O01")]
TODAY = dt.date(2026, 11, 20)


def cards() -> list[tuple[object, ...]]:
    return list(
        Card.objects.order_by("number").values_list("number", "name", "quantity", "value", "room__name", "note")
    )


def noon(day: dt.date) -> time_machine.travel:
    return time_machine.travel(dt.datetime(day.year, day.month, day.day, 4, tzinfo=dt.UTC), tick=False)


@pytest.fixture
def demo(db) -> Iterator[None]:
    with noon(TODAY):
        build(TODAY)
        yield


def test_it_has_the_size_of_a_real_school(demo):
    assert Person.objects.count() == 60
    assert 38 <= Room.objects.count() <= 45
    assert SchoolClass.objects.filter(year=SchoolYear.objects.first()).count() == 18
    assert SchoolYear.objects.count() == 2
    assert Term.objects.count() == 4
    assert 480 <= Card.objects.count() <= 560


def test_every_role_is_held_by_somebody(demo):
    assert {role for person in Person.objects.all() for role in person.roles_today} == set(Role.values)


def test_stories_are_in_progress(demo):
    assert RoomConfirmation.objects.filter(state="waiting").count() >= 2
    assert RoomConfirmation.objects.filter(state="confirmed").exists()
    assert set(Movement.objects.values_list("kind", flat=True)) >= {
        "entry",
        "transfer",
        "split",
        "correction",
        "custody",
    }


@pytest.mark.parametrize("username", ["banzhuren", "zhiri", "jiaoshi"])
def test_the_teachers_have_a_room_to_confirm(demo, username):
    assert RoomConfirmation.objects.filter(state="waiting", person__username=username).exists()


def test_the_people_shown_are_shown_with_their_roles(demo):
    roles = {person.username: person.roles for person in shown_people()}
    assert roles["banzhuren"] == "班主任"
    assert set(roles["zhiri"].split(" · ")) == {"值日教师", "班主任"}
    assert roles["guanli"] == "管理员"


def test_books_agree_with_cards(demo):
    for card in Card.objects.prefetch_related("entries"):
        entries = card.entries.all()
        assert card.quantity == sum(e.quantity for e in entries)
        assert card.value == sum(e.value for e in entries)


def test_its_papers_stand_the_check_of_the_books(demo):
    checks = [*approvals.CHECKS, *finance.CHECKS]
    assert not [problem.text for check in checks for problem in check.find()]


def test_no_paper_is_dated_after_today(demo):
    assert not LedgerEntry.objects.filter(date__gt=TODAY).exists()


@pytest.mark.parametrize("today", [dt.date(2027, 9, 1), dt.date(2028, 8, 31), dt.date(2027, 1, 3)])
def test_it_can_be_built_on_any_day(db, today):
    with noon(today):
        build(today)
    assert Card.objects.count() > 400


@pytest.mark.django_db(transaction=True)
def test_same_seed_same_school():
    with noon(TODAY):
        build(TODAY)
        first = cards()
        call_command("flush", interactive=False, verbosity=0)
        build(TODAY)
    assert cards() == first


def test_it_is_not_built_over_people(keeper):
    with pytest.raises(CommandError):
        call_command("build_demo")
