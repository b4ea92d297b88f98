"""Integrity of the records: whether the kept files are still there. The roof collects ``CHECKS``."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics.base.checks import Check, Problem
from logistics.records.models import Attachment


def lost_files() -> Iterator[Problem]:
    """Attachments whose file is not in the data folder any more or is not as long as it was."""
    for attachment in Attachment.objects.filter(removed_at=None).iterator():
        storage, name = attachment.file.storage, str(attachment.file.name)
        if not storage.exists(name) or storage.size(name) != attachment.size:
            text = _("%(name)s of %(record)s is lost or damaged.")
            record = attachment.record
            yield Problem(text % {"name": attachment, "record": record}, record.get_absolute_url() if record else "")


CHECKS = [
    Check(
        gettext_lazy("Every attached file is there"),
        gettext_lazy("Take the file from a backup (folder “private”), or attach it anew."),
        lost_files,
    )
]
