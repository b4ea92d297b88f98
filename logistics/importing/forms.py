"""The forms of an import."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from logistics.base.forms import ModelPageForm, PageForm
from logistics.importing.models import ImportRun


class UploadForm(PageForm):
    """A file; what it really is, is found out by reading it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (.xlsx, .xls), WPS or LibreOffice (.ods), or text (.csv)"),
        error_messages={
            "required": _("Choose the file with your list."),
            "empty": _("The file is empty."),
            "invalid": _("Choose the file with your list."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.xls,.ods,.csv,.xlsm,.txt"


class CommitForm(ModelPageForm):
    """The day the papers bear, and what stands on them."""

    class Meta:
        model = ImportRun
        fields = ["date", "summary"]
        help_texts = {
            "date": _("The papers that enter and change the property bear this date."),
            "summary": _("Stands on the papers; the name of the file when left empty."),
        }

    def __init__(self, *args: Any, dated: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not dated:
            self.fields.clear()

    def clean_date(self) -> Any:
        day = self.cleaned_data["date"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day
