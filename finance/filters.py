"""What the lists of purchases are narrowed by."""

from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from finance.choices import Category, PurchaseState, Stage
from finance.models import BudgetLine, PurchaseRequest
from logistics.base.filters import DateFilter, PageFilterSet, PickFilter
from logistics.school.models import Department, Person

IN_STAGE = {
    Stage.TO_ORDER: Q(state=PurchaseState.APPROVED, ordered=0),
    Stage.ORDERED: Q(ordered__gt=0, accepted=0),
    Stage.PARTLY: Q(accepted__gt=0, accepted__lt=F("ordered")),
    Stage.DELIVERED: Q(accepted__gt=0, accepted=F("ordered"), paid__lt=F("accepted")),
    Stage.PAID: Q(accepted__gt=0, accepted=F("ordered"), paid=F("accepted")),
}


class PurchaseFilter(PageFilterSet):
    """All purchases one may see."""

    search_fields = ("number", "purpose", "applicant__name")
    search_below = ("lines__name", "lines__specification")
    first = ("q", "state", "stage")
    state = django_filters.ChoiceFilter(label=_("state"), choices=PurchaseState.choices, empty_label=_("all"))
    stage = django_filters.ChoiceFilter(
        label=_("Goods"), choices=Stage.choices, empty_label=_("all"), method="in_stage"
    )
    category = django_filters.ChoiceFilter(label=_("category"), choices=Category.choices, empty_label=_("all"))
    department = PickFilter(label=_("department"), rows=Department.objects.all)
    applicant = PickFilter(label=_("applicant"), rows=lambda: Person.objects.filter(is_active=True), sort="name_sort")
    budget_line = PickFilter(label=_("budget item"), rows=BudgetLine.objects.all, shows="item")
    since = DateFilter(label=_("submitted from"), field_name="submitted_at", lookup_expr="date__gte")
    until = DateFilter(label=_("submitted until"), field_name="submitted_at", lookup_expr="date__lte")

    class Meta:
        model = PurchaseRequest
        fields: list[str] = []

    def in_stage(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(IN_STAGE[Stage(value)])


class MyPurchaseFilter(PurchaseFilter):
    """One's own."""

    applicant = department = None  # type: ignore[assignment]
