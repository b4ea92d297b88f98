"""The month's sheet."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from logistics.base.permissions import requires
from logistics.school.who import who
from logistics.workcalendar.models import Task
from logistics.workcalendar.queries import month_sheet
from logistics.workcalendar.rules import OVERSEE, keeps_calendar

LOOK = "workcalendar.view_calendar"


def asked_month(request: HttpRequest) -> dt.date:
    """The first day of the month ``?month=2026-11``, else of this month."""
    this = timezone.localdate().replace(day=1)
    try:
        month = dt.date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return this
    return month if dt.date.min.year < month.year < dt.date.max.year else this


@requires(LOOK)
def sheet(request: HttpRequest) -> HttpResponse:
    """This month's tasks by week, late ones on top; only one's own with ``?mine=1``."""
    person, mine = who(request), request.GET.get("mine") == "1"
    tasks = Task.objects.filter(owner=person) if mine else Task.objects.all()
    context = {
        "sheet": month_sheet(asked_month(request), tasks),
        "mine": mine,
        "today": timezone.localdate(),
        "may_keep": keeps_calendar(person),
        "sees_outcomes": mine or person.has_perm(OVERSEE),
    }
    return render(request, "workcalendar/sheet.html", context)
