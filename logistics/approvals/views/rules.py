"""Pages of rules: the list in the order in which they are tried, writing one, trying it, ending it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from logistics.approvals.forms.rules import EndRuleForm, RuleForm, StepFormSet, TryForm
from logistics.approvals.kinds import PaperKind, StepSpec, kinds, ruled_kinds
from logistics.approvals.models import Rule
from logistics.approvals.rules import chain_of, fits, holders, rule_for
from logistics.approvals.services.rules import end_rule, move_rule, set_rule
from logistics.base.permissions import requires
from logistics.base.trail import changes_of
from logistics.base.views import ask, posted, say
from logistics.school.choices import Role

MANAGE = "approvals.manage_rules"


def kind_of(key: str) -> PaperKind:
    """The declared kind; 404 for any other."""
    kind = kinds().get(key)
    if kind is None or not kind.first_rules:
        raise Http404
    return kind


@requires(MANAGE)
def index(request: HttpRequest) -> HttpResponse:
    """The rules in force and to come, by kind of paper, with a paper to try them with."""
    kind = kind_of(request.GET.get("kind") or next((k.key for k in ruled_kinds()), ""))
    form = TryForm(request.GET if "try-amount" in request.GET else None, kind=kind)
    tried = form.is_bound and form.is_valid()
    found = rule_for(kind.key, **form.paper()) if tried else None
    rules = Rule.objects.filter(kind=kind.key).select_related("department").prefetch_related("steps")
    today = Rule.objects.in_force(kind.key).values_list("pk", flat=True)
    in_force = set(today)
    context = {
        "title": _("Who signs what"),
        "kind": kind,
        "kinds": ruled_kinds(),
        "rules": [shown(rule, kind) for rule in rules.order_by("position", "pk") if rule.pk in in_force],
        "others": [shown(rule, kind) for rule in rules.order_by("-in_force_from", "pk") if rule.pk not in in_force],
        "form": form,
        "tried": tried,
        "found": found,
        "way": way_of(chain_of(found)) if found else [],
        "demands": demands_of(found, kind) if found else [],
    }
    return render(request, "approvals/rule/index.html", context)


def shown(rule: Rule, kind: PaperKind) -> dict[str, Any]:
    """A rule in words."""
    return {
        "rule": rule,
        "category": dict(kind.categories).get(rule.category, ""),
        "funds": dict(kind.funds).get(rule.funds, ""),
        "steps": [f"{step}×{step.count}" if step.count > 1 else str(step) for step in rule.steps.all()],
        "demands": demands_of(rule, kind),
    }


def demands_of(rule: Rule, kind: PaperKind) -> list[tuple[Any, Any]]:
    """What the rule asks besides signatures: label and value in words; what it does not ask is left out."""
    found: list[tuple[Any, Any]] = []
    for demand in kind.demands:
        value = rule.demands.get(demand.key)
        field = demand.make_field()
        choices = dict(getattr(field, "choices", ()))
        if value not in {None, "", 0}:
            found.append((field.label, choices.get(value, value)))
    if rule.meeting:
        found.append((_("meeting"), _("a meeting decides first")))
    return found


def way_of(steps: list[StepSpec]) -> list[dict[str, Any]]:
    """The chain with who holds each place today; an empty place is warned of."""
    return [
        {
            "title": step.label or Role(step.role).label,
            "count": step.count,
            "people": (people := holders(step.role)),
            "empty": len(people) < step.count,
        }
        for step in steps
    ]


@requires(MANAGE)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One rule, its chain today, what it replaced and by what it was replaced."""
    rule = get_object_or_404(Rule.objects.select_related("replaces", "department"), pk=pk)
    kind = kind_of(rule.kind)
    context = {
        "title": rule.name,
        "object": rule,
        "kind": kind,
        "shown": shown(rule, kind),
        "way": way_of(chain_of(rule)),
        "follower": rule.replaced_by.first(),
        "entries": changes_of(rule),
    }
    return render(request, "approvals/rule/detail.html", context)


@requires(MANAGE)
def create(request: HttpRequest, kind: str) -> HttpResponse:
    """A new rule, tried as the last in order."""
    return write(request, kind_of(kind), None)


