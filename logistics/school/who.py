"""Who asks, and for which rows: every page but the door stands behind the login."""

from collections.abc import Iterable
from typing import cast

from django.http import HttpRequest

from logistics.school.models import Person


def who(request: HttpRequest) -> Person:
    """The signed-in person."""
    return cast(Person, request.user)


def keys(texts: Iterable[str]) -> list[int]:
    """The row ids among what an address or form names; what no database can hold is nobody's id."""
    return [int(text) for text in texts if text.isdecimal() and len(text) < 19]
