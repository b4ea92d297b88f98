"""Notices in the admin site, to look at. A channel's address and secret are shown to nobody."""

from django.contrib import admin

from logistics.base.admin import ReadOnlyAdmin
from logistics.notices.models import Channel, Delivery, Notice


@admin.register(Channel)
class ChannelAdmin(ReadOnlyAdmin):
    view_permission = "notices.manage_channels"
    list_display = ["name", "kind", "active"]
    fields = ["kind", "name", "active"]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    view_permission = "notices.manage_channels"
    list_display = ["made_at", "channel", "person", "state", "attempts", "sent_at", "last_error"]
    fields = ["channel", "person", "subject", "state", "attempts", "next_try_at", "last_error", "made_at", "sent_at"]
    list_filter = ["state", "channel"]
    list_select_related = ["channel", "person"]


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ["made_at", "person", "message", "read_at"]
    list_select_related = ["person"]
