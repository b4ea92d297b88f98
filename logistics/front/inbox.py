"""What waits for a person and what the month brought, gathered from every app's ``duties.py``."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from logistics.base.duties import Duty, Fact
from logistics.base.offers import offered

FAR = dt.date.max
SOON = dt.timedelta(days=7)


def waiting_for(person: Any) -> Sequence[Duty]:
    """The duties of all apps: the longest overdue on top, then those due within a week, then the oldest."""
    soon = timezone.localdate() + SOON
    return sorted(
        (duty for module in offered("duties") for duty in module.waiting_for(person)),
        key=lambda duty: (duty.due if duty.due and duty.due <= soon else FAR, duty.since or FAR),
    )


def coming_for(person: Any) -> Sequence[Duty]:
    """What the rest of this month brings the school, the next on top, from the ``coming_for`` of the same modules."""
    rows = [duty for m in offered("duties") if hasattr(m, "coming_for") for duty in m.coming_for(person)]
    return sorted(rows, key=lambda duty: duty.due or FAR)


def facts_of(person: Any) -> Sequence[Fact]:
    """This month's figures this person may see, from the ``facts_for`` of the same modules."""
    return [fact for m in offered("duties") if hasattr(m, "facts_for") for fact in m.facts_for(person)]
