"""Claims, invoices and payments in the admin site, to look at."""

from django.contrib import admin

from finance.models import Claim, Invoice, Payment, PaymentShare
from logistics.base.admin import ReadOnlyAdmin


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    view_permission = "finance.view_claim"
    list_display = ["number", "order", "kind", "claimant", "amount", "paid", "state"]
    list_filter = ["state", "kind"]
    list_select_related = ["order", "claimant"]
    search_fields = ["number", "purpose", "payee"]


@admin.register(Invoice)
class InvoiceAdmin(ReadOnlyAdmin):
    view_permission = "finance.view_claim"
    list_display = ["number", "code", "day", "amount", "seller", "claim", "void"]
    list_select_related = ["claim"]
    search_fields = ["number", "seller"]


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin):
    view_permission = "finance.view_payment"
    list_display = ["number", "claim", "amount", "day", "method", "paid_by"]
    list_filter = ["method", "day"]
    list_select_related = ["claim", "paid_by"]
    search_fields = ["number", "voucher", "claim__number"]


@admin.register(PaymentShare)
class PaymentShareAdmin(ReadOnlyAdmin):
    view_permission = "finance.view_payment"
    list_display = ["payment", "line", "amount"]
    list_select_related = ["payment", "line__request_line"]
