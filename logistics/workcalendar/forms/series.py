"""The form of a recurring task: it asks only for what its rhythm needs."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from logistics.base.forms import ModelPageForm, PageForm
from logistics.school.choices import TermNumber
from logistics.workcalendar.choices import Rhythm
from logistics.workcalendar.forms.tasks import people_and_departments, proof_field
from logistics.workcalendar.models import Series

ABOUT = ("title", "detail", "owner", "department", "proof")
SPAN = ("first_day", "last_day")
ASKED: dict[str, tuple[str, ...]] = {
    Rhythm.TERM_WEEK: ("terms", "week", "weekday", "shift"),
    Rhythm.WEEKLY: ("terms", "week", "every", "weekday", "shift"),
    Rhythm.SCHOOL_DAY: ("terms",),
    Rhythm.MONTH: ("months",),
    Rhythm.MONTH_DAY: ("months", "day", "shift"),
    Rhythm.MONTH_WEEKDAY: ("months", "ordinal", "weekday", "shift"),
    Rhythm.BEFORE_HOLIDAY: ("holiday",),
    Rhythm.TERM_START: ("terms", "offset", "shift"),
    Rhythm.TERM_END: ("terms", "offset", "shift"),
}
EXAMPLES: dict[str, Any] = {
    Rhythm.TERM_WEEK: _("week 2 of the term; the last week"),
    Rhythm.WEEKLY: _("a check every Friday; every second week"),
    Rhythm.SCHOOL_DAY: _("the daily round"),
    Rhythm.MONTH: _("every October"),
    Rhythm.MONTH_DAY: _("the 5th of each month; 9 December"),
    Rhythm.MONTH_WEEKDAY: _("the first Monday of the month"),
    Rhythm.BEFORE_HOLIDAY: _("lock up and read the meters before the National Day"),
    Rhythm.TERM_START: _("a week before term; the second day"),
    Rhythm.TERM_END: _("three days before the term ends"),
}
HOLIDAYS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")  # as the law names them


class SeriesForm(ModelPageForm):
    """Title, whose it is, when it comes round. ``rhythm`` of a new one stands in the address."""

    class Meta:
        model = Series
        fields = [*ABOUT, *dict.fromkeys(name for names in ASKED.values() for name in names), *SPAN]
        labels = {"title": _("What is to be done")}
        widgets = {"detail": forms.Textarea}
        help_texts = {
            "week": _("1 is the first week of the term, -1 the last."),
            "every": _("1 is every week, 2 every second week."),
            "offset": _("0 is that day itself, -7 a week before it."),
            "last_day": _("Empty while it goes on."),
            "day": _("31 is the last day of a month."),
        }

    proof = proof_field()
    terms = forms.TypedMultipleChoiceField(
        label=_("Terms"), choices=TermNumber.choices, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    months = forms.TypedMultipleChoiceField(
        label=pgettext_lazy("calendar", "Months"),
        choices=[(number, number) for number in (9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8)],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: every month."),
    )
    weekday = forms.TypedChoiceField(
        label=_("Weekday"), choices=[("", "—"), *WEEKDAYS.items()], coerce=int, empty_value=None, required=False
    )
    ordinal = forms.TypedChoiceField(
        label=_("Which one"),
        choices=[
            (1, _("the first")),
            (2, _("the second")),
            (3, _("the third")),
            (4, _("the fourth")),
            (-1, _("the last")),
        ],
        coerce=int,
    )
    holiday = forms.ChoiceField(
        label=_("Holiday"), choices=[("", _("every holiday")), *((name, name) for name in HOLIDAYS)], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = ASKED[self.instance.rhythm]
        for name in set(self.fields) - {*ABOUT, *asked, *SPAN}:
            del self.fields[name]
        self.order_fields([*ABOUT, *asked, *SPAN])
        people_and_departments(self.fields, self.instance.owner if self.instance.pk else None)
        if self.instance.rhythm == Rhythm.MONTH_WEEKDAY:
            self.fields["weekday"].required = True
        elif "weekday" in self.fields:
            self.fields["weekday"].help_text = _("Empty: any day, by the last school day of the week.")
        if self.instance.rhythm == Rhythm.WEEKLY:
            self.fields["week"].label = _("From week")
            self.fields["week"].help_text = _("1 is the first week of the term.")


class EndForm(PageForm):
    last_day = forms.DateField(label=_("Last day"), help_text=_("Open tasks after this day leave the calendar."))


class AdoptForm(PageForm):
    first_day = forms.DateField(label=_("From"), help_text=_("What fell due before this day is not made afterwards."))
