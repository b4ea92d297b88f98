"""What each day of a school year is."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from logistics.base.history import history
from logistics.school.choices import TAUGHT, DayKind


class SchoolDayQuerySet(models.QuerySet["SchoolDay"]):
    def taught(self) -> "SchoolDayQuerySet":
        """Days with lessons."""
        return self.filter(kind__in=TAUGHT)

    def between(self, first: dt.date, last: dt.date) -> "SchoolDayQuerySet":
        """Both days included."""
        return self.filter(day__range=(first, last))

    def provisional_years(self) -> list[int]:
        """The calendar years of these days whose holidays are not announced yet."""
        return sorted({day.year for day in self.filter(provisional=True).values_list("day", flat=True)})


class SchoolDay(models.Model):
    """One day of a school year: filled from terms and statutory holidays, corrected by hand or by a list.

    ``provisional`` while the make-up days of its calendar year are not announced. What is ``corrected`` stays as it
    is when the year is filled again.
    """

    day = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=DayKind.choices)
    note = models.CharField(_("note"), max_length=60, blank=True)
    provisional = models.BooleanField(_("provisional"), default=False)
    corrected = models.BooleanField(_("corrected by hand"), default=False)

    objects = SchoolDayQuerySet.as_manager()
    history = history()

    class Meta:
        ordering = ["day"]
        verbose_name = _("school day")
        verbose_name_plural = _("school days")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(provisional=True, corrected=True), name="day_corrected_is_not_provisional"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"

    @property
    def taught(self) -> bool:
        return self.kind in TAUGHT
