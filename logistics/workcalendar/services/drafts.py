"""Drafts of a plan, once begun (``proposing``): mended, taken over, taken back, thrown away."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from logistics.base import history
from logistics.notices.services import notify
from logistics.school.models import Person
from logistics.workcalendar import rules
from logistics.workcalendar.choices import TaskState
from logistics.workcalendar.models import PlanDraft, Proposal, Series, Task
from logistics.workcalendar.models.tasks import CLOSED
from logistics.workcalendar.rules import Refused
from logistics.workcalendar.services.series import start_series, withdraw_series
from logistics.workcalendar.services.tasks import GIVEN

GIVEN_MANY = gettext_noop("%(count)s tasks of “%(plan)s” are yours.")
TASK_FIELDS = ("title", "detail", "owner", "department", "starts", "due", "source")
MENDED = ("chosen", "title", "owner", "starts", "due", "rule", "department", "detail")


@dataclass(frozen=True)
class Taken:
    """What taking over a draft, or taking it back, came to."""

    tasks: int
    series: int


@transaction.atomic
def mend(*, person: Person, draft: PlanDraft, lines: Mapping[int, Mapping[str, Any]]) -> PlanDraft:
    """Keep what was changed in lines that were not taken over yet: their key to the fields of ``MENDED``.

    Raises Refused: not the calendar's keeper; ValidationError.
    """
    rules.refuse_keeping(person)
    row = _held(draft)
    known = {proposal.pk: proposal for proposal in row.proposals.untaken().filter(pk__in=lines)}
    changed = []
    for key, fields in lines.items():
        proposal = known.get(key)
        if proposal and any(getattr(proposal, name) != value for name, value in fields.items()):
            for name, value in fields.items():
                setattr(proposal, name, value)
            _checked(proposal)
            changed.append(proposal)
    Proposal.objects.bulk_update(changed, MENDED)
    return row


@transaction.atomic
def take_over(*, person: Person, draft: PlanDraft) -> Taken:
    """Enter the ticked lines in the calendar, each once; their owners are told.

    Raises Refused: not the calendar's keeper, nothing ticked, somebody has left.
    """
    rules.refuse_keeping(person)
    row = _held(draft)
    chosen = list(row.proposals.untaken().filter(chosen=True).select_related("owner", "department", "original"))
    if not chosen:
        raise Refused(_("Tick what is to be taken over."))
    if left := sorted({line.owner.name for line in chosen if line.owner and not line.owner.is_active}):
        raise Refused(_("%(names)s no longer works here. Choose somebody else.") % {"names": "、".join(left)})
    single = [line for line in chosen if not line.comes_round]
    for line, task in zip(single, history.bulk_create([_task(line) for line in single]), strict=True):
        line.task = task
    again = [line for line in chosen if line.comes_round]
    begins = max(timezone.localdate(), row.year.first_day)
    for line, series in zip(again, start_series([_series(line, begins) for line in again]), strict=True):
        line.series = series
    Proposal.objects.bulk_update(chosen, ["task", "series"])
    _tell_owners(person, row, single)
    return Taken(len(single), len(again))


@transaction.atomic
def take_back(*, person: Person, draft: PlanDraft) -> Taken:
    """Take off the calendar what was taken over and is not closed yet; the lines can be mended and taken over again.

    Raises Refused: not the calendar's keeper, nothing left to take back.
    """
    rules.refuse_keeping(person)
    row = _held(draft)
    taken = row.proposals.exclude(task=None)
    tasks = Task.objects.select_for_update(of=["self"]).filter(pk__in=taken.values("task"))
    standing = {task.pk: task for task in tasks if task.state not in CLOSED}
    single = list(taken.filter(task__in=standing))
    again = list(row.proposals.exclude(series=None).select_related("series"))
    if not (single or again):
        raise Refused(_("Nothing of this draft is open in the calendar."))
    open_tasks = [task for task in standing.values() if task.is_open]
    for task in open_tasks:
        task.state = TaskState.DROPPED
    history.bulk_update(open_tasks, ["state"])
    withdraw_series([line.series for line in again if line.series])
    for line in (*single, *again):
        line.task = line.series = None
    Proposal.objects.bulk_update([*single, *again], ["task", "series"])
    return Taken(len(single), len(again))


@transaction.atomic
def throw_away(*, person: Person, draft: PlanDraft) -> None:
    """Delete a draft of which nothing stands in the calendar. Raises Refused otherwise."""
    rules.refuse_keeping(person)
    row = _held(draft)
    if row.proposals.exclude(task=None, series=None).exists():
        raise Refused(_("Some of it is in the calendar. Take that back first."))
    row.delete()


def _held(draft: PlanDraft) -> PlanDraft:
    return PlanDraft.objects.select_for_update(of=["self"]).select_related("year").get(pk=draft.pk)


def _checked(line: Proposal) -> None:
    """Raises ValidationError for a title too long or days in the wrong order; asks the database nothing."""
    line.clean_fields(exclude=["draft", "owner", "department", "task", "series", "original"])
    if not line.comes_round and (line.starts is None or line.due is None or line.due < line.starts):
        raise ValidationError({"due": _("The last day is before the first.")})


def _task(line: Proposal) -> Task:
    copied: dict[str, Any] = {name: getattr(line, name) for name in TASK_FIELDS}
    return Task(**copied, proof=line.original.proof if line.original else "")


def _series(line: Proposal, begins: dt.date) -> Series:
    about = {"title": line.title, "detail": line.detail, "owner": line.owner, "department": line.department}
    return Series(first_day=begins, source=line.source, **about, **(line.rule or {}))


def _tell_owners(person: Person, draft: PlanDraft, lines: Iterable[Proposal]) -> None:
    """One notice each, however many tasks."""
    theirs: dict[Person, list[Task]] = {}
    for line in lines:
        if line.owner and line.task and line.owner != person:
            theirs.setdefault(line.owner, []).append(line.task)
    for owner, tasks in theirs.items():
        if len(tasks) == 1:
            params, message, url = {"task": tasks[0].title, "day": f"{tasks[0].due:%Y-%m-%d}"}, GIVEN, tasks[0]
            notify(people=[owner], message=message, params=params, url=url.get_absolute_url())
        else:
            given = {"count": str(len(tasks)), "plan": draft.name}
            notify(people=[owner], message=GIVEN_MANY, params=given, url=reverse("workcalendar:my-tasks"))
