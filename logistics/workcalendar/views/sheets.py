"""The month's sheet."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from logistics.base.duties import Duty
from logistics.base.offers import offered
from logistics.base.permissions import requires
from logistics.printing.delivering import deliver
from logistics.school.models import Person
from logistics.school.queries import year_of_today
from logistics.school.who import who
from logistics.workcalendar import printing
from logistics.workcalendar.models import Task
from logistics.workcalendar.proofs_of import may_follow
from logistics.workcalendar.queries import MOST_LATE, month_sheet
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


def waiting_elsewhere(person: Person) -> list[Duty]:
    """What waits for a person in the other apps, those with a last day first: papers, rooms, deliveries, payments."""
    others = [module for module in offered("duties") if not module.__name__.startswith("logistics.workcalendar.")]
    duties = [duty for module in others for duty in module.waiting_for(person)]
    return sorted(duties, key=lambda duty: duty.due or duty.since or dt.date.max)


@require_POST
@requires(LOOK)
def month_print(request: HttpRequest) -> HttpResponse:
    """The month's sheet for the wall."""
    month = f"{asked_month(request):%Y-%m}"
    back = f"{reverse('workcalendar:sheet')}?month={month}"
    return deliver(request, printing.month_paper, back=back, month=month)


@require_POST
@requires(LOOK)
def year_print(request: HttpRequest) -> HttpResponse:
    """The school year of the month at a glance."""
    month = asked_month(request)
    year = year_of_today(month.replace(day=28))
    if year is None:
        raise Http404
    back = f"{reverse('workcalendar:sheet')}?month={month:%Y-%m}"
    return deliver(request, printing.year_paper, back=back, year=year.pk)


@requires(LOOK)
def sheet(request: HttpRequest) -> HttpResponse:
    """This month's tasks by week, late ones on top; only one's own with ``?mine=1``."""
    person, mine = who(request), request.GET.get("mine") == "1"
    tasks = Task.objects.filter(owner=person) if mine else Task.objects.all()
    context = {
        "sheet": month_sheet(asked_month(request), tasks),
        "elsewhere": waiting_elsewhere(person) if mine else [],
        "may_follow": may_follow(person),
        "most_late": MOST_LATE,
        "mine": mine,
        "today": timezone.localdate(),
        "may_keep": keeps_calendar(person),
        "sees_outcomes": mine or person.has_perm(OVERSEE),
    }
    return render(request, "workcalendar/sheet.html", context)
