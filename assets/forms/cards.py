"""Forms of the asset card: entering one and describing it."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assets.forms.fields import LookupField
from assets.models import Card
from assets.queries.lives import LifeTable
from assets.rules import EARLIEST
from logistics.base.forms import ModelPageForm
from logistics.base.money import money_text


def new_key() -> str:
    """A key by which a form that is sent twice is known again."""
    return uuid4().hex


@dataclass(frozen=True)
class Section:
    """A part of the form under a heading of the paper card; ``folded`` ones open when they hold an error."""

    title: str | Promise
    fields: list[forms.BoundField]
    folded: bool = False

    @property
    def open(self) -> bool:
        return any(field.errors for field in self.fields)


PARTS: tuple[tuple[str | Promise, tuple[str, ...], bool], ...] = (
    (
        _("What it is"),
        ("number", "name", "property_class", "brand", "specification", "serial_number", "unit", "quantity", "value"),
        False,
    ),
    (_("Where it is and who has it"), ("room", "custodian", "department", "condition"), False),
    (_("How it came"), ("acquisition", "acquired_on", "in_use_from"), False),
    (
        _("Money and papers"),
        (
            "value_kind",
            "fiscal_funds",
            "other_funds",
            "booked_on",
            "voucher_number",
            "life_months",
            "procurement",
            "budget_item",
            "contract_number",
            "invoice_number",
        ),
        True,
    ),
    (
        _("Maker, warranty and notes"),
        ("manufacturer", "dealer", "warranty_until", "managing_department", "note"),
        True,
    ),
    (_("The paper"), ("date", "summary"), False),
    (_("This change"), ("reason",), False),
)
LEDGER_PART = ("number", "property_class", "quantity", "value", "room", "custodian", "department", "date", "summary")
PAST = ("acquired_on", "booked_on")
DAYS = (*PAST, "in_use_from", "warranty_until")


class DescriptionForm(ModelPageForm):
    """The card's own description: whatever no ledger entry says."""

    managing_department = LookupField("department", label=_("Managing department"), required=False)

    class Meta:
        model = Card
        fields = tuple(name for _title, names, _folded in PARTS for name in names if name not in LEDGER_PART)[:-1]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        came, used = data.get("acquired_on"), data.get("in_use_from")
        for name in DAYS:
            if (day := data.get(name)) and day < EARLIEST:
                self.add_error(name, _("Look at the year of %(day)s.") % {"day": day})
        for name in PAST:
            if (day := data.get(name)) and day > timezone.localdate():
                self.add_error(name, _("This day has not come yet."))
        if came and used and used < came:
            self.add_error("in_use_from", _("It cannot be in use before it was acquired."))
        self._clean_funds(data)
        self._clean_life(data)
        return data

    def _clean_life(self, data: dict[str, Any]) -> None:
        """Not shorter than the rule of its class; a life that stands there already is not questioned."""
        months = data.get("life_months")
        if months is None or "life_months" not in self.changed_data:
            return
        kind = data.get("property_class") if "property_class" in self.fields else self.instance.property_class
        card = Card(property_class=kind, value_kind=data.get("value_kind", ""), acquired_on=data.get("acquired_on"))
        least = LifeTable.read().card_months(card, data.get("booked_on") or timezone.localdate())
        if least and months < least:
            text = _("By the rule of its class it serves at least %(months)d months.")
            self.add_error("life_months", text % {"months": least})

    def _clean_funds(self, data: dict[str, Any]) -> None:
        value = data.get("value") if "value" in self.fields else self.instance.value
        funds = [data.get("fiscal_funds"), data.get("other_funds")]
        if value is not None and sum(part or 0 for part in funds) > value:
            text = _("The two funds together are more than the value, %(value)s yuan.")
            self.add_error("other_funds" if funds[1] else "fiscal_funds", text % {"value": money_text(value)})

    def sections(self) -> Iterator[Section]:
        """The fields in the order and under the headings of the paper card."""
        for title, names, folded in PARTS:
            if fields := [self[name] for name in names if name in self.fields]:
                yield Section(title, fields, folded)


class CardForm(DescriptionForm):
    """The description of a card that is there, and why it is changed."""

    reason = forms.CharField(
        label=_("Why it is changed"), required=False, max_length=200, help_text=_("Kept in the history.")
    )


class NewCardForm(DescriptionForm):
    """A card and the paper that enters it into the ledger."""

    number = forms.CharField(
        label=_("Asset number"),
        required=False,
        max_length=40,
        help_text=_("Leave empty and the next number is given by itself."),
    )
    property_class = LookupField("class", label=_("Class of property"), help_text=_("Type its code or its name."))
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=1_000_000, initial=1)
    value = forms.DecimalField(
        label=_("Value of the whole (yuan)"),
        min_value=0,
        max_digits=12,
        decimal_places=2,
        help_text=_("For a batch: of all pieces together."),
    )
    room = LookupField("room", label=_("Place"), required=False)
    custodian = LookupField("person", label=_("Kept by"), required=False)
    department = LookupField("department", label=_("Using department"), required=False)
    date = forms.DateField(label=_("Date of the paper"), initial=timezone.localdate)
    summary = forms.CharField(
        label=_("In a few words"),
        required=False,
        max_length=200,
        help_text=_("Stands on the paper and in the ledgers."),
    )
    key = forms.CharField(required=False, widget=forms.HiddenInput, initial=new_key)

    def clean(self) -> dict[str, Any]:
        """``once`` is the same only when the same form comes a second time with the same words in it."""
        data = super().clean()
        if key := data.pop("key", ""):
            typed = sorted((name, self.data.get(name, "")) for name in self.fields)
            data["once"] = sha256(repr((key, typed)).encode()).hexdigest()[:32]
        return data
