"""A supplier's entry."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finance.models import Supplier
from logistics.base.forms import ModelPageForm

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no I, O, S, V, Z
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


class SupplierForm(ModelPageForm):
    """Name, whom to call, where money goes."""

    class Meta:
        model = Supplier
        fields = ["name", "credit_code", "contact", "phone", "address", "bank", "account", "note", "active"]

    def clean_credit_code(self) -> str:
        """Raises ValidationError for a code whose last sign does not fit the others (GB 32100-2015)."""
        code = str(self.cleaned_data["credit_code"]).strip().upper()
        if code and not is_credit_code(code):
            raise ValidationError(_("This is no unified social credit code: 18 signs, look at the licence again."))
        return code


def is_credit_code(code: str) -> bool:
    """Whether the check sign of a unified social credit code is right."""
    if len(code) != len(WEIGHTS) + 1 or any(sign not in SIGNS for sign in code):
        return False
    total = sum(SIGNS.index(sign) * weight for sign, weight in zip(code, WEIGHTS, strict=False))
    return SIGNS.index(code[-1]) == (31 - total % 31) % 31
