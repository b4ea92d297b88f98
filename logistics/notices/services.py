"""Telling people something: a notice in the app, and a message on every channel in use."""

from collections.abc import Iterable
from typing import Any

from logistics.notices.models import Notice
from logistics.school.models import Person


def notify(*, people: Iterable[Person], message: str, params: dict[str, Any], url: str) -> None:
    """Tell each of ``people`` once. ``message`` is a message id (``gettext_noop``) with ``%(name)s`` places.

    Called inside the transaction of what happened. What goes out of the house follows its commit; a channel that fails
    never stops the work.
    """
    Notice.objects.bulk_create(
        [Notice(person=person, message=message, params=params, url=url) for person in dict.fromkeys(people)]
    )
