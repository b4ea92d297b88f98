"""Pages of the school itself, its departments and buildings."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from logistics.base.links import links_for
from logistics.base.views import Column, CreatePage, DetailPage, ListPage, UpdatePage
from logistics.school.forms.structure import BuildingForm, DepartmentForm, SchoolForm
from logistics.school.models import Building, Department, School

LOOK, KEEP = "school.view_structure", "school.manage_structure"


class SchoolUpdate(UpdatePage):
    """The one school."""

    permission, form_class, title = KEEP, SchoolForm, _("The school")
    lead = _("The name stands on every page and every printed form.")
    done = _("%(object)s: kept.")
    success_url = cancel_url = reverse_lazy("front:home")

    def get_object(self, queryset: QuerySet[School] | None = None) -> School:
        return School.current()


class DepartmentList(ListPage):
    permission, model, title = LOOK, Department, _("Departments")
    columns = (
        Column(_("Department"), sort="name", value="name"),
        Column(_("Head"), sort="head__name_sort", value="head__name"),
        Column(_("People"), number=True, value="people_now"),
        Column(_("Rooms"), number=True, value="rooms_now"),
        Column(_("State"), sort="active"),
    )
    ordering = ("order", "name")
    export_permission = LOOK
    create_url_name, create_label, create_permission = "school:department-create", _("New department"), KEEP

    def get_row_queryset(self) -> QuerySet[Department]:
        people = Count("people", filter=Q(people__is_active=True), distinct=True)
        rooms = Count("rooms", filter=Q(rooms__active=True), distinct=True)
        return Department.objects.select_related("head").annotate(people_now=people, rooms_now=rooms)


class DepartmentDetail(DetailPage):
    permission, model = LOOK, Department
    queryset = Department.objects.select_related("head")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        department: Department = self.object
        people, rooms = department.people.working(), department.rooms.filter(active=True)
        links = links_for(self.request.user, department)
        return super().get_context_data(**{"people": people, "rooms": rooms, "links": links, **kwargs})


class DepartmentCreate(CreatePage):
    permission, form_class, title = KEEP, DepartmentForm, _("New department")
    done = _("%(object)s is entered.")
    cancel_url = reverse_lazy("school:department-list")


class DepartmentUpdate(UpdatePage):
    permission, model, form_class, title = KEEP, Department, DepartmentForm, _("Change department")
    done = _("%(object)s: kept.")


class BuildingList(ListPage):
    permission, model, title = LOOK, Building, _("Buildings")
    columns = (
        Column(_("Building"), sort="name", value="name"),
        Column(_("Floors"), sort="floors", number=True, value="floors"),
        Column(_("Rooms"), number=True, value="rooms_now"),
    )
    ordering = ("order", "name")
    export_permission = LOOK
    create_url_name, create_label, create_permission = "school:building-create", _("New building"), KEEP

    def get_row_queryset(self) -> QuerySet[Building]:
        return Building.objects.annotate(rooms_now=Count("rooms", filter=Q(rooms__active=True)))


class BuildingDetail(DetailPage):
    permission, model = LOOK, Building

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rooms = self.object.rooms.filter(active=True).select_related("responsible")
        return super().get_context_data(**{"rooms": rooms, **kwargs})


class BuildingCreate(CreatePage):
    permission, form_class, title = KEEP, BuildingForm, _("New building")
    done = _("%(object)s is entered.")
    cancel_url = reverse_lazy("school:building-list")


class BuildingUpdate(UpdatePage):
    permission, model, form_class, title = KEEP, Building, BuildingForm, _("Change building")
    done = _("%(object)s: kept.")
