"""The forms of a purchase request: its head, its lines, what is asked before it is submitted or closed."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BaseFormSet, formset_factory
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finance.choices import Category
from finance.models import BudgetLine, PurchaseRequest
from finance.models.purchases import LEAST
from finance.queries.purchases import budget_lines_for
from finance.rules.purchases import MOST_LINES, MOST_OF_ONE
from finance.services.purchases import Wanted
from logistics.base.forms import NativeForm, PageForm
from logistics.base.money import money_text
from logistics.records.views.files import ACCEPTED
from logistics.school.models import Person

USUALLY_NEEDED = dt.timedelta(days=14)
PIECE = "个"


class BudgetChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A budget line with what is left of it and what is committed."""

    def label_from_instance(self, line: BudgetLine) -> str:
        said = _("%(line)s: ¥%(left)s left, ¥%(committed)s committed")
        return said % {"line": line, "left": money_text(line.available), "committed": money_text(line.committed)}


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of pictures and PDFs."""

    widget = SeveralFiles(ACCEPTED)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        return [super(FilesField, self).clean(one, initial) for one in data or ()]


class RequestForm(PageForm):
    """The head of a request. Unless it is ``complete``, what is missing waits for later."""

    category = forms.ChoiceField(label=gettext_lazy("category"), choices=Category.choices)
    purpose = forms.CharField(
        label=gettext_lazy("what for"), max_length=200, help_text=gettext_lazy("Such as: science lessons of grade 5.")
    )
    needed_by = forms.DateField(label=gettext_lazy("needed by"))
    budget_line = BudgetChoice(label=gettext_lazy("budget item"), queryset=BudgetLine.objects.none())
    photos = FilesField(
        label=gettext_lazy("Photos or files"),
        required=False,
        help_text=gettext_lazy("Pictures or PDF, several at once."),
    )
    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)

    def __init__(self, *args: Any, person: Person, complete: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines: Any = self.fields["budget_line"]
        lines.queryset = budget_lines_for(person)
        for field in self.fields.values():
            field.required = field.required and complete
        self.fields["needed_by"].widget.attrs["min"] = timezone.localdate().isoformat()

    def said(self) -> dict[str, Any]:
        """What of it can be read, as ``save_draft`` takes it."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in {"photos", "once"}}
        return {name: value for name, value in data.items() if name != "category" or value}


class NameInput(forms.TextInput):
    """The name of a thing: what the school bought before is offered, with its last price."""

    def __init__(self) -> None:
        super().__init__(
            {
                "list": "bought",
                "data-fills": "",
                "autocomplete": "off",
                "hx-get": reverse_lazy("finance:purchase-names"),
                "hx-trigger": "input changed delay:200ms, focus",
                "hx-target": "#bought",
                "hx-swap": "innerHTML",
            }
        )


class LineForm(NativeForm, forms.Form):
    """One thing asked for; a line without anything is none."""

    name = forms.CharField(label=gettext_lazy("name of goods"), max_length=80, required=False, widget=NameInput)
    specification = forms.CharField(label=gettext_lazy("specification"), max_length=120, required=False)
    unit = forms.CharField(label=gettext_lazy("unit"), max_length=10, required=False)
    quantity = forms.DecimalField(
        label=gettext_lazy("quantity"), required=False, min_value=LEAST, max_digits=10, decimal_places=3
    )
    price = forms.DecimalField(
        label=gettext_lazy("estimated price"),
        required=False,
        min_value=0,
        max_value=MOST_OF_ONE,
        max_digits=12,
        decimal_places=2,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].widget.attrs["placeholder"] = PIECE
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.wanted() is None and any(data.get(name) for name in ("specification", "quantity", "price")):
            missing = "quantity" if data.get("name") else "name"
            if missing not in self.errors:
                self.add_error(missing, _("How many?") if missing == "quantity" else _("What is it?"))
        elif data.get("name") and data.get("quantity") is None and "quantity" not in self.errors:
            self.add_error("quantity", _("How many?"))
        return data

    def wanted(self) -> Wanted | None:
        """The line as the service takes it; None when it is empty or cannot be read."""
        data = self.cleaned_data
        if not data.get("name") or not data.get("quantity"):
            return None
        unit, price = data.get("unit") or PIECE, data.get("price") or Decimal(0)
        return Wanted(data["name"], data["quantity"], price, data.get("specification", ""), unit)


class _Lines(BaseFormSet[LineForm]):
    def wanted(self) -> list[Wanted]:
        """The lines that can be read, in order."""
        return list(self._readable())

    def _readable(self) -> Iterator[Wanted]:
        for form in self.forms:
            form.is_valid()
            if wanted := form.wanted():
                yield wanted


LineFormSet: Any = formset_factory(LineForm, formset=_Lines, extra=1, max_num=MOST_LINES, validate_max=True)


def initial_lines(purchase: PurchaseRequest) -> list[dict[str, Any]]:
    """The lines of a request as the formset takes them."""
    fields = ("name", "specification", "unit", "quantity", "price")
    rows = purchase.lines.all()
    return [{**{name: getattr(row, name) for name in fields}, "quantity": row.quantity.normalize()} for row in rows]


class LookForm(PageForm):
    """What is asked before a request is submitted: why more than is left, where it is more."""

    overspend_reason = forms.CharField(
        label=gettext_lazy("reason for going over the budget"), max_length=300, widget=forms.Textarea
    )

    def __init__(self, *args: Any, over: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not over:
            del self.fields["overspend_reason"]


class CloseForm(PageForm):
    """Why the rest is not bought."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)
