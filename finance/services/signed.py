"""Under whose name the trail writes what a service does."""

from contextlib import AbstractContextManager

from logistics.base.history import acting, now_acting
from logistics.school.models import Person


def signed(person: Person, behalf: Person | None = None) -> AbstractContextManager[None]:
    """The trail of what follows is written under this person; in whose place (or as it was), from what source."""
    now = now_acting()
    return acting(person, on_behalf_of=behalf or now.on_behalf_of, source=now.source)
