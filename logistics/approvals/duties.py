"""What waits for a person: papers to sign, papers that wait for a meeting."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics.approvals.choices import MeetingState, RouteState
from logistics.approvals.models import Route
from logistics.base.duties import Duty
from logistics.base.money import money_text
from logistics.school.models import Person

MOST = 5  # more than these stand in one line that leads to the list


def waiting_for(person: Person) -> Iterator[Duty]:
    """Each paper to sign, the oldest first; when they are many, one line for all. For who records decisions, those."""
    waiting = Route.objects.waiting_for(person).select_related("applicant").defer("facts")
    routes = list(waiting.order_by("started_at", "pk")[: MOST + 1])
    if len(routes) > MOST:
        count = waiting.count()
        title = ngettext("Sign %(count)d paper", "Sign %(count)d papers", count) % {"count": count}
        yield Duty(title, reverse("approvals:inbox"), since=timezone.localtime(routes[0].started_at).date())
    else:
        yield from (_to_sign(route) for route in routes)
    if person.has_perm("approvals.record_decision"):
        yield from _to_decide()


def _to_sign(route: Route) -> Duty:
    amount = f" · ¥{money_text(route.amount)}" if route.amount is not None else ""
    return Duty(
        title=_("Sign %(paper)s") % {"paper": route},
        url=route.get_absolute_url(),
        detail=f"{route.applicant} · {route.title}{amount}",
        since=timezone.localtime(route.started_at).date(),
    )


def _to_decide() -> Iterator[Duty]:
    wanted = Route.objects.filter(state=RouteState.RUNNING, meeting=MeetingState.WANTED)
    count = wanted.count()
    if count:
        title = ngettext("%(count)d paper waits for a meeting", "%(count)d papers wait for a meeting", count)
        yield Duty(title % {"count": count}, reverse("approvals:decision-list"))
