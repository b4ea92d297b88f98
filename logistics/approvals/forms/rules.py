"""A rule with its steps, and a paper to try it with."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from logistics.approvals.kinds import PaperKind, StepSpec
from logistics.approvals.models import Rule
from logistics.base.forms import ModelPageForm, PageForm
from logistics.school.choices import Role
from logistics.school.models import Department

ANY = ("", _("any"))


class RuleForm(ModelPageForm):
    """What fits a rule, what it asks; the kind's own demands are fields ``demand_…``."""

    class Meta:
        model = Rule
        fields = [
            "name",
            "category",
            "department",
            "funds",
            "amount_from",
            "amount_below",
            "meeting",
            "together",
            "in_force_from",
            "source",
        ]

    def __init__(self, *args: Any, kind: PaperKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["department"].empty_label = str(_("any"))  # type: ignore[attr-defined]
        for name, choices in (("category", kind.categories), ("funds", kind.funds)):
            if choices:
                label = self.fields[name].label
                self.fields[name] = forms.ChoiceField(label=label, choices=[ANY, *choices], required=False)
            else:
                del self.fields[name]
        if not kind.has_amount:
            del self.fields["amount_from"], self.fields["amount_below"]
        given = self.instance.demands if self.instance.pk or self.instance.demands else {}
        for demand in kind.demands:
            field = demand.make_field()
            field.initial = given.get(demand.key, demand.default)
            self.fields[f"demand_{demand.key}"] = field
        self.fields["in_force_from"].initial = timezone.localdate()
        self.order_fields(
            [*(n for n in self.fields if n not in {"in_force_from", "source"}), "in_force_from", "source"]
        )

    def demands(self) -> dict[str, Any]:
        """What the rule asks besides signatures, as JSON holds it."""
        return {demand.key: self.cleaned_data[f"demand_{demand.key}"] for demand in self.kind.demands}

    def values(self) -> dict[str, Any]:
        """The columns of the rule."""
        own = {name: value for name, value in self.cleaned_data.items() if not name.startswith("demand_")}
        if own.get("amount_from") is None and "amount_from" in own:
            own["amount_from"] = Decimal(0)
        return {**own, "demands": self.demands(), "kind": self.kind.key}


class StepForm(PageForm):
    """One line of the chain."""

    role = forms.ChoiceField(
        label=_("who signs"), choices=[("", "—"), *(c for c in Role.choices if c[0] != Role.STAFF)], required=False
    )
    count = forms.IntegerField(label=_("how many of them"), min_value=1, max_value=20, initial=1, required=False)
    label = forms.CharField(label=_("name of the box"), max_length=40, required=False)


class BaseSteps(BaseFormSet):  # type: ignore[type-arg]
    """The chain in order; empty lines are left out."""

    def clean(self) -> None:
        if not any(self.errors) and not self.specs():
            raise forms.ValidationError(_now("Somebody has to sign: name at least one step."))

    def specs(self) -> list[StepSpec]:
        """The steps that were filled in."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("role")]
        return [StepSpec(row["role"], row["label"], row["count"] or 1) for row in rows]


StepFormSet = formset_factory(StepForm, formset=BaseSteps, extra=2, max_num=12)


class TryForm(PageForm):
    """A paper like this: which way would it go?"""

    prefix = "try"
    amount = forms.DecimalField(label=_("Amount (yuan)"), min_value=0, max_digits=12, decimal_places=2, required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    department = forms.ModelChoiceField(Department.objects.filter(active=True), label=_("Department"), required=False)
    funds = forms.ChoiceField(label=_("Source of money"), required=False)

    def __init__(self, *args: Any, kind: PaperKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("category", kind.categories), ("funds", kind.funds)):
            if choices:
                self.fields[name].choices = list(choices)  # type: ignore[attr-defined]
            else:
                del self.fields[name]

    def paper(self) -> dict[str, Any]:
        """What ``rule_for`` is asked with."""
        data = self.cleaned_data
        return {
            "amount": data.get("amount"),
            "category": data.get("category", ""),
            "department": data.get("department"),
            "funds": data.get("funds", ""),
        }


class EndRuleForm(PageForm):
    """From when a rule no longer holds."""

    last_day = forms.DateField(label=_("Last day in force"), initial=timezone.localdate)
