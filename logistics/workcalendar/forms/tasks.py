"""Forms of tasks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from logistics.base.forms import ModelPageForm, PageForm
from logistics.records.views.files import ACCEPTED, OFFICE_ACCEPTED
from logistics.school.forms.structure import working
from logistics.school.models import Department, Person
from logistics.workcalendar.models import Task
from logistics.workcalendar.proofs_of import proof_choices


def proof_field() -> forms.ChoiceField:
    """What another app counts of it."""
    return forms.ChoiceField(
        label=_("Proof"),
        choices=proof_choices,
        required=False,
        help_text=_("What another part of the program counts from the first to the last day stands beside the task."),
    )


class TaskForm(ModelPageForm):
    """One task and its days."""

    class Meta:
        model = Task
        fields = ["title", "detail", "owner", "department", "starts", "due", "proof"]
        labels = {"title": _("What is to be done"), "starts": _("From"), "due": _("To be done by")}
        widgets = {"detail": forms.Textarea}

    proof = proof_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.instance if self.instance.pk else None
        people_and_departments(self.fields, known.owner if known else None)


def people_and_departments(fields: dict[str, forms.Field], owner: Person | None) -> None:
    """Whom a task can be given to: colleagues and departments of today, and who has it now."""
    fields["owner"].queryset = working(owner).order_by("name_sort")  # type: ignore[attr-defined]
    fields["department"].queryset = Department.objects.filter(active=True)  # type: ignore[attr-defined]


class DoneForm(PageForm):
    """What came of it, with a picture where one tells more; a plan or summary is handed in itself."""

    note = forms.CharField(label=_("Outcome"), max_length=500, required=False, widget=forms.Textarea)
    photo = forms.FileField(
        label=_("Picture or PDF"),
        required=False,
        widget=forms.ClearableFileInput(ACCEPTED),
        help_text=_("Only where it tells more than words."),
    )

    def __init__(self, *args: Any, wants_file: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if wants_file:
            self.fields["photo"] = forms.FileField(
                label=_("Word, Excel, PDF or picture"), widget=forms.ClearableFileInput(OFFICE_ACCEPTED)
            )
            self.order_fields(["photo", "note"])


class NotDoneForm(PageForm):
    reason = forms.CharField(label=_("Why not"), max_length=500, widget=forms.Textarea)


class DropForm(PageForm):
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)


class HandOnForm(PageForm):
    to = forms.ModelChoiceField(Person.objects.working(), label=_("To whom"))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = Person.objects.working().exclude(pk=by.pk).order_by("name_sort")
        self.fields["to"].queryset = colleagues  # type: ignore[attr-defined]


class AnswerForm(PageForm):
    accepted = forms.TypedChoiceField(
        label=_("Your answer"),
        choices=[("yes", _("I take it over")), ("no", _("I cannot"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    said = forms.CharField(label=_("Note"), max_length=200, required=False)
