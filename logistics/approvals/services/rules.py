"""Setting rules: a new one, a change from a day on, taking one out of force, their order."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics.approvals.kinds import RULES_FROM, StepSpec, kinds, ruled_kinds
from logistics.approvals.models import Rule, RuleStep
from logistics.approvals.rules import Refused
from logistics.base.locks import hold

LOCK = "approvals.rules"


@transaction.atomic
def set_rule(*, steps: Sequence[StepSpec], replaces: Rule | None = None, **fields: Any) -> Rule:
    """Write a rule; with ``replaces`` the former one ends the day before. What is running keeps what it had.

    Raises Refused (no step, a day that has passed, the former one has ended) and ValidationError by field.
    """
    hold(LOCK)
    if not steps:
        raise Refused(_("Somebody has to sign: name at least one step."))
    rule = Rule(replaces=replaces, **fields)
    if rule.in_force_from and rule.in_force_from < timezone.localdate():
        raise Refused({"in_force_from": _("This day has passed: what was submitted since keeps its rule.")})
    if replaces:
        _end(replaces, rule.in_force_from - dt.timedelta(days=1))
    rule.full_clean(exclude=["replaces"])
    rule.save()
    write_steps(rule, steps)
    return rule


@transaction.atomic
def end_rule(*, rule: Rule, last_day: dt.date) -> None:
    """Take a rule out of force after ``last_day``, which has not passed. Raises Refused."""
    hold(LOCK)
    if last_day < timezone.localdate() - dt.timedelta(days=1):
        raise Refused({"last_day": _("This day has passed.")})
    _end(rule, last_day)


@transaction.atomic
def move_rule(*, rule: Rule, up: bool) -> None:
    """Try a rule earlier (``up``) or later than its neighbour of the same kind."""
    hold(LOCK)
    row = list(Rule.objects.in_force(rule.kind))
    if rule not in row:
        return
    at = row.index(rule)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(row):
        return
    row[at], row[to] = row[to], row[at]
    for position, each in enumerate(row, 1):
        if each.position != position * 10:
            each.position = position * 10
            each.save()


def write_steps(rule: Rule, steps: Sequence[StepSpec]) -> None:
    for position, spec in enumerate(steps, 1):
        RuleStep.objects.create(rule=rule, position=position, role=spec.role, label=spec.label, count=spec.count)


def enter_first_rules(**kwargs: Any) -> None:
    """Every declared kind's first rules, once: a kind that has any rule is left alone (after migrate)."""
    for kind in ruled_kinds():
        if not Rule.objects.filter(kind=kind.key).exists():
            _enter(kind.key)


def _enter(key: str) -> None:
    for position, first in enumerate(kinds()[key].first_rules, 1):
        rule = Rule.objects.create(
            kind=key,
            name=first.name,
            position=position * 10,
            category=first.category,
            funds=first.funds,
            amount_from=first.amount_from,
            meeting=first.meeting,
            together=first.together,
            demands=first.demands,
            in_force_from=RULES_FROM,
            source=first.source,
        )
        write_steps(rule, first.steps)


def _end(rule: Rule, last_day: dt.date) -> None:
    held = Rule.objects.select_for_update().get(pk=rule.pk)
    if held.last_day is not None:
        raise Refused(_("This rule has been replaced or ended already. Look at the list again."))
    held.last_day = last_day
    held.save()
