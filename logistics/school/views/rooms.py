"""Pages of rooms and classes."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from logistics.base.links import links_for
from logistics.base.views import Column, ConfirmPage, CreatePage, DetailPage, ListPage, UpdatePage
from logistics.school.filters import ClassFilter, RoomFilter
from logistics.school.forms.structure import ClassForm, CopyClassesForm, RoomForm
from logistics.school.models import Room, SchoolClass, SchoolYear
from logistics.school.queries import year_of_today
from logistics.school.services import classes

LOOK, KEEP = "school.view_structure", "school.manage_structure"


class RoomList(ListPage):
    permission, model, title, filterset_class = LOOK, Room, _("Rooms"), RoomFilter
    columns = (
        Column(_("Room"), sort="name_sort", value="name"),
        Column(_("Building"), sort="building__order", value="building__name"),
        Column(_("Floor"), sort="floor", number=True, value="floor", phone=False),
        Column(_("Door number"), sort="number", value="number", phone=False),
        Column(_("Kind"), sort="kind", value="get_kind_display", phone=False),
        Column(_("Department"), sort="department__order", value="department__name", phone=False),
        Column(_("Person responsible"), sort="responsible__name_sort", value="responsible__name"),
    )
    export_permission = LOOK
    create_url_name, create_label, create_permission = "school:room-create", _("New room"), KEEP

    def get_row_queryset(self) -> QuerySet[Room]:
        return Room.objects.select_related("building", "department", "responsible")


class RoomDetail(DetailPage):
    permission, model = LOOK, Room
    queryset = Room.objects.select_related("building", "department", "responsible")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        room: Room = self.object
        context = {
            "links": links_for(self.request.user, room),
            "classes": room.classes.select_related("year", "homeroom_teacher"),
            "occupants": room.occupants.working(),
        }
        return super().get_context_data(**{**context, **kwargs})


class RoomCreate(CreatePage):
    permission, form_class, title = KEEP, RoomForm, _("New room")
    done = _("%(object)s is entered.")
    cancel_url = reverse_lazy("school:room-list")


class RoomUpdate(UpdatePage):
    permission, model, form_class, title = KEEP, Room, RoomForm, _("Change room")
    done = _("%(object)s: kept.")


class ClassList(ListPage):
    """The classes of one school year: today's, unless another is chosen."""

    permission, model, title, filterset_class = LOOK, SchoolClass, _("School classes"), ClassFilter
    template_name = "school/class/list.html"
    columns = (
        Column(_("School class"), sort="grade", value="name"),
        Column(_("Homeroom teacher"), sort="homeroom_teacher__name_sort", value="homeroom_teacher__name"),
        Column(_("Pupil property keeper"), sort="pupil_keeper", value="pupil_keeper"),
        Column(_("Pupils"), sort="pupils", number=True, total="pupils", value="pupils"),
        Column(_("Room"), sort="room__name_sort", value="room__name"),
        Column(_("School year"), value="year__name", phone=False),
    )
    ordering = ("grade", "number")
    export_permission = LOOK
    create_url_name, create_label, create_permission = "school:class-create", _("New class"), KEEP

    @cached_property
    def year(self) -> SchoolYear | None:
        """The year asked for, if there is such a one; else today's."""
        asked = self.request.GET.get("year", "")
        chosen = SchoolYear.objects.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 19 else None
        return chosen or year_of_today()

    def get_queryset(self) -> QuerySet[SchoolClass]:
        return SchoolClass.objects.filter(year=self.year)

    def get_row_queryset(self) -> QuerySet[SchoolClass]:
        return SchoolClass.objects.select_related("year", "homeroom_teacher", "room")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"year": self.year, **kwargs})


class ClassDetail(DetailPage):
    permission, model, template_name = LOOK, SchoolClass, "school/class/detail.html"
    queryset = SchoolClass.objects.select_related("year", "homeroom_teacher", "room")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"links": links_for(self.request.user, self.object), **kwargs})


class ClassCreate(CreatePage):
    permission, form_class, title = KEEP, ClassForm, _("New class")
    done = _("%(object)s is entered.")
    cancel_url = reverse_lazy("school:class-list")

    def get_initial(self) -> dict[str, Any]:
        return {"year": year_of_today()}


class ClassUpdate(UpdatePage):
    permission, model, form_class, title = KEEP, SchoolClass, ClassForm, _("Change class")
    done = _("%(object)s: kept.")


class ClassCopy(ConfirmPage):
    """A year's classes taken over into the next, each a grade higher."""

    permission, form_class, title = KEEP, CopyClassesForm, _("Move classes up into the next year")
    lead = _(
        "Every class moves up a grade with its homeroom teacher, pupil property keeper and room; "
        "the sixth grade leaves. Classes that are entered in the new year already stay as they are."
    )
    submit_label = _("Move up")
    done = _("%(object)s classes are entered in the new year.")
    success_url = cancel_url = reverse_lazy("school:class-list")

    def get_initial(self) -> dict[str, Any]:
        now = year_of_today()
        later = SchoolYear.objects.filter(first_day__gt=now.last_day).order_by("first_day").first() if now else None
        return {"from_year": now, "to_year": later}

    def save(self, form: Any) -> Any:
        return len(classes.copy_classes(**form.cleaned_data))
