"""Tasks of the work calendar, and tasks handed on."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from logistics.base.history import history
from logistics.school.models import Department, Person
from logistics.workcalendar.choices import Rhythm, TaskState
from logistics.workcalendar.models.checklists import Checklist
from logistics.workcalendar.models.series import Series

CLOSED = (TaskState.DONE, TaskState.NOT_DONE)


class TaskQuerySet(models.QuerySet["Task"]):
    def of_month(self, first: dt.date, last: dt.date) -> "TaskQuerySet":
        """What a month's sheet shows: begun by its last day and due from its first day on; nothing dropped."""
        return self.filter(starts__lte=last, due__gte=first).exclude(state=TaskState.DROPPED)

    def open(self) -> "TaskQuerySet":
        return self.filter(state=TaskState.OPEN)

    def to_remind(self, today: dt.date, soon: dt.date) -> "TaskQuerySet":
        """Open ones due by ``soon`` whose owner was not told, and late ones of which he was told in time only.

        Duties of every school day are not told of: they stand on the list at home every morning.
        """
        untold = Q(reminded_on=None, due__lte=soon, starts__lte=today) | Q(due__lt=today, reminded_on__lte=F("due"))
        return self.open().filter(untold, owner__is_active=True).exclude(series__rhythm=Rhythm.SCHOOL_DAY)

    def late(self) -> "TaskQuerySet":
        """Open though their last day is over."""
        return self.open().filter(due__lt=timezone.localdate())


class Task(models.Model):
    """One thing to do, from ``starts`` to ``due``.

    A task of a series stands for one ``occasion`` of it; ``by_hand`` once somebody has given it other days than its
    rule, or dropped it: then the rule leaves it alone. ``source`` is the sentence of a written plan it comes from,
    ``note`` says how it was done, or why not, ``proof`` names what another app counts of it (``base.proofs``).
    """

    title = models.CharField(_("task"), max_length=120)
    detail = models.CharField(_("details"), max_length=500, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name=_("department"), null=True, blank=True, related_name="+"
    )
    owner = models.ForeignKey(
        Person, models.PROTECT, verbose_name=_("person responsible"), null=True, blank=True, related_name="+"
    )
    starts = models.DateField(_("first day"))
    due = models.DateField(_("last day"))
    series = models.ForeignKey(
        Series, models.PROTECT, verbose_name=_("recurring task"), null=True, editable=False, related_name="tasks"
    )
    occasion = models.CharField(max_length=40, blank=True, editable=False)
    checklist = models.ForeignKey(
        Checklist, models.PROTECT, verbose_name=_("checklist"), null=True, editable=False, related_name="tasks"
    )
    proof = models.CharField(_("proof read from"), max_length=40, blank=True)
    by_hand = models.BooleanField(default=False, editable=False)
    source = models.CharField(_("source"), max_length=500, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=TaskState.choices, default=TaskState.OPEN, editable=False
    )
    note = models.CharField(_("note"), max_length=500, blank=True, editable=False)
    reminded_on = models.DateField(null=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, editable=False, related_name="+")

    objects = TaskQuerySet.as_manager()
    history = history()

    class Meta:
        ordering = ["due", "pk"]
        verbose_name = pgettext_lazy("calendar", "task")
        verbose_name_plural = pgettext_lazy("calendar", "tasks")
        indexes = [
            models.Index(fields=["due", "starts"], name="task_days"),
            models.Index(fields=["owner", "state", "due"], name="task_owner"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["series", "occasion"], name="task_once_an_occasion"),
            models.CheckConstraint(
                condition=Q(due__gte=F("starts")),
                name="task_ends_after_start",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=CLOSED, closed_at__isnull=False, closed_by__isnull=False)
                | (~Q(state__in=CLOSED) & Q(closed_at__isnull=True, closed_by__isnull=True)),
                name="task_closed_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(state=TaskState.NOT_DONE, note=""), name="task_not_done_has_reason"),
            models.CheckConstraint(
                condition=Q(series__isnull=True, occasion="") | Q(series__isnull=False) & ~Q(occasion=""),
                name="task_of_series_has_occasion",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workcalendar:task-detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == TaskState.OPEN

    @property
    def wants_file(self) -> bool:
        """Whether it is done by handing in a file."""
        return self.checklist is not None and self.checklist.wants_files

    @property
    def days_late(self) -> int:
        """Days past the last day while it is open; else 0."""
        return max((timezone.localdate() - self.due).days, 0) if self.is_open else 0


class HandOn(models.Model):
    """A task offered to a colleague: it becomes his once he agrees."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="hand_ons", editable=False)
    to = models.ForeignKey(Person, models.PROTECT, verbose_name=_("to whom"), related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", editable=False)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    accepted = models.BooleanField(null=True, editable=False)
    answer = models.CharField(_("answer"), max_length=200, blank=True, editable=False)

    history = history()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("task handed on")
        verbose_name_plural = _("tasks handed on")
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(answered_at__isnull=True), name="hand_on_one_waits_a_task"
            ),
            models.CheckConstraint(condition=~Q(to=F("by")), name="hand_on_to_somebody_else"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, accepted__isnull=True)
                | Q(answered_at__isnull=False, accepted__isnull=False),
                name="hand_on_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} → {self.to}"
