"""Number series and attachments."""

from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from logistics.base.history import history
from logistics.school.models import Person


class NumberSeries(models.Model):
    """The last number given in a series of a year; written only by ``numbers.take``."""

    prefix = models.CharField(_("prefix"), max_length=10)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        ordering = ["prefix", "-year"]
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="series_once_a_year")]

    def __str__(self) -> str:
        return f"{self.prefix}{self.year}"


class Attachment(models.Model):
    """A picture or PDF that belongs to a record. The file is private: the record's app serves it after its check."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")
    file = models.FileField(_("file"), upload_to="attachments/%Y/%m")
    thumbnail = models.FileField(upload_to="thumbnails/%Y/%m", blank=True)
    name = models.CharField(_("name"), max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size"))  # bytes
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    removed_at = models.DateTimeField(null=True, editable=False)

    history = history()

    class Meta:
        ordering = ["added_at", "id"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = self.name[:120]
        super().save(*args, **kwargs)
