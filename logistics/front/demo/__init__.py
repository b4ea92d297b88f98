"""The demo school. Its people and their password are shown on the login page in demo mode, and only there."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ShownPerson:
    """A line of the demo's list on the login page."""

    username: str
    name: str
    role: str
    password: str


def shown_people() -> list[ShownPerson]:
    """The people of the demo that have a part of their own, as far as they exist in this database."""
    from logistics.front.demo.people import PARTS, PASSWORD
    from logistics.school.models import Person

    there = set(Person.objects.working().values_list("username", flat=True))
    return [ShownPerson(p.username, p.name, p.position, PASSWORD) for p in PARTS if p.username in there]
