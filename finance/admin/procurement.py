"""Suppliers, comparisons, orders and acceptances in the admin site, to look at."""

from django.contrib import admin

from finance.models import (
    Acceptance,
    AcceptanceLine,
    Comparison,
    ComparisonLine,
    Order,
    OrderLine,
    Quote,
    QuotePrice,
    Supplier,
)
from logistics.base.admin import ReadOnlyAdmin, SheetAdmin, SheetResource


class SupplierResource(SheetResource):
    """By name."""

    class Meta(SheetResource.Meta):
        model = Supplier
        import_id_fields = ("name",)
        fields = ("name", "credit_code", "contact", "phone", "address", "bank", "account", "note", "active")


@admin.register(Supplier)
class SupplierAdmin(SheetAdmin):
    """Suppliers are also read in from a sheet."""

    resource_classes = [SupplierResource]
    view_permission, manage_permission = "finance.view_supplier", "finance.manage_suppliers"
    list_display = ["name", "contact", "phone", "credit_code", "active"]
    list_filter = ["active"]
    search_fields = ["name", "contact", "credit_code"]


class ComparisonLook(ReadOnlyAdmin):
    view_permission = "finance.view_comparison"


@admin.register(Comparison)
class ComparisonAdmin(ComparisonLook):
    list_display = ["number", "title", "state", "winner", "asked_by", "made_at"]
    list_filter = ["state"]
    list_select_related = ["winner__supplier", "asked_by"]
    search_fields = ["number", "title"]


@admin.register(ComparisonLine)
class ComparisonLineAdmin(ComparisonLook):
    list_display = ["comparison", "request_line", "quantity"]
    list_select_related = ["comparison", "request_line"]


@admin.register(Quote)
class QuoteAdmin(ComparisonLook):
    list_display = ["comparison", "supplier", "amount", "quoted_on", "source"]
    list_select_related = ["comparison", "supplier"]


@admin.register(QuotePrice)
class QuotePriceAdmin(ComparisonLook):
    list_display = ["quote", "line", "price"]
    list_select_related = ["quote__supplier", "line__request_line"]


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    view_permission = "finance.view_order"
    list_display = ["number", "supplier", "day", "amount", "accepted", "invoiced", "paid", "state"]
    list_filter = ["state", "category"]
    list_select_related = ["supplier"]
    search_fields = ["number", "supplier__name"]


@admin.register(OrderLine)
class OrderLineAdmin(ReadOnlyAdmin):
    view_permission = "finance.view_order"
    list_display = ["order", "request_line", "quantity", "price", "amount", "accepted", "paid"]
    list_select_related = ["order", "request_line"]


@admin.register(Acceptance)
class AcceptanceAdmin(ReadOnlyAdmin):
    view_permission = "finance.view_acceptance"
    list_display = ["number", "order", "day", "accepted_by", "amount", "state"]
    list_select_related = ["order", "accepted_by"]
    search_fields = ["number", "order__number"]


@admin.register(AcceptanceLine)
class AcceptanceLineAdmin(ReadOnlyAdmin):
    view_permission = "finance.view_acceptance"
    list_display = ["acceptance", "order_line", "delivered", "accepted", "rejected", "nature", "stored"]
    list_filter = ["nature"]
    list_select_related = ["acceptance", "order_line__request_line"]
