"""What the search finds in the school: people, rooms, classes."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from logistics.base.search import MOST_HITS, Group, Hit, matching
from logistics.school.models import Person, Room


def find(person: Person, text: str) -> list[Group]:
    """People for everybody who sees the contacts, rooms for those who see the structure."""
    structure = person.has_perm("school.view_structure")
    groups = []
    if person.has_perm("school.view_contacts"):
        groups.append(_people(text, structure))
    if structure:
        groups.append(_rooms(text))
    return [group for group in groups if group.total]


def _people(text: str, structure: bool) -> Group:
    found = Person.objects.working().filter(matching(text, "name", "staff_number", "position", "extension"))
    contacts = reverse("school:contact-list")

    def hit(row: Person) -> Hit:
        url = row.get_absolute_url() if structure else f"{contacts}?{urlencode({'q': row.name})}"
        return Hit(row.name, url, " ".join(filter(None, [str(row.department or ""), row.position, row.extension])))

    return _group(_("People"), found.select_related("department"), hit, contacts, text)


def _rooms(text: str) -> Group:
    found = Room.objects.filter(matching(text, "name", "key", "number", "responsible__name"), active=True)

    def hit(row: Room) -> Hit:
        detail = " ".join(filter(None, [str(row.building or ""), str(row.responsible or "")]))
        return Hit(row.name, row.get_absolute_url(), detail)

    return _group(_("Rooms"), found.select_related("building", "responsible"), hit, reverse("school:room-list"), text)


def _group(title: str, found: QuerySet[Any], hit: Any, url: str, text: str) -> Group:
    return Group(title, found.count(), [hit(row) for row in found[:MOST_HITS]], f"{url}?{urlencode({'q': text})}")
