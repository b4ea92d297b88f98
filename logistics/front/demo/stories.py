"""Stories in progress: a room just handed over, rooms not yet confirmed, a deputy, an import half mended."""

import datetime as dt

from assets.models import RoomConfirmation
from assets.queries.rooms import cards_in
from assets.services import confirmations
from assets.standing import stamp
from logistics.base.history import acting
from logistics.school.choices import Role
from logistics.school.models import Person, RoleAssignment, Room

CONFIRMED, WAITING = ["三年级(1)班", "三年级(2)班", "图书室"], ["一年级(2)班", "六年级(3)班", "食堂操作间"]


def build_stories(*, keeper: Person, rooms: dict[str, Room], people: dict[str, Person], today: dt.date) -> None:
    with acting(keeper):
        _rooms(keeper, rooms, people, today)
        _deputy(keeper, people["何秋菊"], today)


def _rooms(keeper: Person, rooms: dict[str, Room], people: dict[str, Person], today: dt.date) -> None:
    """The laboratory changed hands today; some rooms are confirmed, some wait."""
    confirmations.ask(person=keeper, rooms=[rooms[name] for name in CONFIRMED + WAITING], reason="学期初财产核对")
    confirmations.hand_over(
        person=keeper, room=rooms["科学实验室"], to=people["韩雨桐"], date=today, note="黄海燕老师调往教研室"
    )
    for waiting in RoomConfirmation.objects.filter(room__name__in=CONFIRMED).select_related("person", "room"):
        with acting(waiting.person):
            seen = stamp(list(cards_in(waiting.room)))
            confirmations.confirm(person=waiting.person, confirmation=waiting, seen=seen)


def _deputy(keeper: Person, deputy: Person, today: dt.date) -> None:
    """The keeper is away next week; somebody stands in and is back out by itself."""
    RoleAssignment.objects.create(
        person=deputy,
        role=Role.KEEPER,
        deputy_for=keeper,
        first_day=today + dt.timedelta(days=7),
        last_day=today + dt.timedelta(days=11),
    )
