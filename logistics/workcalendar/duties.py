"""What the work calendar puts on a person's list: his tasks, and tasks offered to him."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics.base.duties import Duty
from logistics.school.models import Person
from logistics.workcalendar.queries import due_for, offered_to


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
