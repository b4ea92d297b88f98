"""Recording what a meeting decided; when all present have signed, the paper it was about may go on."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from logistics.approvals.choices import MeetingState, Presence, RouteState
from logistics.approvals.kinds import StepSpec
from logistics.approvals.models import Attendance, Decision, Route
from logistics.approvals.rules import Refused, asked, open_step
from logistics.approvals.services.routes import locked, start
from logistics.notices.services import notify
from logistics.records.numbers import take
from logistics.school.models import Person

KIND, PREFIX = "approvals.decision", "JY"  # 决议
DECIDED = gettext_noop("The meeting has decided about %(paper)s: %(outcome)s")


@transaction.atomic
def record(*, person: Person, route: Route, attendance: Mapping[Person, str], **fields: Any) -> Decision:
    """Write down a collective decision (forms.md, 集体决策记录) and send it to all present to sign.

    ``attendance`` says of each person asked whether he was present. Raises Refused: the paper asks for no meeting, a
    decision about it waits for signatures, fewer than two sign, the votes are not those present; ValidationError by
    field.
    """
    held = locked(route)
    _refuse_needless(held)
    decision = Decision(route=held, recorded_by=person, **fields)
    if decision.held_at and decision.held_at > timezone.now():
        raise Refused({"held_at": _("The meeting has not been held yet.")})
    voters = [who for who, presence in attendance.items() if presence == Presence.PRESENT]
    votes = decision.votes_for + decision.votes_against + decision.abstentions
    if votes != len(voters):
        text = _("%(votes)d votes, but %(voters)d people present with a vote.")
        raise Refused(text % {"votes": votes, "voters": len(voters)})
    if decision.chaired_by_id and attendance.get(decision.chaired_by) in {None, Presence.ABSENT}:
        raise Refused({"chaired_by": _("Who chaired the meeting was present.")})
    present = [who for who, presence in attendance.items() if presence != Presence.ABSENT and who != person]
    if len(voters) < 2 or not present:
        raise Refused(_("A collective decision is signed by two people or more."))
    (decision.number,) = take(PREFIX, timezone.localdate(decision.held_at).year)
    decision.full_clean(exclude=["route"])
    decision.save()
    Attendance.objects.bulk_create(
        Attendance(decision=decision, person=who, presence=presence) for who, presence in attendance.items()
    )
    start(
        person=person,
        paper=decision,
        kind=KIND,
        number=decision.number,
        title=decision.topic,
        facts=facts_of(decision, attendance),
        steps=[StepSpec(people=tuple(present), label=_("All present"))],
    )
    return decision


def settle(route: Route) -> None:
    """Once all present have signed, the paper that was discussed says so; a decision sent back says nothing."""
    if route.state != RouteState.APPROVED:
        return
    decision = Decision.objects.get(pk=route.object_id)
    discussed = locked(decision.route)
    if discussed.state != RouteState.RUNNING or discussed.meeting != MeetingState.WANTED:
        return
    discussed.meeting = MeetingState.PASSED if decision.passed else MeetingState.REFUSED
    discussed.save(update_fields=["meeting"])
    step = open_step(discussed)
    outcome = str(discussed.get_meeting_display())
    notify(
        people=[discussed.applicant, *(asked(step) if step else [])],
        message=DECIDED,
        params={"paper": str(discussed), "outcome": outcome},
        url=discussed.get_absolute_url(),
    )


def facts_of(decision: Decision, attendance: Mapping[Person, str]) -> dict[str, Any]:
    """What is signed: the whole record."""
    by = {presence: [p.name for p, said in attendance.items() if said == presence] for presence in Presence}
    return {
        "number": decision.number,
        "about": str(decision.route),
        "about_hash": decision.route.facts_hash,
        "held_at": timezone.localtime(decision.held_at).strftime("%Y-%m-%d %H:%M"),
        "place": decision.place,
        "chaired_by": decision.chaired_by.name,
        "recorded_by": decision.recorded_by.name,
        "present": by[Presence.PRESENT],
        "observers": by[Presence.OBSERVER],
        "absent": by[Presence.ABSENT],
        "topic": decision.topic,
        "background": decision.background,
        "opinions": decision.opinions,
        "votes": [decision.votes_for, decision.votes_against, decision.abstentions],
        "passed": decision.passed,
        "resolution": decision.resolution,
        "responsible": decision.responsible.name if decision.responsible else "",
        "due": decision.due.isoformat() if decision.due else "",
    }


def _refuse_needless(route: Route) -> None:
    if route.state != RouteState.RUNNING or route.meeting != MeetingState.WANTED:
        raise Refused(_("This paper asks for no meeting now."))
    waiting = Route.objects.filter(kind=KIND, state=RouteState.RUNNING)
    if route.decisions.filter(pk__in=waiting.values("object_id")).exists():
        raise Refused(_("A decision about this paper is being signed already."))
