"""Starting, signing and withdrawing a route. One transaction each; the route is the lock."""

import hashlib
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from logistics.approvals.choices import ENDS_AS, NEEDS_REASON, MeetingState, RouteState, StepState, Verdict
from logistics.approvals.kinds import StepSpec, kinds
from logistics.approvals.models import Drawing, Route, Rule, Signature, Step
from logistics.approvals.rules import Refused, asked, chain_of, refuse_signing
from logistics.approvals.services.reminders import wait
from logistics.approvals.tasks import remind_later
from logistics.base.history import acting, now_acting
from logistics.notices.services import notify
from logistics.school.models import Department, Person

TO_SIGN = gettext_noop("%(paper)s by %(applicant)s waits for your signature")
ENDED = {
    RouteState.APPROVED: gettext_noop("%(paper)s is approved"),
    RouteState.RETURNED: gettext_noop("%(paper)s was returned by %(person)s: %(note)s"),
    RouteState.REJECTED: gettext_noop("%(paper)s was rejected by %(person)s: %(note)s"),
}


@transaction.atomic
def start(
    *,
    person: Person,
    paper: models.Model,
    kind: str,
    title: str,
    facts: dict[str, Any],
    rule: Rule | None = None,
    steps: Sequence[StepSpec] = (),
    number: str = "",
    amount: Decimal | None = None,
    department: Department | None = None,
) -> Route:
    """Send a version of ``paper`` on its way, by ``rule`` or by ``steps`` given; both: the rule's and then the steps.

    ``facts`` (what JSON holds) is what is signed from now on: the caller changes the paper only in a new version.
    ``amount`` in yuan. Raises Refused: there is no step, or a version is on its way.
    """
    declared = kinds()[kind]
    chain = [*(chain_of(rule) if rule else ()), *steps]
    if not chain:
        raise Refused(_("No rule says who signs this. Ask general affairs to set one."))
    earlier = Route.objects.select_for_update().of(paper)
    if earlier.filter(state=RouteState.RUNNING).exists():
        raise Refused(_("This paper is being signed already."))
    route = Route(
        kind=declared.key,
        paper=paper,
        version=(earlier.order_by().aggregate(last=Max("version"))["last"] or 0) + 1,
        number=number,
        title=title[:200],
        applicant=person,
        started_at=timezone.now(),
        department=department,
        amount=amount,
        facts=facts,
        facts_hash=hash_of(facts),
        rule=rule,
        demands=rule.demands if rule else {},
        together=bool(rule and rule.together),
        meeting=MeetingState.WANTED if rule and rule.meeting else MeetingState.NONE,
    )
    with _acting(person):
        route.save()
        for position, spec in enumerate(chain, 1):
            step = Step.objects.create(
                route=route,
                position=position,
                role=spec.role,
                label=spec.label,
                count=len(spec.people) or spec.count,
            )
            step.people.set(spec.people)
        _open_next(route)
    return route


@transaction.atomic
def sign(
    *,
    person: Person,
    route: Route,
    verdict: str,
    seen: str,
    note: str = "",
    drawing: Drawing | None = None,
    at: int | None = None,
) -> Signature:
    """Say ``verdict`` to the open step. ``seen`` is the ``facts_hash`` of the version that was shown, ``at`` the id of
    the step: whoever holds two roles signs in the one that he was shown.

    The last approval settles the paper in the same transaction. Raises Refused: another version is there meanwhile, it
    is somebody else's turn, one's own paper, signed already, a meeting decides first, no reason was given.
    """
    held, said = locked(route), Verdict(verdict)
    if held.facts_hash != seen:
        raise Refused(_("The paper has been changed meanwhile. Look at it again."))
    if said in NEEDS_REASON and not note.strip():
        raise Refused({"note": _("Say why.")})
    step = held.steps.filter(state=StepState.OPEN).first()
    if step is None:
        raise Refused(
            _("%(paper)s is no longer being signed: it is %(state)s.")
            % {
                "paper": held,
                "state": held.get_state_display(),
            }
        )
    behalf = refuse_signing(person, held, step, said)
    if at not in {None, step.pk}:
        raise Refused(_("Somebody else has signed here meanwhile. Look at it again."))
    if drawing and drawing.person_id != person.pk:
        raise Refused(_("This is somebody else's signature."))
    with _acting(person, behalf):
        signature = _write(
            Signature(
                route=held,
                step=step,
                person=person,
                on_behalf_of=behalf,
                verdict=said,
                note=note.strip()[:300],
                facts_hash=held.facts_hash,
                drawing=drawing,
                signed_at=timezone.now(),
            )
        )
        _go_on(held, step, signature)
    _pass_on(held, route)
    return signature


