"""Recurring tasks: their rules, the tasks made from them for a year, changing one and all that follow."""

import datetime as dt
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics.base import history
from logistics.base.changes import change
from logistics.base.locks import hold
from logistics.school.calendar import DAY, SchoolCalendar, calendar_of
from logistics.school.models import Person, SchoolYear
from logistics.workcalendar import rules
from logistics.workcalendar.choices import TaskState
from logistics.workcalendar.models import Series, Task
from logistics.workcalendar.models.tasks import CLOSED
from logistics.workcalendar.plan_templates import Starter
from logistics.workcalendar.queries import who_holds
from logistics.workcalendar.recurrence import Occasion, Recurrence, occasions

LOCK = "workcalendar.series"
COPIED = ("title", "detail", "department_id", "owner_id", "proof", "source")
ROUND = 60 * DAY  # days read before and after a year, for what moves off holidays


@dataclass(frozen=True)
class Made:
    """What making a year's tasks came to."""

    new: int
    moved: int
    dropped: int


@transaction.atomic
def save_series(*, person: Person, series: Series | None = None, **fields: Any) -> Series:
    """Enter or change a recurring task and bring its open tasks up to date, from today on.

    Raises Refused: not the calendar's keeper; ValidationError by field.
    """
    rules.refuse_keeping(person)
    hold(LOCK)
    row = Series.objects.get(pk=series.pk) if series else Series()
    change(row, **fields)
    _bring_up_to_date(row)
    return row


@transaction.atomic
def adopt(*, person: Person, chosen: Sequence[Starter], first_day: dt.date) -> list[Series]:
    """Take duties of the templates over, from ``first_day`` on, each in the name of who holds its role today.

    A duty whose title comes round already is left out. Raises Refused: not the calendar's keeper.
    """
    rules.refuse_keeping(person)
    hold(LOCK)
    there = set(Series.objects.running().values_list("title", flat=True))
    owners = who_holds({starter.role for starter in chosen})
    return start_series(
        [
            Series(
                first_day=first_day,
                title=starter.title,
                source=starter.source,
                owner=owners.get(starter.role),
                **as_fields(starter.rule),
            )
            for starter in chosen
            if starter.title not in there
        ]
    )


def start_series(rows: list[Series]) -> list[Series]:
    """Enter these recurring tasks and make their tasks ahead; for a caller that has checked who asks."""
    hold(LOCK)
    for row in rows:
        change(row)
    _make_ahead(rows)
    return rows


def withdraw_series(rows: Sequence[Series]) -> None:
    """They come round no more and none of their open tasks stays; for a caller that has checked who asks."""
    hold(LOCK)
    today = timezone.localdate()
    for row in rows:
        change(row, last_day=max(row.first_day, today - DAY))
    tasks = list(Task.objects.open().filter(series__in=rows).select_for_update(of=("self",)))
    for task in tasks:
        task.state, task.by_hand = TaskState.DROPPED, True
    history.bulk_update(tasks, ["state", "by_hand"])


def as_fields(rule: Recurrence) -> dict[str, Any]:
    """A rule as the fields of a series, fit for JSON."""
    return {**asdict(rule), "terms": list(rule.terms), "months": list(rule.months)}


@transaction.atomic
def end_series(*, person: Person, series: Series, last_day: dt.date) -> Series:
    """It comes round no more after ``last_day``; its open tasks after that day are dropped. Raises Refused."""
    return save_series(person=person, series=series, last_day=last_day)


@transaction.atomic
def change_following(*, person: Person, task: Task, **fields: Any) -> Series:
    """Change a task of a series and all that follow it: the series ends before it, a new one goes on from it.

    ``fields`` are those of a series. Tasks that are closed or were given days of their own stay. Raises Refused.
    """
    rules.refuse_keeping(person)
    hold(LOCK)
    row = Task.objects.select_related("series").get(pk=task.pk)
    if row.series is None:
        raise rules.Refused(_("This task stands alone: change the task itself."))
    old, new = row.series, deepcopy(row.series)
    new.pk, new._state.adding = None, True
    change(new, **{**fields, "first_day": row.starts, "last_day": old.last_day})
    following = list(old.tasks.filter(due__gte=row.due, state=TaskState.OPEN).select_for_update(of=("self",)))
    for each in following:
        each.series = new
    history.bulk_update(following, ["series"])
    change(old, last_day=max(row.starts - DAY, old.first_day))
    _bring_up_to_date(new)
    return new


