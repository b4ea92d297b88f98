"""The states of a print and what it is made as."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PrintState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("being made")
    DONE = "done", _("ready")
    FAILED = "failed", _("not made")


class Output(models.TextChoices):
    PDF = "pdf", _("PDF")
    XLSX = "xlsx", _("Excel")


MEDIA_TYPES = {
    Output.PDF: "application/pdf",
    Output.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
OPEN_STATES = frozenset({PrintState.WAITING, PrintState.RUNNING})
