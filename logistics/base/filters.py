"""Filters of lists: a search box ``q`` and whatever else the list names, all kept in the address."""

from collections.abc import Callable
from typing import Any

import django_filters
from django import forms
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from logistics.base.forms import NativeForm
from logistics.base.rendering import PlainRenderer
from logistics.base.search import matching


class FilterForm(NativeForm, forms.Form):
    """The filter bar's form: labels stand above, nothing is required."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, renderer=PlainRenderer(), **kwargs)
        for field in self.fields.values():
            select = isinstance(field.widget, forms.Select)
            field.widget.attrs.setdefault("class", "form-select" if select else "form-control")


class PickFilter(django_filters.ChoiceFilter):
    """Choose one row of another table. The choices of all of a list's pick filters are read in one query.

    ``rows`` gives the queryset, ``shows`` the column to show, ``sort`` the one to order by.
    """

    def __init__(self, *args: Any, rows: Callable[[], QuerySet[Any]], shows: str = "name", sort: str = "", **kw: Any):
        self.rows, self.shows, self.sort = rows, shows, sort or shows
        kw.setdefault("empty_label", _("all"))
        super().__init__(*args, **kw)

    def as_rows(self, name: str) -> QuerySet[Any]:
        """Name of the filter, key, text and order of every choice, as text, so that they fit one UNION."""
        columns = (Cast(F(column), CharField()) for column in (self.shows, self.sort))
        return self.rows().order_by().values_list(Value(name, CharField()), F("pk"), *columns)

    def says(self, value: str) -> str:
        """What the list says above its rows of this choice, made or not; most filters say nothing."""
        return ""


class DateFilter(django_filters.DateFilter):
    """A day, from the browser's own date input."""


class PageFilterSet(django_filters.FilterSet):
    """Base of the lists' filters.

    ``search_fields`` are what the search box looks through, for every word typed; ``search_below`` are those of rows
    below, such as a paper's lines. ``first`` names the filters shown at once (the first four if it says nothing); the
    others fold away until one of them is used.
    """

    search_fields: tuple[str, ...] = ()
    search_below: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    q = django_filters.CharFilter(label=_("Search"), method="look_for")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.search_fields:
            del self.filters["q"]
        self._read_choices()

    def get_form_class(self) -> type[forms.Form]:
        fields = {name: filter_.field for name, filter_ in self.filters.items()}
        return type("Filters", (FilterForm,), fields)

    def first_fields(self) -> list[Any]:
        """Bound fields that are always shown."""
        return [self.form[name] for name in self._first_names()]

    def more_fields(self) -> list[Any]:
        """Bound fields that fold away."""
        first = self._first_names()
        return [field for field in self.form if field.name not in first]

    def more_used(self) -> bool:
        return any(self.data.get(field.name) for field in self.more_fields())

    def says(self) -> list[str]:
        """Sentences above the rows on what the list shows, from the filters that are always there."""
        picks = [name for name in self._first_names() if isinstance(self.filters[name], PickFilter)]
        return [said for name in picks if (said := self.filters[name].says(self.data.get(name, "")))]

    def _first_names(self) -> list[str]:
        return [name for name in self.first or list(self.filters)[:4] if name in self.filters]

    def look_for(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows in which every word stands in one of the fields; each once, though several rows below it fit."""
        found = matching(value, *self.search_fields, *self.search_below)
        if not self.search_below:
            return queryset.filter(found)
        rows = self._meta.model._default_manager.filter(found).order_by()
        return queryset.filter(pk__in=rows.values("pk"))

    def _read_choices(self) -> None:
        picks = {name: f for name, f in self.filters.items() if isinstance(f, PickFilter)}
        parts = [pick.as_rows(name) for name, pick in picks.items()]
        rows = parts[0].union(*parts[1:], all=True) if parts else ()
        for name, pick in picks.items():
            own = sorted((_in_order(order), str(pk), text) for of, pk, text, order in rows if of == name)
            pick.extra["choices"] = [(pk, text) for _order, pk, text in own]


def _in_order(order: str) -> str:
    """Numbers stand by their size."""
    return order.zfill(12) if order.isdecimal() else order
