"""The school's tables in the admin site. Roles, passwords, terms' states and hand-overs have pages of their own."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import admin as auth_admin  # noqa: F401  registers its groups first, so that they can go
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from logistics.base.admin import ReadOnlyAdmin, SchoolAdmin, SheetAdmin, SheetResource
from logistics.school import rules
from logistics.school.limits import declared
from logistics.school.models import (
    Building,
    Department,
    Limit,
    Person,
    RoleAssignment,
    Room,
    School,
    SchoolClass,
    SchoolDay,
    SchoolYear,
    Term,
)
from logistics.school.services import limits, terms

admin.site.unregister(Group)  # what a role may do stands in roles.py
admin.site.site_header = admin.site.site_title = _("School office")


class StructureAdmin(SchoolAdmin):
    view_permission, manage_permission = "school.view_structure", "school.manage_structure"


class DepartmentResource(SheetResource):
    class Meta(SheetResource.Meta):
        model = Department
        import_id_fields = ("name",)
        fields = ("name", "order", "active")


class BuildingResource(SheetResource):
    class Meta(SheetResource.Meta):
        model = Building
        import_id_fields = ("name",)
        fields = ("name", "floors", "order")


@admin.register(School)
class SchoolTableAdmin(StructureAdmin):
    list_display = ["name", "short_name", "phone", "site_address"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not School.objects.exists()

    def save_model(self, request: HttpRequest, obj: School, form: ModelForm[School], change: bool) -> None:
        obj.pk = 1
        super().save_model(request, obj, form, change)


@admin.register(Department)
class DepartmentAdmin(SheetAdmin, StructureAdmin):
    resource_classes = [DepartmentResource]
    list_display = ["name", "head", "order", "active"]
    list_filter = ["active"]
    list_select_related = ["head"]
    search_fields = ["name"]
    autocomplete_fields = ["head"]


@admin.register(Building)
class BuildingAdmin(SheetAdmin, StructureAdmin):
    resource_classes = [BuildingResource]
    list_display = ["name", "floors", "order"]
    search_fields = ["name"]


@admin.register(Person)
class PersonAdmin(SchoolAdmin):
    view_permission, manage_permission = "school.view_structure", "school.manage_people"
    list_display = ["name", "username", "staff_number", "department", "position", "is_active"]
    list_filter = ["is_active", "department", "is_staff"]
    list_select_related = ["department"]
    search_fields = ["name", "username", "staff_number"]
    autocomplete_fields = ["department", "office"]
    exclude = ["password"]
    readonly_fields = ["is_active", "must_change_password", "last_login"]

    def get_readonly_fields(self, request: HttpRequest, obj: Person | None = None) -> list[str]:
        """Who may use the admin site, or do everything, is decided by an administrator, and not about himself."""
        fixed = [*super().get_readonly_fields(request, obj)]
        if not request.user.is_superuser or (obj and obj.pk == request.user.pk):
            fixed += ["is_staff", "is_superuser"]
        return fixed

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (not isinstance(obj, Person) or rules.can_manage(request.user, obj))  # type: ignore[arg-type]

    def save_model(self, request: HttpRequest, obj: Person, form: ModelForm[Person], change: bool) -> None:
        if not change:
            obj.set_unusable_password()  # the first one is given on the person's page
        super().save_model(request, obj, form, change)


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(ReadOnlyAdmin):
    """To look at: appointing follows rules that stand on the pages of roles."""

    view_permission = "school.view_structure"
    list_display = ["person", "role", "first_day", "last_day", "deputy_for", "withdrawn_at"]
    list_filter = ["role"]
    list_select_related = ["person", "deputy_for"]
    search_fields = ["person__name"]


@admin.register(Room)
class RoomAdmin(StructureAdmin):
    list_display = ["name", "building", "floor", "number", "kind", "department", "responsible", "active"]
    list_filter = ["active", "building", "kind", "department"]
    list_select_related = ["building", "department", "responsible"]
    search_fields = ["name", "number"]
    autocomplete_fields = ["building", "department", "responsible"]

    def get_readonly_fields(self, request: HttpRequest, obj: Room | None = None) -> list[str]:
        """The person responsible, once set, changes by a hand-over in the property pages."""
        return ["responsible"] if obj and obj.responsible_id else []


@admin.register(SchoolClass)
class SchoolClassAdmin(StructureAdmin):
    list_display = ["name", "year", "homeroom_teacher", "pupil_keeper", "pupils", "room"]
    list_filter = ["year", "grade"]
    list_select_related = ["year", "homeroom_teacher", "room"]
    autocomplete_fields = ["homeroom_teacher", "room"]


@admin.register(SchoolYear)
class SchoolYearAdmin(StructureAdmin):
    list_display = ["name", "first_day", "last_day"]

    def save_model(self, request: HttpRequest, obj: SchoolYear, form: ModelForm[SchoolYear], change: bool) -> None:
        obj.pk = terms.save_year(year=SchoolYear.objects.get(pk=obj.pk) if change else None, **form.cleaned_data).pk


@admin.register(Term)
class TermAdmin(StructureAdmin):
    """Closing and opening again have pages of their own."""

    list_display = ["__str__", "first_day", "last_day", "closed_at", "closed_by"]
    list_select_related = ["year", "closed_by"]
    readonly_fields = ["closed_at", "closed_by"]

    def save_model(self, request: HttpRequest, obj: Term, form: ModelForm[Term], change: bool) -> None:
        obj.pk = terms.save_term(term=Term.objects.get(pk=obj.pk) if change else None, **form.cleaned_data).pk


@admin.register(SchoolDay)
class SchoolDayAdmin(ReadOnlyAdmin):
    """Filled and corrected on the page of the school year."""

    view_permission = "school.view_structure"
    list_display = ["day", "kind", "note", "provisional", "corrected"]
    list_filter = ["kind", "provisional", "corrected"]
    date_hierarchy = "day"


@admin.register(Limit)
class LimitAdmin(SchoolAdmin):
    """A new value is a new row; rows stay as they are."""

    view_permission, manage_permission = "school.view_structure", "school.manage_limits"
    list_display = ["label", "value", "unit", "in_force_from", "source"]
    list_filter = ["key"]

    @admin.display(description=_("limit"), ordering="key")
    def label(self, row: Limit) -> str:
        known = declared().get(row.key)
        return str(known.label) if known else row.key

    @admin.display(description=_("unit"))
    def unit(self, row: Limit) -> str:
        known = declared().get(row.key)
        return str(known.unit) if known else ""

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: Limit | None = None, change: bool = False, **kwargs: Any) -> Any:
        from logistics.school.forms.years import LimitForm

        return super().get_form(request, obj, change, **({} if obj else {"form": LimitForm}), **kwargs)

    def save_model(self, request: HttpRequest, obj: Limit, form: ModelForm[Limit], change: bool) -> None:
        if change:
            raise PermissionDenied
        obj.pk = limits.set_limit(**form.cleaned_data).pk
