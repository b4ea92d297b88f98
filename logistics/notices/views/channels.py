"""The ways notices go out, and what went out on them."""

from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from logistics.base.filters import PageFilterSet, PickFilter
from logistics.base.permissions import requires
from logistics.base.views import Column, CreatePage, ListPage, UpdatePage
from logistics.notices.choices import DeliveryState
from logistics.notices.forms import ChannelForm
from logistics.notices.models import Channel, Delivery
from logistics.notices.services import send_trial, try_again
from logistics.school.who import who

KEEP = "notices.manage_channels"


class ChannelList(ListPage):
    """E-mail and the groups' robots."""

    permission, model, title = KEEP, Channel, gettext_lazy("Ways notices go out")
    ordering = ("kind", "name")
    create_url_name, create_label, create_permission = "notices:channel-create", gettext_lazy("New channel"), KEEP
    columns = (
        Column(gettext_lazy("Channel")),
        Column(gettext_lazy("Kind")),
        Column(gettext_lazy("State")),
        Column(gettext_lazy("Try it")),
    )


class ChannelCreate(CreatePage):
    """A new way out."""

    permission, model, form_class, title = KEEP, Channel, ChannelForm, gettext_lazy("New channel")
    success_url = cancel_url = reverse_lazy("notices:channel-list")
    done = gettext_lazy("%(object)s is entered. Send a trial message.")


class ChannelUpdate(UpdatePage):
    """Its name, its address, whether it is in use."""

    permission, model, form_class, title = KEEP, Channel, ChannelForm, gettext_lazy("Change the channel")
    success_url = cancel_url = reverse_lazy("notices:channel-list")
    done = gettext_lazy("%(object)s is changed.")


class DeliveryFilter(PageFilterSet):
    search_fields = ("subject", "person__name")
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("state"), choices=DeliveryState.choices, empty_label=gettext_lazy("all")
    )
    channel = PickFilter(label=gettext_lazy("channel"), rows=Channel.objects.all, sort="name")

    class Meta:
        model = Delivery
        fields: list[str] = []


class DeliveryList(ListPage):
    """What went out, waits to be tried again, or was given up."""

    permission, model, title, filterset_class = KEEP, Delivery, gettext_lazy("Messages sent out"), DeliveryFilter
    ordering = ("-made_at", "-pk")
    columns = (
        Column(gettext_lazy("When"), "made_at"),
        Column(gettext_lazy("Channel")),
        Column(gettext_lazy("Sent to")),
        Column(gettext_lazy("State")),
        Column(gettext_lazy("What went wrong")),
    )

    def get_row_queryset(self) -> QuerySet[Any]:
        return Delivery.objects.select_related("channel", "person").defer("body")


@require_POST
@requires(KEEP)
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a trial message."""
    try:
        send_trial(person=who(request), channel=get_object_or_404(Channel, pk=pk))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("notices:channel-list")
    return redirect("notices:delivery-list")


@require_POST
@requires(KEEP)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a message again, now."""
    try:
        try_again(delivery=get_object_or_404(Delivery, pk=pk))
        messages.success(request, _("It is tried again now."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("notices:delivery-list")
