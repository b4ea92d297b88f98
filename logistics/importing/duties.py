"""What waits for a person: imports that are not finished."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics.base.duties import Duty
from logistics.importing.choices import RunState
from logistics.importing.models import ImportRun
from logistics.importing.queries import counts


def waiting_for(person: Any) -> Iterable[Duty]:
    """Imports this person began: columns to confirm, rows to mend, good rows to enter."""
    for run in ImportRun.objects.waiting_for(person):
        found = counts(run)
        if run.state == RunState.COLUMNS:
            detail = _("Confirm the columns.")
        elif found["faulty"]:
            text = ngettext("%(count)d row to mend", "%(count)d rows to mend", found["faulty"])
            detail = text % {"count": found["faulty"]}
        elif found["new"] or found["changed"]:
            detail = _("All rows are in order. Enter them.")
        else:
            detail = _("Nothing in it is new.")
        yield Duty(
            _("Finish the import “%(file)s”") % {"file": run.name},
            reverse("importing:run-detail", args=[run.pk]),
            detail,
            since=timezone.localdate(run.begun_at),
        )
