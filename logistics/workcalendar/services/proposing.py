"""Drafts of a plan begun: the lines proposed from a written text, or from an earlier year or term."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics.base.changes import change
from logistics.school.choices import TermNumber
from logistics.school.models import Department, Person, SchoolYear, Term
from logistics.workcalendar import rules
from logistics.workcalendar.choices import DraftOrigin
from logistics.workcalendar.models import PlanDraft, Proposal, Task
from logistics.workcalendar.placing import Placed, august_comes_first, into_term, moved, moved_by_week, place
from logistics.workcalendar.queries import who_holds
from logistics.workcalendar.queries.drafts import planned_titles, tasks_of_year, year_plan
from logistics.workcalendar.reading.documents import too_long
from logistics.workcalendar.reading.plans import Plan, PlanItem, TooLong, read_plan
from logistics.workcalendar.reading.rhythms import PlanDuty
from logistics.workcalendar.rules import Refused
from logistics.workcalendar.services.series import as_fields


@transaction.atomic
def read_text(*, person: Person, name: str, text: str, term: Term | None = None) -> PlanDraft:
    """Read a written plan for the school year of ``term``, which weeks without a month mean.

    Without a term it is the one the plan names, as it runs or comes next. Raises Refused: not the calendar's keeper;
    too long, nothing found; no term entered yet.
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
    term = term or _term_of(plan)
    draft = PlanDraft(name=name, origin=DraftOrigin.WRITTEN, year=term.year, term=term, text=text, made_by=person)
    change(draft)
    Proposal.objects.bulk_create(_read(draft, plan))
    return draft


def _term_of(plan: Plan) -> Term:
    """The term a plan is for: that of its number which runs or comes next, else the latest there is."""
    rows = Term.objects.select_related("year")
    for terms in (rows.filter(number=plan.term), rows) if plan.term else (rows,):
        coming = terms.filter(last_day__gte=timezone.localdate()).order_by("first_day").first()
        if term := coming or terms.order_by("-first_day").first():
            return term
    raise Refused({"term": _("Enter the school year and its terms first.")})


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
    if duty.reported and not remark:
        remark = _("The plan tells that it was done. Does it come again?")
    elif duty.uncertain and not remark:
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


def _days(first: dt.date, last: dt.date) -> str:
    return f"{first:%Y-%m-%d} – {last:%m-%d}" if first != last else f"{last:%Y-%m-%d}"
