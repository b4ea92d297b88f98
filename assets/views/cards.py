"""Pages of the asset card: the list, my property, one card, entering and describing it, and the scanned label."""

import io
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.choices import CardState, Condition
from assets.exports import FilteredCards
from assets.filters import CardFilter
from assets.forms.cards import CardForm, NewCardForm
from assets.imports.cards import CardSpec
from assets.labels import address_of, site_of
from assets.models import Card, Movement, RoomConfirmation
from assets.queries.depreciation import schedule, worth
from assets.queries.origin import papers_behind
from assets.queries.scope import cards_seen_by, rooms_answered_for_by, rooms_seen_by
from assets.services.cards import change_description, enter_card
from logistics.base.permissions import EVERYONE, requires
from logistics.base.trail import changes_of
from logistics.base.views import BulkAction, Column, CreatePage, DetailPage, ListPage, UpdatePage
from logistics.importing.export import exported
from logistics.printing.codes import qr
from logistics.records import attachments
from logistics.school.models import Person, Room, School
from logistics.school.who import who

STATE_TONES = {CardState.IN_LEDGER: "good", CardState.WRITTEN_OFF: "plain", CardState.VOID: "warn"}
SHOWN = ("number", "name", "brand", "specification", "quantity", "unit", "value", "condition", "acquired_on", "state")
NAMES = {"class_name": "property_class__name", "room_name": "room__name", "keeper_name": "custodian__name"}


class CardList(ListPage):
    """All property, narrowed and added up."""

    permission = "assets.view_card"
    title = gettext_lazy("Property")
    model = Card
    filterset_class = CardFilter
    columns = (
        Column(gettext_lazy("Asset number"), "number"),
        Column(gettext_lazy("Asset name"), "name_sort"),
        Column(gettext_lazy("Class of property"), "property_class__code", phone=False),
        Column(gettext_lazy("Quantity"), "quantity", number=True, total="quantity"),
        Column(gettext_lazy("Value (yuan)"), "value", money=True, total="value"),
        Column(gettext_lazy("Place"), "room__name_sort"),
        Column(gettext_lazy("Kept by"), "custodian__name_sort", phone=False),
        Column(gettext_lazy("Condition"), "condition", phone=False),
        Column(gettext_lazy("Acquired"), "acquired_on", phone=False),
    )
    bulk_actions = (
        BulkAction(gettext_lazy("Transfer to another room"), "assets:transfer", "assets.move_card", get=True),
        BulkAction(gettext_lazy("Change the keeper"), "assets:custody", "assets.move_card", get=True),
        BulkAction(gettext_lazy("Change the class"), "assets:reclassification", "assets.move_card", get=True),
        BulkAction(gettext_lazy("Print labels"), "assets:labels", "assets.print_labels", get=True),
        BulkAction(gettext_lazy("Print cards"), "assets:cards-print", "assets.view_card"),
        BulkAction(gettext_lazy("Print the list"), "assets:card-list-print", "assets.view_card"),
    )
    export_permission = "assets.export_card"
    create_url_name = "assets:card-create"
    create_label = gettext_lazy("New card")
    create_permission = "assets.add_card"

    def get_row_queryset(self) -> QuerySet[Card]:
        """With the names that are shown; a record for each of them would be made a hundred times."""
        return Card.objects.only(*SHOWN).annotate(**{name: Coalesce(path, Value("")) for name, path in NAMES.items()})

    def page_rows(self) -> list[Any]:
        """The rows with what stands behind the name, and with their condition in words, translated only once."""
        rows, words = super().page_rows(), {value: str(label) for value, label in Condition.choices}
        for card in rows:
            card.in_words = words.get(card.condition, card.condition)
            card.details = f"{card.brand} {card.specification}".strip()
        return rows

    def export(self) -> FileResponse:
        """What is filtered, as the import writes and reads it: read in again it changes nothing."""
        keys = self.filtered.order_by().values("pk")
        spec = FilteredCards(self.ordered(Card.objects.filter(pk__in=keys)))
        return FileResponse(io.BytesIO(exported(spec, "xlsx")), as_attachment=True, filename=f"{spec.title}.xlsx")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = self.request.user.has_perm
        if isinstance(self.filterset, CardFilter) and not self.page.total and self.filterset.form.is_valid():
            self.filterset.judge_names()
        return super().get_context_data(
            narrowed=[(name, value) for name, value in self.request.GET.items() if name in CardFilter.base_filters],
            may_print_labels=may("assets.print_labels"),
            import_url=reverse("importing:run-create", args=[CardSpec.slug]) if may("assets.import_card") else "",
            **kwargs,
        )


