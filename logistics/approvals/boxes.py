"""The signature boxes of a printed paper, from its route alone."""

import base64

from django.utils import timezone
from django.utils.translation import gettext as _

from logistics.approvals.choices import RouteState, StepState, Verdict
from logistics.approvals.models import Route, Signature, Step
from logistics.printing import papers


def boxes_of(route: Route | None) -> tuple[papers.Signature, ...]:
    """One box for each signature asked for, filled where it was given; signatures that are void are not printed."""
    if route is None:
        return ()
    signatures = route.signatures.filter(verdict=Verdict.APPROVE).select_related("person", "on_behalf_of", "drawing")
    by_step: dict[int, list[Signature]] = {}
    if route.state in {RouteState.RUNNING, RouteState.APPROVED}:
        for signature in signatures.order_by("place"):
            by_step.setdefault(signature.step_id, []).append(signature)
    steps = route.steps.prefetch_related("people").order_by("position")
    return tuple(box for step in steps for box in _boxes(step, by_step.get(step.pk, [])))


def maker_box(label: str, route: Route | None) -> papers.Signature:
    """The box of who made the paper; handing it in is his signature."""
    if route is None:
        return papers.Signature(label)
    return papers.Signature(label, route.applicant.name, timezone.localdate(route.started_at))


def _boxes(step: Step, signed: list[Signature]) -> list[papers.Signature]:
    filled = [
        papers.Signature(
            step.title,
            signed_name(signature),
            timezone.localdate(signature.signed_at),
            picture=_picture(signature),
        )
        for signature in signed
    ]
    missing = 0 if step.state == StepState.DONE else step.count - len(filled)
    return filled + [papers.Signature(step.title)] * missing


def signed_name(signature: Signature) -> str:
    """The name as it is printed; a deputy says for whom he signed."""
    if signature.on_behalf_of is None:
        return signature.person.name
    return _("%(person)s (for %(other)s)") % {"person": signature.person.name, "other": signature.on_behalf_of.name}


def _picture(signature: Signature) -> str:
    if signature.drawing is None:
        return ""
    return "data:image/png;base64," + base64.b64encode(bytes(signature.drawing.png)).decode()
