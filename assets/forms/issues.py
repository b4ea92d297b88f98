"""The form of an issue slip (领用单): its head, goods of the store, cards handed over. The service writes."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.forms.fields import LookupField
from assets.models import Card, StockItem
from assets.queries.stock import stores, usual_store
from assets.services.issues import Wanted
from logistics.base.forms import NativeForm, PageForm
from logistics.base.money import plain_quantity
from logistics.school.models import Room

MOST_LINES = 50
QUANTITY: dict[str, Any] = {"min_value": Decimal("0.001"), "max_digits": 13, "decimal_places": 3, "required": False}


class IssueForm(PageForm):
    """Who gets it, from which store, what for."""

    recipient = LookupField("person", label=gettext_lazy("Recipient"))
    room = forms.ModelChoiceField(Room.objects.none(), label=gettext_lazy("Store"))
    purpose = forms.CharField(label=gettext_lazy("What for"), max_length=200)
    to_return = forms.BooleanField(label=gettext_lazy("To be returned"), required=False)
    old_for_new = forms.BooleanField(label=gettext_lazy("Old one handed in"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = stores()  # type: ignore[attr-defined]
        self.fields["room"].initial = usual_store()


class _Line(NativeForm, forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"


class GoodsLine(_Line):
    """Goods of the store; what is left empty beside the other figure is the same."""

    item = LookupField("goods", label=gettext_lazy("Name of goods"), required=False)
    asked = forms.DecimalField(label=gettext_lazy("Asked for"), **QUANTITY)
    issued = forms.DecimalField(label=gettext_lazy("Issued"), **QUANTITY)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        some = data.get("asked") or data.get("issued")
        if data.get("item") and not some and not self.errors:
            self.add_error("asked", _("How many?"))
        if some and not data.get("item") and "item" not in self.errors:
            self.add_error("item", _("What is it?"))
        return data

    def wanted(self) -> Wanted | None:
        """The line as the service takes it; None when it is empty."""
        data = self.cleaned_data
        if not data.get("item"):
            return None
        asked, issued = data["asked"] or data["issued"], data["issued"] or data["asked"]
        return Wanted(item=data["item"], asked=asked, issued=issued)


class CardLine(_Line):
    """One card handed over, whole."""

    card = LookupField("card", label=gettext_lazy("Asset number"), required=False)

    def wanted(self) -> Wanted | None:
        """The line as the service takes it; None when it is empty."""
        card: Card | None = self.cleaned_data.get("card")
        return Wanted(card=card, asked=Decimal(card.quantity), issued=Decimal(card.quantity)) if card else None


GoodsLines = formset_factory(GoodsLine, extra=1, max_num=MOST_LINES, validate_max=True)
CardLines = formset_factory(CardLine, extra=1, max_num=MOST_LINES, validate_max=True)


def goods_offered(goods: list[tuple[StockItem, Decimal]]) -> list[dict[str, Any]]:
    """Goods and how many of them as the formset takes them."""
    return [{"item": item, "asked": plain_quantity(count), "issued": plain_quantity(count)} for item, count in goods]
