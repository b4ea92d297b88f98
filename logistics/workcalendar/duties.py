"""What the work calendar puts on a person's home: his tasks, tasks offered to him, how far the checklists are."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics.base.duties import Duty, Fact
from logistics.school.models import Person
from logistics.workcalendar.queries import coming, due_for, offered_to
from logistics.workcalendar.queries.checklists import running_checklists
from logistics.workcalendar.rules import OVERSEE


def waiting_for(person: Person) -> Iterator[Duty]:
    """Two statements."""
    for task in due_for(person).order_by("due", "pk"):
        yield Duty(task.title, task.get_absolute_url(), task.detail[:80], since=task.starts, due=task.due)
    for offer in offered_to(person):
        yield Duty(
            _("%(by)s would like to hand on to you: %(task)s") % {"by": offer.by, "task": offer.task},
            reverse("workcalendar:hand-on-answer", args=[offer.pk]),
            offer.reason,
            since=timezone.localtime(offer.asked_at).date(),
        )


def coming_for(person: Person) -> Iterator[Duty]:
    """What the school's calendar has for the rest of this month, for who may see it; one statement."""
    if person.has_perm("workcalendar.view_calendar"):
        for task in coming(person):
            yield Duty(task.title, task.get_absolute_url(), task.owner.name if task.owner else "", due=task.due)


def facts_for(person: Person) -> Iterator[Fact]:
    """How far each running checklist is, for who leads and for whose points are on it; one statement."""
    if not person.has_perm("workcalendar.view_calendar"):
        return
    mine = None if person.has_perm(OVERSEE) else person
    for row in running_checklists(mine):
        yield Fact(row.title, f"{row.done} / {row.points}", row.get_absolute_url())
