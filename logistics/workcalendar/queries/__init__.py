"""Reads of the work calendar: the month's sheet, what waits for a person."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce
from django.utils import timezone

from logistics.records import attachments
from logistics.school.calendar import DAY, SchoolCalendar, calendar_of
from logistics.school.models import Person, RoleAssignment, Term
from logistics.workcalendar.choices import Rhythm, TaskState
from logistics.workcalendar.models import Checklist, HandOn, Task
from logistics.workcalendar.proofs_of import Counted, counted

OFTEN = (Rhythm.SCHOOL_DAY, Rhythm.WEEKLY)  # too often for a short list or a year at a glance
MOST_LATE = 40  # overdue tasks on a month's sheet
MOST_COMING = 8  # lines of the calendar on home
Counts = Mapping[int, Counted]


@dataclass(frozen=True)
class Line:
    """A line of the sheet: one task, all of a week's tasks of a duty that comes every school day, a list's points."""

    task: Task
    count: int = 1
    done: int = 0
    checklist: Checklist | None = None
    counted: Counted | None = None
    files: int = 0

    @property
    def daily(self) -> bool:
        return self.count > 1 and self.checklist is None

    @property
    def left(self) -> int:
        return self.count - self.done


@dataclass(frozen=True)
class WeekPart:
    """A week of the sheet: its number in the term (None in the holidays), first and last day, lines by last day."""

    number: int | None
    first: dt.date
    last: dt.date
    lines: tuple[Line, ...]
    now: bool


@dataclass(frozen=True)
class MonthSheet:
    """A month's tasks: those overdue on top (only this month's sheet has them), then week by week.

    Of very many overdue tasks the latest ``MOST_LATE`` are there; ``late_count`` counts them all.
    """

    first: dt.date
    last: dt.date
    late: tuple[Line, ...]
    late_count: int
    weeks: tuple[WeekPart, ...]
    taught: int
    total: int
    done: int

    @property
    def before(self) -> dt.date:
        return (self.first - DAY).replace(day=1)

    @property
    def after(self) -> dt.date:
        return self.last + DAY

    @property
    def is_under_way(self) -> bool:
        """Whether weeks of it stand before this week."""
        return any(week.now for week in self.weeks[1:])


def month_sheet(month: dt.date, tasks: QuerySet[Task]) -> MonthSheet:
    """The sheet of the month that ``month`` lies in, of these tasks; few statements however many there are."""
    first = month.replace(day=1)
    last = (first + 31 * DAY).replace(day=1) - DAY
    today = timezone.localdate()
    shown = tasks.select_related("owner", "department", "series", "checklist").order_by("due", "starts", "pk")
    shown = attachments.with_count(shown)
    of_month = list(shown.of_month(first, last))  # type: ignore[attr-defined]
    late: tuple[Task, ...] = ()
    if first <= today <= last:
        overdue = shown.late().annotate(of_all=Window(Count("pk"))).order_by("-due", "-pk")  # type: ignore[attr-defined]
        late = tuple(reversed(overdue[:MOST_LATE]))
    ids = {task.pk for task in late}
    counts = counted((*late, *of_month))
    calendar = calendar_of(first, last)
    return MonthSheet(
        first=first,
        last=last,
        late=tuple(_lines(late, counts)),
        late_count=getattr(late[0], "of_all", 0) if late else 0,
        weeks=_weeks(first, last, calendar, [task for task in of_month if task.pk not in ids], counts),
        taught=len(calendar.between(first, last)),
        total=len(of_month),
        done=sum(task.state == TaskState.DONE for task in of_month),
    )


def _weeks(
    first: dt.date, last: dt.date, calendar: SchoolCalendar, tasks: Iterable[Task], counts: Counts
) -> tuple[WeekPart, ...]:
    """Every week of the month; a task stands in the week of its last day, or in the month's last week."""
    by_monday: dict[dt.date, list[Task]] = defaultdict(list)
    for task in tasks:
        day = min(task.due, last)
        by_monday[day - day.weekday() * DAY].append(task)
    parts, monday, today = [], first - first.weekday() * DAY, timezone.localdate()
    while monday <= last:
        begins, ends = max(monday, first), min(monday + 6 * DAY, last)
        term = calendar.term_of(begins) or calendar.term_of(ends)
        lines = tuple(_lines(by_monday[monday], counts))
        parts.append(WeekPart(term.week_of(monday) if term else None, begins, ends, lines, begins <= today <= ends))
        monday += 7 * DAY
    return tuple(parts)


