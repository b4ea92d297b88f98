"""Forms of goods that enter the books and leave the store. The services write."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assets.forms.fields import LookupField
from assets.models import StockItem
from logistics.base.forms import PageForm
from logistics.school.choices import RoomKind
from logistics.school.models import Room


def stores() -> Any:
    """Store rooms in use."""
    return Room.objects.filter(kind=RoomKind.STORE, active=True)


class EnterCardsForm(PageForm):
    """How many pieces become cards, how, and where they stand."""

    pieces = forms.IntegerField(label=_("How many pieces"), min_value=1)
    one_card_each = forms.BooleanField(label=_("One card for each piece"), required=False, initial=True)
    property_class = LookupField("class", label=_("Class of property"), required=False)
    room = LookupField("room", label=_("Place"), required=False)
    custodian = LookupField("person", label=_("Keeper"), required=False)
    department = LookupField("department", label=_("Using department"), required=False)
    date = forms.DateField(label=_("Date of the paper"), initial=timezone.localdate)


class EnterStoreForm(PageForm):
    """Into which store room, and when."""

    room = forms.ModelChoiceField(Room.objects.none(), label=_("Store"))
    day = forms.DateField(label=_("Date of the paper"), initial=timezone.localdate)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = stores()  # type: ignore[attr-defined]
        self.fields["room"].initial = stores().first()


class IssueForm(PageForm):
    """Who gets it, from which store, what for."""

    recipient = LookupField("person", label=_("Recipient"))
    room = forms.ModelChoiceField(Room.objects.none(), label=_("Store"))
    purpose = forms.CharField(label=_("What for"), max_length=200)
    to_return = forms.BooleanField(label=_("To be returned"), required=False)
    old_for_new = forms.BooleanField(label=_("Old one handed in"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = stores()  # type: ignore[attr-defined]
        self.fields["room"].initial = stores().first()


class IssueLineForm(PageForm):
    """One item of the store; empty lines count for nothing."""

    item = forms.ModelChoiceField(StockItem.objects.none(), label=_("Name of goods"), required=False)
    asked = forms.DecimalField(label=_("Asked for"), min_value=0, max_digits=13, decimal_places=3, required=False)
    issued = forms.DecimalField(label=_("Issued"), min_value=0, max_digits=13, decimal_places=3, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_store = StockItem.objects.filter(balances__quantity__gt=0).distinct()
        self.fields["item"].queryset = in_store  # type: ignore[attr-defined]


IssueLines = formset_factory(IssueLineForm, extra=5)
