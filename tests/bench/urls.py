"""The project's addresses and, beside them, the stock admin and import-export's own import at its defaults."""

from django.contrib.admin import AdminSite, ModelAdmin
from django.urls import path
from import_export import resources
from import_export.admin import ImportExportModelAdmin
from import_export.formats.base_formats import XLSX

from assets.models import Card
from logistics.urls import urlpatterns as project


class StockCardAdmin(ModelAdmin):
    """The list the product's own is compared with: the same columns, 100 rows, no tuning but list_select_related."""

    list_display = (
        "number",
        "name",
        "property_class",
        "specification",
        "quantity",
        "value",
        "room",
        "custodian",
        "condition",
    )
    list_per_page = 100
    list_max_show_all = 100
    search_fields = ("number", "name", "specification", "serial_number", "room__name", "custodian__name")
    list_filter = ("condition", "room")
    show_full_result_count = True


class PlainCardResource(resources.ModelResource):
    class Meta:
        model = Card
        import_id_fields = ("number",)
        fields = (
            "number", "name", "specification", "property_class", "unit", "quantity", "value", "acquired_on",
            "department", "room", "custodian", "note",
        )  # fmt: skip


class StockImportAdmin(ImportExportModelAdmin):
    resource_classes = [PlainCardResource]
    formats = [XLSX]


stock = AdminSite(name="stock")
stock.register(Card, StockCardAdmin)
stock_import = AdminSite(name="stock_import")
stock_import.register(Card, StockImportAdmin)

urlpatterns = [*project, path("stock/", stock.urls), path("stock-import/", stock_import.urls)]
handler400 = "logistics.front.views.errors.bad_request"
handler403 = "logistics.front.views.errors.forbidden"
handler404 = "logistics.front.views.errors.not_found"
handler500 = "logistics.front.views.errors.server_error"
