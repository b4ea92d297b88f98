"""Attachments of any record: adding, removing, listing, serving. The record's own app decides who may do it."""

import hashlib
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics.records.files import clean_name, made_fit
from logistics.records.models import Attachment
from logistics.school.models import Person
from logistics.school.models.limits import limit


@dataclass(frozen=True)
class Shown:
    """An attachment as ``partials/_attachments.html`` shows it."""

    name: str
    url: str
    thumbnail_url: str
    is_picture: bool
    size_text: str


def of(record: models.Model) -> models.QuerySet[Attachment]:
    """The attachments of a record that were not removed, oldest first."""
    kind = ContentType.objects.get_for_model(record)
    return Attachment.objects.filter(content_type=kind, object_id=record.pk, removed_at=None)


def of_all(records: Sequence[models.Model]) -> dict[int, list[Attachment]]:
    """The attachments of records of one model by their key, oldest first; one statement."""
    found: dict[int, list[Attachment]] = {record.pk: [] for record in records}
    if records:
        kind = ContentType.objects.get_for_model(records[0])
        for row in Attachment.objects.filter(content_type=kind, object_id__in=found, removed_at=None).order_by("pk"):
            found[row.object_id].append(row)
    return found


def with_count(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Rows with ``files``, how many attachments each has; no statement more."""
    kind = ContentType.objects.get_for_model(rows.model)
    own = Attachment.objects.filter(content_type=kind, object_id=OuterRef("pk"), removed_at=None).order_by()
    counted = own.values("object_id").annotate(count=Count("pk")).values("count")
    annotated: models.QuerySet[Any] = rows.annotate(files=Coalesce(Subquery(counted), 0))
    return annotated


def shown(
    record: models.Model, url: Callable[[Attachment], str], thumbnail_url: Callable[[Attachment], str]
) -> list[Shown]:
    """The attachments of a record for its page; the two functions give the addresses of the owning app's views."""
    return [
        Shown(a.name, url(a), thumbnail_url(a) if a.thumbnail else "", a.is_picture, filesizeformat(a.size))
        for a in of(record)
    ]


@transaction.atomic
def attach(*, person: Person, record: models.Model, upload: UploadedFile[Any], office: bool = False) -> Attachment:
    """Keep an uploaded picture or PDF with a record, or an ``office`` file. ``sha256`` is that of it as uploaded.

    Raises ValidationError: too large (limit ``upload.megabytes``), empty, not what it claims, there already.
    """
    megabytes = limit("upload.megabytes")
    if (upload.size or 0) > megabytes * 1024 * 1024:
        raise ValidationError(
            _("The file is larger than %(most)s MB. Make the picture smaller, or scan with fewer dots."),
            params={"most": f"{megabytes:g}"},
        )
    content = upload.read()
    if not content:
        raise ValidationError(_("The file is empty."))
    digest = hashlib.sha256(content).hexdigest()
    if of(record).filter(sha256=digest).exists():
        raise ValidationError(_("This file is attached already."))
    kept = made_fit(content, office=office)
    attachment = Attachment(
        record=record,
        name=clean_name(upload.name or "", kept.ending),
        media_type=kept.media_type,
        size=len(kept.content),
        sha256=digest,
        added_by=person,
    )
    stem = uuid.uuid4().hex  # the place on the disk tells nothing and cannot be guessed
    attachment.file.save(f"{stem}.{kept.ending}", ContentFile(kept.content), save=False)
    if kept.thumbnail:
        attachment.thumbnail.save(f"{stem}.jpg", ContentFile(kept.thumbnail), save=False)
    attachment.save()
    return attachment


@transaction.atomic
def remove(*, attachment: Attachment) -> None:
    """Take an attachment off its record. File and entry are kept; who took it off stands in its history."""
    attachment = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)
    if attachment.removed_at is None:
        attachment.removed_at = timezone.now()
        attachment.save()


def serve(request: HttpRequest, attachment: Attachment, *, thumbnail: bool = False) -> HttpResponse | FileResponse:
    """The file, for a view that has checked who asks. Pictures open in the page, a PDF is saved.

    Raises Http404 when it was removed, has no thumbnail, or its file is gone.
    """
    file = attachment.thumbnail if thumbnail else attachment.file
    if attachment.removed_at or not file:
        raise Http404
    etag = f'"{attachment.sha256[:32]}{"-small" if thumbnail else ""}"'
    if request.headers.get("If-None-Match") == etag:
        answer: HttpResponse | FileResponse = HttpResponseNotModified()
    else:
        try:
            content = file.open("rb")
        except FileNotFoundError:
            raise Http404 from None
        media_type = "image/jpeg" if thumbnail else attachment.media_type
        answer = FileResponse(
            content, as_attachment=not attachment.is_picture, filename=attachment.name, content_type=media_type
        )
        answer["X-Content-Type-Options"] = "nosniff"
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    return answer
