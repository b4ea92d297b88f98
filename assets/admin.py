"""Property in the admin site: cards and papers to look at (descriptions may be mended), classes and lives to keep."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from import_export.fields import Field
from import_export.formats.base_formats import XLSX, Format
from import_export.widgets import ForeignKeyWidget

from assets.choices import CardState
from assets.exports import FilteredCards
from assets.imports.cards import CardSpec
from assets.models import (
    Card,
    Issue,
    IssueLine,
    LedgerEntry,
    Movement,
    PropertyClass,
    RoomConfirmation,
    StockBalance,
    StockEntry,
    StockItem,
    StockPaper,
    UsefulLife,
)
from assets.services.cards import change_description
from logistics.base.admin import ExportAdmin, ReadOnlyAdmin, SheetAdmin, SheetResource
from logistics.importing.export import exported
from logistics.school.who import who

HARMLESS = (
    "name",
    "unit",
    "brand",
    "specification",
    "serial_number",
    "manufacturer",
    "dealer",
    "condition",
    "contract_number",
    "invoice_number",
    "warranty_until",
    "note",
)


@admin.register(Card)
class CardAdmin(ExportAdmin):
    """Cards are entered and moved by papers; here what describes them is mended while they are in the ledger.

    They are exported as everywhere: with the columns of the import, texts that look like formulas made harmless.
    """

    resource_classes = [CardSpec]
    formats = [XLSX]
    skip_export_form = True
    view_permission, manage_permission = "assets.view_card", "assets.change_card"
    list_display = ["number", "name", "quantity", "value", "property_class", "room", "custodian", "state"]
    list_filter = ["state", "condition", "acquisition"]
    list_select_related = ["property_class", "room", "custodian"]
    search_fields = ["number", "name", "serial_number", "specification"]
    fields = [f.name for f in Card._meta.concrete_fields if f.name not in {"id", "name_sort", "created_at"}]
    readonly_fields = [
        f.name for f in Card._meta.concrete_fields if f.name not in {*HARMLESS, "id", "name_sort", "created_at"}
    ]
    ordering = ["number", "id"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self._has(request, "assets.export_card")

    def get_export_data(self, file_format: Format, request: HttpRequest, queryset: Any, **kwargs: Any) -> bytes:
        """The filtered cards in the form in which the import reads them."""
        return exported(FilteredCards(queryset), "xlsx")

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        stands = not isinstance(obj, Card) or obj.state == CardState.IN_LEDGER
        return stands and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Card, form: ModelForm[Card], change: bool) -> None:
        fields = {name: form.cleaned_data[name] for name in form.changed_data}
        change_description(person=who(request), card=Card.objects.get(pk=obj.pk), **fields)


@admin.register(Movement)
class MovementAdmin(ReadOnlyAdmin):
    view_permission = "assets.view_ledger"
    list_display = ["number", "kind", "date", "summary", "made_by", "reverses"]
    list_filter = ["kind", "date"]
    list_select_related = ["made_by", "reverses"]
    search_fields = ["number", "summary"]


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyAdmin):
    view_permission = "assets.view_ledger"
    list_display = ["date", "movement", "card", "property_class", "room", "custodian", "quantity", "value"]
    list_select_related = ["movement", "card", "property_class", "room", "custodian"]
    search_fields = ["movement__number", "card__number"]


@admin.register(RoomConfirmation)
class RoomConfirmationAdmin(ReadOnlyAdmin):
    view_permission = "assets.view_card"
    list_display = ["room", "person", "state", "reason", "asked_at", "answered_at", "cards", "value"]
    list_filter = ["state"]
    list_select_related = ["room", "person"]
    search_fields = ["room__name", "person__name"]


class ClassResource(SheetResource):
    """By scheme and code; a parent is named by its code. The history is written as for any change."""

    parent = Field("parent", "parent", ForeignKeyWidget(PropertyClass, "code"))

    class Meta(SheetResource.Meta):
        model = PropertyClass
        import_id_fields = ("scheme", "code")
        fields = ("scheme", "code", "name", "parent", "unit", "depreciable", "active")

    def import_instance(self, instance: PropertyClass, row: Any, **kwargs: Any) -> None:
        """A class that is there keeps its place in the tree."""
        before = instance.parent
        super().import_instance(instance, row, **kwargs)
        if instance.pk:
            instance.parent = before


class LifeResource(SheetResource):
    """By class (its code) and day."""

    property_class = Field("property_class", "property_class", ForeignKeyWidget(PropertyClass, "code"))

    class Meta(SheetResource.Meta):
        model = UsefulLife
        import_id_fields = ("property_class", "in_force_from")
        fields = ("property_class", "months", "in_force_from", "source")


class RulesAdmin(SheetAdmin):
    """Tables that whoever keeps the classes also reads in from a sheet."""

    view_permission, manage_permission = "assets.view_card", "assets.manage_classes"


@admin.register(PropertyClass)
class PropertyClassAdmin(RulesAdmin):
    resource_classes = [ClassResource]
    list_display = ["code", "name", "scheme", "parent", "unit", "depreciable", "active"]
    list_filter = ["scheme", "level", "depreciable", "active"]
    list_select_related = ["parent"]
    search_fields = ["code", "name"]
    autocomplete_fields = ["parent"]

    def get_readonly_fields(self, request: HttpRequest, obj: PropertyClass | None = None) -> list[str]:
        """A class keeps its scheme, code and place: the ledgers of past years are read by them."""
        return ["scheme", "code", "parent"] if obj else []


@admin.register(UsefulLife)
class UsefulLifeAdmin(RulesAdmin):
    resource_classes = [LifeResource]
    list_display = ["property_class", "months", "in_force_from", "source"]
    list_select_related = ["property_class"]
    search_fields = ["property_class__code", "property_class__name"]
    autocomplete_fields = ["property_class"]


class StoreAdmin(ReadOnlyAdmin):
    """The store to look at: it changes by its papers only."""

    view_permission = "assets.view_stock"


@admin.register(StockItem)
class StockItemAdmin(StoreAdmin):
    list_display = ["name", "specification", "unit", "active"]
    search_fields = ["name", "specification"]


@admin.register(StockPaper)
class StockPaperAdmin(StoreAdmin):
    list_display = ["number", "kind", "day", "room", "made_by"]
    list_select_related = ["room", "made_by"]
    search_fields = ["number"]


@admin.register(StockEntry)
class StockEntryAdmin(StoreAdmin):
    list_display = ["paper", "item", "room", "day", "quantity", "amount"]
    list_select_related = ["paper", "item", "room"]
    search_fields = ["paper__number", "item__name"]


@admin.register(StockBalance)
class StockBalanceAdmin(StoreAdmin):
    list_display = ["item", "room", "quantity", "amount"]
    list_select_related = ["item", "room"]
    search_fields = ["item__name"]


@admin.register(Issue)
class IssueAdmin(StoreAdmin):
    list_display = ["number", "recipient", "room", "state", "day"]
    list_select_related = ["recipient", "room"]
    search_fields = ["number", "recipient__name"]


@admin.register(IssueLine)
class IssueLineAdmin(StoreAdmin):
    list_display = ["issue", "item", "card", "asked", "issued"]
    list_select_related = ["issue", "item", "card"]
    search_fields = ["issue__number"]
