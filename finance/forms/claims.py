"""Input of reimbursements, invoices and payments."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from finance.models import Claim, Invoice, Payment
from logistics.base.forms import ModelPageForm


class ClaimForm(ModelPageForm):
    """What for, and to whom the money goes."""

    class Meta:
        model = Claim
        fields = ["purpose", "item", "payee", "bank", "account"]


class InvoiceForm(ModelPageForm):
    """An invoice with its picture or PDF."""

    file = forms.FileField(
        label=_("Picture or PDF of the invoice"),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )

    class Meta:
        model = Invoice
        fields = ["number", "code", "day", "amount", "seller"]
        help_texts = {"code": _("Only on invoices with 8 digits.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("number", "code"):
            field = self.fields[name]
            field.max_length = 60  # type: ignore[attr-defined]  # cleaned of spaces by the service
            field.validators = []
            field.widget.attrs.update({"maxlength": "60", "inputmode": "numeric"})
        if self.instance.pk:
            self.fields["file"].required = False
        self.order_fields(["file", "number", "code", "day", "amount", "seller"])

    def _post_clean(self) -> None:
        """The service checks the row, once number and code are cleaned."""


class PaymentForm(ModelPageForm):
    """How much is paid, when and how; ``seen`` is what was paid when the form was shown."""

    seen = forms.DecimalField(widget=forms.HiddenInput, max_digits=12, decimal_places=2)

    class Meta:
        model = Payment
        fields = ["amount", "day", "method", "voucher", "note"]

    def _post_clean(self) -> None:
        """The service makes the row."""