class MyProperty(ListPage):
    """What a person answers for, with what waits for his confirmation on top."""

    permission = "assets.view_own_cards"
    title = gettext_lazy("My property")
    model = Card
    template_name = "assets/card/mine.html"
    ordering = ("room__name_sort", "number")
    columns = (
        Column(gettext_lazy("Asset number"), "number", value="number"),
        Column(gettext_lazy("Asset name"), "name_sort", value="name"),
        Column(gettext_lazy("Quantity"), "quantity", number=True, total="quantity", value="quantity"),
        Column(gettext_lazy("Value (yuan)"), "value", money=True, total="value", value="value", phone=False),
        Column(gettext_lazy("Place"), "room__name_sort", value="room__name"),
        Column(gettext_lazy("Condition"), "condition", value="get_condition_display", phone=False),
    )
    export_permission = "assets.view_own_cards"

    def get_queryset(self) -> QuerySet[Card]:
        return Card.objects.in_ledger().answered_for_by(who(self.request))

    def get_row_queryset(self) -> QuerySet[Card]:
        return Card.objects.select_related("room").only(*SHOWN, "room__name")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = RoomConfirmation.objects.waiting_for(who(self.request)).filter(room=OuterRef("pk"))
        rooms = rooms_answered_for_by(who(self.request)) | Room.objects.filter(
            pk__in=RoomConfirmation.objects.waiting_for(who(self.request)).values("room")
        )
        rooms = rooms.annotate(question=Subquery(asked.values("pk")[:1]), occasion=Subquery(asked.values("reason")[:1]))
        return super().get_context_data(rooms=list(rooms.order_by("name_sort")), **kwargs)


class CardDetail(DetailPage):
    """The paper card: what it is, where it is, what it is worth, its papers, files and history."""

    permission = "assets.view_own_cards"
    model = Card

    def get_queryset(self) -> QuerySet[Card]:
        names = ("property_class", "department", "room", "custodian", "managing_department", "split_from")
        return cards_seen_by(who(self.request)).select_related(*names)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        card, may = self.object, self.request.user.has_perm
        files = attachments.shown(
            card,
            lambda file: reverse("assets:file", args=[card.pk, file.pk]),
            lambda file: reverse("assets:file-small", args=[card.pk, file.pk]),
        )
        papers = card.entries.select_related("movement", "room", "custodian").order_by("-date", "-movement_id", "-pk")
        return super().get_context_data(
            labels={field.name: field.verbose_name for field in Card._meta.concrete_fields},
            state_tone=STATE_TONES[CardState(card.state)],
            actions=list(actions_on(card, who(self.request))),
            papers=papers,
            bought_by=papers_behind(card, who(self.request)),
            worth=worth(card, timezone.localdate()),
            schedule=schedule(card),
            attachments=files,
            photo=attachments.of(card).exclude(thumbnail="").last(),
            code=qr(address_of(card, site_of(School.current(), self.request.build_absolute_uri("/")))),
            upload_url=reverse("assets:file-add", args=[card.pk]) if may("assets.change_card") else "",
            sees_room=rooms_seen_by(who(self.request)).filter(pk=card.room_id).exists(),
            may_ledger=may("assets.view_card"),
            may_label=may("assets.print_labels"),
            **kwargs,
        )


