"""What somebody says when he signs: an opinion, and a signature drawn on the screen if he likes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from logistics.approvals.models import Drawing
from logistics.base.forms import PageForm


class SignForm(PageForm):
    """``seen`` is the hash of the version shown, ``at`` the step; without a drawing the name alone is printed."""

    note = forms.CharField(
        label=_("Opinion"),
        max_length=300,
        required=False,
        widget=forms.Textarea,
        help_text=_("Needed when you return or reject."),
    )
    use_kept = forms.BooleanField(label=_("Use my kept signature"), required=False)
    drawing = forms.CharField(required=False, widget=forms.HiddenInput({"data-drawing-value": ""}))
    keep = forms.BooleanField(label=_("Keep this drawing for next time"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput)
    at = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kept: Drawing | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kept is None:
            del self.fields["use_kept"]


class DrawForm(PageForm):
    """A signature drawn to be kept."""

    drawing = forms.CharField(widget=forms.HiddenInput({"data-drawing-value": ""}))
