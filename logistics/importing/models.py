"""What is kept of an import: its file and state, each row with its verdict, the columns the school corrected."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from logistics.base.history import history
from logistics.importing.choices import AT_WORK, OPEN, WRITTEN, RunState, Verdict
from logistics.school.models import Person


def private_name(run: "ImportRun", filename: str) -> str:
    """Where an upload is kept: a name nobody can guess, without anything of the given one."""
    return f"imports/{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}"


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def waiting_for(self, person: Person) -> "ImportRunQuerySet":
        """Imports this person began and has to go on with."""
        return self.filter(person=person, state__in=OPEN)


class ImportRun(models.Model):
    """One uploaded file on its way into the registry. ``kind`` is the slug of an ``ImportSpec``."""

    kind = models.CharField(_("kind"), max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("uploaded by"), related_name="+")
    on_behalf_of = models.ForeignKey(Person, models.PROTECT, null=True, editable=False, related_name="+")
    state = models.CharField(_("state"), max_length=12, choices=RunState.choices, default=RunState.COLUMNS)
    file = models.FileField(upload_to=private_name, max_length=120)
    name = models.CharField(_("file"), max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(_("size"))  # bytes
    tables = models.JSONField(default=list)  # found in the sheets: heads, their columns, what was left out
    date1904 = models.BooleanField(default=False)
    decisions = models.JSONField(default=dict)  # by look-up: name as written → key of the record, "" for leave empty
    date = models.DateField(_("date of the papers"), default=timezone.localdate)
    summary = models.CharField(_("summary"), max_length=120, blank=True)
    message = models.TextField(blank=True)  # why the last step did not go through
    papers = models.JSONField(default=list)  # numbers and addresses of what was written
    attempt = models.PositiveIntegerField(default=0)  # which try of the present step holds
    begun_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    touched_at = models.DateTimeField(default=timezone.now)
    committed_at = models.DateTimeField(_("entered"), null=True)
    undone_at = models.DateTimeField(_("undone"), null=True)
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = ImportRunQuerySet.as_manager()
    # Its steps are the trail: a file's columns and decisions are work in hand until something is written.
    history = history(excluded_fields=["tables", "decisions", "message", "papers", "touched_at"])

    class Meta:
        ordering = ["-begun_at", "-id"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        default_permissions = ("view",)
        indexes = [models.Index(fields=["kind", "sha256"]), models.Index(fields=["person", "state"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("importing:run-detail", args=[self.pk])

    @property
    def source(self) -> str:
        """How the trail and the papers name this import."""
        return f"import:{self.pk}"

    @property
    def at_work(self) -> bool:
        return self.state in AT_WORK

    @property
    def open(self) -> bool:
        return self.state in OPEN

    @property
    def written(self) -> bool:
        return self.state in WRITTEN

    @property
    def label(self) -> str:
        return str(RunState(self.state).label)


class ImportRow(models.Model):
    """One row of the file. It has no history: it is a proposal, and what it writes is in the trail of its target.

    ``cells`` stand in the order of the table's heads; ``mends`` are what was typed in the page instead, by column;
    ``values`` are the cleaned values by column; ``faults`` list ``[column, trouble, parameters]``.
    """

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    table = models.PositiveSmallIntegerField()  # index in ``run.tables``
    number = models.PositiveIntegerField(_("row"))
    key = models.CharField(max_length=120, blank=True)  # what the row is found by: "number:SY1", "serial_number:X"
    cells = models.JSONField(default=list)
    mends = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices)
    faults = models.JSONField(default=list)
    marks = models.CharField(max_length=600, blank=True)  # the faults as "|column:trouble|…" to filter by
    changes = models.JSONField(default=dict)  # column → [old, new] as texts
    target = models.PositiveBigIntegerField(null=True)  # key of the record it changes or has made

    class Meta:
        ordering = ["table", "number"]
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["run", "table", "number"], name="import_row_once")]
        indexes = [
            models.Index(fields=["run", "verdict", "table", "number"]),
            models.Index(fields=["run", "key"], condition=~Q(key=""), name="import_row_key"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.table}:{self.number}"


class RememberedMatch(models.Model):
    """Where the school put a column whose header the program did not know (empty: leave it out)."""

    kind = models.CharField(_("kind"), max_length=40)
    head = models.CharField(_("header"), max_length=120)
    column = models.CharField(_("column"), max_length=40, blank=True)

    history = history()

    class Meta:
        ordering = ["kind", "head"]
        verbose_name = _("remembered column")
        verbose_name_plural = _("remembered columns")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["kind", "head"], name="head_remembered_once")]

    def __str__(self) -> str:
        return f"{self.head} → {self.column}"


def remembered(kind: str) -> dict[str, Any]:
    """The school's corrections of earlier imports of this kind: header key → column."""
    return dict(RememberedMatch.objects.filter(kind=kind).values_list("head", "column"))
