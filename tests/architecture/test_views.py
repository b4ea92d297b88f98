"""Every view of ours says whom it is for; what roles may do is what the document says."""

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.test import RequestFactory

from logistics.base.offers import offered
from logistics.base.permissions import EVERYONE
from logistics.school.choices import Role
from logistics.school.roles import ROLES, STAFF
from tests.architecture.addresses import Address, addresses

pytestmark = [pytest.mark.requirement("O02")]
ROLES_TABLE = Path(__file__).resolve().parents[2] / "docs" / "roles.md"
OPEN_TO_ALL = {"front:login", "front:logout", "front:healthz", "front:language", "front:password", "workcalendar:feed"}
OURS = [address for address in addresses() if address.ours]


def permission_of(address: Address) -> str | None:
    """The permission that stands on the view; None when there is none."""
    view = getattr(address.view, "view_class", address.view)
    return getattr(view, "permission", None)


@pytest.mark.parametrize("address", [a for a in OURS if a.name not in OPEN_TO_ALL], ids=lambda address: address.name)
def test_every_view_says_whom_it_is_for(address):
    assert permission_of(address) is not None


def known_permissions() -> set[str]:
    return {f"{p.content_type.app_label}.{p.codename}" for p in Permission.objects.select_related("content_type")}


@pytest.mark.django_db
def test_only_permissions_that_exist_are_asked_for_and_given():
    asked = {permission_of(address) for address in OURS} - {None, EVERYONE}
    given = frozenset().union(*ROLES.values())
    assert asked | given <= known_permissions()


def test_what_is_asked_for_is_given_to_somebody():
    asked = {permission_of(address) for address in OURS} - {None, EVERYONE}
    assert asked <= frozenset().union(*ROLES.values())


def test_every_role_is_a_staff_member_too():
    assert set(ROLES) == set(Role.values)
    assert all(may >= STAFF for may in ROLES.values())


@pytest.mark.django_db
def test_menu_lines_lead_where_their_permission_opens():
    """Who sees a line of the menu may open it: the line asks for what the view asks for."""
    views = {address.name: permission_of(address) for address in OURS}
    for module in offered("menu"):
        for section in module.MENU:
            for place in section.places:
                wanted = [place.permission] if isinstance(place.permission, str) else place.permission
                assert views[place.url_name] in (*wanted, EVERYONE), place.url_name


def table() -> str:
    """``roles.ROLES`` as a document: what may be done, and by whom."""
    names = {
        f"{p.content_type.app_label}.{p.codename}": p.name for p in Permission.objects.select_related("content_type")
    }
    lines = [
        "# What each role may do",
        "",
        "Made from `logistics/school/roles.py`; a test compares the two",
        "(`REWRITE=1 .venv/bin/pytest tests/architecture/test_views.py` writes this file anew). Which page asks for",
        "which permission stands on the view; what every role gets at every address is `tests/architecture/access.csv`",
        "(written anew the same way by `test_access.py`). Every signed-in person is also a staff member. A deputy has",
        "the role from day to day; an administrator may do everything.",
        "",
        "| may | permission | roles |",
        "|---|---|---|",
    ]
    for permission in sorted(frozenset().union(*ROLES.values())):
        holders = [str(Role(role).label) for role in Role.values if permission in ROLES[role]]
        who = "everybody" if permission in STAFF else ", ".join(holders)
        lines.append(f"| {names[permission]} | `{permission}` | {who} |")
    return "\n".join(lines) + "\n"


@pytest.mark.django_db
def test_the_document_says_what_roles_may_do(settings):
    from django.utils import translation

    with translation.override("en"):
        written = table()
    if os.environ.get("REWRITE"):
        ROLES_TABLE.write_text(written)
    assert ROLES_TABLE.read_text() == written, "docs/roles.md is behind roles.py (REWRITE=1 writes it anew)"


@pytest.mark.django_db
def test_a_view_without_permission_would_be_found():
    """The check above can fail: an unguarded view has no permission to show."""
    bare = Address("x", frozenset(), lambda request: None)
    assert permission_of(bare) is None
    assert RequestFactory().get("/")
