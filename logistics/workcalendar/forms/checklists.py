"""Forms of checklists."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from logistics.base.forms import ModelPageForm, PageForm
from logistics.school.models import Department, Person, Term
from logistics.workcalendar.models import Checklist


class ChecklistForm(PageForm):
    """Which term, what it is called, until when; of plans and summaries which departments."""

    term = forms.ModelChoiceField(Term.objects.none(), label=_("Term"))
    title = forms.CharField(label=_("Title"), max_length=80)
    due = forms.DateField(label=_("To be done by"))
    departments = forms.ModelMultipleChoiceField(
        Department.objects.none(), label=_("Departments"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, wants_files: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms = Term.objects.filter(closed_at=None).select_related("year").order_by("-first_day")
        self.fields["term"].queryset = terms  # type: ignore[attr-defined]
        if wants_files:
            self.fields["departments"].queryset = Department.objects.filter(active=True)  # type: ignore[attr-defined]
        else:
            del self.fields["departments"]


class ChangeForm(ModelPageForm):
    class Meta:
        model = Checklist
        fields = ["title", "due"]


class PointForm(PageForm):
    """One more point."""

    title = forms.CharField(label=_("What is to be done"), max_length=120)
    owner = forms.ModelChoiceField(
        Person.objects.working().order_by("name_sort"), label=_("Person responsible"), required=False
    )
    department = forms.ModelChoiceField(Department.objects.filter(active=True), label=_("Department"), required=False)
