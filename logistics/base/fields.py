"""Model fields for what every ledger holds: an amount in fen, a quantity in thousandths, an address in the web."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import ExpressionWrapper, F
from django.utils.translation import gettext_lazy as _

FEN = Decimal("0.01")
MOST_YUAN = Decimal("9999999999.99")


SetAs_contra = TypeVar("SetAs_contra", contravariant=True)
GotAs_co = TypeVar("GotAs_co", covariant=True)


class MoneyField(models.Field[SetAs_contra, GotAs_co]):
    """An amount in yuan (Decimal, two places) kept as whole fen.

    Whole fen add up exactly on both databases; SQLite's sum over a DecimalField is a float.
    ``Sum("value")`` over this field is a Decimal in yuan again.
    """

    _pyi_private_set_type: Decimal | int
    _pyi_private_get_type: Decimal  # with ``null=True`` or None, as the type checker's plugin knows

    places = 2
    description = _("Amount in yuan")
    default_error_messages = {
        "invalid": _("“%(value)s” is not an amount of money."),
        "places": _("An amount has at most two decimal places."),
    }
    default_validators = [MinValueValidator(-MOST_YUAN), MaxValueValidator(MOST_YUAN)]

    def get_internal_type(self) -> str:
        return "BigIntegerField"

    def from_db_value(self, value: int | None, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else Decimal(int(value)).scaleb(-self.places)

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or value == "":
            return None
        try:
            amount = Decimal(str(value))
            rounded = amount.quantize(Decimal(1).scaleb(-self.places), rounding=ROUND_HALF_UP)
        except (ArithmeticError, ValueError):
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": value}) from None
        if amount != rounded:
            raise ValidationError(self.error_messages["places"], code="places")
        return rounded

    def get_prep_value(self, value: Any) -> int | None:
        if isinstance(value, Decimal) and value.is_finite() and (whole := value.scaleb(self.places)) == int(whole):
            return int(whole)  # most amounts by far, and bulk writes call this for each
        amount = self.to_python(value)
        return None if amount is None else int(amount.scaleb(self.places))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return value if prepared else self.get_prep_value(value)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(
            **{
                "form_class": forms.DecimalField,
                "max_digits": 10 + self.places,
                "decimal_places": self.places,
                **kwargs,
            }
        )


class QuantityField(MoneyField[SetAs_contra, GotAs_co]):
    """So many pieces, kilograms or metres (Decimal, up to three places), kept as whole thousandths."""

    places = 3
    description = _("Quantity")
    default_error_messages = {
        "invalid": _("“%(value)s” is not a quantity."),
        "places": _("A quantity has at most three decimal places."),
    }


def left_over(whole: str, part: str) -> "ExpressionWrapper[Any]":
    """``whole`` less ``part``, two quantity fields of a row, for ``annotate``: the database does not guess the kind."""
    return ExpressionWrapper(F(whole) - F(part), output_field=QuantityField())


class WebAddressField(models.URLField[str, str]):
    """An address in the web; one typed without its scheme is taken for https."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **kwargs})
