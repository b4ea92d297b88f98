"""School years, terms and the classes of a year."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from logistics.base.history import history
from logistics.base.names import name_key
from logistics.school.choices import TermNumber
from logistics.school.models.named import demand_working
from logistics.school.models.people import Person
from logistics.school.models.places import Room

GRADE_NAMES = "一二三四五六七八九"
FIXED_WHEN_CLOSED = ("year_id", "number", "first_day", "last_day")


class SchoolYear(models.Model):
    """A school year, e.g. 2026—2027学年, from its first to its last day."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    history = history()

    class Meta:
        ordering = ["-first_day"]
        verbose_name = _("school year")
        verbose_name_plural = _("school years")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gt=F("first_day")),
                name="year_ends_after_start",
                violation_error_message=_("The last day is before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("school:year-detail", args=[self.pk])

    def clean(self) -> None:
        """Raises ValidationError when the year overlaps another or would leave one of its terms outside."""
        super().clean()
        if not (self.first_day and self.last_day):
            return
        if other := overlapping(SchoolYear, self):
            raise ValidationError(
                _("“%(other)s” runs from %(first)s to %(last)s: two school years do not overlap."),
                params={"other": other, "first": other.first_day, "last": other.last_day},
            )
        outside = ~Q(first_day__gte=self.first_day, last_day__lte=self.last_day)
        if self.pk and (term := self.terms.filter(outside).first()):
            raise ValidationError(
                _("“%(term)s” runs from %(first)s to %(last)s and would lie outside the year. Change the term first."),
                params={"term": term.get_number_display(), "first": term.first_day, "last": term.last_day},
            )


def overlapping(model: "type[Dated]", row: "Dated") -> "Dated | None":
    """Another row of ``model`` that shares a day with ``row``."""
    return (
        model._default_manager.filter(first_day__lte=row.last_day, last_day__gte=row.first_day)
        .exclude(pk=row.pk)
        .first()
    )


class TermQuerySet(models.QuerySet["Term"]):
    def on(self, day: dt.date) -> "Term | None":
        """The term that ``day`` falls in; in the holidays the one before it."""
        return self.filter(first_day__lte=day).order_by("-first_day").first()


class Term(models.Model):
    """A term of a year. Closing it closes its days: no paper is written into them any more."""

    year = models.ForeignKey(SchoolYear, models.PROTECT, verbose_name=_("school year"), related_name="terms")
    number = models.PositiveSmallIntegerField(_("term"), choices=TermNumber.choices)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, editable=False, related_name="+")

    objects = TermQuerySet.as_manager()
    history = history()

    class Meta:
        ordering = ["-first_day"]
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        permissions = [("close_term", "Close a term"), ("reopen_term", "Reopen a closed term")]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="term_once_a_year"),
            models.CheckConstraint(
                condition=Q(last_day__gt=F("first_day")),
                name="term_ends_after_start",
                violation_error_message=_("The last day is before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_number_display()}"

    def get_absolute_url(self) -> str:
        return reverse("school:year-detail", args=[self.year_id])

    def clean(self) -> None:
        """Raises ValidationError: outside its year, over another term, before the first term, closed."""
        super().clean()
        if not (self.first_day and self.last_day and self.year_id):
            return
        if self.first_day < self.year.first_day or self.last_day > self.year.last_day:
            raise ValidationError(
                _("A term lies within its school year, which runs from %(first)s to %(last)s."),
                params={"first": self.year.first_day, "last": self.year.last_day},
            )
        if other := overlapping(Term, self):
            raise ValidationError(
                _("“%(other)s” runs from %(first)s to %(last)s: two terms do not overlap."),
                params={"other": other, "first": other.first_day, "last": other.last_day},
            )
        siblings = self.year.terms.exclude(pk=self.pk)
        if self.number and siblings.filter(number__lt=self.number, first_day__gt=self.first_day).exists():
            raise ValidationError({"first_day": _("The second term comes after the first.")})
        if self.number and siblings.filter(number__gt=self.number, first_day__lt=self.first_day).exists():
            raise ValidationError({"first_day": _("The first term comes before the second.")})
        self._clean_closed_days()

    def _clean_closed_days(self) -> None:
        before = Term._base_manager.filter(pk=self.pk).first()
        if before and before.closed and any(getattr(before, name) != getattr(self, name) for name in FIXED_WHEN_CLOSED):
            raise ValidationError(_("This term is closed: its days stay as they are."))
        through = Term.closed_through()
        if through and self.first_day <= through and (before is None or before.first_day != self.first_day):
            raise ValidationError(
                {"first_day": _("Everything up to %(day)s is closed: a term begins after it.") % {"day": through}}
            )

    @property
    def closed(self) -> bool:
        return self.closed_at is not None

    @classmethod
    def now(cls) -> "Term | None":
        """The term shown in the header."""
        return cls.objects.select_related("year").on(timezone.localdate())

    @classmethod
    def closed_through(cls) -> dt.date | None:
        """The last closed day: papers dated on it or before are refused."""
        day: dt.date | None = cls.objects.filter(closed_at__isnull=False).aggregate(day=models.Max("last_day"))["day"]
        return day


Dated = SchoolYear | Term


class SchoolClass(models.Model):
    """A class of a year with its homeroom teacher and its pupil property keeper (小保管员)."""

    year = models.ForeignKey(SchoolYear, models.PROTECT, verbose_name=_("school year"), related_name="classes")
    grade = models.PositiveSmallIntegerField(_("grade"))
    number = models.PositiveSmallIntegerField(_("class number"))
    homeroom_teacher = models.ForeignKey(
        Person, models.PROTECT, verbose_name=_("homeroom teacher"), null=True, blank=True, related_name="classes"
    )
    pupil_keeper = models.CharField(_("pupil property keeper"), max_length=40, blank=True)
    pupils = models.PositiveSmallIntegerField(_("pupils"), default=0)
    room = models.ForeignKey(
        Room, models.PROTECT, verbose_name=_("room"), null=True, blank=True, related_name="classes"
    )

    history = history()

    class Meta:
        ordering = ["-year__first_day", "grade", "number"]
        verbose_name = _("class")
        verbose_name_plural = _("classes")
        constraints = [
            models.UniqueConstraint(fields=["year", "grade", "number"], name="class_once_a_year"),
            models.CheckConstraint(condition=Q(grade__range=(1, 9)), name="class_grade_1_to_9"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("school:class-detail", args=[self.pk])

    def clean(self) -> None:
        """Raises ValidationError when its homeroom teacher has left."""
        super().clean()
        demand_working(self, SchoolClass._base_manager.filter(pk=self.pk).first(), "homeroom_teacher")

    @property
    def name(self) -> str:
        """As schools write it: 六年级(2)班."""
        return f"{GRADE_NAMES[self.grade - 1]}年级({self.number})班"

    @property
    def key(self) -> Any:
        return name_key(self.name)
