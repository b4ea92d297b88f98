"""Lists and the principal's inbox ask the database as often with thousands of requests as with a few."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from logistics.school.choices import Role
from tests import cast
from tests.bench.purchases import build_purchases

PAGES = {
    Role.PRINCIPAL: ["/", "/approvals/", "/approvals/signed/", "/finance/purchases/"],
    Role.PURCHASER: ["/finance/purchases/?state=approved", "/finance/orders/to-buy/", "/finance/orders/"],
    Role.STAFF: ["/finance/purchases/mine/"],
}
MOST = 18  # with the shell's own


@pytest.mark.django_db
@pytest.mark.requirement("R01", "F02")
def test_five_thousand_cost_no_more_statements_than_fifty(client):
    cast.school()
    cast.term(dt.date(2026, 9, 1))
    cast.department()
    teacher = cast.person("files", "许多老师")
    people = {Role.STAFF: teacher}
    for role in (Role.LEADER, Role.DIRECTOR, Role.PRINCIPAL, Role.PURCHASER):
        people[role] = cast.person(f"p_{role}", role.label, role)
    signed_by = [people[role] for role in (Role.LEADER, Role.DIRECTOR, Role.PRINCIPAL)]

    def build(count: int, first: int) -> dict[str, int]:
        build_purchases(count, applicants=[teacher], waiting=20, signed_by=signed_by, first=first)
        return {page: statements(client, people[role], page) for role, pages in PAGES.items() for page in pages}

    few = build(50, 0)
    many = build(5000, 50)
    assert many == few
    assert max(many.values()) <= MOST


def statements(client, person, page: str) -> int:
    client.force_login(person, backend="logistics.school.backends.RoleBackend")
    assert client.get(page).status_code == 200  # warm
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(page)
    return len(asked)
