"""Pictures and papers of a card. Who may see the card may see its files."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from assets.models import Card
from assets.queries.scope import cards_seen_by
from assets.views.who import who
from logistics.base.forms import PageForm
from logistics.base.permissions import requires
from logistics.base.views import ConfirmPage
from logistics.records import attachments
from logistics.records.models import Attachment


class FileForm(PageForm):
    """A picture or PDF; on a phone the camera is offered."""

    file = forms.FileField(
        label=gettext_lazy("Picture or PDF"),
        widget=forms.ClearableFileInput({"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
        help_text=gettext_lazy("The place where a photo was taken is removed from it."),
    )


class Add(ConfirmPage):
    """Attach a picture or PDF to a card."""

    permission = "assets.change_card"
    form_class = FileForm
    template_name = "object_form.html"
    submit_label = gettext_lazy("Attach it")

    @cached_property
    def card(self) -> Card:
        return get_object_or_404(Card, pk=self.kwargs["pk"])

    def save(self, form: Any) -> Attachment:
        return attachments.attach(person=who(self.request), record=self.card, upload=form.cleaned_data["file"])

    def get_success_url(self) -> str:
        return self.card.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=_("Picture or file for %(card)s") % {"card": self.card}, cancel_url=self.get_success_url(), **kwargs
        )


def file_of(card: Card, key: int) -> Attachment:
    """The card's attachment with this key; 404 for another record's."""
    return get_object_or_404(attachments.of(card), pk=key)


@requires("assets.view_own_cards")
def show(request: HttpRequest, pk: int, file: int, *, small: bool = False) -> HttpResponse:
    """The file itself, or its thumbnail."""
    card = get_object_or_404(cards_seen_by(who(request)), pk=pk)
    return cast(HttpResponse, attachments.serve(request, file_of(card, file), thumbnail=small))


@require_POST
@requires("assets.change_card")
def remove(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Take a file off the card; the history keeps that it was there."""
    card = get_object_or_404(Card, pk=pk)
    attachment = file_of(card, file)
    attachments.remove(attachment=attachment)
    messages.info(request, _("%(file)s is no longer attached.") % {"file": attachment})
    return redirect(card)