@transaction.atomic
def withdraw(*, person: Person, route: Route) -> None:
    """The applicant takes a running paper back. Raises Refused when it has ended or is not his."""
    held = locked(route)
    if held.applicant_id != person.pk:
        raise Refused(_("Only %(person)s withdraws this paper.") % {"person": held.applicant})
    if held.state != RouteState.RUNNING:
        raise Refused(
            _("%(paper)s is no longer being signed: it is %(state)s.")
            % {
                "paper": held,
                "state": held.get_state_display(),
            }
        )
    with _acting(person):
        _end(held, RouteState.WITHDRAWN)
    _pass_on(held, route)


@transaction.atomic
def take_back(*, person: Person, route: Route) -> None:
    """The applicant takes back an approved paper of which nothing came yet: its signatures are void, and stay readable.

    Whether something came of it the paper's app has asked. Raises Refused: not approved, or not his.
    """
    held = locked(route)
    if held.applicant_id != person.pk:
        raise Refused(_("Only %(person)s withdraws this paper.") % {"person": held.applicant})
    if held.state != RouteState.APPROVED:
        raise Refused(_("%(paper)s is not approved.") % {"paper": held})
    with _acting(person):
        _end(held, RouteState.WITHDRAWN)
    _pass_on(held, route)


def locked(route: Route) -> Route:
    """The route as it stands now, held until the transaction ends."""
    held: Route = Route.objects.select_for_update(of=("self",)).select_related("applicant").get(pk=route.pk)
    return held


def hash_of(facts: dict[str, Any]) -> str:
    """SHA-256 of facts in one spelling: keys in order, no spaces, Chinese as it is."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of(signature: Signature, before: str) -> str:
    """The mark that binds a signature to the one before it."""
    text = json.dumps([*signature.sealed_facts(), before], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _acting(person: Person, behalf: Person | None = None) -> Any:
    now = now_acting()
    return acting(person, on_behalf_of=behalf or now.on_behalf_of, source=now.source)


def _write(signature: Signature) -> Signature:
    """Give it its place among the step's approvals and bind it to the signature before it."""
    if signature.verdict == Verdict.APPROVE:
        signature.place = signature.step.signatures.filter(verdict=Verdict.APPROVE).count() + 1
    before = signature.route.signatures.order_by("-pk").values_list("digest", flat=True).first() or ""
    signature.digest = digest_of(signature, before)
    signature.save()
    return signature


def _go_on(route: Route, step: Step, signature: Signature) -> None:
    """What follows from a signature: the meeting is asked for, the route ends, or the next step opens."""
    verdict = Verdict(signature.verdict)
    if verdict == Verdict.MEETING:
        route.meeting = MeetingState.WANTED
        route.save(update_fields=["meeting"])
    elif verdict in ENDS_AS:
        _end(route, ENDS_AS[verdict], signature)
    elif signature.place == step.count:
        step.state = StepState.DONE
        step.save(update_fields=["state"])
        _open_next(route)
        if not route.steps.filter(state=StepState.OPEN).exists():
            _end(route, RouteState.APPROVED, signature)


def _open_next(route: Route) -> None:
    step = route.steps.filter(state=StepState.COMING).order_by("position").first()
    if step is None:
        return
    step.state, step.asked_at = StepState.OPEN, timezone.now()
    step.save(update_fields=["state", "asked_at"])
    step.route = route
    if pause := wait():
        remind_later(step.pk, step.asked_at + pause)
    notify(
        people=asked(step),
        message=TO_SIGN,
        params={"paper": str(route), "applicant": route.applicant.name},
        url=route.get_absolute_url(),
    )


def _end(route: Route, state: RouteState, by: Signature | None = None) -> None:
    route.state, route.ended_at = state, timezone.now()
    route.save(update_fields=["state", "ended_at"])
    route.steps.filter(state__in=[StepState.OPEN, StepState.COMING]).update(state=StepState.VOID)
    kinds()[route.kind].settle(route)
    if by is None:
        return
    notify(
        people=[route.applicant],
        message=ENDED[state],
        params={"paper": str(route), "person": by.person.name, "note": by.note},
        url=route.get_absolute_url(),
    )


def _pass_on(held: Route, given: Route) -> None:
    """The caller's object says what the route says now."""
    for name in ("state", "ended_at", "meeting"):
        setattr(given, name, getattr(held, name))
