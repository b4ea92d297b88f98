"""The record of a collective decision, with who was there."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from logistics.approvals.choices import Presence
from logistics.approvals.models import Decision
from logistics.base.forms import ModelPageForm, PageForm
from logistics.school.models import Person


class DecisionForm(ModelPageForm):
    """forms.md, 集体决策记录."""

    class Meta:
        model = Decision
        fields = [
            "held_at",
            "place",
            "chaired_by",
            "topic",
            "background",
            "opinions",
            "votes_for",
            "votes_against",
            "abstentions",
            "passed",
            "resolution",
            "responsible",
            "due",
        ]
        widgets = {"held_at": forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")}
        labels = {"passed": _("The meeting agrees")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("chaired_by", "responsible"):
            self.fields[name].queryset = Person.objects.working()  # type: ignore[attr-defined]


class AttendanceForm(PageForm):
    """One person and whether he was there."""

    person = forms.ModelChoiceField(Person.objects.working(), label=_("person"), required=False)
    presence = forms.ChoiceField(label=_("presence"), choices=Presence.choices, required=False)


class BaseAttendances(BaseFormSet):  # type: ignore[type-arg]
    """Who was asked to the meeting; nobody twice."""

    def clean(self) -> None:
        if any(self.errors):
            return
        named = [form.cleaned_data["person"] for form in self.forms if form.cleaned_data.get("person")]
        if len(set(named)) < len(named):
            raise forms.ValidationError(_now("Somebody stands in the list twice."))

    def attendance(self) -> dict[Person, str]:
        """By person, whether he was present."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("person")]
        return {row["person"]: row["presence"] or Presence.PRESENT for row in rows}


AttendanceFormSet = formset_factory(AttendanceForm, formset=BaseAttendances, extra=3, max_num=60)
