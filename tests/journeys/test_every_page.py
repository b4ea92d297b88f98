"""Every address that shows a page, as somebody who may open it: in Chinese on a phone, in English in the office.

The table of access says who gets a page; axe finds nothing on it, it fits the screen and the browser has no complaint.
"""

import csv

import pytest
from django.urls import reverse

from logistics.school.choices import Role
from tests import cast
from tests.architecture.addresses import addresses
from tests.architecture.test_access import TABLE
from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PREFERRED = (Role.KEEPER, Role.DIRECTOR, Role.PRINCIPAL, Role.STAFF)
SHOWN_ELSEWHERE = ("front:healthz", "front:login", "printing:job-file", "assets:lookup", "finance:purchase-names")


def who_gets_a_page() -> dict[str, str]:
    """For each of our own addresses the role that opens it, the first preferred one that may."""
    with TABLE.open(newline="") as file:
        asked = [row for row in csv.DictReader(file) if row["method"] == "GET"]
    openers = {row["address"]: [role for role in PREFERRED if row[role] == "yes"] for row in asked}
    return {name: roles[0] for name, roles in openers.items() if roles and _is_ours(name)}


def _is_ours(name: str) -> bool:
    return not name.startswith("admin:") and name not in SHOWN_ELSEWHERE


@pytest.fixture
def pages(db) -> list[tuple[str, str]]:
    """Role and address of every page."""
    world = World()
    for role in PREFERRED:
        cast.person(f"walks_{role}", f"走访{role}"[:8], *([] if role == Role.STAFF else [role]))
    openers = who_gets_a_page()
    return [
        (openers[address.name], reverse(address.name, kwargs=address.example(world)))
        for address in addresses()
        if address.name in openers
    ]


@pytest.mark.requirement("R03")
@pytest.mark.parametrize(("language", "screen"), [("zh-hans", "phone"), ("en", "office")])
def test_axe_finds_nothing_on_any_page(visit, sound, pages, language, screen):
    faults, seen = [], 0
    for role in PREFERRED:
        page = visit("/", cast.Person.objects.get(username=f"walks_{role}"), language=language, screen=screen)
        for url in (url for who, url in pages if who == role):
            answer = page.request.get(url)
            if not answer.headers.get("content-type", "").startswith("text/html"):
                continue  # a file: nothing to look at
            seen += 1
            page.goto(url)
            try:
                sound(page)
            except AssertionError as fault:
                faults.append(f"{url}: {str(fault)[:600]}")
    assert seen > len(pages) / 2
    assert faults == []
