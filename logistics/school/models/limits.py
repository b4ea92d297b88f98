"""Limits and legal numbers: a value, from which day, by which source. Never a constant in code."""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from logistics.base.history import history


class LimitQuerySet(models.QuerySet["Limit"]):
    def in_force(self, key: str, day: dt.date | None = None) -> "Limit | None":
        """The row of ``key`` in force on ``day`` (today): the latest that has begun."""
        return self.filter(key=key, in_force_from__lte=day or timezone.localdate()).order_by("-in_force_from").first()


class Limit(models.Model):
    """One dated value of one limit. The apps declare their keys and first values in ``limits.py``."""

    key = models.CharField(_("key"), max_length=60)
    value = models.DecimalField(pgettext_lazy("limit", "value"), max_digits=14, decimal_places=2)
    in_force_from = models.DateField(_("in force from"))
    source = models.CharField(_("source"), max_length=200)

    objects = LimitQuerySet.as_manager()
    history = history()

    class Meta:
        ordering = ["key", "-in_force_from"]
        verbose_name = _("limit")
        verbose_name_plural = _("limits")
        constraints = [models.UniqueConstraint(fields=["key", "in_force_from"], name="limit_once_a_day")]

    def __str__(self) -> str:
        return f"{self.key} {self.value:g}"

    def clean(self) -> None:
        """Raises ValidationError: below zero, a day that has passed, or before the latest value of the same limit."""
        super().clean()
        if self.value is not None and self.value < 0:
            raise ValidationError({"value": _("The value is below zero.")})
        begins: dt.date | None = self.in_force_from  # none when a form was given no day
        if begins is None:
            return
        if begins < timezone.localdate():
            raise ValidationError({"in_force_from": _("This day has passed: what was decided since keeps its value.")})
        latest = Limit.objects.filter(key=self.key).exclude(pk=self.pk).order_by("-in_force_from").first()
        if latest and begins <= latest.in_force_from:
            said = _("There is a value from %(day)s on: begin after it.") % {"day": latest.in_force_from}
            raise ValidationError({"in_force_from": said})


def limit(key: str, day: dt.date | None = None) -> Decimal:
    """The value of a declared limit on ``day`` (today). Raises KeyError for a key no app declares."""
    from logistics.school.limits import declared

    row = Limit.objects.in_force(key, day)
    return row.value if row else declared()[key].value
