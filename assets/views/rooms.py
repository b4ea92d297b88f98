"""Rooms as places of property: the list, one room with its cards, handing a room over."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.choices import ConfirmationState
from assets.forms.confirmations import HandOverForm
from assets.models import Card, RoomConfirmation
from assets.queries.ledger import NOTHING
from assets.queries.rooms import answerable_for, handed_over_with
from assets.queries.scope import rooms_seen_by
from assets.services.confirmations import hand_over
from assets.views.cards import SHOWN, CardList
from logistics.base.filters import PageFilterSet, PickFilter
from logistics.base.money import yuan
from logistics.base.views import BulkAction, Column, ConfirmPage, ListPage
from logistics.school.choices import RoomKind
from logistics.school.models import Building, Room
from logistics.school.who import who

IN_ROOM = (
    Card.objects.in_ledger()
    .filter(room=OuterRef("pk"))
    .order_by()
    .values("room")
    .annotate(sums=JSONObject(cards=Count("pk"), pieces=Sum("quantity"), fen=Sum("value")))
)
LAST = RoomConfirmation.objects.filter(room=OuterRef("pk")).order_by("-asked_at")


class RoomFilter(PageFilterSet):
    """Rooms by name, building, kind or the state of their last confirmation."""

    search_fields = ("name", "key", "number", "responsible__name")
    building = PickFilter(rows=Building.objects.all, label=gettext_lazy("Building"))
    kind = django_filters.ChoiceFilter(
        choices=RoomKind.choices, label=gettext_lazy("Kind"), empty_label=gettext_lazy("all")
    )
    confirmation = django_filters.ChoiceFilter(
        choices=ConfirmationState.choices,
        method="last_answer",
        label=gettext_lazy("Last confirmation"),
        empty_label=gettext_lazy("all"),
    )

    class Meta:
        model = Room
        fields: list[str] = []

    def last_answer(self, queryset: QuerySet[Room], name: str, value: str) -> QuerySet[Room]:
        return queryset.annotate(last_answer=Subquery(LAST.values("state")[:1])).filter(last_answer=value)


@dataclass(frozen=True)
class Inside:
    """What stands in a room: cards, pieces, yuan."""

    cards: int = 0
    pieces: int = 0
    worth: Decimal = NOTHING


def inside(room: Any) -> Inside:
    """What ``IN_ROOM`` has read for a room of the list."""
    found = room.sums
    return Inside(found["cards"], found["pieces"], yuan(found["fen"])) if found else Inside()


class RoomList(ListPage):
    """Every room in use with what stands in it and whether it has been confirmed."""

    permission = "assets.view_card"
    title = gettext_lazy("Rooms and their property")
    model = Room
    template_name = "assets/room/list.html"
    filterset_class = RoomFilter
    export_permission = "assets.export_card"
    columns = (
        Column(gettext_lazy("Room"), "name_sort", value="name"),
        Column(gettext_lazy("Building"), "building__order", value="building__name", phone=False),
        Column(gettext_lazy("Person responsible"), "responsible__name_sort", value="responsible__name"),
        Column(gettext_lazy("Cards"), number=True, value=lambda room: inside(room).cards, phone=False),
        Column(gettext_lazy("Pieces"), number=True, value=lambda room: inside(room).pieces, phone=False),
        Column(gettext_lazy("Value (yuan)"), money=True, value=lambda room: inside(room).worth),
        Column(gettext_lazy("Last confirmation"), value="last_answered"),
    )
    bulk_actions = (
        BulkAction(gettext_lazy("Print the lists to sign"), "assets:room-lists-print", "assets.view_card"),
        BulkAction(gettext_lazy("Print the room ledgers"), "assets:room-ledgers-print", "assets.view_ledger"),
        BulkAction(
            gettext_lazy("Ask for confirmation"), "assets:confirmation-ask", "assets.ask_confirmation", get=True
        ),
    )

    def get_queryset(self) -> QuerySet[Room]:
        return Room.objects.filter(active=True)

    def get_row_queryset(self) -> QuerySet[Room]:
        return Room.objects.select_related("building", "responsible").annotate(
            sums=Subquery(IN_ROOM.values("sums")),
            last_state=Subquery(LAST.values("state")[:1]),
            last_answered=Subquery(LAST.values("answered_at")[:1]),
        )

    def page_rows(self) -> list[Any]:
        rows = super().page_rows()
        for room in rows:
            room.inside = inside(room)
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_ask=self.request.user.has_perm("assets.ask_confirmation"), **kwargs)


class RoomDetail(ListPage):
    """One room: who answers for it, what stands in it, its confirmations."""

    permission = "assets.view_own_cards"
    model = Card
    template_name = "assets/room/detail.html"
    ordering = ("number",)
    columns = (
        Column(gettext_lazy("Asset number"), "number", value="number"),
        Column(gettext_lazy("Asset name"), "name_sort", value="name"),
        Column(gettext_lazy("Quantity"), "quantity", number=True, total="quantity", value="quantity"),
        Column(gettext_lazy("Value (yuan)"), "value", money=True, total="value", value="value"),
        Column(gettext_lazy("Kept by"), "custodian__name_sort", value="custodian__name", phone=False),
        Column(gettext_lazy("Condition"), "condition", value="get_condition_display", phone=False),
    )
    bulk_actions = CardList.bulk_actions
    export_permission = "assets.view_own_cards"

    @cached_property
    def room(self) -> Room:
        seen = rooms_seen_by(who(self.request)).select_related("building", "responsible")
        last = {f"last_{name}": Subquery(LAST.values(name)[:1]) for name in ("pk", "state", "asked_at", "answered_at")}
        return get_object_or_404(
            seen.annotate(**last, last_person=Subquery(LAST.values("person__name")[:1])), pk=self.kwargs["pk"]
        )

    def get_queryset(self) -> QuerySet[Card]:
        return Card.objects.in_ledger().filter(room=self.room)

    def get_row_queryset(self) -> QuerySet[Card]:
        return Card.objects.select_related("custodian").only(*SHOWN, "custodian__name")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = self.request.user.has_perm
        return super().get_context_data(
            title=self.room.name,
            room=self.room,
            answers=self.room.responsible or answerable_for([self.room]).get(self.room.pk),
            may_ask=may("assets.ask_confirmation"),
            may_move=may("assets.move_card"),
            may_ledger=may("assets.view_ledger"),
            may_print_labels=may("assets.print_labels"),
            **kwargs,
        )


class HandOver(ConfirmPage):
    """The person responsible for a room changes: a paper on the cards he kept, and a question to the new one."""

    permission = "assets.move_card"
    form_class = HandOverForm
    template_name = "assets/room/hand_over.html"
    submit_label = gettext_lazy("Hand the room over")

    @cached_property
    def room(self) -> Room:
        return get_object_or_404(Room.objects.select_related("responsible"), pk=self.kwargs["pk"])

    def save(self, form: Any) -> RoomConfirmation:
        done = hand_over(person=who(self.request), room=self.room, **form.cleaned_data)
        said = _("%(person)s is responsible for %(room)s now and has been asked to confirm its property.")
        messages.success(self.request, said % {"person": done.confirmation.person, "room": self.room})
        return done.confirmation

    def get_success_url(self) -> str:
        return reverse("assets:room-detail", args=[self.room.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=_("Hand over %(room)s") % {"room": self.room},
            room=self.room,
            kept=handed_over_with(self.room).count(),
            cancel_url=self.get_success_url(),
            **kwargs,
        )
