"""Reminding those who have to sign, every so many days until they have (R06)."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from logistics.approvals.choices import RouteState, StepState
from logistics.approvals.models import Step
from logistics.approvals.rules import asked
from logistics.notices.services import notify
from logistics.school.models.limits import limit

STILL = gettext_noop("%(paper)s by %(applicant)s still waits for your signature, for %(days)d days now")


def wait() -> dt.timedelta:
    """How long an open step waits before somebody is reminded; nothing: nobody is."""
    return dt.timedelta(days=int(limit("approvals.remind_after_days")))


@transaction.atomic
def remind(step_id: int) -> dt.datetime | None:
    """Remind those asked when it is time; when to look again, None once the step is signed or void.

    Called twice at once, or too early, it reminds once.
    """
    held = Step.objects.select_for_update(of=("self",)).select_related("route__applicant").filter(pk=step_id).first()
    if held is None or held.state != StepState.OPEN or held.route.state != RouteState.RUNNING or not wait():
        return None
    since = held.asked_at or held.route.started_at
    due, now = (held.reminded_at or since) + wait(), timezone.now()
    if now < due:
        return due
    held.reminded_at = now
    held.save(update_fields=["reminded_at"])
    notify(
        people=asked(held),
        message=STILL,
        params={
            "paper": str(held.route),
            "applicant": held.route.applicant.name,
            "days": (timezone.localdate(now) - timezone.localdate(since)).days,
        },
        url=held.route.get_absolute_url(),
    )
    return now + wait()
