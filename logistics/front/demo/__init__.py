"""The demo school. Its people and their password are shown on the login page in demo mode, and only there."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ShownPerson:
    """A line of the demo's list on the login page."""

    username: str
    name: str
    roles: str
    password: str


def shown_people() -> list[ShownPerson]:
    """The people of the demo that have a part of their own, as far as they exist in this database."""
    from logistics.front.context import roles_of
    from logistics.front.demo.people import PARTS, PASSWORD
    from logistics.school.models import Person

    there = {person.username: person for person in Person.objects.working().with_class_led()}
    shown = [(part, there[part.username]) for part in PARTS if part.username in there]
    return [
        ShownPerson(person.username, person.name, " · ".join(roles_of(person)), PASSWORD)
        if not part.superuser
        else ShownPerson(person.username, person.name, part.position, PASSWORD)
        for part, person in shown
    ]
