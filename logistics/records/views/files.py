"""Pictures and files of a record: adding, showing, taking off. Who may, the record's own app says."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics.base.forms import PageForm
from logistics.base.views import ConfirmPage
from logistics.records import attachments
from logistics.records.models import Attachment
from logistics.school.who import who

ACCEPTED = {"accept": "image/jpeg,image/png,image/webp,application/pdf"}


OFFICE_ACCEPTED = {"accept": f"{ACCEPTED['accept']},.docx,.xlsx,.pptx"}


class FileForm(PageForm):
    """A picture or PDF; on a phone the camera is offered."""

    file = forms.FileField(
        label=gettext_lazy("Picture or PDF"),
        widget=forms.ClearableFileInput(ACCEPTED),
        help_text=gettext_lazy("The place where a photo was taken is removed from it."),
    )

    def __init__(self, *args: Any, office: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if office:
            self.fields["file"].label = gettext_lazy("Word, Excel, PDF or picture")
            self.fields["file"].widget.attrs.update(OFFICE_ACCEPTED)


class AddFile(ConfirmPage):
    """Attach a picture or PDF to the record that ``get_record`` finds (404 for others)."""

    form_class = FileForm
    template_name = "object_form.html"
    submit_label = gettext_lazy("Attach it")

    @property
    def office(self) -> bool:
        """Whether files of Word, Excel and PowerPoint are taken as well."""
        return False

    def get_record(self) -> Any:
        raise NotImplementedError

    @cached_property
    def record(self) -> Any:
        return self.get_record()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "office": self.office}

    def save(self, form: Any) -> Attachment:
        upload = form.cleaned_data["file"]
        return attachments.attach(person=who(self.request), record=self.record, upload=upload, office=self.office)

    def get_success_url(self) -> str:
        return str(self.record.get_absolute_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=_("Picture or file for %(card)s") % {"card": self.record}, cancel_url=self.get_success_url(), **kwargs
        )


def file_of(record: models.Model, key: int) -> Attachment:
    """The record's attachment with this key; 404 for another record's."""
    return get_object_or_404(attachments.of(record), pk=key)


def show_file(request: HttpRequest, record: models.Model, key: int, *, small: bool = False) -> HttpResponse:
    """The file itself, or its thumbnail, for a view that has checked who asks."""
    return cast(HttpResponse, attachments.serve(request, file_of(record, key), thumbnail=small))


def remove_file(request: HttpRequest, record: Any, key: int) -> HttpResponse:
    """Take a file off the record; the history keeps that it was there."""
    attachment = file_of(record, key)
    attachments.remove(attachment=attachment)
    messages.info(request, _("%(file)s is no longer attached.") % {"file": attachment})
    return redirect(record)
