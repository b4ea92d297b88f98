"""Forms of the papers that move or alter property. Each asks what the paper says; the service writes it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assets.forms.fields import LookupField
from assets.models import Card
from logistics.base.forms import PageForm


class DatedForm(PageForm):
    """What every paper has: its day."""

    date = forms.DateField(label=_("Date of the paper"), initial=timezone.localdate)


class PaperForm(DatedForm):
    """A paper that may say a few words."""

    summary = forms.CharField(
        label=_("In a few words"),
        required=False,
        max_length=200,
        help_text=_("Stands on the paper and in the ledgers."),
    )


class TransferForm(PaperForm):
    """To another room; keeper and department only when they change too."""

    room = LookupField("room", label=_("To which room"))
    custodian = LookupField("person", label=_("New keeper"), required=False, help_text=_("Empty: stays as it is."))
    department = LookupField(
        "department", label=_("New using department"), required=False, help_text=_("Empty: stays as it is.")
    )
    field_order = ["room", "custodian", "department", "date", "summary"]


class CustodyForm(PaperForm):
    """To another person, the place stays."""

    custodian = LookupField("person", label=_("New keeper"))
    department = LookupField(
        "department", label=_("New using department"), required=False, help_text=_("Empty: stays as it is.")
    )
    field_order = ["custodian", "department", "date", "summary"]


class SplitForm(PaperForm):
    """Part of a batch becomes a card of its own, with its share of the value."""

    quantity = forms.IntegerField(label=_("How many pieces become a card of their own"), min_value=1)
    room = LookupField(
        "room", label=_("To which room"), required=False, help_text=_("Empty: they stay where they are.")
    )
    number = forms.CharField(
        label=_("Number of the new card"),
        required=False,
        max_length=40,
        help_text=_("Leave empty and the next number is given by itself."),
    )
    field_order = ["quantity", "room", "number", "date", "summary"]

    def __init__(self, *args: Any, card: Card, **kwargs: Any) -> None:
        self.card = card
        super().__init__(*args, **kwargs)
        self.fields["quantity"].widget.attrs["max"] = card.quantity - 1

    def clean_quantity(self) -> int:
        taken: int = self.cleaned_data["quantity"]
        if taken >= self.card.quantity:
            raise forms.ValidationError(
                _("This card has %(quantity)d pieces; at least one has to stay on it."),
                params={"quantity": self.card.quantity},
            )
        return taken


class ReasonForm(DatedForm):
    """A paper that has to say why."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Stands on the paper and in the ledgers."))


class CorrectionForm(ReasonForm):
    """The right quantity and value, and why the ledger was wrong."""

    quantity = forms.IntegerField(label=_("Right quantity"), min_value=1, max_value=1_000_000)
    value = forms.DecimalField(label=_("Right value of the whole (yuan)"), min_value=0, max_digits=12, decimal_places=2)
    field_order = ["quantity", "value", "reason", "date"]

    def __init__(self, *args: Any, card: Card, **kwargs: Any) -> None:
        self.card = card
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        unchanged = (data.get("quantity"), data.get("value")) == (self.card.quantity, self.card.value)
        if unchanged and not self.errors:
            raise forms.ValidationError(_("Quantity and value stand in the ledger like this already."))
        return data


class ReclassificationForm(ReasonForm):
    """The right class of property, and why."""

    property_class = LookupField("class", label=_("Right class of property"))
    field_order = ["property_class", "reason", "date"]


class ReversalForm(ReasonForm):
    """Why a paper is taken back."""

    field_order = ["reason", "date"]
