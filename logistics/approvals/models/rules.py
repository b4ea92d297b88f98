"""The school's rules: which papers are signed by whom, in which order. Dated; a change is a new row."""

import datetime as dt

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from logistics.base.fields import MoneyField
from logistics.base.history import history
from logistics.school.choices import Role
from logistics.school.models import Department


class RuleQuerySet(models.QuerySet["Rule"]):
    def in_force(self, kind: str, day: dt.date | None = None) -> "RuleQuerySet":
        """The rules of a kind of paper on ``day`` (today), in the order in which they are tried."""
        day = day or timezone.localdate()
        open_end = Q(last_day__isnull=True) | Q(last_day__gte=day)
        return self.filter(open_end, kind=kind, in_force_from__lte=day).order_by("position", "pk")


class Rule(models.Model):
    """What fits ``category``, ``department``, ``funds`` (empty: any) and the amount goes by it; of several the first.

    A rule is not edited once written: a change ends it and begins a new one, so what is running keeps what it had.
    """

    kind = models.CharField(_("paper"), max_length=40)
    name = models.CharField(_("name"), max_length=60)
    position = models.PositiveSmallIntegerField(_("order"), default=100)
    category = models.CharField(_("category"), max_length=20, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name=_("department"), null=True, blank=True, related_name="+"
    )
    funds = models.CharField(_("source of money"), max_length=20, blank=True)
    amount_from = MoneyField(_("from this amount"), default=0)  # yuan, included
    amount_below = MoneyField(_("below this amount"), null=True, blank=True)  # yuan, not included; none: no end
    meeting = models.BooleanField(_("a meeting decides first"), default=False)
    together = models.BooleanField(_("may be signed several at once"), default=False)
    demands = models.JSONField(default=dict, blank=True)
    in_force_from = models.DateField(_("in force from"))
    last_day = models.DateField(_("in force until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="replaced_by")

    objects = RuleQuerySet.as_manager()
    history = history()

    class Meta:
        ordering = ["kind", "position", "-in_force_from", "pk"]
        verbose_name = _("approval rule")
        verbose_name_plural = _("approval rules")
        permissions = [("manage_rules", "Set who signs what")]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_below__isnull=True) | Q(amount_below__gt=models.F("amount_from")),
                name="rule_amounts_in_order",
                violation_error_message=_("The upper amount is not above the lower one."),
            ),
            models.CheckConstraint(condition=Q(amount_from__gte=0), name="rule_amount_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("approvals:rule-detail", args=[self.pk])


class RuleStep(models.Model):
    """One step of a rule's chain: so many different holders of a role sign."""

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(_("order"))
    role = models.CharField(_("role"), max_length=20, choices=[c for c in Role.choices if c[0] != Role.STAFF])
    count = models.PositiveSmallIntegerField(_("how many sign"), default=1, validators=[MinValueValidator(1)])
    label = models.CharField(_("called"), max_length=40, blank=True)

    history = history()

    class Meta:
        ordering = ["rule", "position"]
        verbose_name = _("step of a rule")
        verbose_name_plural = _("steps of rules")
        constraints = [
            models.UniqueConstraint(fields=["rule", "position"], name="rule_step_once"),
            models.CheckConstraint(condition=Q(count__gte=1), name="rule_step_is_signed"),
        ]

    def __str__(self) -> str:
        return self.label or str(Role(self.role).label)
