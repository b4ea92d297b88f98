"""Classes of property and their useful lives: looking, adding the school's own, switching off."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from assets.choices import Scheme
from assets.filters import LookupFilter, LookupFilterSet
from assets.forms.classes import ClassForm, UsefulLifeForm
from assets.lookups import written
from assets.models import Card, PropertyClass, UsefulLife
from assets.queries.classes import cards_by_class
from assets.queries.ledger import below as in_and_below
from assets.queries.lives import useful_life
from logistics.base.filters import PageFilterSet
from logistics.base.permissions import requires
from logistics.base.views import Column, CreatePage, DetailPage, ListPage, UpdatePage


class ClassFilter(PageFilterSet):
    """Without a search the tree is walked from the top: one depth at a time."""

    search_fields = ("code", "name", "name_sort")
    scheme = django_filters.ChoiceFilter(
        choices=Scheme.choices, label=gettext_lazy("Scheme"), empty_label=gettext_lazy("all")
    )
    used = django_filters.ChoiceFilter(
        method="with_cards",
        choices=[("1", gettext_lazy("With property"))],
        label=gettext_lazy("Property"),
        empty_label=gettext_lazy("all"),
    )

    class Meta:
        model = PropertyClass
        fields: list[str] = []

    def with_cards(self, queryset: QuerySet[PropertyClass], name: str, value: str) -> QuerySet[PropertyClass]:
        return queryset.filter(pk__in=Card.objects.in_ledger().values("property_class"))


class ClassList(ListPage):
    """The tree of classes: the top ones, or whatever the search finds."""

    permission = "assets.view_card"
    title = gettext_lazy("Classes of property")
    model = PropertyClass
    filterset_class = ClassFilter
    ordering = ("-scheme", "code")  # the school's own, then the standard in force
    create_url_name = "assets:class-create"
    create_label = gettext_lazy("Add an own class")
    create_permission = "assets.manage_classes"
    columns = (
        Column(gettext_lazy("Code"), "code", value="code"),
        Column(gettext_lazy("What it is called"), "name_sort", value="name"),
        Column(gettext_lazy("Scheme"), "scheme", value="get_scheme_display", phone=False),
        Column(gettext_lazy("Unit"), value="unit", phone=False),
        Column(gettext_lazy("Cards"), number=True),
        Column(gettext_lazy("State"), "active", phone=False),
    )
    export_permission = "assets.view_card"

    def get_queryset(self) -> QuerySet[PropertyClass]:
        rows = PropertyClass.objects.all()
        asked = any(self.request.GET.get(name) for name in ("q", "used"))
        return rows if asked else rows.filter(parent=None)

    def page_rows(self) -> list[PropertyClass]:
        return counted(super().page_rows())


def counted(rows: Iterable[PropertyClass]) -> list[PropertyClass]:
    """With ``cards_in_it``: the cards of each class and of those below it."""
    found, counts = list(rows), cards_by_class()
    for row in found:
        row.cards_in_it = counts[row.pk]  # type: ignore[attr-defined]
    return found


class ClassDetail(DetailPage):
    """One class: what stands above and below it, its useful life, its property."""

    permission = "assets.view_card"
    model = PropertyClass
    template_name = "assets/propertyclass/detail.html"

    def get_queryset(self) -> QuerySet[PropertyClass]:
        return PropertyClass.objects.select_related("parent__parent__parent")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line: list[PropertyClass] = []
        above = self.object.parent
        while above:
            line.insert(0, above)
            above = above.parent
        below = in_and_below(self.object).values("pk")
        return super().get_context_data(
            children=counted(self.object.children.all()),
            lives=self.object.useful_lives.all(),
            months=useful_life(self.object, timezone.localdate()),
            cards=Card.objects.in_ledger().filter(property_class__in=below).count(),
            line=line,
            name_in_filter=written(self.object),
            may_ledger=self.request.user.has_perm("assets.view_ledger"),
            own=self.object.scheme == Scheme.SCHOOL,
            may_manage=self.request.user.has_perm("assets.manage_classes"),
            **kwargs,
        )


class ClassCreate(CreatePage):
    """A class of the school's own."""

    permission = "assets.manage_classes"
    title = gettext_lazy("Add an own class")
    model = PropertyClass
    form_class = ClassForm
    cancel_url = reverse_lazy("assets:class-list")
    done = gettext_lazy("%(object)s can be used from now on.")

    def get_initial(self) -> dict[str, Any]:
        above = self.request.GET.get("parent", "")
        return {**super().get_initial(), "parent": int(above) if above.isdecimal() else None}


class ClassUpdate(UpdatePage):
    """Only the school's own: the standard's are what they are."""

    permission = "assets.manage_classes"
    title = gettext_lazy("Change an own class")
    form_class = ClassForm
    done = gettext_lazy("%(object)s is changed.")

    def get_queryset(self) -> QuerySet[PropertyClass]:
        return PropertyClass.objects.filter(scheme=Scheme.SCHOOL)


@require_POST
@requires("assets.manage_classes")
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a class for new cards, or no longer; cards that have it keep it."""
    row = get_object_or_404(PropertyClass, pk=pk)
    row.active = not row.active
    row.save()
    said = _("%(object)s is offered again.") if row.active else _("%(object)s is no longer offered for new cards.")
    messages.info(request, said % {"object": row})
    return redirect(row)


class LifeFilter(LookupFilterSet):
    """Rules by class."""

    search_fields = ("property_class__code", "property_class__name", "source")
    property_class = LookupFilter(kind="class", label=gettext_lazy("Class of property"))

    class Meta:
        model = UsefulLife
        fields: list[str] = []


class LifeList(ListPage):
    """The dated rules of useful lives with their sources."""

    permission = "assets.view_card"
    title = gettext_lazy("Useful lives")
    model = UsefulLife
    template_name = "assets/usefullife/list.html"
    filterset_class = LifeFilter
    create_url_name = "assets:life-create"
    create_label = gettext_lazy("Add a rule")
    create_permission = "assets.manage_classes"
    ordering = ("property_class__code", "-in_force_from")
    columns = (
        Column(gettext_lazy("Class of property"), "property_class__code", value="property_class"),
        Column(gettext_lazy("Months"), "months", number=True, value="months"),
        Column(gettext_lazy("In force from"), "in_force_from", value="in_force_from"),
        Column(gettext_lazy("Source"), value="source", phone=False),
    )
    export_permission = "assets.view_card"

    def get_row_queryset(self) -> QuerySet[UsefulLife]:
        return UsefulLife.objects.select_related("property_class")


class LifeCreate(CreatePage):
    """A new rule from a day on; the ones before it stay for what was acquired before."""

    permission = "assets.manage_classes"
    title = gettext_lazy("Add a rule of useful life")
    lead = gettext_lazy("Cards entered from now on follow it. Cards in the ledger keep what stands on them.")
    model = UsefulLife
    form_class = UsefulLifeForm
    cancel_url = reverse_lazy("assets:life-list")
    done = gettext_lazy("The rule for %(object)s is entered.")

    def get_success_url(self) -> str:
        return reverse("assets:life-list")
