"""Pages of suppliers."""

from typing import Any

import django_filters
from django.db.models import Count, QuerySet, Sum
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from finance.forms.suppliers import SupplierForm
from finance.models import Supplier
from logistics.base.filters import PageFilterSet
from logistics.base.views import Column, CreatePage, DetailPage, ListPage, UpdatePage

LOOK, KEEP = "finance.view_supplier", "finance.manage_suppliers"


class SupplierFilter(PageFilterSet):
    search_fields = ("name", "key", "contact", "phone", "credit_code")

    first = ("q", "active")
    active = django_filters.ChoiceFilter(
        label=_("In use"), choices=[("True", _("in use")), ("False", _("out of use"))], empty_label=_("all")
    )

    class Meta:
        model = Supplier
        fields: list[str] = []


class SupplierList(ListPage):
    """Who sells to the school."""

    permission, model, title, filterset_class = LOOK, Supplier, _("Suppliers"), SupplierFilter
    ordering = ("name_sort", "pk")
    export_permission = LOOK
    create_url_name, create_label, create_permission = "finance:supplier-create", _("New supplier"), KEEP
    columns = (
        Column(_("Supplier"), "name_sort", value="name"),
        Column(_("Contact person"), value="contact"),
        Column(_("Phone"), value="phone"),
        Column(_("Unified social credit code"), value="credit_code", phone=False),
        Column(_("State")),
    )


class SupplierDetail(DetailPage):
    """One supplier, with what was ordered and quoted."""

    permission, model = LOOK, Supplier

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        orders: QuerySet[Any] = self.object.orders.order_by("-day", "-pk")
        return super().get_context_data(
            orders=orders[:20],
            sums=orders.order_by().aggregate(count=Count("pk"), amount=Sum("amount"), paid=Sum("paid")),
            quotes=self.object.quotes.select_related("comparison").order_by("-pk")[:20],
            may_keep=self.request.user.has_perm(KEEP),
            **kwargs,
        )


class SupplierCreate(CreatePage):
    permission, model, form_class, title = KEEP, Supplier, SupplierForm, _("New supplier")
    cancel_url = reverse_lazy("finance:supplier-list")
    done = _("%(object)s is entered.")


class SupplierUpdate(UpdatePage):
    permission, model, form_class, title = KEEP, Supplier, SupplierForm, _("Change the supplier")
    done = _("%(object)s is changed.")
