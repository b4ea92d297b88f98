"""Drafts of a plan: read from a text or copied from an earlier year, mended, taken over, taken back."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from logistics.base import history
from logistics.base.changes import change
from logistics.notices.services import notify
from logistics.school.choices import TermNumber
from logistics.school.models import Department, Person, SchoolYear, Term
from logistics.workcalendar import rules
from logistics.workcalendar.choices import DraftOrigin, TaskState
from logistics.workcalendar.models import PlanDraft, Proposal, Series, Task
from logistics.workcalendar.models.tasks import CLOSED
from logistics.workcalendar.placing import Placed, august_comes_first, into_term, moved, moved_by_week, place
from logistics.workcalendar.queries import who_holds
from logistics.workcalendar.queries.drafts import planned_titles, tasks_of_year, year_plan
from logistics.workcalendar.reading.documents import too_long
from logistics.workcalendar.reading.plans import Plan, PlanItem, TooLong, read_plan
from logistics.workcalendar.reading.rhythms import PlanDuty
from logistics.workcalendar.rules import Refused
from logistics.workcalendar.services.series import as_fields, start_series, withdraw_series
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
def read_text(*, person: Person, name: str, text: str, term: Term) -> PlanDraft:
    """Read a written plan for the school year of ``term``, which weeks without a month mean.

    Raises Refused: not the calendar's keeper; too long, nothing found.
    """
    rules.refuse_keeping(person)
    try:
        plan = read_plan(text)
    except TooLong as error:
        raise Refused({"text": too_long()}) from error
    if not (plan.items or plan.duties):
        raise Refused(
            {"text": _("No month, week or rhythm was found in it. Begin the parts with lines such as “九月份：”.")}
        )
    draft = PlanDraft(name=name, origin=DraftOrigin.WRITTEN, year=term.year, term=term, text=text, made_by=person)
    change(draft)
    Proposal.objects.bulk_create(_read(draft, plan))
    return draft


@transaction.atomic
def copy_year(
    *, person: Person, old: SchoolYear, year: SchoolYear, number: int | None = None, to: int | None = None
) -> PlanDraft:
    """Propose the single tasks of ``old``, or of its term ``number``, for ``year``; their days follow their rule.

    ``to``: the term of ``year`` that those of ``number`` go to, where it is the other one. Raises Refused: not the
    calendar's keeper, from a term or year to itself, nothing to copy, no such term.
    """
    rules.refuse_keeping(person)
    target = to or number
    if old == year and target == number:
        raise Refused({"old": _("Choose another year or term than the one to plan.")})
    if to and not number:
        raise Refused({"number": _("Choose the term to copy.")})
    if target and not year.terms.filter(number=target).exists():
        raise Refused({"year": _("This year has no such term yet. Enter it first.")})
    tasks = tasks_of_year(old, number)
    if not tasks:
        raise Refused({"old": _("This year has no single tasks. Recurring ones come again by themselves.")})
    term = year.terms.filter(number=target).first() if target else None
    parts = {"old": _part_of(old, number), "new": _part_of(year, target)}
    draft = PlanDraft(
        name=_("%(old)s → %(new)s") % parts, origin=DraftOrigin.COPIED, year=year, term=term, made_by=person
    )
    change(draft)
    before, after = year_plan(old), year_plan(year)
    if number and target and target != number:
        after = into_term(after, number, target)
        placed = [moved_by_week(task.title, task.starts, task.due, before, after) for task in tasks]
    else:
        placed = [moved(task.title, task.starts, task.due, before, after) for task in tasks]
    Proposal.objects.bulk_create(_copied(draft, tasks, placed, planned_titles(year, target)))
    return draft


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


def _read(draft: PlanDraft, plan: Plan) -> list[Proposal]:
    """The lines of a draft from what was read: first what has a time, then what comes round."""
    days, there = year_plan(draft.year, draft.term), planned_titles(draft.year)
    people = _People({item.role for item in plan.items} | {duty.role for duty in plan.duties})
    august = august_comes_first(item.when for item in plan.items)
    rows = [_of_item(item, place(item.when, days, august_first=august), people, there) for item in plan.items]
    rows += [_of_duty(duty, people, there) for duty in plan.duties]
    for number, row in enumerate(rows):
        row.draft, row.place = draft, number
    return rows


def _of_item(item: PlanItem, placed: Placed, people: "_People", there: set[str]) -> Proposal:
    remark = _("Too general to be a task?") if item.vague else _twice(item.title, there)
    return Proposal(
        heading=item.heading,
        line=item.line,
        source=item.source,
        title=item.title,
        detail=item.detail,
        starts=placed.starts,
        due=placed.due,
        why=placed.why,
        remark=remark,
        chosen=not remark,
        **people.of(item),
    )


def _of_duty(duty: PlanDuty, people: "_People", there: set[str]) -> Proposal:
    remark = _twice(duty.title, there)
    if duty.uncertain and not remark:
        remark = _("The plan only says “%(phrase)s”: choose when.") % {"phrase": duty.phrase}
    return Proposal(
        heading=duty.phrase,
        line=duty.line,
        source=duty.source,
        title=duty.title,
        rule=as_fields(duty.rule),
        remark=remark,
        chosen=not remark,
        **people.of(duty),
    )


def _part_of(year: SchoolYear, number: int | None) -> str:
    return f"{year.name} {TermNumber(number).label}" if number else year.name


def _copied(draft: PlanDraft, tasks: Sequence[Task], placed: Sequence[Placed], there: set[str]) -> list[Proposal]:
    """A line for each task, in the order of the new days."""
    rows = []
    for task, found in zip(tasks, placed, strict=True):
        owner = task.owner if task.owner and task.owner.is_active else None
        remark = _twice(task.title, there)
        if task.owner and owner is None and not remark:
            remark = _("%(name)s no longer works here.") % {"name": task.owner}
        rows.append(
            Proposal(
                draft=draft,
                heading=_days(task.starts, task.due),
                why=found.why,
                remark=remark,
                chosen=task.title not in there,
                title=task.title,
                detail=task.detail,
                owner=owner,
                department=task.department,
                starts=found.starts,
                due=found.due,
                source=task.source,
                original=task,
            )
        )
    rows.sort(key=lambda row: (row.due, row.starts))
    for number, row in enumerate(rows):
        row.place = number
    return rows


def _twice(title: str, there: set[str]) -> str:
    return _("The calendar of this year has a task with this title.") if title in there else ""


class _People:
    """Whose a line is: by the names the plan gives, else who holds the role its words tell. Three statements."""

    def __init__(self, roles: Iterable[str]) -> None:
        self.by_role = who_holds(role for role in roles if role)
        self.by_name: dict[str, list[Person]] = {}
        for person in Person.objects.working().select_related("department"):
            self.by_name.setdefault(person.name, []).append(person)
        self.departments = {row.name: row for row in Department.objects.filter(active=True).select_related("head")}

    def of(self, read: Any) -> dict[str, Any]:
        """Owner and department; somebody of several with one name is not guessed."""
        for name in read.owners:
            if len(found := self.by_name.get(name, [])) == 1:
                return {"owner": found[0], "department": found[0].department}
            if name in self.departments:
                return {"owner": self.departments[name].head, "department": self.departments[name]}
        owner = self.by_role.get(read.role)
        return {"owner": owner, "department": owner.department if owner else None}


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


def _days(first: dt.date, last: dt.date) -> str:
    return f"{first:%Y-%m-%d} – {last:%m-%d}" if first != last else f"{last:%Y-%m-%d}"
