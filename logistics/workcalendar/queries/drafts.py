"""Reads for drafts of a plan: the year to plan, the tasks it is copied from, what is planned already."""

import datetime as dt

from logistics.school.calendar import DAY, calendar_of
from logistics.school.models import SchoolYear, Term
from logistics.workcalendar.choices import TaskState
from logistics.workcalendar.models import Series, Task
from logistics.workcalendar.placing import YearPlan

AROUND = 60 * DAY
AUGUST = 31 * DAY  # a school year's plan begins with the August before it


def year_plan(year: SchoolYear, term: Term | None = None) -> YearPlan:
    """The school year as a value, with the days around it; two statements."""
    calendar = calendar_of(year.first_day - AROUND, year.last_day + AROUND)
    span = next((each for each in calendar.terms if term and each.first == term.first_day), None)
    return YearPlan(calendar, year.first_day, year.last_day, span)


def days_of_plan(year: SchoolYear) -> tuple[dt.date, dt.date]:
    """From the August before a school year to its July: what one plan covers."""
    return year.first_day - AUGUST, year.last_day - AUGUST


def tasks_of_year(year: SchoolYear, number: int | None = None) -> list[Task]:
    """The single tasks of a year's plan, or of the term ``number`` and the holidays after it; without dropped ones."""
    first, last = days_of_plan(year)
    rows = Task.objects.filter(series=None, checklist=None, due__range=(first, last)).exclude(state=TaskState.DROPPED)
    second = year.terms.filter(number=2).first()
    if number == 1 and second:
        rows = rows.filter(due__lt=second.first_day)
    elif number == 2:
        rows = rows.filter(due__gte=second.first_day) if second else rows.none()
    return list(rows.select_related("owner", "department").order_by("due", "starts", "pk"))


def planned_titles(year: SchoolYear, number: int | None = None) -> set[str]:
    """Titles of the single tasks in a year's plan, or in its term ``number``, and of what comes round."""
    running = Series.objects.running().values_list("title", flat=True)
    return {*(task.title for task in tasks_of_year(year, number)), *running}
