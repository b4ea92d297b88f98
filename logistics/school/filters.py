"""Filters of the school's lists."""

from typing import Any

import django_filters
from django.db.models import Case, CharField, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from logistics.base.filters import PageFilterSet, PickFilter
from logistics.school.choices import Role, RoomKind, TermNumber
from logistics.school.models import Building, Department, Person, RoleAssignment, Room, SchoolClass, SchoolYear, Term
from logistics.school.models.years import GRADE_NAMES


def term_titles() -> QuerySet[Term]:
    """Terms with the text that names them, for a choice."""
    names = [When(number=number, then=Value(str(label))) for number, label in TermNumber.choices]
    return Term.objects.annotate(title=Concat("year__name", Value(" "), Case(*names, output_field=CharField())))


class TermFilter(PickFilter):
    """The rows whose day ``field_name`` lies in a term. A list that crosses terms says which one it shows."""

    def __init__(self, field_name: str, **kwargs: Any):
        kwargs.setdefault("label", _("Term"))
        super().__init__(field_name, rows=term_titles, shows="title", empty_label=_("all terms"), **kwargs)

    def filter(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return queryset
        term = Term.objects.filter(pk=value)
        first, last = Subquery(term.values("first_day")), Subquery(term.values("last_day"))
        return queryset.filter(**{f"{self.field_name}__gte": first, f"{self.field_name}__lte": last})

    def says(self, value: str) -> str:
        title = dict(self.extra["choices"]).get(value)
        return _("Shown: %(term)s") % {"term": title or self.extra["empty_label"]}


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

    search_fields = ("name", "key", "number", "responsible__name", "building__name")
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
    search_fields = ("homeroom_teacher__name", "pupil_keeper", "room__name", "room__key")
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