@transaction.atomic
def make_tasks(*, year: SchoolYear, series: Iterable[Series] | None = None) -> Made:
    """Make the tasks of a school year ahead; what is there already is not made twice.

    Open tasks whose rule now gives another day move to it, those it gives no longer are dropped, and come back when it
    does again. What is closed or was changed by hand stays as it is. Few statements, however many series.
    """
    hold(LOCK)
    known = list(Series.objects.all() if series is None else series)
    calendar = calendar_of(year.first_day - ROUND, year.last_day + ROUND)
    there = _there(known, year)
    fresh, moved, dropped = [], [], []
    for row in known:
        wanted = _wanted(row, calendar, year)
        fresh += [_task(row, found) for key, found in wanted.items() if key not in there[row.pk]]
        for key, task in there[row.pk].items():
            if key in wanted and _moves(task, wanted[key]):
                task.starts, task.due, task.state = wanted[key].starts, wanted[key].day, TaskState.OPEN
                moved.append(task)
            elif key not in wanted and _goes(task, year):
                task.state = TaskState.DROPPED
                dropped.append(task)
    history.bulk_create(fresh)
    history.bulk_update(moved, ["starts", "due", "state"])
    history.bulk_update(dropped, ["state"])
    return Made(len(fresh), len(moved), len(dropped))


def make_every_year() -> Made:
    """Make the tasks of the running year and of those entered after it; every morning, and when it is asked for."""
    made = [make_tasks(year=year) for year in SchoolYear.objects.filter(last_day__gte=timezone.localdate())]
    return Made(sum(each.new for each in made), sum(each.moved for each in made), sum(each.dropped for each in made))


def _there(series: Sequence[Series], year: SchoolYear) -> dict[int, dict[str, Task]]:
    """The tasks of these series around a year, locked, by series and occasion; moved ones wherever they are."""
    around = Q(due__range=(year.first_day - ROUND, year.last_day + ROUND)) | Q(by_hand=True)
    there: dict[int, dict[str, Task]] = {row.pk: {} for row in series}
    for task in Task.objects.filter(around, series__in=series).select_for_update(of=("self",)):
        there[task.series_id or 0][task.occasion] = task
    return there


def _wanted(series: Series, calendar: SchoolCalendar, year: SchoolYear) -> dict[str, Occasion]:
    """What the rule gives in a year while the series runs."""
    return {
        found.key: found
        for found in occasions(series.rule, calendar, year.first_day, year.last_day)
        if series.first_day <= found.day and (series.last_day is None or found.starts <= series.last_day)
    }


def _moves(task: Task, found: Occasion) -> bool:
    """Whether the rule changes it: open with other days, or dropped by the rule before."""
    if task.by_hand or task.state in CLOSED:
        return False
    return task.state == TaskState.DROPPED or (task.starts, task.due) != (found.starts, found.day)


def _goes(task: Task, year: SchoolYear) -> bool:
    """Whether a task that the rule gives no longer is dropped: while it is open, in this year and not over."""
    here = year.first_day <= task.due <= year.last_day and task.due >= timezone.localdate()
    return task.is_open and here and not task.by_hand


def _task(series: Series, found: Occasion) -> Task:
    copied = {name: getattr(series, name) for name in COPIED}
    return Task(series=series, occasion=found.key, starts=found.starts, due=found.day, **copied)


def _bring_up_to_date(series: Series) -> None:
    """Its open tasks say what it says, and the running and coming years have theirs."""
    _copy_to_open(series)
    _make_ahead([series])


def _make_ahead(series: Sequence[Series]) -> None:
    """The tasks of the running and coming years."""
    for year in SchoolYear.objects.filter(last_day__gte=timezone.localdate()):
        make_tasks(year=year, series=series)


def _copy_to_open(series: Series) -> None:
    waiting = series.tasks.filter(state=TaskState.OPEN, due__gte=timezone.localdate())
    rows = list(waiting.select_for_update(of=("self",)))
    differing = [row for row in rows if any(getattr(row, name) != getattr(series, name) for name in COPIED)]
    for row in differing:
        for name in COPIED:
            setattr(row, name, getattr(series, name))
    history.bulk_update(differing, COPIED)
