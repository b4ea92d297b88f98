"""The tables of imports in the admin site: to look at only, their state moves through the pages."""

from django.contrib import admin

from logistics.base.admin import ReadOnlyAdmin
from logistics.importing.models import ImportRow, ImportRun, RememberedMatch


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    view_permission = "school.view_trail"
    list_display = ["name", "kind", "state", "person", "begun_at", "committed_at", "undone_at"]
    list_filter = ["kind", "state"]
    search_fields = ["name", "person__name"]
    list_select_related = ["person"]
    exclude = ["file"]  # it leaves only through the page that asks whose it is


@admin.register(ImportRow)
class ImportRowAdmin(ReadOnlyAdmin):
    list_display = ["run", "table", "number", "verdict", "key"]
    list_filter = ["verdict"]
    search_fields = ["key"]
    list_select_related = ["run"]


@admin.register(RememberedMatch)
class RememberedMatchAdmin(ReadOnlyAdmin):
    """A remembered column is put right by choosing another in the next import."""

    list_display = ["kind", "head", "column"]
    list_filter = ["kind"]
    search_fields = ["head"]
