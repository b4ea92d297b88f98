"""Under whose name the trail writes what a service does."""

from contextlib import AbstractContextManager

from logistics.base.history import acting, now_acting
from logistics.school.models import Person


def signed(person: Person) -> AbstractContextManager[None]:
    """The trail of what follows is written under this person, for whom and from what source as it was."""
    now = now_acting()
    return acting(person, on_behalf_of=now.on_behalf_of, source=now.source)
