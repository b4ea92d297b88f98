"""Input of comparisons, quotes, orders and acceptances. Their lines are fixed: they come from what was approved."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from finance.choices import Disposal, Method, Nature
from finance.models import ComparisonLine, Order, Quote, Supplier
from logistics.base.forms import ModelPageForm, PageForm

LEAST = Decimal("0.001")


class ComparisonForm(PageForm):
    """What is compared."""

    title = forms.CharField(label=_("What is bought"), max_length=120)
    method = forms.ChoiceField(label=_("Purchasing method"), choices=Method.choices, initial=Method.COMPARISON)
    control_price = forms.DecimalField(
        label=_("Price limit (yuan)"), min_value=0, max_digits=12, decimal_places=2, required=False
    )


class QuantityLine(PageForm):
    """How much of an approved line."""

    line = forms.IntegerField(widget=forms.HiddenInput)
    quantity = forms.DecimalField(label=_("Quantity"), min_value=LEAST, max_digits=13, decimal_places=3)


class PriceLine(QuantityLine):
    """How much of it, and at what price."""

    price = forms.DecimalField(label=_("Price (yuan)"), min_value=0, max_digits=12, decimal_places=2)


QuantityLines = formset_factory(QuantityLine, extra=0)
PriceLines = formset_factory(PriceLine, extra=0)


def suppliers() -> Any:
    return Supplier.objects.filter(active=True)


class QuoteForm(ModelPageForm):
    """One supplier's quote: its prices are fields ``price_<line>``."""

    file = forms.FileField(
        label=_("Picture or PDF of the quote"),
        required=False,
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )

    class Meta:
        model = Quote
        fields = ["supplier", "contact", "quoted_on", "source", "note"]

    def __init__(self, *args: Any, lines: list[ComparisonLine], given: Mapping[int, Decimal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supplier"].queryset = suppliers()  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["supplier"].disabled = True
        for line in lines:
            asked = line.request_line
            about = " ".join(filter(None, (asked.name, asked.specification)))
            self.fields[f"price_{line.pk}"] = forms.DecimalField(
                label=_("%(about)s: price per %(unit)s (yuan)") % {"about": about, "unit": asked.unit},
                min_value=0,
                max_digits=12,
                decimal_places=2,
                initial=given.get(line.pk),
            )
        self.order_fields(["supplier", *(f"price_{line.pk}" for line in lines)])

    def prices(self) -> dict[int, Decimal]:
        """Yuan each, by comparison line."""
        return {int(n.removeprefix("price_")): v for n, v in self.cleaned_data.items() if n.startswith("price_")}

    def about(self) -> dict[str, Any]:
        """Contact, source and remarks."""
        return {name: self.cleaned_data[name] for name in ("contact", "source", "note")}


class ChoiceForm(PageForm):
    """Which quote, and why."""

    quote = forms.ModelChoiceField(Quote.objects.none(), label=_("Chosen quote"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason for the choice"),
        max_length=300,
        required=False,
        widget=forms.Textarea,
        help_text=_("Needed when it is not the lowest."),
    )
    reason_few = forms.CharField(
        label=_("Why fewer quotes than the rule asks"), max_length=300, required=False, widget=forms.Textarea
    )

    def __init__(self, *args: Any, quotes: Any, few: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["quote"]
        field.queryset, field.empty_label = quotes, None  # type: ignore[attr-defined]
        if not few:
            del self.fields["reason_few"]


class OrderForm(ModelPageForm):
    """Whom it is ordered from, and by when."""

    class Meta:
        model = Order
        fields = ["supplier", "day", "due", "note", "reason"]
        help_texts = {
            "reason": _("Only needed when orders to this supplier come to so much that the rule asks for quotes.")
        }

    def __init__(self, *args: Any, fixed: Supplier | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supplier"].queryset = suppliers()  # type: ignore[attr-defined]
        self.fields["due"].initial = timezone.localdate() + dt.timedelta(days=7)
        if fixed:
            self.fields["supplier"].initial = fixed
            self.fields["supplier"].disabled = True


class AcceptanceForm(PageForm):
    """When it came and how it is."""

    day = forms.DateField(label=_("Accepted on"), initial=timezone.localdate)
    quality = forms.CharField(label=_("Quality"), max_length=200, required=False, initial="")
    file = forms.FileField(
        label=_("Photo of the goods or the delivery note"),
        required=False,
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )


class DeliveredLine(PageForm):
    """One line of a delivery."""

    line = forms.IntegerField(widget=forms.HiddenInput)
    delivered = forms.DecimalField(label=_("Delivered"), min_value=0, max_digits=13, decimal_places=3, required=False)
    rejected = forms.DecimalField(
        label=_("Rejected"),
        min_value=0,
        max_digits=13,
        decimal_places=3,
        required=False,
        widget=forms.NumberInput(
            {"placeholder": "0"}
        ),  # while it is empty, the style sheet keeps reason and disposal away
    )
    nature = forms.ChoiceField(label=_("becomes"), choices=Nature.choices)
    reason = forms.CharField(label=_("Why rejected"), max_length=200, required=False)
    disposal = forms.ChoiceField(
        label=_("What happens to them"), choices=[("", "—"), *Disposal.choices], required=False
    )


DeliveredLines = formset_factory(DeliveredLine, extra=0)


class NatureForm(PageForm):
    """What accepted pieces become."""

    nature = forms.ChoiceField(label=_("becomes"), choices=Nature.choices)


class ReasonForm(PageForm):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea)
