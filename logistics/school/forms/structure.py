"""Forms of the school, departments, buildings, rooms and classes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from logistics.base.forms import ModelPageForm, PageForm
from logistics.school.models import Building, Department, Person, Room, School, SchoolClass, SchoolYear
from logistics.school.models.years import GRADE_NAMES


class SchoolForm(ModelPageForm):
    class Meta:
        model = School
        fields = ["name", "short_name", "address", "phone", "site_address"]
        help_texts = {
            "short_name": _("Stands in the page's head; without it the full name does."),
            "site_address": _("Where this program is reached, with https://. The QR code on every label leads there."),
        }


def working(current: Person | None) -> Any:
    """The people to choose from: those who work here, and who is entered now."""
    people = Person.objects.working()
    return people | Person.objects.filter(pk=current.pk) if current else people


class DepartmentForm(ModelPageForm):
    class Meta:
        model = Department
        fields = ["name", "head", "order", "active"]
        help_texts = {"order": _("Lists of departments follow this number.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["head"].queryset = working(self.instance.head)  # type: ignore[attr-defined]


class BuildingForm(ModelPageForm):
    class Meta:
        model = Building
        fields = ["name", "floors", "order"]
        help_texts = {"order": _("Lists of buildings follow this number.")}


class RoomForm(ModelPageForm):
    class Meta:
        model = Room
        fields = ["name", "kind", "building", "floor", "number", "department", "responsible", "active"]
        help_texts = {
            "name": _("As it stands on the door and in the ledgers."),
            "responsible": _("Answers for the property in the room. Later this changes by a hand-over of the room."),
            "active": _("Take this away when the room is no longer used; its records stay."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        responsible = self.fields["responsible"]
        responsible.queryset = working(self.instance.responsible)  # type: ignore[attr-defined]
        if self.instance.responsible_id:
            responsible.disabled = True
            responsible.help_text = _("Changes by a hand-over of the room, in the property pages.")


class ClassForm(ModelPageForm):
    class Meta:
        model = SchoolClass
        fields = ["year", "grade", "number", "homeroom_teacher", "pupil_keeper", "pupils", "room"]
        widgets = {"grade": forms.Select()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grade"] = forms.TypedChoiceField(
            label=_("grade"),
            coerce=int,
            choices=[(i, f"{name}年级") for i, name in enumerate(GRADE_NAMES, 1)],
        )
        self.fields["homeroom_teacher"].queryset = working(self.instance.homeroom_teacher)  # type: ignore[attr-defined]
        self.fields["room"].queryset = Room.objects.filter(active=True)  # type: ignore[attr-defined]


class CopyClassesForm(PageForm):
    """From which year the classes move up, into which."""

    from_year = forms.ModelChoiceField(SchoolYear.objects.all(), label=_("Classes of"))
    to_year = forms.ModelChoiceField(SchoolYear.objects.all(), label=_("Move up into"))
