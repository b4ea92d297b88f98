"""Confirmation of rooms: the keeper asks and sees who has not, the person responsible signs or says what is wrong."""

from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from assets.choices import ConfirmationState
from assets.forms.confirmations import AnswerForm, AskForm
from assets.models import Card, RoomConfirmation
from assets.queries.rooms import answerable_for, cards_in
from assets.rules import can_confirm
from assets.services import confirmations as services
from assets.standing import stamp
from logistics.base.filters import PageFilterSet, PickFilter
from logistics.base.permissions import requires
from logistics.base.views import Column, ConfirmPage, ListPage
from logistics.school.filters import TermFilter
from logistics.school.models import Building, Person, Room
from logistics.school.who import keys, who

TONES = {
    ConfirmationState.WAITING: "wait",
    ConfirmationState.CONFIRMED: "good",
    ConfirmationState.DISPUTED: "bad",
    ConfirmationState.WITHDRAWN: "plain",
}


def seen_by(person: Person) -> QuerySet[RoomConfirmation]:
    """Every confirmation for those who look at the list of property; for others those asked of them."""
    rows = RoomConfirmation.objects.select_related("room", "person", "asked_by", "term__year")
    return rows if person.has_perm("assets.view_card") else rows.filter(person=person)


class ConfirmationFilter(PageFilterSet):
    """Confirmations by state, building and day."""

    search_fields = ("room__name", "room__key", "person__name", "reason")
    first = ("q", "state", "building", "term")
    state = django_filters.ChoiceFilter(
        choices=ConfirmationState.choices, label=gettext_lazy("State"), empty_label=gettext_lazy("all")
    )
    building = PickFilter(field_name="room__building", rows=Building.objects.all, label=gettext_lazy("Building"))
    term = TermFilter("asked_at__date")
    asked_from = django_filters.DateFilter("asked_at__date", "gte", label=gettext_lazy("Asked from"))

    class Meta:
        model = RoomConfirmation
        fields: list[str] = []


class ConfirmationList(ListPage):
    """What was asked, of whom, and what he said."""

    permission = "assets.view_card"
    title = gettext_lazy("Room confirmations")
    model = RoomConfirmation
    template_name = "assets/confirmation/list.html"
    filterset_class = ConfirmationFilter
    ordering = ("-asked_at", "-pk")
    export_permission = "assets.export_card"
    columns = (
        Column(gettext_lazy("Room"), "room__name_sort", value="room__name"),
        Column(gettext_lazy("Person responsible"), "person__name_sort", value="person__name"),
        Column(gettext_lazy("State"), "state", value="get_state_display"),
        Column(gettext_lazy("Occasion"), value="reason", phone=False),
        Column(gettext_lazy("Asked at"), "asked_at", value="asked_at", phone=False),
        Column(gettext_lazy("Answered at"), "answered_at", value="answered_at", phone=False),
        Column(gettext_lazy("Cards"), number=True, value="cards", phone=False),
        Column(gettext_lazy("Note"), value="note", phone=False),
    )

    def get_row_queryset(self) -> QuerySet[RoomConfirmation]:
        return RoomConfirmation.objects.select_related("room", "person")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = RoomConfirmation.objects.filter(state=ConfirmationState.WAITING).count()
        return super().get_context_data(
            tones=TONES, waiting=waiting, may_ask=self.request.user.has_perm("assets.ask_confirmation"), **kwargs
        )


