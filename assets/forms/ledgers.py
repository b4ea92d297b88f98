"""From which day, up to which day, and how deep a ledger is shown. What cannot be read falls back to the usual."""

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assets.queries.changes import month
from assets.queries.ledger import By
from assets.rules import EARLIEST
from logistics.base.filters import FilterForm

DEPTHS = [
    (By.TOP.value, _("Top classes")),
    (By.SUB.value, _("Subclasses")),
    (By.ITEM.value, _("Items")),
    (By.ROOM.value, _("Rooms")),
    (By.DEPARTMENT.value, _("Departments")),
    (By.CUSTODIAN.value, _("Keepers")),
]


class UsualForm(FilterForm):
    """A form in the address: a missing or unreadable field takes its usual value."""

    def __init__(self, given: Any) -> None:
        usual = self.usual()
        super().__init__({**usual, **{name: given[name] for name in usual if given.get(name)}})
        if not self.is_valid():
            self.cleaned_data = {**type(self)({}).cleaned_data, **self.cleaned_data}

    def usual(self) -> dict[str, Any]:
        raise NotImplementedError


class DayField(forms.DateField):
    """A day from which one can count a little back and forth."""

    default_validators = [MinValueValidator(EARLIEST)]


class BalanceForm(UsualForm):
    """What stands in the ledger at the end of a day, divided by something."""

    on = DayField(label=_("At the end of"))
    by = forms.ChoiceField(label=_("Divided by"), choices=DEPTHS)

    def usual(self) -> dict[str, Any]:
        return {"on": timezone.localdate(), "by": By.TOP.value}


class PeriodForm(UsualForm):
    """A ledger from day to day; without a first day from its beginning."""

    first = DayField(label=_("From"), required=False)
    last = DayField(label=_("To"))

    def usual(self) -> dict[str, Any]:
        return {"first": "", "last": timezone.localdate()}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and first > last:
            self.add_error("last", _("The last day is before the first."))
        return data


class MonthForm(UsualForm):
    """A month, this one unless another is chosen."""

    month = forms.CharField(label=_("Month"), widget=forms.TextInput({"type": "month"}))

    def usual(self) -> dict[str, Any]:
        return {"month": timezone.localdate().strftime("%Y-%m")}

    def clean_month(self) -> tuple[dt.date, dt.date]:
        """First and last day of the month."""
        year, _dash, number = self.cleaned_data["month"].partition("-")
        try:
            first, last = month(int(year), int(number))
        except ValueError:
            first = last = dt.date.min
        if first < EARLIEST:
            raise forms.ValidationError(_("Choose a month, such as 2026-09."))
        return first, last
