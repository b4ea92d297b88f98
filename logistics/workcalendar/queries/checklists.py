"""Reads of checklists: how far they are, the points of one with what was handed in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from logistics.records import attachments
from logistics.records.models import Attachment
from logistics.school.models import Person
from logistics.workcalendar.choices import TaskState
from logistics.workcalendar.models import Checklist, Task


def with_progress(rows: QuerySet[Checklist]) -> QuerySet[Checklist]:
    """Lists with how many points they have (``points``), of which are done (``done``) and still open (``left``)."""
    here = ~Q(tasks__state=TaskState.DROPPED)
    return rows.annotate(
        points=Count("tasks", filter=here),
        done=Count("tasks", filter=Q(tasks__state=TaskState.DONE)),
        left=Count("tasks", filter=Q(tasks__state=TaskState.OPEN)),
    )


@dataclass(frozen=True)
class Point:
    """A point of a list and the files that were handed in with it, for who may see them."""

    task: Task
    files: tuple[Attachment, ...]


def points_of(checklist: Checklist, person: Person, *, sees_all: bool) -> list[Point]:
    """The points in the order they were made; files of one's own points, of all for who leads. Two statements."""
    tasks = list(
        checklist.tasks.exclude(state=TaskState.DROPPED)
        .select_related("owner", "department", "closed_by")
        .order_by("pk")
    )
    files = attachments.of_all([task for task in tasks if sees_all or task.owner_id == person.pk])
    return [Point(task, tuple(files.get(task.pk, ()))) for task in tasks]


def running_checklists(person: Person | None = None) -> Iterable[Any]:
    """Lists with open points whose time has come; only those with points of ``person``, where one is given."""
    today = timezone.localdate()
    begun = Task.objects.open().filter(checklist=OuterRef("pk"), starts__lte=today)
    if person is not None:
        begun = begun.filter(owner=person)
    return with_progress(Checklist.objects.filter(Exists(begun))).order_by("due", "pk")
