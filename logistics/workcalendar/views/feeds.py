"""The calendar of the phone: the addresses, renewing them, the feed itself."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from logistics.base.permissions import requires
from logistics.base.views import ask
from logistics.school.models import School
from logistics.school.who import who
from logistics.workcalendar import rules
from logistics.workcalendar.feeds import ical_of
from logistics.workcalendar.models import Feed
from logistics.workcalendar.services import feeds

LOOK = "workcalendar.view_calendar"


@requires(LOOK)
def phone(request: HttpRequest) -> HttpResponse:
    """One's own address and the school's, and what to do with them."""
    person = who(request)
    mine, school = (_address(request, feeds.feed_of(whose)) for whose in (person, None))
    context = {
        "mine": mine,
        "mine_on_apple": _for_apple(mine),
        "school": school,
        "school_on_apple": _for_apple(school),
        "may_keep": rules.keeps_calendar(person),
    }
    return render(request, "workcalendar/phone.html", context)


@requires(LOOK)
def renew(request: HttpRequest, *, school: bool = False) -> HttpResponse:
    person = who(request)
    if school and not rules.keeps_calendar(person):
        raise PermissionDenied
    return ask(
        request,
        title=_("New address for the school’s calendar") if school else _("New address for my calendar"),
        lead=_("Phones that use the address of now get nothing more until they are given the new one."),
        submit_label=_("New address"),
        danger=True,
        do=lambda _data: feeds.renew(person=person, school=school),
        back=reverse("workcalendar:phone"),
        done=_("There is a new address."),
    )


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The feed for whoever knows its secret; 404 for all else, also once its person has left."""
    found = Feed.objects.select_related("person").filter(secret=secret).first()
    if found is None or (found.person and not found.person.is_active):
        raise Http404
    answer = HttpResponse(ical_of(found), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="calendar.ics"'
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _address(request: HttpRequest, feed: Feed) -> str:
    """The whole address, as a phone wants it."""
    site = School.current().site_address.rstrip("/")
    return f"{site}{feed.get_absolute_url()}" if site else request.build_absolute_uri(feed.get_absolute_url())


def _for_apple(address: str) -> str:
    """The scheme that Apple's devices take as “subscribe to this”."""
    return f"webcal{address.removeprefix('https').removeprefix('http')}"
