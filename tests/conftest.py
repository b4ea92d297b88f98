"""Fixtures every test may use."""

import os

import pytest
from django.test import Client

from logistics.school.models import Person
from tests import cast

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser driver runs a loop beside the database


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
