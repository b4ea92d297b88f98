"""The forms of the budget: a line, its amount of the year, an adjustment by paper, and which year or month is shown."""

import calendar
import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from finance.models import BudgetLine
from logistics.base.filters import FilterForm
from logistics.base.forms import ModelPageForm, PageForm
from logistics.records.views.files import ACCEPTED

EARLIEST = 2000  # an earlier year is a slip of the hand


class BudgetLineForm(ModelPageForm):
    """An item of a year's budget; what it amounts to is set by its entries."""

    class Meta:
        model = BudgetLine
        fields = ["year", "item", "department", "funds", "active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].help_text = _("Empty: the whole school draws on it.")
        self.fields["year"].initial = timezone.localdate().year
        if self.instance.pk:
            self.fields["year"].disabled = True
        else:
            del self.fields["active"]


class NewBudgetLineForm(BudgetLineForm):
    """With the budget of the year, where it is known already."""

    original = forms.DecimalField(
        label=_("Budget of the year (yuan)"), required=False, min_value=0, max_digits=12, decimal_places=2
    )


class OriginalForm(PageForm):
    """The budget of the year, once."""

    amount = forms.DecimalField(label=_("Budget of the year (yuan)"), min_value=0, max_digits=12, decimal_places=2)
    paper = forms.CharField(label=_("Number of the paper"), max_length=120, required=False)


class AdjustmentForm(PageForm):
    """More or less, on the word of a paper."""

    amount = forms.DecimalField(
        label=_("More by (yuan)"), max_digits=12, decimal_places=2, help_text=_("Less: with a minus before it.")
    )
    paper = forms.CharField(label=_("Number of the paper"), max_length=120)
    day = forms.DateField(label=_("Date of the paper"), initial=timezone.localdate)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
    upload = forms.FileField(label=_("Picture or PDF"), required=False, widget=forms.ClearableFileInput(ACCEPTED))


class _UsualForm(FilterForm):
    """A form in the address of one field ``name``: missing or unreadable it takes its usual value."""

    name = ""

    def __init__(self, given: Any) -> None:
        super().__init__({self.name: given.get(self.name) or self.usual()})
        if not self.is_valid():
            self.cleaned_data = {**type(self)({}).cleaned_data, **self.cleaned_data}

    def usual(self) -> str:
        raise NotImplementedError


class YearForm(_UsualForm):
    """A budget year, this one unless another is chosen."""

    name = "year"
    year = forms.IntegerField(label=_("Year"), min_value=EARLIEST, max_value=9999)

    def usual(self) -> str:
        return str(timezone.localdate().year)


class MonthForm(_UsualForm):
    """A month, this one unless another is chosen."""

    name = "month"
    month = forms.CharField(label=_("Month"), widget=forms.TextInput({"type": "month"}))

    def usual(self) -> str:
        return timezone.localdate().strftime("%Y-%m")

    def clean_month(self) -> tuple[dt.date, dt.date]:
        """First and last day of the month."""
        year, _dash, number = self.cleaned_data["month"].partition("-")
        try:
            return month_of(int(year), int(number))
        except ValueError:
            raise forms.ValidationError(_("Choose a month, such as 2026-09.")) from None


def month_of(year: int, number: int) -> tuple[dt.date, dt.date]:
    """First and last day. Raises ValueError for what is no month since 2000."""
    if not EARLIEST <= year <= 9999 or not 1 <= number <= 12:
        raise ValueError
    return dt.date(year, number, 1), dt.date(year, number, calendar.monthrange(year, number)[1])
