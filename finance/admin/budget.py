"""The budget in the admin site: lines and entries to look at; both change by papers."""

from django.contrib import admin

from finance.models import BudgetEntry, BudgetLine
from logistics.base.admin import ReadOnlyAdmin


@admin.register(BudgetLine)
class BudgetLineAdmin(ReadOnlyAdmin):
    view_permission = "finance.view_budget"
    list_display = ["year", "item", "department", "funds", "original", "adjusted", "committed", "spent", "available"]
    list_filter = ["year", "funds", "active"]
    list_select_related = ["department"]
    search_fields = ["item"]


@admin.register(BudgetEntry)
class BudgetEntryAdmin(ReadOnlyAdmin):
    view_permission = "finance.view_budget"
    list_display = ["day", "line", "kind", "amount", "paper", "reason", "made_by", "purchase"]
    list_filter = ["kind", "day"]
    list_select_related = ["line__department", "made_by", "purchase"]
    search_fields = ["paper", "reason"]
