"""The shared cast: a small school with one person in each part, invented names only."""

import datetime as dt

from logistics.school.choices import Role, RoomKind, TermNumber
from logistics.school.models import (
    Building,
    Department,
    Person,
    RoleAssignment,
    Room,
    School,
    SchoolClass,
    SchoolYear,
    Term,
)

LONG_AGO = dt.date(2020, 9, 1)


def person(username: str, name: str, *roles: str, **fields: object) -> Person:
    """A person holding ``roles`` since long ago, with the password ``password``."""
    made = Person.objects.create_user(username, name, "password", **fields)
    for role in roles:
        RoleAssignment.objects.create(person=made, role=role, first_day=LONG_AGO)
    return made


def director() -> Person:
    return person("director", "周国强", Role.DIRECTOR)


def principal() -> Person:
    return person("principal", "林慧敏", Role.PRINCIPAL)


def keeper() -> Person:
    return person("keeper", "钱保华", Role.KEEPER)


def bookkeeper() -> Person:
    return person("bookkeeper", "吴会芳", Role.BOOKKEEPER)


def teacher() -> Person:
    return person("teacher", "郑小燕", Role.HOMEROOM)


def stranger() -> Person:
    """Somebody on the staff with no role but the one everybody has."""
    return person("stranger", "冯一平")


def school() -> School:
    return School.objects.create(pk=1, name="阳光小学", short_name="阳光小学")


def term(first_day: dt.date = dt.date(2026, 9, 1), last_day: dt.date = dt.date(2027, 1, 22)) -> Term:
    year, _ = SchoolYear.objects.get_or_create(
        name="2026—2027学年", defaults={"first_day": dt.date(2026, 9, 1), "last_day": dt.date(2027, 8, 31)}
    )
    return Term.objects.create(year=year, number=TermNumber.FIRST, first_day=first_day, last_day=last_day)


def department(name: str = "总务处") -> Department:
    return Department.objects.get_or_create(name=name)[0]


def room(name: str = "六年级(2)班", responsible: Person | None = None, kind: str = RoomKind.CLASSROOM) -> Room:
    building = Building.objects.get_or_create(name="教学楼")[0]
    return Room.objects.create(name=name, building=building, kind=kind, responsible=responsible)


def school_class(homeroom: Person | None = None, place: Room | None = None) -> SchoolClass:
    return SchoolClass.objects.create(
        year=SchoolYear.objects.get(), grade=6, number=2, homeroom_teacher=homeroom, room=place
    )
