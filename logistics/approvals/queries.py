"""What a paper's page shows of its way: who signed, whom it waits for, what earlier versions said."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models

from logistics.approvals.choices import RouteState, StepState, Verdict
from logistics.approvals.kinds import Difference
from logistics.approvals.models import Route, Signature, Step
from logistics.approvals.rules import verdicts_for, waits_for
from logistics.school.models import Person

STEP_TONES = {StepState.COMING: "plain", StepState.OPEN: "wait", StepState.DONE: "good", StepState.VOID: "plain"}
VERDICT_TONES = {Verdict.APPROVE: "good", Verdict.RETURN: "warn", Verdict.REJECT: "bad", Verdict.MEETING: "wait"}


@dataclass(frozen=True)
class ShownSignature:
    """A signature as pages show it; an approval's ``tone`` is plain once it is void."""

    signature: Signature
    tone: str


@dataclass(frozen=True)
class ShownStep:
    """One box of the chain: its signatures, and whom it waits for while it is open."""

    title: str
    state: str
    tone: str
    signatures: Sequence[ShownSignature]
    waits_for: str = ""
    is_open: bool = False


@dataclass(frozen=True)
class Version:
    """One version's route. ``void``: what was signed on it no longer counts."""

    route: Route
    steps: Sequence[ShownStep]
    differences: Sequence[Difference]

    @property
    def void(self) -> bool:
        return self.route.state not in {RouteState.RUNNING, RouteState.APPROVED}


@dataclass(frozen=True)
class Story:
    """A paper's whole way, the latest version first. ``may_sign``: the reader is asked now."""

    current: Version | None
    earlier: Sequence[Version]
    may_sign: bool = False

    @property
    def waits_for(self) -> str:
        """In words, whom the paper waits for; empty when it waits for nobody."""
        if self.current is None:
            return ""
        return next((step.waits_for for step in self.current.steps if step.is_open), "")


def story_of(paper: models.Model, person: Person) -> Story:
    """The way of ``paper`` as ``person`` reads it. The number of statements does not grow with the signatures."""
    routes = Route.objects.of(paper).select_related("applicant", "rule")
    signatures = Signature.objects.select_related("person", "on_behalf_of", "drawing")
    steps = Step.objects.prefetch_related("people", models.Prefetch("signatures", signatures)).order_by("position")
    found = list(routes.prefetch_related(models.Prefetch("steps", steps)))
    versions = [version_of(route, found[at + 1 :]) for at, route in enumerate(found)]
    if not versions:
        return Story(None, ())
    return Story(versions[0], versions[1:], bool(verdicts_for(person, versions[0].route)))


def version_of(route: Route, before: Sequence[Route] = ()) -> Version:
    """One version, compared with the one before it."""
    void = route.state not in {RouteState.RUNNING, RouteState.APPROVED}
    steps = [_shown(step, void) for step in route.steps.all() if step.state != StepState.VOID or step.signatures.all()]
    differences = route.paper_kind.differences(before[0].facts, route.facts) if before else ()
    return Version(route, steps, differences)


def _shown(step: Step, void: bool) -> ShownStep:
    shown = [ShownSignature(signature, _tone(Verdict(signature.verdict), void)) for signature in step.signatures.all()]
    is_open = step.state == StepState.OPEN
    return ShownStep(
        title=step.title,
        state=step.get_state_display(),
        tone="plain" if void else STEP_TONES[StepState(step.state)],
        signatures=shown,
        waits_for=waits_for(step) if is_open else "",
        is_open=is_open,
    )


def _tone(verdict: Verdict, void: bool) -> str:
    return "plain" if void and verdict == Verdict.APPROVE else VERDICT_TONES[verdict]
