"""A plan being made: lines read from a text or copied from an earlier year, to be ticked, mended and assigned."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from logistics.base.history import history
from logistics.school.models import Department, Person, SchoolYear, Term
from logistics.workcalendar.choices import DraftOrigin
from logistics.workcalendar.models.series import Series
from logistics.workcalendar.models.tasks import Task
from logistics.workcalendar.recurrence import Recurrence


class PlanDraft(models.Model):
    """A draft of a school year's plan, or of one term's. Nothing of it is in the calendar before it is taken over."""

    name = models.CharField(pgettext_lazy("plan", "name"), max_length=120)
    origin = models.CharField(_("origin"), max_length=8, choices=DraftOrigin.choices, editable=False)
    year = models.ForeignKey(SchoolYear, models.PROTECT, verbose_name=_("school year"), related_name="+")
    term = models.ForeignKey(Term, models.PROTECT, verbose_name=_("term"), null=True, blank=True, related_name="+")
    text = models.TextField(_("text"), blank=True, editable=False)
    made_by = models.ForeignKey(Person, models.PROTECT, editable=False, related_name="+")
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    history = history(excluded_fields=["text"])

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("plan draft")
        verbose_name_plural = _("plan drafts")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("workcalendar:draft-detail", args=[self.pk])


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def untaken(self) -> "ProposalQuerySet":
        return self.filter(task=None, series=None)


class Proposal(models.Model):
    """A line of a draft: a task with its days, or a duty with its ``rule`` (the fields of ``Recurrence``).

    ``heading`` is its time as the text says it, or the days it had; ``why`` how its days were found; ``remark`` what to
    look at. ``task`` or ``series`` is what it became.
    """

    draft = models.ForeignKey(PlanDraft, models.CASCADE, related_name="proposals", editable=False)
    place = models.PositiveIntegerField(editable=False)
    heading = models.CharField(max_length=120, blank=True, editable=False)
    line = models.PositiveIntegerField(null=True, editable=False)
    source = models.CharField(max_length=500, blank=True, editable=False)
    why = models.CharField(max_length=120, blank=True, editable=False)
    remark = models.CharField(max_length=200, blank=True, editable=False)
    chosen = models.BooleanField(_("take over"), default=True)
    title = models.CharField(_("task"), max_length=120)
    detail = models.CharField(_("details"), max_length=500, blank=True)
    owner = models.ForeignKey(
        Person, models.PROTECT, verbose_name=_("person responsible"), null=True, blank=True, related_name="+"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name=_("department"), null=True, blank=True, related_name="+"
    )
    starts = models.DateField(_("from"), null=True, blank=True)
    due = models.DateField(_("to be done by"), null=True, blank=True)
    rule = models.JSONField(null=True, editable=False)
    original = models.ForeignKey(Task, models.PROTECT, null=True, editable=False, related_name="+")
    task = models.OneToOneField(Task, models.PROTECT, null=True, editable=False, related_name="+")
    series = models.OneToOneField(Series, models.PROTECT, null=True, editable=False, related_name="+")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["draft", "place"]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.UniqueConstraint(fields=["draft", "place"], name="proposal_place"),
            models.CheckConstraint(
                condition=Q(rule__isnull=False) | Q(starts__isnull=False, due__isnull=False, due__gte=F("starts")),
                name="proposal_of_task_has_days",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(task__isnull=True) | Q(series__isnull=True), name="proposal_becomes_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def comes_round(self) -> bool:
        """Whether it is proposed as a recurring task."""
        return self.rule is not None

    @property
    def says_more(self) -> bool:
        """Whether the sentence it comes from says more than its title, but for a number before it."""
        return len(self.source) > len(self.title) + 4 or self.title not in self.source

    @property
    def taken(self) -> Any:
        """The task or recurring task it became, if it did."""
        return self.task or self.series

    @property
    def recurrence(self) -> Recurrence:
        """The rule as a value; only of one that comes round."""
        given = self.rule or {}
        return Recurrence(**{**given, "terms": tuple(given["terms"]), "months": tuple(given["months"])})