@requires(MANAGE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """The rule as it will be from a day on; until then, and for what is running, it stays as it is."""
    rule = get_object_or_404(Rule, pk=pk)
    return write(request, kind_of(rule.kind), rule)


def write(request: HttpRequest, kind: PaperKind, former: Rule | None) -> HttpResponse:
    """The form; ``try`` shows which way a paper would go, without saving."""
    last = Rule.objects.filter(kind=kind.key).order_by("-position").values_list("position", flat=True).first() or 0
    instance = copy_of(former) if former else Rule(kind=kind.key, position=last + 10)
    initial = [{"role": s.role, "count": s.count, "label": s.label} for s in chain_of(former)] if former else []
    form = RuleForm(posted(request), instance=instance, kind=kind)
    steps = StepFormSet(posted(request), initial=initial, prefix="steps")
    trying = TryForm(posted(request) if "try" in request.POST else None, kind=kind)
    trial: dict[str, Any] | None = None
    if request.method == "POST" and form.is_valid() and steps.is_valid():
        if "try" not in request.POST:
            try:
                rule = set_rule(
                    steps=steps.specs(),  # type: ignore[attr-defined]
                    replaces=former,
                    position=instance.position,
                    **form.values(),
                )
            except ValidationError as error:
                say(form, error)
            else:
                messages.success(request, _("The rule holds from %(day)s on.") % {"day": rule.in_force_from})
                return redirect(f"{reverse('approvals:rules')}?kind={kind.key}")
        elif trying.is_valid():
            trial = trial_of(form, steps.specs(), trying, former)  # type: ignore[attr-defined]
    context = {
        "title": _("Change “%(rule)s”") % {"rule": former}
        if former
        else _("New rule: %(kind)s") % {"kind": kind.label},
        "form": form,
        "formset": steps,
        "lines_title": _("Who signs, in this order"),
        "trying": trying,
        "trial": trial,
        "cancel_url": f"{reverse('approvals:rules')}?kind={kind.key}",
    }
    return render(request, "approvals/rule/form.html", context)


def title_of(kind: PaperKind, former: Rule | None) -> str:
    if former:
        return _("Change “%(rule)s”") % {"rule": former}
    return _("New rule: %(kind)s") % {"kind": kind.label}


def trial_of(form: RuleForm, steps: list[StepSpec], trying: TryForm, former: Rule | None) -> dict[str, Any]:
    """Whether a paper like this would go by the rule being written, and which way."""
    draft, paper = form.instance, trying.paper()
    for rule in Rule.objects.in_force(draft.kind).prefetch_related("steps"):
        if (rule.position, rule.pk) >= (draft.position, 0) or rule == former:
            continue
        if fits(rule, **paper):
            return {"by": rule, "own": False, "way": way_of(chain_of(rule))}
    if fits(draft, **paper):
        return {"by": draft, "own": True, "way": way_of(steps)}
    other = next((r for r in Rule.objects.in_force(draft.kind) if r != former and fits(r, **paper)), None)
    return {"by": other, "own": False, "way": way_of(chain_of(other)) if other else []}


def copy_of(rule: Rule) -> Rule:
    """What a change begins with: all but the days."""
    names = ["kind", "name", "position", "category", "funds", "amount_from", "amount_below"]
    own = {name: getattr(rule, name) for name in (*names, "department", "meeting", "together", "demands")}
    return Rule(**own, source=rule.source)


@requires(MANAGE)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a rule out of force."""
    rule = get_object_or_404(Rule, pk=pk)
    return ask(
        request,
        title=_("Take “%(rule)s” out of force?") % {"rule": rule},
        lead=_("What is being signed goes on by it; new papers go by the next rule that fits."),
        form=EndRuleForm(posted(request)),
        do=lambda data: end_rule(rule=rule, last_day=data["last_day"]),
        back=f"{reverse('approvals:rules')}?kind={rule.kind}",
        submit_label=_("Take it out of force"),
        danger=True,
    )


@require_POST
@requires(MANAGE)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Try it earlier or later than its neighbour."""
    rule = get_object_or_404(Rule, pk=pk)
    move_rule(rule=rule, up="up" in request.POST)
    return redirect(f"{reverse('approvals:rules')}?kind={rule.kind}")
