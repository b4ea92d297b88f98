"""Filters of the school's lists."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from logistics.base.filters import PageFilterSet, PickFilter
from logistics.school.choices import Role, RoomKind
from logistics.school.models import Building, Department, Person, RoleAssignment, Room, SchoolClass, SchoolYear
from logistics.school.models.years import GRADE_NAMES


class PersonFilter(PageFilterSet):
    """Those who work here, unless the ones who left are asked for."""

    search_fields = ("name", "username", "staff_number", "position", "phone", "extension")
    first = ("q", "department", "state")
    department = PickFilter(rows=Department.objects.all)
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("left", _("have left")), ("all", _("all"))],
        empty_label=_("work here"),
        method="in_state",
    )

    class Meta:
        model = Person
        fields = ["department"]

    def in_state(self, people: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        return people.filter(is_active=False) if value == "left" else people

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen: QuerySet[Any] = super().filter_queryset(queryset)
        return chosen if self.form.cleaned_data.get("state") else chosen.filter(is_active=True)


class ContactFilter(PageFilterSet):
    search_fields = ("name", "position", "extension", "department__name", "office__name")
    first = ("q", "department")
    department = PickFilter(rows=Department.objects.all)

    class Meta:
        model = Person
        fields = ["department"]


class RoomFilter(PageFilterSet):
    """Rooms in use, unless the others are asked for."""

    search_fields = ("name", "number", "responsible__name", "building__name")
    first = ("q", "building", "kind", "state")
    building = PickFilter(rows=Building.objects.all)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=RoomKind.choices, empty_label=_("all"))
    department = PickFilter(rows=Department.objects.all)
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("nobody", _("nobody answers for it")), ("unused", _("no longer used")), ("all", _("all"))],
        empty_label=_("in use"),
        method="in_state",
    )

    class Meta:
        model = Room
        fields = ["building", "kind", "department"]

    def in_state(self, rooms: QuerySet[Room], name: str, value: str) -> QuerySet[Room]:
        if value == "nobody":
            return rooms.filter(nobody_answers(), active=True)
        return rooms.filter(active=False) if value == "unused" else rooms

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen: QuerySet[Any] = super().filter_queryset(queryset)
        return chosen if self.form.cleaned_data.get("state") else chosen.filter(active=True)


def nobody_answers() -> Q:
    """Rooms without a person responsible, or whose person has left."""
    return Q(responsible=None) | Q(responsible__is_active=False)


class ClassFilter(PageFilterSet):
    search_fields = ("homeroom_teacher__name", "pupil_keeper", "room__name")
    first = ("q", "year", "grade")
    year = PickFilter(rows=SchoolYear.objects.all, empty_label=_("the year of today"))
    grade = django_filters.ChoiceFilter(
        label=_("Grade"), choices=[(i, f"{name}年级") for i, name in enumerate(GRADE_NAMES, 1)], empty_label=_("all")
    )

    class Meta:
        model = SchoolClass
        fields = ["year", "grade"]


class RoleFilter(PageFilterSet):
    """Roles in force today, unless others are asked for."""

    search_fields = ("person__name", "deputy_for__name")
    first = ("q", "role", "state")
    role = django_filters.ChoiceFilter(
        label=_("Role"), choices=[c for c in Role.choices if c[0] != Role.STAFF], empty_label=_("all")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("coming", _("not begun yet")), ("over", _("over")), ("all", _("all"))],
        empty_label=_("in force today"),
        method="in_state",
    )

    class Meta:
        model = RoleAssignment
        fields = ["role"]

    def in_state(self, rows: QuerySet[RoleAssignment], name: str, value: str) -> QuerySet[RoleAssignment]:
        today = timezone.localdate()
        if value == "coming":
            return rows.filter(first_day__gt=today, withdrawn_at=None)
        return rows.filter(Q(last_day__lt=today) | Q(withdrawn_at__isnull=False)) if value == "over" else rows

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = super().filter_queryset(queryset)
        rows: QuerySet[Any] = chosen if self.form.cleaned_data.get("state") else chosen.in_force()
        return rows
