"""Who may sign what, and why not, in plain words (forms.md: "Never"). Reads only."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from logistics.approvals.choices import MeetingState, RouteState, StepState, Verdict
from logistics.approvals.kinds import StepSpec
from logistics.approvals.models import Route, Rule, Signature, Step
from logistics.school.models import Department, Person, RoleAssignment


class Refused(ValidationError):
    """A rule forbids it; ``messages`` say why in the words of the school."""


def rule_for(
    kind: str, *, amount: Decimal | None, category: str = "", department: Department | None = None, funds: str = ""
) -> Rule | None:
    """The rule a paper like this goes by today: the first in order that fits; None when no rule does."""
    for rule in Rule.objects.in_force(kind).prefetch_related("steps"):
        if fits(rule, amount=amount, category=category, department=department, funds=funds):
            return rule
    return None


def fits(rule: Rule, *, amount: Decimal | None, category: str, department: Department | None, funds: str) -> bool:
    """Whether a paper like this goes by ``rule``; what a rule leaves empty fits everything. Lower bound included."""
    given = amount if amount is not None else Decimal(0)
    return (
        rule.category in {"", category}
        and rule.funds in {"", funds}
        and rule.department_id in {None, department.pk if department else None}
        and rule.amount_from <= given
        and (rule.amount_below is None or given < rule.amount_below)
    )


def chain_of(rule: Rule) -> list[StepSpec]:
    """The steps a rule asks for, in order."""
    return [StepSpec(step.role, step.label, step.count) for step in rule.steps.all()]


def holders(role: str) -> list[Person]:
    """Who holds ``role`` today, in his own right or as a deputy."""
    held = RoleAssignment.objects.in_force().filter(role=role, person__is_active=True).values("person")
    return list(Person.objects.filter(pk__in=held))


def asked(step: Step) -> list[Person]:
    """Who may sign ``step`` now; nobody: it waits, see ``waits_for``. Never the applicant, nobody twice on a route."""
    named = list(step.people.filter(is_active=True)) if not step.role else holders(step.role)
    signed = step.route.signatures.filter(verdict=Verdict.APPROVE).values_list("person_id", flat=True)
    barred = {step.route.applicant_id, *signed}
    return [person for person in named if person.pk not in barred]


def waits_for(step: Step) -> str:
    """In words, whom an open step waits for, whether or not anybody holds the role."""
    names = "、".join(person.name for person in asked(step))
    if names:
        return _("%(role)s (%(names)s)") % {"role": step.title, "names": names} if step.role else names
    if not step.role:
        return step.title
    return _("%(role)s: nobody who may sign holds this role now. Appoint somebody or a deputy.") % {"role": step.title}


def in_whose_place(person: Person, step: Step) -> Person | None:
    """Whose right a person signs with: None for his own, else the one he stands in for. Raises Refused for neither."""
    if not step.role:
        if step.people.filter(pk=person.pk).exists():
            return None
        raise Refused(_("%(step)s signs here.") % {"step": step.title})
    if step.role in person.own_roles:
        return None
    for assignment in person.assignments_today:
        if assignment.role == step.role and assignment.deputy_for_id:
            return assignment.deputy_for
    raise Refused(_("%(step)s signs here.") % {"step": step.title})


def refuse_signing(person: Person, route: Route, step: Step, verdict: Verdict) -> Person | None:
    """Raises Refused when ``person`` may not sign ``step`` so; else the one in whose place he signs, or None."""
    if route.state != RouteState.RUNNING:
        raise Refused(_("%(paper)s is no longer being signed: it is %(state)s.") % _words(route))
    if step.state != StepState.OPEN:
        raise Refused(_("Somebody else has signed here meanwhile. Look at it again."))
    if route.applicant_id == person.pk:
        raise Refused(_("Nobody signs his own paper."))
    behalf = in_whose_place(person, step)
    if Signature.objects.filter(route=route, person=person, verdict=Verdict.APPROVE).exists():
        raise Refused(_("You have signed this paper already. Nobody signs two steps of one paper."))
    if verdict == Verdict.APPROVE:
        refuse_same_right(behalf or person, step)
        refuse_before_meeting(route, step)
    if verdict == Verdict.MEETING and (route.meeting or route.rule_id is None):
        raise Refused(_("This paper asks for no meeting now."))
    return behalf


def refuse_same_right(whose: Person, step: Step) -> None:
    """Raises Refused when he, or a deputy of his, has signed this step already: where two sign, they are two."""
    given = step.signatures.filter(verdict=Verdict.APPROVE)
    if given.filter(Q(on_behalf_of=whose) | Q(on_behalf_of=None, person=whose)).exists():
        raise Refused(_("%(person)s has signed here already, himself or by a deputy.") % {"person": whose})


def refuse_before_meeting(route: Route, step: Step) -> None:
    """Raises Refused when a meeting is to decide first, or did not agree (F03)."""
    if route.meeting == MeetingState.REFUSED:
        raise Refused(_("The meeting did not agree: return the paper or reject it."))
    if route.meeting != MeetingState.WANTED:
        return
    last = not route.steps.filter(position__gt=step.position).exists()
    if last or step.signatures.filter(verdict=Verdict.MEETING).exists():
        raise Refused(_("A meeting decides about this first. Its decision has to be on record before you sign."))


def _words(route: Route) -> dict[str, str]:
    return {"paper": str(route), "state": route.get_state_display()}


def verdicts_for(person: Person, route: Route) -> list[Verdict]:
    """What this person may say to the paper now; nothing when he is not asked."""
    step = open_step(route)
    if step is None:
        return []
    return [verdict for verdict in Verdict if _allowed(person, route, step, verdict)]


def _allowed(person: Person, route: Route, step: Step, verdict: Verdict) -> bool:
    try:
        refuse_signing(person, route, step, verdict)
    except Refused:
        return False
    return True


def open_step(route: Route) -> Step | None:
    """The step that waits for a signature now; None once the route has ended."""
    return route.steps.filter(state=StepState.OPEN).first()


def may_read(person: Person, route: Route) -> bool:
    """Who made it, who signs, signed or was asked to, or who may see such papers at all."""
    if route.applicant_id == person.pk or route.paper_kind.may_see(person, route.paper):
        return True
    return Route.objects.filter(pk=route.pk).concerning(person).exists()
