"""Pages of the papers that move or alter property: the five kinds one writes, the list, one paper, taking it back."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.choices import MovementKind
from assets.forms import movements as forms
from assets.models import Card, LedgerEntry, Movement
from assets.queries.papers import moved_by
from assets.queries.scope import cards_seen_by, movements_seen_by
from assets.rules import refuse_reversal
from assets.services import movements as services
from assets.services.movements import UNCHANGED
from assets.standing import share
from assets.views.writing import PaperPage, Row
from logistics.base.filters import PageFilterSet
from logistics.base.money import money_text
from logistics.base.search import matching, words
from logistics.base.views import Column, ConfirmPage, DetailPage, ListPage
from logistics.school.filters import TermFilter
from logistics.school.who import who


def _becomes(label: Any, old: Any, new: Any) -> list[Row]:
    """A line for what changes; nothing for what was left empty or stands so already."""
    return [(label, old, new)] if new is not None and new != old else []


class Transfer(PaperPage):
    """One or several cards to another room."""

    title = gettext_lazy("Transfer to another room")
    form_class = forms.TransferForm

    def plan(self, card: Card, data: dict[str, Any]) -> Sequence[Row]:
        return [
            (_("Place"), card.room, data["room"]),
            *_becomes(_("Kept by"), card.custodian, data["custodian"]),
            *_becomes(_("Using department"), card.department, data["department"]),
        ]

    def write(self, data: dict[str, Any], seen: str) -> Movement:
        return services.transfer(
            cards=self.cards,
            room=data["room"],
            custodian=data["custodian"] or UNCHANGED,
            department=data["department"] or UNCHANGED,
            **self.on_paper(data, seen),
        )


class Custody(PaperPage):
    """One or several cards to another keeper."""

    title = gettext_lazy("Change the keeper")
    form_class = forms.CustodyForm

    def plan(self, card: Card, data: dict[str, Any]) -> Sequence[Row]:
        return [
            (_("Kept by"), card.custodian, data["custodian"]),
            *_becomes(_("Using department"), card.department, data["department"]),
        ]

    def write(self, data: dict[str, Any], seen: str) -> Movement:
        return services.change_custodian(
            cards=self.cards,
            custodian=data["custodian"],
            department=data["department"] or UNCHANGED,
            **self.on_paper(data, seen),
        )


class Reclassification(PaperPage):
    """One or several cards into another class of property."""

    title = gettext_lazy("Change the class of property")
    form_class = forms.ReclassificationForm

    def plan(self, card: Card, data: dict[str, Any]) -> Sequence[Row]:
        return [(_("Class of property"), card.property_class, data["property_class"])]

    def write(self, data: dict[str, Any], seen: str) -> Movement:
        return services.reclassify(
            cards=self.cards,
            property_class=data["property_class"],
            **self.on_paper(data, seen),
        )


class Correction(PaperPage):
    """The right quantity and value of one card."""

    title = gettext_lazy("Correct quantity or value")
    form_class = forms.CorrectionForm
    one_card = True

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "quantity": self.cards[0].quantity, "value": self.cards[0].value}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "card": self.cards[0]}

    def plan(self, card: Card, data: dict[str, Any]) -> Sequence[Row]:
        return [
            *_becomes(_("Quantity"), card.quantity, data["quantity"]),
            *_becomes(_("Value (yuan)"), money_text(card.value), money_text(data["value"])),
            (_("Difference"), "", f"{data['quantity'] - card.quantity:+,} / {data['value'] - card.value:+,.2f}"),
        ]

    def write(self, data: dict[str, Any], seen: str) -> Movement:
        return services.correct(
            card=self.cards[0],
            quantity=data["quantity"],
            value=data["value"],
            **self.on_paper(data, seen),
        )


class Split(PaperPage):
    """Part of a batch onto a card of its own, and into another room if wanted."""

    title = gettext_lazy("Split a batch")
    form_class = forms.SplitForm
    one_card = True

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "card": self.cards[0]}

    def plan(self, card: Card, data: dict[str, Any]) -> Sequence[Row]:
        part = share(card.value, data["quantity"], card.quantity)
        return [
            (_("Quantity on this card"), card.quantity, card.quantity - data["quantity"]),
            (_("Value on this card (yuan)"), money_text(card.value), money_text(card.value - part)),
            (_("Quantity on the new card"), "", data["quantity"]),
            (_("Value on the new card (yuan)"), "", money_text(part)),
            (_("Place of the new card"), card.room, data["room"] or card.room),
        ]

    def write(self, data: dict[str, Any], seen: str) -> Movement:
        part = services.split(
            card=self.cards[0], quantity=data["quantity"], number=data["number"], **self.on_paper(data, seen)
        )
        if data["room"] and data["room"].pk != part.room_id:
            services.transfer(cards=[part], room=data["room"], **self.on_paper(data))
        paper: Movement = Movement.objects.filter(entries__card=part, kind=MovementKind.SPLIT).get()
        return paper


class MovementFilter(PageFilterSet):
    """Papers by kind and day; the search looks at number, summary and the cards on it."""

    search_fields = ("number", "summary", "made_by__name")
    first = ("q", "kind", "term")
    kind = django_filters.ChoiceFilter(
        choices=MovementKind.choices, label=gettext_lazy("Kind"), empty_label=gettext_lazy("all")
    )
    term = TermFilter("date")
    date_from = django_filters.DateFilter("date", "gte", label=gettext_lazy("From"))
    date_to = django_filters.DateFilter("date", "lte", label=gettext_lazy("To"))

    class Meta:
        model = Movement
        fields: list[str] = []

    def look_for(self, queryset: QuerySet[Movement], name: str, value: str) -> QuerySet[Movement]:
        for word in words(value):
            on_cards = LedgerEntry.objects.filter(matching(word, "card__number", "card__name")).order_by()
            queryset = queryset.filter(matching(word, *self.search_fields) | Q(pk__in=on_cards.values("movement")))
        return queryset


class MovementList(ListPage):
    """Every paper, the latest first."""

    permission = "assets.view_ledger"
    title = gettext_lazy("Papers of property")
    model = Movement
    filterset_class = MovementFilter
    ordering = ("-date", "-pk")
    export_permission = "assets.view_ledger"
    columns = (
        Column(gettext_lazy("Paper number"), "number", value="number"),
        Column(gettext_lazy("Kind"), "kind", value="get_kind_display"),
        Column(gettext_lazy("Date"), "date", value="date"),
        Column(gettext_lazy("In a few words"), value="summary"),
        Column(gettext_lazy("Cards"), number=True, value="cards", phone=False),
        Column(gettext_lazy("Made by"), value="made_by__name", phone=False),
    )

    def get_row_queryset(self) -> QuerySet[Movement]:
        rows = Movement.objects.select_related("made_by", "reversed_by")
        counted: QuerySet[Movement] = rows.annotate(cards=Count("entries__card", distinct=True))
        return counted


class MovementDetail(DetailPage):
    """One paper with its lines. Who answers for a card on it may read it, with only his cards."""

    permission = "assets.view_own_cards"
    model = Movement

    def get_queryset(self) -> QuerySet[Movement]:
        seen = movements_seen_by(who(self.request))
        return seen.select_related("made_by", "on_behalf_of", "reverses", "reversed_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = list(moved_by(self.object, cards_seen_by(who(self.request))))
        moves = self.request.user.has_perm("assets.move_card")
        return super().get_context_data(
            title=f"{self.object.get_kind_display()} {self.object.number}",
            lines=lines,
            quantity=sum(line.quantity for line in lines),
            value=sum((line.value for line in lines), Decimal(0)),
            may_reverse=moves and not self.why_not_reversed(),
            why_not=self.why_not_reversed() if moves else "",
            **kwargs,
        )

    def why_not_reversed(self) -> str:
        try:
            refuse_reversal(self.object)
        except ValidationError as refused:
            return "；".join(refused.messages)
        return ""


class Reversal(ConfirmPage):
    """Take a paper back by another that cancels it out."""

    permission = "assets.move_card"
    form_class = forms.ReversalForm
    template_name = "assets/movement/reverse.html"
    submit_label = gettext_lazy("Reverse it")
    danger = True
    done = gettext_lazy("Paper %(object)s cancels it out.")

    @cached_property
    def movement(self) -> Movement:
        return get_object_or_404(Movement, pk=self.kwargs["pk"])

    def save(self, form: Any) -> Movement:
        data = form.cleaned_data
        return services.reverse(
            person=who(self.request), movement=self.movement, date=data["date"], summary=data["reason"]
        )

    def get_success_url(self) -> str:
        return str(self.object.get_absolute_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=_("Reverse %(paper)s?") % {"paper": self.movement},
            lines=list(moved_by(self.movement, Card.objects.all())),
            movement=self.movement,
            cancel_url=self.movement.get_absolute_url(),
            **kwargs,
        )
