"""The page of what is to be bought: approved lines of many requests."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from finance.choices import Category
from finance.models import RequestLine
from finance.queries.purchases import orderable_lines
from logistics.base.fields import left_over
from logistics.base.filters import PageFilterSet, PickFilter
from logistics.base.views import BulkAction, Column, ListPage
from logistics.school.models import Department


class ToBuyFilter(PageFilterSet):
    """Approved lines by category and department."""

    search_fields = ("name", "specification", "request__number", "request__applicant__name")
    category = django_filters.ChoiceFilter(
        "request__category", label=gettext_lazy("category"), choices=Category.choices, empty_label=gettext_lazy("all")
    )
    department = PickFilter(
        field_name="request__department", label=gettext_lazy("department"), rows=Department.objects.all
    )

    class Meta:
        model = RequestLine
        fields: list[str] = []


class ToBuy(ListPage):
    """Approved lines of many requests that wait to be ordered: tick them, compare quotes or order."""

    permission = "finance.view_purchase"
    model = RequestLine
    title = gettext_lazy("To buy")
    template_name = "finance/order/to_buy.html"
    filterset_class = ToBuyFilter
    ordering = ("request__needed_by", "request_id", "position")
    export_permission = "finance.view_purchase"
    columns = (
        Column(gettext_lazy("Name of goods"), "name", value="name"),
        Column(gettext_lazy("Specification"), value="specification"),
        Column(gettext_lazy("Left to order"), number=True, value="left"),
        Column(gettext_lazy("Unit"), value="unit"),
        Column(gettext_lazy("Estimated price"), "price", money=True, value="price"),
        Column(gettext_lazy("Request"), "request_id", value="request__number"),
        Column(gettext_lazy("Applicant"), value="request__applicant__name", phone=False),
        Column(gettext_lazy("Category"), value="request__get_category_display", phone=False),
        Column(gettext_lazy("Needed by"), "request__needed_by", value="request__needed_by"),
    )
    bulk_actions = (
        BulkAction(gettext_lazy("Compare quotes"), "finance:comparison-create", "finance.ask_prices", get=True),
        BulkAction(gettext_lazy("Order"), "finance:order-create", "finance.order_goods", get=True),
    )

    def get_queryset(self) -> QuerySet[RequestLine]:
        return orderable_lines()

    def get_row_queryset(self) -> QuerySet[RequestLine]:
        rows = RequestLine.objects.select_related("request__applicant")
        left: QuerySet[RequestLine] = rows.annotate(left=left_over("quantity", "ordered"))
        return left
