"""The work calendar as the school hangs it on the wall: a month's sheet by week and department, a year at a glance."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from logistics.printing.catalogue import paper_form
from logistics.printing.pages import on_one_page
from logistics.printing.papers import Column, Fact, LineKind, Paper
from logistics.printing.papers import Line as Row
from logistics.school.models import Person, School, SchoolYear
from logistics.workcalendar.choices import TaskState
from logistics.workcalendar.models import Checklist, Task
from logistics.workcalendar.queries import OFTEN, Line, MonthSheet, WeekPart, month_sheet

LOOK = "workcalendar.view_calendar"
MOST_ACROSS = 10  # columns of the wall's grid; more are too narrow to read from a step away
NOBODY = (10**6, "")  # after every department


@paper_form(title=gettext_lazy("Work calendar"), permission=LOOK)
def month_paper(person: Person, *, month: str) -> Paper:
    """行事历 of a month such as 2026-11 on one landscape page: weeks down, departments across, on A4 or else on A3.

    A month too full for that is a list by week and department, on as few pages as it takes.
    """
    sheet = month_sheet(dt.date.fromisoformat(f"{month}-01"), Task.objects.all())
    grid, listed = grid_paper(sheet), list_paper(sheet)
    shapes = [grid, replace(grid, large=True)] if len(grid.columns) <= MOST_ACROSS else []
    shapes += [listed, replace(listed, large=True)]
    return next((paper for paper in shapes if on_one_page(paper)), shapes[-1])


def grid_paper(sheet: MonthSheet) -> Paper:
    """A row for each week, a column for each department that has something to do, the others' in the last one."""
    parts = _parts(sheet)
    found = {_department(line)[:2] for _label, lines in parts for line in lines}
    columns = sorted(found) or [NOBODY]
    rows = []
    for label, lines in parts:
        cells: dict[tuple[int, str], list[str]] = {key: [] for key in columns}
        for line in lines:
            cells[_department(line)[:2]].append(_in_cell(line))
        rows.append(Row((label, *("\n".join(cells[key]) for key in columns))))
    heads = [Column(name or _("Others"), 4) for _order, name in columns]
    return _wall(sheet, (Column(pgettext("calendar", "Week"), 2, centred=True), *heads), rows)


def list_paper(sheet: MonthSheet) -> Paper:
    """A row for each task, under its week and within it by department, to be ticked off by hand."""
    rows: list[Row] = []
    for label, lines in _parts(sheet):
        if lines:
            rows.append(Row((label.replace("\n", "　"),), LineKind.HEADING))
            rows += [_row(line) for line in lines]
    return _wall(sheet, _columns(), rows)


def _parts(sheet: MonthSheet) -> list[tuple[str, list[Line]]]:
    """What is left from before, then the weeks; within each by department."""
    parts = [(_("Left from before"), sorted(sheet.late, key=_department))] if sheet.late else []
    return parts + [(_week(week), sorted(week.lines, key=_department)) for week in sheet.weeks]


def _wall(sheet: MonthSheet, columns: tuple[Column, ...], rows: list[Row]) -> Paper:
    return Paper(
        title=_("Work calendar of %(month)s") % {"month": date_format(sheet.first, "YEAR_MONTH_FORMAT")},
        school=School.current().name,
        landscape=True,
        dense=True,
        money_unit=False,
        facts=(
            Fact(_("Days with lessons"), str(sheet.taught)),
            Fact(pgettext("calendar", "Tasks"), str(sheet.total + sheet.late_count)),
        ),
        columns=columns,
        lines=tuple(rows),
        bookmark=f"{sheet.first:%Y-%m}",
    )


def _in_cell(line: Line) -> str:
    """A task in a cell of the grid: a box to tick, what, whose, until when."""
    task = line.task
    if line.checklist:
        return f"{_box(line)} {line.checklist.title} {line.done}/{line.count}（{line.checklist.due:%m-%d}）"
    whose = str(task.owner or "")
    if line.daily:
        return _("Each day: %(task)s") % {"task": f"{task.title}（{whose}）" if whose else task.title}
    return f"{_box(line)} {task.title}（{f'{whose} ' if whose else ''}{task.due:%m-%d}）"


def _box(line: Line) -> str:
    if line.checklist:
        return "□" if line.left else "√"
    return {TaskState.DONE.value: "√", TaskState.NOT_DONE.value: "×"}.get(line.task.state, "□")


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
            Column(_("Line"), 0.7, centred=True),
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
    days = f"{week.first:%m-%d}–{week.last:%m-%d}" if week.first != week.last else f"{week.first:%m-%d}"
    return f"{name}\n{days}"


def _department(line: Line) -> tuple[int, str, dt.date]:
    """Departments in the school's order, those without one last; within one by day."""
    where = None if line.checklist else line.task.department
    return (*((where.order, where.name) if where else NOBODY), line.task.due)
