"""What waits for a person: each app has a module ``duties.py`` with ``waiting_for(person) -> Iterable[Duty]``.

It may also have ``facts_for(person) -> Iterable[Fact]``, this month's figures, and ``coming_for(person) ->
Iterable[Duty]``, what the rest of this month brings.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise


@dataclass(frozen=True)
class Duty:
    """One thing to do. ``url`` is where it is done, ``since`` when it came up, ``due`` its last day, if any."""

    title: str | Promise
    url: str
    detail: str | Promise = ""
    since: dt.date | None = None
    due: dt.date | None = None

    @property
    def days_late(self) -> int:
        """Days past the last day; 0 while it is in time."""
        return max((timezone.localdate() - self.due).days, 0) if self.due else 0


@dataclass(frozen=True)
class Fact:
    """One figure of this month on home, from ``facts_for(person) -> Iterable[Fact]``; ``url`` leads to its papers."""

    label: str | Promise
    figure: str
    url: str = ""
