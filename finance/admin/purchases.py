"""Purchase requests in the admin site, to look at: they change by their pages and signatures."""

from django.contrib import admin

from finance.models import PurchaseRequest, RequestLine
from logistics.base.admin import ReadOnlyAdmin


@admin.register(PurchaseRequest)
class PurchaseRequestAdmin(ReadOnlyAdmin):
    view_permission = "finance.view_purchase"
    list_display = ["number", "applicant", "department", "category", "purpose", "total", "state", "submitted_at"]
    list_filter = ["state", "category"]
    list_select_related = ["applicant", "department"]
    search_fields = ["number", "purpose"]


@admin.register(RequestLine)
class RequestLineAdmin(ReadOnlyAdmin):
    view_permission = "finance.view_purchase"
    list_display = ["request", "position", "name", "specification", "unit", "quantity", "price", "amount", "ordered"]
    list_select_related = ["request"]
    search_fields = ["name", "request__number"]
