"""Notices in the admin site: what went out, to look at."""

from django.contrib import admin

from logistics.base.admin import ReadOnlyAdmin
from logistics.notices.models import Channel, Delivery, Notice


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ["person", "message", "made_at", "read_at"]
    list_select_related = ["person"]


@admin.register(Channel)
class ChannelAdmin(ReadOnlyAdmin):
    """The address and the secret are shown to nobody."""

    view_permission = "notices.manage_channels"
    list_display = ["name", "kind", "active"]
    exclude = ["address", "secret"]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    view_permission = "notices.manage_channels"
    list_display = ["channel", "subject", "state", "attempts", "next_try_at", "last_error"]
    list_filter = ["state", "channel"]
    list_select_related = ["channel"]
