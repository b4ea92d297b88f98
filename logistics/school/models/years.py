"""School years, terms and the classes of a year."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from logistics.base.history import history
from logistics.base.names import name_key
from logistics.school.choices import TermNumber
from logistics.school.models.people import Person
from logistics.school.models.places import Room

GRADE_NAMES = "一二三四五六七八九"


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
        permissions = [("close_term", "Close a term")]
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

    @property
    def name(self) -> str:
        """As schools write it: 六年级(2)班."""
        return f"{GRADE_NAMES[self.grade - 1]}年级({self.number})班"

    @property
    def key(self) -> Any:
        return name_key(self.name)
