"""Forms of accepted goods that enter the books. The services write."""

import re
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assets.forms.fields import LookupField
from assets.queries.stock import stores, usual_store
from finance.models import AcceptanceLine
from logistics.base.forms import PageForm
from logistics.base.money import plain_quantity
from logistics.school.models import Room

MOST_DIGITS: dict[str, Any] = {"max_digits": 13, "decimal_places": 3}


class NumbersField(forms.CharField):
    """Asset numbers, one for each card, parted by line breaks, blanks or commas."""

    widget = forms.Textarea({"rows": 3})

    def clean(self, value: Any) -> Any:
        return [part for part in re.split(r"[\s,，、;；]+", super().clean(value)) if part]


class EnterCardsForm(PageForm):
    """How many pieces become cards, how, and where they stand."""

    pieces = forms.IntegerField(label=_("How many pieces"), min_value=1)
    one_card_each = forms.BooleanField(label=_("One card for each piece"), required=False, initial=True)
    property_class = LookupField("class", label=_("Class of property"), required=False)
    room = LookupField("room", label=_("Place"), required=False)
    custodian = LookupField("person", label=_("Keeper"), required=False)
    department = LookupField("department", label=_("Using department"), required=False)
    numbers = NumbersField(
        label=_("Asset numbers"),
        required=False,
        help_text=_("One for each card. Left empty, the next free numbers are given."),
    )
    date = forms.DateField(label=_("Date of the paper"), initial=timezone.localdate)


class EnterStoreForm(PageForm):
    """Into which store room, and when."""

    room = forms.ModelChoiceField(Room.objects.none(), label=_("Store"))
    day = forms.DateField(label=_("Date of the paper"), initial=timezone.localdate)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = stores()  # type: ignore[attr-defined]
        self.fields["room"].initial = usual_store()


class EnterLine(PageForm):
    """How much of an accepted line goes into the store now; nothing, when it is left empty."""

    line = forms.IntegerField(widget=forms.HiddenInput)
    quantity = forms.DecimalField(label=_("Quantity"), min_value=0, required=False, **MOST_DIGITS)


EnterLines = formset_factory(EnterLine, extra=0)


def all_that_is_left(lines: list[AcceptanceLine]) -> list[dict[str, Any]]:
    """The lines as the formset takes them: everything that is in no book yet."""
    return [{"line": line.pk, "quantity": plain_quantity(line.accepted - line.stored)} for line in lines]
