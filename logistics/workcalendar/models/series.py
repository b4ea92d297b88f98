"""Duties that come round: the rule from which tasks are made ahead for a year."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from logistics.base.history import history
from logistics.school.models import Department, Person
from logistics.workcalendar.choices import Rhythm, Shift
from logistics.workcalendar.recurrence import LAST, Recurrence

MOST_WEEKS = 30


def both_terms() -> list[int]:
    return [1, 2]


class SeriesQuerySet(models.QuerySet["Series"]):
    def running(self) -> "SeriesQuerySet":
        """Not ended yet."""
        return self.filter(Q(last_day__isnull=True) | Q(last_day__gte=timezone.localdate()))


class Series(models.Model):
    """A duty and when it comes round; see ``recurrence.Recurrence`` for what the numbers mean.

    It makes tasks from ``first_day`` to ``last_day``, where there is one.
    """

    title = models.CharField(_("task"), max_length=120)
    detail = models.CharField(_("details"), max_length=500, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name=_("department"), null=True, blank=True, related_name="+"
    )
    owner = models.ForeignKey(
        Person, models.PROTECT, verbose_name=_("person responsible"), null=True, blank=True, related_name="+"
    )
    rhythm = models.CharField(_("comes round"), max_length=16, choices=Rhythm.choices)
    terms = models.JSONField(_("terms"), default=both_terms)
    week = models.SmallIntegerField(
        _("week of the term"), default=1, validators=[MinValueValidator(-MOST_WEEKS), MaxValueValidator(MOST_WEEKS)]
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), null=True, blank=True)
    every = models.PositiveSmallIntegerField(
        _("every so many weeks"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_WEEKS)]
    )
    ordinal = models.SmallIntegerField(_("which one in the month"), default=1)
    months = models.JSONField(_("months"), default=list, blank=True)
    day = models.PositiveSmallIntegerField(
        _("day of the month"), default=1, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    offset = models.SmallIntegerField(
        _("days after it"), default=0, validators=[MinValueValidator(-60), MaxValueValidator(60)]
    )
    holiday = models.CharField(_("holiday"), max_length=20, blank=True)
    shift = models.CharField(_("on a day without lessons"), max_length=8, choices=Shift.choices, default=Shift.BEFORE)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("until"), null=True, blank=True)
    proof = models.CharField(_("proof read from"), max_length=40, blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)

    objects = SeriesQuerySet.as_manager()
    history = history()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("recurring task")
        verbose_name_plural = _("recurring tasks")
        permissions = [
            ("view_calendar", "See the work calendar"),
            ("oversee_calendar", "See what came of everybody's tasks"),
            ("manage_calendar", "Keep the work calendar"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=models.F("first_day")),
                name="series_ends_after_start",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(condition=Q(weekday__isnull=True) | Q(weekday__lte=6), name="series_weekday"),
            models.CheckConstraint(condition=Q(ordinal__in=[LAST, 1, 2, 3, 4]), name="series_ordinal"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workcalendar:series-detail", args=[self.pk])

    def clean(self) -> None:
        """Raises ValidationError where the rhythm lacks what it needs."""
        super().clean()
        if self.rhythm == Rhythm.TERM_WEEK and not self.week:
            raise ValidationError({"week": _("Which week? 1 is the first, -1 the last.")})
        if self.rhythm == Rhythm.WEEKLY and self.week < 1:
            raise ValidationError({"week": _("From which week on? 1 is the first.")})
        if self.rhythm == Rhythm.MONTH_WEEKDAY and self.weekday is None:
            raise ValidationError({"weekday": _("Which weekday?")})
        if not set(self.terms) <= {1, 2} or not self.terms:
            raise ValidationError({"terms": _("Choose a term.")})
        if not set(self.months) <= set(range(1, 13)):
            raise ValidationError({"months": _("Months are 1 to 12.")})

    @property
    def rule(self) -> Recurrence:
        """The rule as a value."""
        given: dict[str, Any] = {
            name: getattr(self, name)
            for name in ("rhythm", "week", "weekday", "every", "ordinal", "day", "offset", "holiday", "shift")
        }
        return Recurrence(terms=tuple(self.terms), months=tuple(self.months), **given)
