"""Fixtures every test may use."""

import os

import pytest
from django.test import Client

from logistics.school.models import Person
from tests import cast

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser driver runs a loop beside the database


DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database-only", action="store_true", help="only tests that touch the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With ``--database-only`` leave out what a second database cannot change."""
    if not config.getoption("--database-only"):
        return
    touching = [item for item in items if item.get_closest_marker("django_db") or _fixtures(item) & DATABASE_FIXTURES]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(touching)])
    items[:] = touching


def _fixtures(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


@pytest.fixture
def as_person(client: Client):
    """Sign the test client in as a person: ``as_person(cast.keeper())``."""

    def sign_in(person: Person) -> Client:
        client.force_login(person, backend="logistics.school.backends.RoleBackend")
        return client

    return sign_in


@pytest.fixture
def keeper(db) -> Person:
    return cast.keeper()


@pytest.fixture
def director(db) -> Person:
    return cast.director()


@pytest.fixture
def principal(db) -> Person:
    return cast.principal()


@pytest.fixture
def teacher(db) -> Person:
    return cast.teacher()


@pytest.fixture
def stranger(db) -> Person:
    return cast.stranger()