def actions_on(card: Card, person: Person) -> Iterator[tuple[Any, str]]:
    """What this person may do with the card now: label and address."""
    if card.state != CardState.IN_LEDGER:
        return
    if person.has_perm("assets.move_card"):
        yield _("Transfer to another room"), f"{reverse('assets:transfer')}?pk={card.pk}"
        yield _("Change the keeper"), f"{reverse('assets:custody')}?pk={card.pk}"
        if card.quantity > 1:
            yield _("Split"), f"{reverse('assets:split')}?pk={card.pk}"
        yield _("Correct quantity or value"), f"{reverse('assets:correction')}?pk={card.pk}"
        yield _("Change the class"), f"{reverse('assets:reclassification')}?pk={card.pk}"
    if person.has_perm("assets.change_card"):
        yield _("Change the description"), reverse("assets:card-update", args=[card.pk])


class CardCreate(CreatePage):
    """One card entered by hand, with its entry paper."""

    permission = "assets.add_card"
    title = gettext_lazy("New card")
    model = Card
    form_class = NewCardForm
    template_name = "assets/card/form.html"
    submit_label = gettext_lazy("Enter it into the ledger")
    cancel_url = "/assets/cards/"
    done = gettext_lazy("%(object)s stands in the ledger.")

    def save(self, form: NewCardForm) -> Card:
        once = form.cleaned_data.get("once", "")
        if once and Movement.objects.filter(once=once).exists():
            messages.info(self.request, _("This form was sent already. Nothing was entered a second time."))
        return enter_card(person=who(self.request), **form.cleaned_data)


class CardUpdate(UpdatePage):
    """The card's own description. What the ledger says of it is changed by papers."""

    permission = "assets.change_card"
    title = gettext_lazy("Change the description")
    lead = gettext_lazy("Place, keeper, class, quantity and value are changed by a paper, from the card's page.")
    model = Card
    form_class = CardForm
    template_name = "assets/card/form.html"
    done = gettext_lazy("%(object)s is changed.")

    def get_queryset(self) -> QuerySet[Card]:
        return Card.objects.in_ledger()

    def last_change(self) -> int:
        newest = self.object.history.order_by("-history_id").values_list("history_id", flat=True)
        return newest.first() or 0

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        list(Card.objects.select_for_update().filter(pk=self.object.pk).values("pk"))
        seen = self.request.POST.get("seen", "")
        if seen != str(self.last_change()):
            latest = changes_of(self.object, 1)
            form.add_error(None, _("Nothing was saved: the card changed after you opened this page."))
            for change in latest:
                told = "；".join(f"{label}：{old or '—'} → {new or '—'}" for label, old, new in change.changes)
                form.add_error(None, _("%(person)s: %(changes)s") % {"person": change.who, "changes": told})
            return self.form_invalid(form)
        return super().form_valid(form)

    def save(self, form: CardForm) -> Card:
        fields = {name: form.cleaned_data[name] for name in form.Meta.fields}
        card = Card.objects.get(pk=self.object.pk)  # the form has written on its own copy
        change_description(person=who(self.request), card=card, reason=form.cleaned_data["reason"], **fields)
        return card

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(seen=self.last_change(), **kwargs)


@requires(EVERYONE)
def scan(request: HttpRequest, number: str) -> HttpResponse:
    """Where the QR code of a label leads: the card with what this person may do; to others its name and place."""
    standing = Card.objects.exclude(state=CardState.VOID).select_related("room", "custodian")
    card = standing.filter(number=number).first() if "\0" not in number else None  # PostgreSQL takes none
    if card is None:
        raise Http404
    person = who(request)
    context: dict[str, Any] = {"title": card.name, "card": card}
    if not cards_seen_by(person).filter(pk=card.pk).exists():
        return render(request, "assets/card/scan_other.html", context)
    context |= {
        "photo": attachments.of(card).exclude(thumbnail="").last(),
        "actions": list(actions_on(card, person)),
        "state_tone": STATE_TONES[CardState(card.state)],
    }
    return render(request, "assets/card/scan.html", context)
