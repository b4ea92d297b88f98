"""The work calendar as the school hangs it on the wall: a month's sheet by week and department, a year at a glance."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from logistics.printing.catalogue import paper_form
from logistics.printing.papers import Column, Fact, LineKind, Paper
from logistics.printing.papers import Line as Row
from logistics.school.models import Person, School, SchoolYear
from logistics.workcalendar.choices import TaskState
from logistics.workcalendar.models import Checklist, Task
from logistics.workcalendar.queries import OFTEN, Line, WeekPart, month_sheet

LOOK = "workcalendar.view_calendar"


@paper_form(title=gettext_lazy("Work calendar"), permission=LOOK)
def month_paper(person: Person, *, month: str) -> Paper:
    """行事历 of a month such as 2026-11, by week and within it by department, to be ticked off by hand."""
    sheet = month_sheet(dt.date.fromisoformat(f"{month}-01"), Task.objects.all())
    rows: list[Row] = []
    if sheet.late:
        rows.append(Row((_("Left from before"),), LineKind.HEADING))
        rows += [_row(line) for line in sorted(sheet.late, key=_department)]
    for week in sheet.weeks:
        if week.lines:
            rows.append(Row((_week(week),), LineKind.HEADING))
            rows += [_row(line) for line in sorted(week.lines, key=_department)]
    return Paper(
        title=_("Work calendar of %(month)s") % {"month": date_format(sheet.first, "YEAR_MONTH_FORMAT")},
        school=School.current().name,
        landscape=True,
        dense=True,
        money_unit=False,
        facts=(
            Fact(_("Days with lessons"), str(sheet.taught)),
            Fact(pgettext("calendar", "Tasks"), str(sheet.total + len(sheet.late))),
        ),
        columns=_columns(),
        lines=tuple(rows),
        bookmark=month,
    )


@paper_form(title=gettext_lazy("The year at a glance"), permission=LOOK)
def year_paper(person: Person, *, year: int) -> Paper:
    """A school year's tasks month by month, without what comes every day or week. Raises DoesNotExist."""
    row = SchoolYear.objects.get(pk=year)
    tasks = (
        Task.objects.filter(due__range=(row.first_day, row.last_day))
        .exclude(state=TaskState.DROPPED)
        .exclude(series__rhythm__in=OFTEN)
        .select_related("owner", "department")
        .order_by("due", "pk")
    )
    return Paper(
        title=_("Work calendar of %(year)s at a glance") % {"year": row.name},
        school=School.current().name,
        landscape=True,
        dense=True,
        money_unit=False,
        columns=_columns(),
        lines=tuple(_months(tasks)),
        bookmark=row.name,
    )


@paper_form(title=gettext_lazy("Checklist"), permission=LOOK)
def checklist_paper(person: Person, *, checklist: int) -> Paper:
    """A term's checklist as a form: each point with whose it is, to be ticked and signed. Raises DoesNotExist."""
    row = Checklist.objects.select_related("term__year").get(pk=checklist)
    tasks = row.tasks.exclude(state=TaskState.DROPPED).select_related("owner", "department").order_by("pk")
    return Paper(
        title=row.title,
        school=School.current().name,
        money_unit=False,
        facts=(Fact(_("Term"), str(row.term)), Fact(_("To be done by"), f"{row.due:%Y-%m-%d}")),
        columns=(
            Column(_("No."), 0.7, centred=True),
            Column(pgettext("calendar", "Task"), 6),
            Column(_("Person responsible"), 1.5),
            Column(_("Outcome"), 2),
            Column(_("Signature"), 1.8),
        ),
        lines=tuple(
            Row((str(number), task.title, str(task.owner or ""), _outcome(task), ""))
            for number, task in enumerate(tasks, 1)
        ),
        bookmark=row.title,
    )


def _outcome(task: Task) -> str:
    return "" if task.is_open else str(task.get_state_display())


def _months(tasks: Iterable[Task]) -> Iterator[Row]:
    month = None
    for task in tasks:
        if (task.due.year, task.due.month) != month:
            month = (task.due.year, task.due.month)
            yield Row((date_format(task.due, "YEAR_MONTH_FORMAT"),), LineKind.HEADING)
        yield _row(Line(task))


def _columns() -> tuple[Column, ...]:
    return (
        Column(pgettext("calendar", "Task"), 6),
        Column(_("Department"), 2),
        Column(_("Person responsible"), 1.5),
        Column(_("To be done by"), 2, centred=True),
        Column(_("Outcome"), 2),
    )


def _row(line: Line) -> Row:
    task = line.task
    if line.checklist:
        words = _("%(done)d of %(total)d points") % {"done": line.done, "total": line.count}
        return Row((line.checklist.title, "", "", f"{task.due:%m-%d}", words))
    if line.daily:
        days, outcome = (
            _("every school day"),
            _("%(done)d of %(total)d days") % {"done": line.done, "total": line.count},
        )
    else:
        span = (task.starts, task.due) if task.starts != task.due else (task.due,)
        days = "–".join(f"{day:%m-%d}" for day in span)
        outcome = _outcome(task)
    return Row((task.title, str(task.department or ""), str(task.owner or ""), days, outcome))


def _week(week: WeekPart) -> str:
    name = _("Week %(number)s") % {"number": week.number} if week.number is not None else _("Vacation")
    return f"{name}　{week.first:%m-%d}–{week.last:%m-%d}"


def _department(line: Line) -> tuple[int, str, dt.date]:
    """Departments in the school's order, those without one last; within one by day."""
    where = line.task.department
    return (where.order if where else 10**6, where.name if where else "", line.task.due)
