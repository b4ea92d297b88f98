"""Attachments and number series in the admin site: to look at."""

from django.contrib import admin

from logistics.base.admin import ReadOnlyAdmin
from logistics.records.models import Attachment, NumberSeries


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin):
    """Files are opened on the page of their record, which checks who asks."""

    view_permission = "school.view_trail"
    list_display = ["name", "media_type", "size", "added_at", "added_by", "removed_at"]
    list_filter = ["media_type"]
    list_select_related = ["added_by"]
    search_fields = ["name"]
    fields = ["name", "media_type", "size", "sha256", "added_at", "added_by", "removed_at"]


@admin.register(NumberSeries)
class NumberSeriesAdmin(ReadOnlyAdmin):
    view_permission = "school.view_trail"
    list_display = ["prefix", "year", "last"]
    list_filter = ["year"]
