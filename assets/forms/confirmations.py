"""Forms around the confirmation of a room's property."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assets.forms.fields import LookupField
from logistics.base.forms import PageForm


class AskForm(PageForm):
    """On what occasion rooms are to be confirmed."""

    reason = forms.CharField(
        label=_("Occasion"), required=False, max_length=120, help_text=_("For example: check at the start of term.")
    )


class AnswerForm(PageForm):
    """What the person responsible says of the list."""

    note = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=300,
        widget=forms.Textarea,
        help_text=_("If something is not right: say which thing, and what is wrong."),
    )


class HandOverForm(PageForm):
    """Who is responsible for the room from now on."""

    to = LookupField("person", label=_("New person responsible"))
    date = forms.DateField(label=_("Date of the paper"), initial=timezone.localdate)
    note = forms.CharField(label=_("Occasion"), required=False, max_length=120)
