"""A term's checklists: made from templates or for every department, chased, thrown away. Its points are tasks."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from logistics.base import history
from logistics.base.changes import change
from logistics.base.locks import hold
from logistics.notices.services import notify
from logistics.records import attachments
from logistics.school.calendar import DAY
from logistics.school.models import Department, Person, SchoolClass, Term
from logistics.workcalendar import rules
from logistics.workcalendar.checklist_templates import PointTemplate
from logistics.workcalendar.choices import ChecklistKind, TaskState
from logistics.workcalendar.models import Checklist, Task
from logistics.workcalendar.models.tasks import CLOSED
from logistics.workcalendar.queries import who_holds
from logistics.workcalendar.rules import Refused
from logistics.workcalendar.services.tasks import GIVEN

LOCK = "workcalendar.checklists"
AHEAD = 14 * DAY  # a point can be done that long before the list's last day
STILL_OPEN = gettext_noop("Still to be done: %(task)s, “%(list)s”, until %(day)s.")
STILL_MISSING = gettext_noop("Not handed in yet: %(task)s, until %(day)s.")


@transaction.atomic
def make_checklist(
    *,
    person: Person,
    kind: str,
    term: Term,
    title: str,
    due: dt.date,
    points: Sequence[PointTemplate] = (),
    departments: Iterable[Department] = (),
) -> Checklist:
    """Make a list with these points, each given to who holds its role, to each class's homeroom teacher where every
    class has one, to the head of each department for plans and summaries. Owners are told.

    Raises Refused: not the calendar's keeper, no point; ValidationError: the term has it already.
    """
    rules.refuse_keeping(person)
    hold(LOCK)
    row = Checklist(kind=kind, term=term, title=title, due=due, made_by=person)
    change(row)
    tasks = list(_of_departments(row, departments) if row.wants_files else _of_templates(row, points))
    if not tasks:
        raise Refused(_("Choose at least one point."))
    _enter(person, row, tasks)
    return row


@transaction.atomic
def add_point(
    *, person: Person, checklist: Checklist, title: str, owner: Person | None, department: Department | None = None
) -> Task:
    """One more point; its owner is told. Raises Refused: not the calendar's keeper, the list has it."""
    rules.refuse_keeping(person)
    row = _held(checklist)
    if row.tasks.filter(title=title, owner=owner).exclude(state=TaskState.DROPPED).exists():
        raise Refused({"title": _("The list has this point.")})
    task = _point(row, title, owner, department)
    _enter(person, row, [task])
    return task


@transaction.atomic
def change_checklist(*, person: Person, checklist: Checklist, title: str, due: dt.date) -> Checklist:
    """Another title or last day; open points that had the old last day follow. Raises Refused; ValidationError."""
    rules.refuse_keeping(person)
    row = _held(checklist)
    before = row.due
    change(row, title=title, due=due)
    tasks = list(row.tasks.filter(state=TaskState.OPEN, due=before).select_for_update(of=("self",)))
    for task in tasks:
        task.due, task.starts = due, min(task.starts, due)
    history.bulk_update(tasks, ["due", "starts"])
    return row


@transaction.atomic
def chase(*, person: Person, checklist: Checklist) -> list[Person]:
    """Remind whose points are open, once a day. Whom it reminded.

    Raises Refused: may not oversee the calendar, nothing open, all were reminded today.
    """
    if not person.has_perm(rules.OVERSEE):
        raise Refused(_("Who leads reminds the others."))
    row = _held(checklist)
    today = timezone.localdate()
    waiting = list(row.tasks.open().filter(owner__is_active=True).select_related("owner"))
    if not waiting:
        raise Refused(_("Nothing is open, or nobody is named."))
    untold = [task for task in waiting if task.reminded_on != today]
    if not untold:
        raise Refused(_("All of them were reminded today."))
    message = STILL_MISSING if row.wants_files else STILL_OPEN
    for task in untold:
        task.reminded_on = today
        params = {"task": task.title, "list": row.title, "day": f"{task.due:%Y-%m-%d}"}
        assert task.owner is not None
        notify(people=[task.owner], message=message, params=params, url=task.get_absolute_url())
    Task.objects.bulk_update(untold, ["reminded_on"])
    return list(dict.fromkeys(task.owner for task in untold if task.owner))


@transaction.atomic
def throw_away(*, person: Person, checklist: Checklist) -> None:
    """Take the list off with its open points; refused once a point of it was ticked."""
    rules.refuse_keeping(person)
    row = _held(checklist)
    tasks = list(row.tasks.all())
    if any(task.state in CLOSED for task in tasks) or any(attachments.of_all(tasks).values()):
        raise Refused(_("Points of it are ticked already; they stay."))
    row.tasks.all().delete()
    row.delete()


def _held(checklist: Checklist) -> Checklist:
    return Checklist.objects.select_for_update(of=["self"]).get(pk=checklist.pk)


def _of_departments(row: Checklist, departments: Iterable[Department]) -> Iterator[Task]:
    what = _("plan") if row.kind == ChecklistKind.PLANS else _("summary")
    for department in departments:
        title = _("%(department)s: %(what)s") % {"department": department.name, "what": what}
        yield _point(row, title, department.head, department)


def _of_templates(row: Checklist, points: Sequence[PointTemplate]) -> Iterator[Task]:
    owners = who_holds({point.role for point in points})
    classes: list[SchoolClass] = []
    if any(point.each_class for point in points):
        classes = list(SchoolClass.objects.filter(year=row.term.year).select_related("homeroom_teacher__department"))
    for point in points:
        if point.each_class:
            for each in classes:
                yield _point(row, f"{each}：{point.title}", each.homeroom_teacher, None, point.source)
        else:
            yield _point(row, point.title, owners.get(point.role), None, point.source)


def _point(row: Checklist, title: str, owner: Person | None, department: Department | None, source: str = "") -> Task:
    where = department or (owner.department if owner else None)
    given: dict[str, Any] = {"title": title[:120], "owner": owner, "department": where, "source": source}
    return Task(checklist=row, starts=row.due - AHEAD, due=row.due, **given)


def _enter(person: Person, row: Checklist, tasks: list[Task]) -> None:
    """Write the points and tell their owners, each once."""
    history.bulk_create(tasks)
    theirs: dict[Person, list[Task]] = {}
    for task in tasks:
        if task.owner and task.owner != person:
            theirs.setdefault(task.owner, []).append(task)
    for owner, own in theirs.items():
        params = {"task": own[0].title if len(own) == 1 else row.title, "day": f"{row.due:%Y-%m-%d}"}
        url = own[0].get_absolute_url() if len(own) == 1 else row.get_absolute_url()
        notify(people=[owner], message=GIVEN, params=params, url=url)
