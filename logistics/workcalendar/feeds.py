"""A feed as iCalendar (RFC 5545): tasks as events of a day, for the calendar of a phone.

It holds titles and days only: no details, no outcomes, in the school's feed no names. Duties of every school day are
left out, they would bury all else, and a checklist is one event.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from logistics.school.calendar import DAY, calendar_of
from logistics.school.choices import DayKind
from logistics.school.models import School
from logistics.workcalendar.choices import Rhythm, TaskState
from logistics.workcalendar.models import Checklist, Feed, Task

PAST, AHEAD = dt.timedelta(days=90), dt.timedelta(days=400)
HOST = "school-logistics"  # of the UIDs: the same wherever the school's site moves


def ical_of(feed: Feed) -> bytes:
    """The feed's calendar, in the school's language; few statements however many tasks."""
    with translation.override(settings.LANGUAGE_CODE):
        school = School.current()
        calendar = Calendar()
        calendar.add("prodid", f"-//{HOST}//work calendar//ZH")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        name = _("%(name)s’s tasks") % {"name": feed.person} if feed.person else _("Work calendar")
        calendar.add("x-wr-calname", f"{school.short_name or school.name} {name}".strip())
        calendar.add("x-wr-timezone", settings.TIME_ZONE)
        calendar.add("refresh-interval", dt.timedelta(hours=6), parameters={"VALUE": "DURATION"})
        for task in _tasks(feed):
            calendar.add_component(_event(task, school.site_address.rstrip("/")))
        if feed.person is None:
            for event in (*_lists(), *_days_off()):
                calendar.add_component(event)
        content: bytes = calendar.to_ical()
    return content


def _tasks(feed: Feed) -> QuerySet[Task]:
    """What the feed shows, with the moment and number of its changes."""
    today = timezone.localdate()
    trail = Task.history.model.objects.filter(id=OuterRef("pk")).order_by().values("id")
    rows = Task.objects.filter(due__range=(today - PAST, today + AHEAD)).exclude(series__rhythm=Rhythm.SCHOOL_DAY)
    rows = rows.filter(checklist=None) if feed.person is None else rows.filter(owner=feed.person)
    return rows.annotate(
        changed=Subquery(trail.annotate(at=Max("history_date")).values("at")),
        changes=Subquery(trail.annotate(count=Count("pk")).values("count")),
    ).order_by("due", "pk")


def _event(task: Any, site: str) -> Event:
    """A task as an event of its last day. Dropped it is cancelled, so that phones take it off."""
    event = _all_day(f"task-{task.pk}", task.title, task.due, task.due, task.changed or timezone.now())
    event.add("sequence", max((task.changes or 1) - 1, 0))
    event.add("status", "CANCELLED" if task.state == TaskState.DROPPED else "CONFIRMED")
    if task.state == TaskState.DONE:
        event["summary"] = f"✓ {task.title}"
    if task.starts != task.due:
        event.add("description", _("From %(first)s to %(last)s") % {"first": task.starts, "last": task.due})
    if site:
        event.add("url", f"{site}{task.get_absolute_url()}")
    return event


def _lists() -> Iterator[Event]:
    """A checklist as one event of its last day, not its points."""
    today = timezone.localdate()
    trail = Checklist.history.model.objects.filter(id=OuterRef("pk")).order_by().values("id")
    rows = Checklist.objects.filter(due__range=(today - PAST, today + AHEAD)).annotate(
        changed=Subquery(trail.annotate(at=Max("history_date")).values("at"))
    )
    for row in rows.order_by("due", "pk"):
        yield _all_day(f"checklist-{row.pk}", row.title, row.due, row.due, row.changed or row.made_at)


def _days_off() -> Iterator[Event]:
    """Statutory holidays by runs, and make-up days."""
    today = timezone.localdate()
    calendar, now = calendar_of(today - PAST, today + AHEAD), timezone.now()
    for first, last, name in calendar.holidays():
        days = [day for day, kind in calendar.kinds.items() if first <= day <= last and kind == DayKind.HOLIDAY]
        yield _all_day(f"holiday-{days[0]}", name or _("Holiday"), days[0], days[-1], now)
    for day, kind in calendar.kinds.items():
        if kind == DayKind.MAKE_UP:
            yield _all_day(f"make-up-{day}", _("Make-up day"), day, day, now)


def _all_day(uid: str, title: str, first: dt.date, last: dt.date, changed: dt.datetime) -> Event:
    """An event of whole days; its end is the day after the last, as RFC 5545 wants it."""
    event = Event()
    event.add("uid", f"{uid}@{HOST}")
    event.add("dtstamp", changed.astimezone(dt.UTC))
    event.add("last-modified", changed.astimezone(dt.UTC))
    event.add("summary", title)
    event.add("dtstart", first)
    event.add("dtend", last + DAY)
    event.add("transp", "TRANSPARENT")
    return event
