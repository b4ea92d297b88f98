"""The project's addresses and, beside them, the stock admin and import-export's own import at its defaults."""

from django.contrib.admin import AdminSite, ModelAdmin
from django.urls import path
from import_export import resources
from import_export.admin import ImportExportModelAdmin
from import_export.fields import Field
from import_export.formats.base_formats import XLSX
from import_export.widgets import DateWidget, DecimalWidget, ForeignKeyWidget, IntegerWidget

from assets.choices import Scheme
from assets.models import Card, PropertyClass
from logistics.school.models import Department, Person, Room
from logistics.urls import urlpatterns as project
from tests.bench.world import HEADS


class StockCardAdmin(ModelAdmin):
    """The list the product's own is compared with: the same columns, 100 rows, nothing tuned but the joins."""

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
    list_select_related = ("property_class", "room", "custodian")
    list_per_page = 100
    list_max_show_all = 100
    search_fields = ("number", "name", "specification", "serial_number", "room__name", "custodian__name")
    list_filter = ("condition", "room")
    show_full_result_count = True


class ClassByCode(ForeignKeyWidget):
    """Codes are unique within a scheme of classes only."""

    def get_queryset(self, value, row, *args, **kwargs):
        return super().get_queryset(value, row, *args, **kwargs).filter(scheme=Scheme.GB2022)


class PlainCardResource(resources.ModelResource):
    """The same twelve columns, declared as the manual of django-import-export shows it; everything else is default."""

    number = Field("number", HEADS[0])
    name = Field("name", HEADS[1])
    specification = Field("specification", HEADS[2])
    property_class = Field("property_class", HEADS[3], widget=ClassByCode(PropertyClass, "code"))
    unit = Field("unit", HEADS[4])
    quantity = Field("quantity", HEADS[5], widget=IntegerWidget())
    value = Field("value", HEADS[6], widget=DecimalWidget())
    acquired_on = Field("acquired_on", HEADS[7], widget=DateWidget())
    department = Field("department", HEADS[8], widget=ForeignKeyWidget(Department, "name"))
    room = Field("room", HEADS[9], widget=ForeignKeyWidget(Room, "name"))
    custodian = Field("custodian", HEADS[10], widget=ForeignKeyWidget(Person, "name"))
    note = Field("note", HEADS[11])

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
