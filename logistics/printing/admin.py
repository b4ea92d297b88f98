"""Prints in the admin site: to look at; a file leaves only through the page that asks whose it is."""

from django.contrib import admin

from logistics.base.admin import ReadOnlyAdmin
from logistics.printing.models import PrintJob


@admin.register(PrintJob)
class PrintJobAdmin(ReadOnlyAdmin):
    view_permission = "school.view_trail"
    list_display = ["title", "output", "state", "total", "person", "created_at"]
    list_filter = ["state", "output"]
    list_select_related = ["person"]
    search_fields = ["title", "person__name"]
    exclude = ["file", "parameters"]
