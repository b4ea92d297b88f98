"""What the admin site of every app builds on: our permissions instead of Django's, nothing official deleted."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from import_export.admin import ExportMixin, ImportMixin
from import_export.formats.base_formats import CSV, XLSX
from import_export.resources import ModelResource

from logistics.base.cells import neutral, plain
from logistics.base.history import act_on_behalf


class KeySelect(AutocompleteSelect):
    """Shown again with something that is no key, it shows nothing; Django's own breaks."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        keys = [key for key in map(str, value) if key.isdecimal() and len(key) < 19]
        return super().optgroups(name, keys or [""], attr)


class SchoolAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A table in the admin site, for people who may use it and whose roles give one of the two permissions.

    ``view_permission`` lets them look, ``manage_permission`` change; without one only an administrator may. Deleting is
    for tables that say ``may_delete``; ``save_model`` may be replaced to call a service. Every change is in the trail.
    """

    view_permission = ""
    manage_permission = ""
    may_delete = False
    show_full_result_count = False
    list_per_page = 50

    def _has(self, request: HttpRequest, permission: str) -> bool:
        user: Any = request.user
        return bool(user.has_perm(permission)) if permission else bool(user.is_active and user.is_superuser)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KeySelect(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.note_whose_right(request)
        return super().changeform_view(request, *args, **kwargs)

    def note_whose_right(self, request: HttpRequest) -> None:
        """The trail says in whose place somebody changes this table who may do so only as a deputy."""
        user: Any = request.user
        if user.is_authenticated and (principal := user.principal_for(self.manage_permission)):
            act_on_behalf(principal)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._has(request, self.view_permission) or self._has(request, self.manage_permission)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._has(request, self.manage_permission)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._has(request, self.manage_permission)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.may_delete and self._has(request, self.manage_permission)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)


class ReadOnlyAdmin(SchoolAdmin):
    """A table to look at: its rows are made and changed by the program alone, for administrators too."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class SheetResource(ModelResource):
    """Rows of a sheet go through the model's own checks; history is written as for any change.

    Text that a spreadsheet would take for a formula leaves as text, and comes back as it was.
    """

    class Meta:
        clean_model_instances = True
        skip_unchanged = True
        use_bulk = False

    def export_field(self, field: Any, instance: Any, **kwargs: Any) -> Any:
        value = super().export_field(field, instance, **kwargs)
        return neutral(value) if isinstance(value, str) else value

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        row.update({name: plain(value) for name, value in row.items() if isinstance(value, str)})


class ExportAdmin(ExportMixin, SchoolAdmin):
    """A table that also leaves as a sheet, filtered as it is shown."""

    def export_action(self, request: HttpRequest) -> HttpResponse:
        try:
            answer: HttpResponse = super().export_action(request)
        except IncorrectLookupParameters:  # an address nobody gets by clicking: as the list itself does
            return HttpResponseRedirect(request.path)
        return answer


class SheetAdmin(ImportMixin, ExportAdmin):
    """A small table that whoever keeps it also reads in from a sheet, row by row and with its history."""

    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
    formats = [CSV, XLSX]

    def has_import_permission(self, request: HttpRequest, *args: Any) -> bool:
        return self._has(request, self.manage_permission)

    def has_export_permission(self, request: HttpRequest, *args: Any) -> bool:
        return self.has_view_permission(request)

    def process_import(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.note_whose_right(request)
        try:
            answer: HttpResponse = super().process_import(request, *args, **kwargs)
        except FileNotFoundError:  # looked at long ago, entered already, or never uploaded
            messages.error(request, _("The file is no longer here. Upload it once more."))
            info = self.model._meta
            return HttpResponseRedirect(reverse(f"admin:{info.app_label}_{info.model_name}_import"))
        return answer
