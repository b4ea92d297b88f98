"""The budget of a year by item, and every entry that changed it (forms.md, 预算执行表)."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from finance.choices import BudgetEntryKind, Funds
from logistics.base.fields import MoneyField
from logistics.base.history import history
from logistics.base.sealed import Sealed
from logistics.school.models import Department, Person


class BudgetLine(models.Model):
    """One item of a calendar year's budget. The five amounts change only together with entries, in ``services.budget``.

    committed + spent + available = original + adjusted, held by the database at every moment (F12). ``available`` is
    below zero only where the principal signed for it.
    """

    year = models.PositiveSmallIntegerField(_("budget year"))
    item = models.CharField(_("budget item"), max_length=60)
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name=_("department"), null=True, blank=True, related_name="+"
    )
    funds = models.CharField(_("source of money"), max_length=10, choices=Funds.choices, default=Funds.PUBLIC)
    active = models.BooleanField(_("in use"), default=True)
    original = MoneyField(_("budget of the year"), default=0, editable=False)
    adjusted = MoneyField(_("adjustments"), default=0, editable=False)
    committed = MoneyField(_("committed"), default=0, editable=False)
    spent = MoneyField(_("spent"), default=0, editable=False)
    available = MoneyField(_("available"), default=0, editable=False)

    history = history()

    class Meta:
        ordering = ["-year", "item", "department__order"]
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        default_permissions = ()
        permissions = [("view_budget", "See the budget"), ("manage_budget", "Keep the budget")]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "item", "department"],
                name="budget_line_once",
                violation_error_message=_("This year has a line like this already."),
            ),
            models.UniqueConstraint(
                fields=["year", "item"],
                condition=Q(department=None),
                name="budget_line_of_school_once",
                violation_error_message=_("This year has a line like this already."),
            ),
            models.CheckConstraint(
                condition=Q(available=F("original") + F("adjusted") - F("committed") - F("spent")),
                name="budget_adds_up",
            ),
            models.CheckConstraint(condition=Q(committed__gte=0, spent__gte=0), name="budget_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.item}" + (f"（{self.department}）" if self.department else "")

    def get_absolute_url(self) -> str:
        return reverse("finance:budget-detail", args=[self.pk])

    @property
    def total(self) -> Any:
        """The budget as it stands now, with its adjustments."""
        return self.original + self.adjusted


class BudgetEntry(Sealed):
    """One change of a budget line: ``amount`` yuan, positive adds to what ``kind`` names."""

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="entries")
    kind = models.CharField(_("kind"), max_length=10, choices=BudgetEntryKind.choices)
    amount = MoneyField(_("amount"))
    day = models.DateField(_("date"), default=timezone.localdate)
    paper = models.CharField(_("paper"), max_length=120, blank=True)  # number of the paper it comes from
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("made by"), related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    # The purchase a commitment, release or spending belongs to.
    purchase = models.ForeignKey("PurchaseRequest", models.PROTECT, null=True, related_name="budget_entries")

    class Meta(Sealed.Meta):
        ordering = ["day", "pk"]
        verbose_name = _("budget entry")
        verbose_name_plural = _("budget entries")
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="budget_entry_says_something"),
            models.CheckConstraint(
                condition=~Q(kind=BudgetEntryKind.ADJUSTMENT) | ~Q(paper=""), name="adjustment_has_paper"
            ),
        ]
        indexes = [models.Index(fields=["line", "day"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
