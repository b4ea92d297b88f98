"""Who asks: every page of property stands behind the login."""

from typing import cast

from django.http import HttpRequest

from logistics.school.models import Person


def who(request: HttpRequest) -> Person:
    """The signed-in person."""
    return cast(Person, request.user)
