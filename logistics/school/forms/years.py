"""Forms of school years, terms and dated limits."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from logistics.base.forms import ModelPageForm, PageForm
from logistics.school.choices import DayKind
from logistics.school.limits import declared
from logistics.school.models import Limit, SchoolYear, Term


class YearForm(ModelPageForm):
    class Meta:
        model = SchoolYear
        fields = ["name", "first_day", "last_day"]
        help_texts = {"name": _("For example 2026—2027学年.")}


class TermForm(ModelPageForm):
    """``year`` of a new term stands in the address, so its instance carries it."""

    class Meta:
        model = Term
        fields = ["number", "first_day", "last_day"]


class DaysForm(PageForm):
    """What the days of a span are."""

    first_day = forms.DateField(label=_("First day"))
    last_day = forms.DateField(label=_("Last day"), required=False, help_text=_("Leave empty for one day."))
    kind = forms.ChoiceField(label=_("Kind"), choices=DayKind.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note"), max_length=60, required=False, help_text=_("For example: lessons of Monday; sports day.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["last_day"] = data.get("last_day") or data.get("first_day")
        return data


class ReopenForm(PageForm):
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Stays in the term's history."))


class LimitForm(ModelPageForm):
    """A new value of a limit from a day on; the earlier ones stay."""

    class Meta:
        model = Limit
        fields = ["key", "value", "in_force_from", "source"]
        help_texts = {"source": _("Which rule or decision sets it, with its number and date.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"] = forms.ChoiceField(
            label=_("Limit"), choices=[(key, f"{row.label} ({row.unit})") for key, row in sorted(declared().items())]
        )
