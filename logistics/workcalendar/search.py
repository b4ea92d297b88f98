"""Tasks of the work calendar in the search."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from logistics.base.search import MOST_HITS, Group, Hit, matching
from logistics.school.models import Person
from logistics.workcalendar.choices import TaskState
from logistics.workcalendar.models import Task


def find(person: Person, text: str) -> list[Group]:
    """By what is to be done, details or whose it is, the latest first."""
    if not person.has_perm("workcalendar.view_calendar"):
        return []
    rows = Task.objects.filter(matching(text, "title", "detail", "owner__name")).exclude(state=TaskState.DROPPED)
    hits = [
        Hit(row.title, row.get_absolute_url(), f"{row.due:%Y-%m-%d} · {row.get_state_display()}")
        for row in rows.order_by("-due", "-pk")[:MOST_HITS]
    ]
    total = rows.count()
    address = f"{reverse('workcalendar:task-list')}?{urlencode({'q': text})}"
    return [Group(_("Tasks"), total, hits, address)] if total else []
