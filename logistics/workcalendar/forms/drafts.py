"""Forms of plan drafts: giving a text, choosing a year, the lines to tick and mend."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from logistics.base.forms import PageForm
from logistics.school.choices import TermNumber
from logistics.school.models import Person, SchoolYear, Term
from logistics.workcalendar.choices import Rhythm
from logistics.workcalendar.models import Proposal
from logistics.workcalendar.reading.documents import text_of
from logistics.workcalendar.recurrence import Recurrence
from logistics.workcalendar.services.series import as_fields
from logistics.workcalendar.wording import rule_in_words

PLANS_TAKEN = ".txt,.docx,text/plain,application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LOOKS = {"chosen": "form-check-input", "rule": "form-select form-select-sm"}
AS_READ = "read"
USUAL = {  # what a duty's rhythm can be changed to here; everything else on the page of the recurring task
    "day": Recurrence(Rhythm.SCHOOL_DAY),
    "week": Recurrence(Rhythm.WEEKLY),
    "two_weeks": Recurrence(Rhythm.WEEKLY, every=2),
    "month": Recurrence(Rhythm.MONTH),
    "before_term": Recurrence(Rhythm.TERM_START, offset=-7),
    "first_week": Recurrence(Rhythm.TERM_WEEK, week=1),
    "second_week": Recurrence(Rhythm.TERM_WEEK, week=2),
    "middle": Recurrence(Rhythm.TERM_WEEK, week=10),
    "last_but_one": Recurrence(Rhythm.TERM_WEEK, week=-2),
    "last_week": Recurrence(Rhythm.TERM_WEEK, week=-1),
    **{
        f"month_{month}": Recurrence(Rhythm.MONTH, months=(month,)) for month in (9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8)
    },
}


def usual_choices() -> list[tuple[str, str]]:
    """The rhythms of ``USUAL`` in the reader's language."""
    return [(key, rule_in_words(rule)) for key, rule in USUAL.items()]


class ReadForm(PageForm):
    """A written plan, pasted or as a file, and the term it is for."""

    term = forms.ModelChoiceField(
        Term.objects.none(), label=_("Term"), required=False, empty_label=_("the one the plan names")
    )
    file = forms.FileField(
        label=_("Word document or text file"),
        required=False,
        widget=forms.ClearableFileInput({"accept": PLANS_TAKEN}),
        help_text=_(".docx or .txt. A .doc: save it as .docx in Word or WPS first."),
    )
    text = forms.CharField(
        label=_("Or paste the text"),
        required=False,
        strip=False,
        widget=forms.Textarea,
        help_text=_("The whole plan: lines such as “九月份：” or “第3周” begin a part, the points below become tasks."),
    )
    name = forms.CharField(
        label=pgettext_lazy("plan", "Name"), max_length=120, required=False, help_text=_("Empty: the file’s name.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 12
        self.fields["term"].queryset = Term.objects.select_related("year").order_by("-first_day")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The text, wherever it comes from, under ``text``."""
        given = super().clean() or {}
        upload, pasted = given.get("file"), (given.get("text") or "").strip()
        if upload and pasted:
            self.add_error("text", _("Either a file or pasted text, not both."))
        elif upload:
            try:
                given["text"] = text_of(upload.read())
            except ValidationError as error:
                self.add_error("file", error)
            given["name"] = given.get("name") or upload.name.rpartition(".")[0][:120]
        elif not pasted and "file" not in self.errors:
            self.add_error("text", _("Upload the plan or paste its text."))
        return given


class CopyForm(PageForm):
    """From which year, which part of it, for which year."""

    old = forms.ModelChoiceField(SchoolYear.objects.none(), label=_("From the school year"))
    number = forms.TypedChoiceField(
        label=_("Which part"),
        choices=[("", _("the whole year")), *TermNumber.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    year = forms.ModelChoiceField(SchoolYear.objects.none(), label=_("For the school year"))
    to = forms.TypedChoiceField(
        label=_("Into which term"),
        choices=[("", _("the same")), *TermNumber.choices],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Another one: each task keeps its week of the term."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("old", "year"):
            self.fields[name].queryset = SchoolYear.objects.order_by("-first_day")  # type: ignore[attr-defined]


class ProposalForm(PageForm):
    """One line of a draft. A task has days, a duty a rhythm; ``people`` finds a colleague by what is typed."""

    line = forms.IntegerField(widget=forms.HiddenInput)
    chosen = forms.BooleanField(label=_("Take over"), required=False)
    title = forms.CharField(label=_("What is to be done"), max_length=120)
    owner = forms.CharField(label=_("Person responsible"), max_length=80, required=False)
    starts = forms.DateField(label=_("From"), required=False)
    due = forms.DateField(label=_("To be done by"), required=False)
    rule = forms.ChoiceField(label=_("Comes round"), required=False)
    thing: Proposal | None = None

    def __init__(self, *args: Any, people: "Colleagues", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        for name, field in self.fields.items():
            field.widget.attrs["class"] = LOOKS.get(name, "form-control form-control-sm")
        self.fields["owner"].widget.attrs.update({"list": "people", "autocomplete": "off"})

    def about(self, proposal: Proposal) -> None:
        """Ask for what this line has: days or a rhythm."""
        if proposal.comes_round:
            del self.fields["starts"], self.fields["due"]
            first = (AS_READ, rule_in_words(proposal.recurrence))
            self.fields["rule"].choices = [first, *usual_choices()]  # type: ignore[attr-defined]
        else:
            del self.fields["rule"]
            self.fields["starts"].required = self.fields["due"].required = True

    def clean_owner(self) -> Person | None:
        return self.people.find(self.cleaned_data["owner"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("starts") and given.get("due") and given["due"] < given["starts"]:
            self.add_error("due", _("The last day is before the first."))
        return given

    def changes(self) -> dict[str, Any]:
        """What the service keeps of this line."""
        given, line = self.cleaned_data, self.thing
        assert line is not None
        fields: dict[str, Any] = {
            name: given[name] for name in ("chosen", "title", "owner", "starts", "due") if name in self.fields
        }
        if given["owner"] != line.owner:
            fields["department"] = given["owner"].department if given["owner"] else line.department
        if given.get("rule", AS_READ) != AS_READ:
            fields["rule"] = as_fields(USUAL[given["rule"]])
        return fields


ProposalLines = formset_factory(ProposalForm, extra=0, max_num=600, absolute_max=600)


class Colleagues:
    """Who works here, by the name as the lines show it: with the department where two have the same name."""

    def __init__(self, people: Iterable[Person]) -> None:
        rows = list(people)
        names = [person.name for person in rows]
        self.label = {
            person.pk: f"{person.name}（{person.department or person.pk}）"
            if names.count(person.name) > 1
            else person.name
            for person in rows
        }
        self.by_label = {self.label[person.pk]: person for person in rows}

    def shown(self, person: Person | None) -> str:
        return self.label.get(person.pk, person.name) if person else ""

    def find(self, typed: str) -> Person | None:
        """Raises ValidationError for a name nobody has, or several have."""
        name = typed.strip()
        if name and name not in self.by_label:
            raise ValidationError(_("Choose a colleague from the list."))
        return self.by_label.get(name)
