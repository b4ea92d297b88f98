"""The trail page: filters, pages, and that no address alters what stands in it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from logistics.base.history import acting
from logistics.school.services import rooms
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("O05")]
PAGE = reverse("records:trail")


@pytest.fixture
def client_of(as_person, principal):
    return as_person(principal)


@pytest.fixture
def changed(keeper, principal):
    with acting(keeper):
        room = rooms.create_room(name="科学室")
        return rooms.update_room(room=room, name="实验室")


def test_changes_are_shown_with_what_was_and_became(client_of, changed):
    page = client_of.get(PAGE).content.decode()
    assert "<del>科学室</del> → <ins>实验室</ins>" in page
    assert changed.get_absolute_url() in page
    assert "钱保华" in page


def test_filters(client_of, changed, keeper, director):
    today = timezone.localdate()

    def count(**chosen: object) -> int:
        return len(client_of.get(PAGE, chosen).context["found"].entries)

    assert count(person=keeper.pk) == 2
    assert count(person=director.pk) == 0
    assert count(kind="school.room") == 2
    assert count(kind="school.building") == 0
    assert count(kind="school.room", first_day=today, last_day=today) == 2
    assert count(kind="school.room", first_day="2100-01-01") == 0


@pytest.mark.parametrize(
    "query", [{"person": "x"}, {"kind": "auth.user"}, {"first_day": "gestern"}, {"before": "1~2~3"}]
)
def test_nonsense_in_the_address_breaks_nothing(client_of, query):
    assert client_of.get(PAGE, query).status_code == 200


def test_older_changes_follow(client_of, principal):
    for i in range(60):
        cast.department(f"部门{i}")
    page = client_of.get(PAGE)
    older = client_of.get(PAGE, {"before": str(page.context["found"].older)})
    first = {entry.thing for entry in page.context["found"].entries}
    assert len(page.context["found"].entries) == 50
    assert not first & {entry.thing for entry in older.context["found"].entries if entry.thing.startswith("部门")}


@pytest.mark.requirement("O02")
@pytest.mark.parametrize("who", ["keeper", "teacher", "stranger"])
def test_others_do_not_read_it(as_person, request, who):
    assert as_person(request.getfixturevalue(who)).get(PAGE).status_code == 403


@pytest.mark.parametrize(
    "asked",
    [
        {"first_day": "0001-01-01"},
        {"last_day": "9999-12-31"},
        {"before": "0001-01-01T00:00:00+08:00~0~1"},
        {"before": "9999-12-31T23:59:59-08:00~0~1"},
    ],
)
def test_days_at_the_end_of_time_are_answered(client_of, changed, asked):
    assert client_of.get(PAGE, asked).context["found"].entries