class Ask(ConfirmPage):
    """Ask for the rooms named by ``pk``, or for all in which property stands (``all=1``)."""

    permission = "assets.ask_confirmation"
    form_class = AskForm
    template_name = "assets/confirmation/ask.html"
    submit_label = gettext_lazy("Ask for confirmation")

    @cached_property
    def rooms(self) -> list[Room]:
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        rooms = Room.objects.filter(active=True).select_related("responsible", "building")
        if asked.get("all"):
            rooms = rooms.filter(pk__in=Card.objects.in_ledger().values("room"))
        else:
            rooms = rooms.filter(pk__in=keys(asked.getlist("pk")))
        return list(rooms)  # in the order of the list of rooms

    @cached_property
    def answerable(self) -> dict[int, Person]:
        return answerable_for(self.rooms)

    def save(self, form: AskForm) -> list[RoomConfirmation]:
        rooms = [room for room in self.rooms if room.pk in self.answerable]
        asked = services.ask(person=who(self.request), rooms=rooms, reason=form.cleaned_data["reason"])
        count = len(asked)
        said = ngettext("%(count)d room is to be confirmed.", "%(count)d rooms are to be confirmed.", count)
        messages.success(self.request, said % {"count": count})
        return asked

    def get_success_url(self) -> str:
        return f"{reverse('assets:confirmation-list')}?state={ConfirmationState.WAITING}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=_("Ask for confirmation of rooms"),
            asked=[(room, self.answerable[room.pk]) for room in self.rooms if room.pk in self.answerable],
            nobody=[room for room in self.rooms if room.pk not in self.answerable],
            cancel_url=reverse("assets:room-list"),
            **kwargs,
        )


def _page(request: HttpRequest, confirmation: RoomConfirmation, form: AnswerForm) -> HttpResponse:
    cards = list(cards_in(confirmation.room).select_related("custodian"))
    waiting = confirmation.state == ConfirmationState.WAITING
    context = {
        "title": confirmation.room.name,
        "object": confirmation,
        "tone": TONES[ConfirmationState(confirmation.state)],
        "form": form,
        "lines": cards if waiting else confirmation.facts,
        "waiting": waiting,
        "quantity": sum(card.quantity for card in cards) if waiting else confirmation.quantity,
        "value": sum(card.value for card in cards) if waiting else confirmation.value,
        "seen": stamp(cards),
        "may_answer": can_confirm(who(request), confirmation),
        "unsettled": RoomConfirmation.objects.unsettled().filter(pk=confirmation.pk).exists(),
        "may_ask": request.user.has_perm("assets.ask_confirmation"),
        "may_withdraw": waiting and request.user.has_perm("assets.ask_confirmation"),
    }
    return render(request, "assets/confirmation/detail.html", context)


@requires("assets.view_own_cards")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One confirmation: the list to sign for, or the list as it was signed."""
    return _page(request, get_object_or_404(seen_by(who(request)), pk=pk), AnswerForm())


@require_POST
@requires("assets.confirm_room")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign for the list, or say what is not right with it (button ``dispute``)."""
    person = who(request)
    confirmation = get_object_or_404(seen_by(person), pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, confirmation, form)
    note = form.cleaned_data["note"]
    try:
        if "dispute" in request.POST:
            services.dispute(person=person, confirmation=confirmation, note=note)
            messages.info(request, _("Your remark has been passed on to the keeper."))
        else:
            services.confirm(person=person, confirmation=confirmation, seen=request.POST.get("seen", ""), note=note)
            messages.success(request, _("Signed. Thank you."))
    except ValidationError as refused:
        confirmation.refresh_from_db()
        if confirmation.state != ConfirmationState.WAITING:
            messages.info(request, " ".join(refused.messages))
            return redirect("assets:confirmation-detail", pk)
        form.add_error("note" if "dispute" in request.POST else None, refused.messages)
        return _page(request, confirmation, form)
    return redirect("assets:confirmation-detail", pk)


@require_POST
@requires("assets.ask_confirmation")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a question back that nobody has answered."""
    confirmation = get_object_or_404(RoomConfirmation, pk=pk)
    try:
        services.withdraw(person=who(request), confirmation=confirmation)
        messages.info(request, _("Withdrawn. Nobody is asked about %(room)s now.") % {"room": confirmation.room})
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("assets:confirmation-detail", pk)
