"""Which label sheet is in the printer, and where on it the first label goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from logistics.base.forms import PageForm
from logistics.printing.labels import FORMATS


class LabelForm(PageForm):
    """Format and start; a sheet of which some labels are used can go into the printer again."""

    form = forms.ChoiceField(
        label=_("Label sheet"), choices=[(key, row.name) for key, row in FORMATS.items()], initial="a4-3x8"
    )
    start = forms.IntegerField(
        label=_("Begin at label"),
        min_value=1,
        initial=1,
        help_text=_("Counted along the rows. For a sheet of which some labels have been used."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = FORMATS.get(data.get("form", ""))
        if chosen and data.get("start", 1) > chosen.per_page:
            self.add_error("start", _("This sheet has %(count)d labels.") % {"count": chosen.per_page})
        return data
