"""Prints: what was printed, by whom, and the file itself, which is served again unchanged."""

import uuid

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from logistics.printing.choices import OPEN_STATES, Output, PrintState


def private_storage() -> Storage:
    return storages["private"]


def private_name(job: "PrintJob", filename: str) -> str:
    """A name nobody can guess."""
    return f"prints/{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}.{job.output}"


class PrintJob(models.Model):
    """One print of a form with the facts of its moment. It has no history: its states are its trail, nobody edits it.

    ``form`` is the dotted path of the builder (see ``catalogue``), ``parameters`` what it was called with.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("printed by"), related_name="+", editable=False
    )
    form = models.CharField(max_length=120)
    title = models.CharField(_("title"), max_length=120)
    parameters = models.JSONField(default=dict)
    output = models.CharField(_("made as"), max_length=4, choices=Output.choices, default=Output.PDF)
    state = models.CharField(_("state"), max_length=8, choices=PrintState.choices, default=PrintState.WAITING)
    done = models.PositiveIntegerField(default=0)  # pages
    total = models.PositiveIntegerField(_("pages"), default=0)
    attempt = models.PositiveSmallIntegerField(default=0)
    file = models.FileField(upload_to=private_name, storage=private_storage, max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    message = models.CharField(max_length=300, blank=True)  # why it was not made
    created_at = models.DateTimeField(_("printed"), auto_now_add=True)
    touched_at = models.DateTimeField(default=timezone.now)  # last sign of life of who makes it
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("print")
        verbose_name_plural = _("prints")
        default_permissions = ()
        indexes = [
            models.Index(fields=["person", "-created_at"]),
            models.Index(fields=["touched_at"], condition=Q(state__in=["waiting", "running"]), name="print_open"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="done", finished_at__isnull=False) & ~Q(sha256="") & ~Q(file="")
                | ~Q(state="done") & Q(sha256="", file=""),
                name="print_is_done_with_its_file",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("printing:job-detail", args=[self.pk])

    @property
    def open_url(self) -> str:
        """Where the person goes after pressing print: to the file, or to the page that says how far it is."""
        return reverse("printing:job-file", args=[self.pk]) if self.is_ready else self.get_absolute_url()

    @property
    def is_ready(self) -> bool:
        return self.state == PrintState.DONE

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def filename(self) -> str:
        """What the file is called when it is saved."""
        return f"{self.title.replace('/', '／')} {timezone.localdate(self.created_at):%Y-%m-%d}.{self.output}"