def _lines(tasks: Iterable[Task], counts: Counts) -> Iterable[Line]:
    """One line a task, but one for all of a duty's that comes every school day, and one for a checklist's points."""
    daily: dict[int, list[Task]] = defaultdict(list)
    lists: dict[Checklist, list[Task]] = defaultdict(list)
    for task in tasks:
        if task.checklist:
            lists[task.checklist].append(task)
        elif task.series and task.series.rhythm == Rhythm.SCHOOL_DAY:
            daily[task.series_id or 0].append(task)
        else:
            yield Line(task, counted=counts.get(task.pk), files=getattr(task, "files", 0))
    for rows in daily.values():
        open_ones = [row for row in rows if row.is_open] or rows
        yield Line(open_ones[0], len(rows), sum(row.state == TaskState.DONE for row in rows))
    for checklist, rows in lists.items():
        open_ones = [row for row in rows if row.is_open] or rows
        yield Line(open_ones[0], len(rows), sum(row.state == TaskState.DONE for row in rows), checklist)


def due_for(person: Person) -> QuerySet[Task]:
    """A person's open tasks whose time has come."""
    return Task.objects.open().filter(owner=person, starts__lte=timezone.localdate())


def coming(person: Person) -> QuerySet[Task]:
    """The next open tasks of this month, without what comes every day or week, points of lists and what he has."""
    today = timezone.localdate()
    last = (today.replace(day=1) + 31 * DAY).replace(day=1) - DAY
    rows = Task.objects.open().filter(due__range=(today, last), checklist=None)
    rows = rows.exclude(series__rhythm__in=OFTEN).exclude(owner=person, starts__lte=today)
    return rows.select_related("owner").order_by("due", "pk")[:MOST_COMING]


def offered_to(person: Person) -> QuerySet[HandOn]:
    """Tasks colleagues would like to hand on to this person."""
    waiting = HandOn.objects.filter(to=person, answered_at=None, task__state=TaskState.OPEN)
    return waiting.select_related("task", "by")


def who_holds(roles: Iterable[str]) -> dict[str, Person]:
    """Of each role the colleague who holds it today in his own right; of several the one appointed first."""
    rows = RoleAssignment.objects.in_force().filter(role__in=list(roles), deputy_for=None).select_related("person")
    found: dict[str, Person] = {}
    for row in rows.order_by("first_day", "pk"):
        found.setdefault(row.role, row.person)
    return found


def with_load(people: QuerySet[Person]) -> QuerySet[Person]:
    """Who has tasks this term, with how many: ``open_tasks`` of which ``late``, ``done`` and ``not_done``.

    Counted are the tasks due in the term of today, and what is left open from before; a duty of every school day counts
    by the day. One statement.
    """
    today = timezone.localdate()
    term = Term.now()
    begins = term.first_day if term else today.replace(month=1, day=1)
    ends = term.last_day if term else today.replace(month=12, day=31)
    mine = Task.objects.filter(owner=OuterRef("pk")).order_by()
    of_term = mine.filter(due__range=(begins, ends))
    counted = {
        "open_tasks": mine.filter(state=TaskState.OPEN, due__lte=ends),
        "late": mine.filter(state=TaskState.OPEN, due__lt=today),
        "done": of_term.filter(state=TaskState.DONE),
        "not_done": of_term.filter(state=TaskState.NOT_DONE),
    }
    sums = {
        name: Coalesce(Subquery(rows.values("owner").annotate(count=Count("pk")).values("count")), 0)
        for name, rows in counted.items()
    }
    return people.filter(Exists(of_term) | Exists(counted["open_tasks"])).annotate(**sums)
