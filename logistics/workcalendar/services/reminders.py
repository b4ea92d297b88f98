"""Reminding people of their tasks: once before the last day, once when it is over."""

import datetime as dt
from itertools import groupby

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop, ngettext

from logistics.base import history
from logistics.notices.services import notify
from logistics.school.models.limits import limit
from logistics.workcalendar.models import Task

SOON = gettext_noop("To be done soon or late already: %(tasks)s")
NAMED = 3  # so many titles stand in a reminder, the others are counted


@transaction.atomic
def remind_owners() -> int:
    """Tell each owner, in one notice, of his tasks whose last day is near or over; how many were told.

    Called twice in a day, or by two workers at once, it tells once.
    """
    today = timezone.localdate()
    soon = today + dt.timedelta(days=int(limit("workcalendar.remind_before_days")))
    rows = list(
        Task.objects.to_remind(today, soon)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("owner")
        .order_by("owner", "due", "pk")
    )
    told = 0
    for owner, group in groupby(rows, key=lambda task: task.owner):
        if owner is not None:
            notify(people=[owner], message=SOON, params={"tasks": _titles(list(group))}, url=_page())
            told += 1
    for row in rows:
        row.reminded_on = today
    history.bulk_update(rows, ["reminded_on"])
    return told


def _titles(tasks: list[Task]) -> str:
    """The first few titles; a notice is a line, not a list."""
    said = "、".join(task.title for task in tasks[:NAMED])
    more = len(tasks) - NAMED
    if more > 0:
        said += ngettext(" and %(count)d more", " and %(count)d more", more) % {"count": more}
    return said


def _page() -> str:
    return reverse("workcalendar:my-tasks")
