"""Filters of the tasks' lists."""

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from logistics.base.filters import PageFilterSet, PickFilter
from logistics.school.filters import TermFilter
from logistics.school.models import Department, Person
from logistics.workcalendar.choices import TaskState
from logistics.workcalendar.models import Series, Task

LATE = "late"
STATES = [choice for choice in TaskState.choices if choice[0] != TaskState.DROPPED]


class MyTaskFilter(PageFilterSet):
    """One's own tasks by words, state, term."""

    search_fields: tuple[str, ...] = ("title", "detail", "note")
    first: tuple[str, ...] = ("q", "state", "term")
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=[*STATES, (LATE, _("late"))], empty_label=_("all"), method="in_state"
    )
    term = TermFilter("due")

    class Meta:
        model = Task
        fields: list[str] = []

    def in_state(self, queryset: QuerySet[Task], name: str, value: str) -> QuerySet[Task]:
        if value == LATE:
            return queryset.filter(state=TaskState.OPEN, due__lt=timezone.localdate())
        return queryset.filter(state=value) if value else queryset


class TaskFilter(MyTaskFilter):
    """Everybody's tasks: also by whose they are."""

    search_fields = (*MyTaskFilter.search_fields, "owner__name")
    first = ("q", "state", "owner", "department")
    owner = PickFilter(rows=Person.objects.working, shows="name", sort="name_sort", label=_("Person responsible"))
    department = PickFilter(rows=Department.objects.all, shows="name", sort="order", label=_("Department"))


class SeriesFilter(PageFilterSet):
    """Recurring tasks by words."""

    search_fields = ("title", "detail", "owner__name", "department__name")

    class Meta:
        model = Series
        fields: list[str] = []
