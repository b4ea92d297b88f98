"""What a row of the asset list becomes: a card, papers about it, a new description."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assets.choices import CardState, MovementKind
from assets.imports.columns import CardColumns
from assets.models import Card, Movement, PropertyClass
from assets.rules import batches, last_paper_days, why_not_on
from assets.services.cards import change_descriptions, enter_cards
from assets.services.movements import move_cards
from assets.services.undo import undo_import
from logistics.base.fields import FEN, MOST_YUAN
from logistics.base.history import now_acting
from logistics.importing.choices import Trouble
from logistics.importing.columns import Paper, Row
from logistics.importing.models import ImportRow
from logistics.school.models import Department, Person, Room

PLACES = {"room_id": Room, "department_id": Department, "custodian_id": Person}
LEDGER_PATHS = {"quantity", "value", "property_class_id", *PLACES}


class CardSpec(CardColumns):
    """The asset list. Found by asset number, then by serial number; a blank cell never overwrites."""

    slug: ClassVar[str] = "cards"
    title = _("Asset list")
    about = _("Property with number, name, quantity, value, room and keeper")
    permission = "assets.import_card"
    undo_permission = "assets.undo_import"
    export_permission = "assets.export_card"
    keys = ("number", "serial_number")
    named_by = ("number", "name")
    dated = True
    sentences = {
        "written_off": _("nothing: this card has been written off and can no longer be changed"),
        "later_paper": _("nothing dated {day}: this card has a later paper, of {last}"),
        "serial": _("a serial number of its own; card {number} has this one"),
        "amount": _("{amount}: {quantity} × {price}"),
        "too_much": _("an amount that a card can hold; {product} is too large"),
    }

    class Meta:
        model = Card
        fields = CardColumns.Meta.fields

    # Finding and judging

    def existing(self, column: str, texts: Sequence[str]) -> Mapping[str, Sequence[Card]]:
        found: dict[str, list[Card]] = defaultdict(list)
        for batch in batches(texts):
            cards = Card.objects.filter(**{f"{column}__in": batch}).exclude(state=CardState.VOID)
            for card in cards.order_by("pk"):
                found[getattr(card, column)].append(card)
        return found

    def find(self, row: Row, found: Mapping[str, Mapping[str, Sequence[Card]]]) -> Card | None:
        """By number; by serial number where the row has no number. One serial number is not on two numbers."""
        same_serial = found["serial_number"].get(row.values.get("serial_number", ""), ())
        if "number" not in row.values:
            card: Card | None = super().find(row, found)
            return card
        there = found["number"].get(row.values["number"], ())
        if not there and len(same_serial) == 1:
            row.fault("serial_number", Trouble.RULE, rule="serial", number=same_serial[0].number)
        return there[0] if there else None

    def check(self, row: Row) -> None:
        """The amount is quantity × unit price, to the rounding of the price; where it is missing it is reckoned."""
        price = row.values.get("unit_price")
        quantity = row.values.get("quantity")
        if quantity is None and row.instance is not None:
            quantity = row.instance.quantity
        if price is None or quantity is None:
            return
        value, product = row.values.get("value"), (price * quantity).quantize(FEN, rounding=ROUND_HALF_UP)
        if value is None:
            if product > MOST_YUAN:
                row.fault("value", Trouble.AMOUNT, rule="too_much", product=f"{product:,f}")
            elif not any(fault[0] == "value" for fault in row.record.faults):
                row.values["value"] = product
        elif abs(value - price * quantity) > max(half_place(price) * quantity, FEN / 2):
            details = {"amount": f"{product:,f}", "quantity": quantity, "price": f"{price.normalize():f}"}
            row.fault("value", Trouble.AMOUNT, rule="amount", **details)

    def problem_of_date(self) -> str:
        return why_not_on(self.run.date) if self.run else ""

    def forbid(self, rows: Sequence[Row]) -> None:
        """A written-off card is not changed; a paper is not dated before a card's latest one."""
        papers = [row for row in rows if row.instance is not None and row.given.keys() & LEDGER_PATHS]
        last = last_paper_days([row.instance.pk for row in papers])
        day = self.run.date if self.run else dt.date.max
        for row in rows:
            if row.instance is not None and row.instance.state == CardState.WRITTEN_OFF:
                row.fault("number", Trouble.RULE, rule="written_off")
            elif row.instance is not None and row.given.keys() & LEDGER_PATHS:
                latest = last.get(row.instance.pk)
                if latest and latest > day:
                    row.fault("number", Trouble.RULE, rule="later_paper", day=str(day), last=str(latest))

    # Writing

    def commit(self, rows: Sequence[Row]) -> list[Paper]:
        papers = [*self._enter([row for row in rows if row.instance is None])]
        changed = [row for row in rows if row.instance is not None]
        papers += self._move(changed)
        self._describe(changed)
        return papers

    def _enter(self, rows: Sequence[Row]) -> Iterable[Paper]:
        if rows:
            cards = [Card(**row.given) for row in rows]
            paper = enter_cards(person=self.person, date=self.date, cards=cards, summary=self.summary)
            for row, card in zip(rows, cards, strict=True):
                row.record.target = card.pk
            yield shown(paper, len(rows))

    def _move(self, rows: Sequence[Row]) -> Iterable[Paper]:
        """One paper of each kind for all rows that need it: places, then amounts, then classes."""
        for kind, paths in (
            (MovementKind.TRANSFER, {"room_id"}),
            (MovementKind.CUSTODY, {"department_id", "custodian_id"}),
            (MovementKind.CORRECTION, {"quantity", "value"}),
            (MovementKind.RECLASSIFICATION, {"property_class_id"}),
        ):
            due = [row for row in rows if row.given.keys() & paths]
            if kind == MovementKind.CUSTODY:
                due = [row for row in due if "room_id" not in row.given]
            allowed = paths | set(PLACES) if kind == MovementKind.TRANSFER else paths
            changes = {row.instance: self._named(row, allowed) for row in due}
            if changes:
                paper = move_cards(person=self.person, date=self.date, kind=kind, changes=changes, summary=self.summary)
                yield shown(paper, len(changes))

    def _named(self, row: Row, paths: set[str]) -> dict[str, Any]:
        """What a paper sets: records and not their ids, read once."""
        return {
            path.removesuffix("_id"): self.record_of(path, value) if path.endswith("_id") else value
            for path, value in row.given.items()
            if path in paths
        }

    def record_of(self, path: str, pk: int) -> Any:
        model: Any = PLACES.get(path, PropertyClass)
        known = self.__dict__.setdefault("_records", {}).setdefault(path, {})
        if not known:
            known.update(model.objects.in_bulk())
        return known[pk]

    def _describe(self, rows: Sequence[Row]) -> None:
        changes: dict[Card, dict[str, Any]] = {}
        for row in rows:
            if found := {path: value for path, value in row.given.items() if path not in LEDGER_PATHS}:
                changes[row.instance] = {
                    "managing_department" if path == "managing_department_id" else path: (
                        self.record_of("department_id", value) if path == "managing_department_id" else value
                    )
                    for path, value in found.items()
                }
        if changes:
            change_descriptions(person=self.person, changes=changes)

    def undo(self) -> list[Paper]:
        assert self.run is not None
        undone = undo_import(
            person=self.person, source=self.run.source, date=timezone.localdate(), summary=gettext("Import taken back")
        )
        return [shown(paper, 0) for paper in undone.reversals]

    @property
    def person(self) -> Person:
        person: Person = now_acting().person
        return person

    @property
    def date(self) -> dt.date:
        assert self.run is not None
        return self.run.date

    @property
    def summary(self) -> str:
        assert self.run is not None
        return self.run.summary or gettext("Import of %(file)s") % {"file": self.run.name}

    def target_url(self, pk: int) -> str:
        return reverse("assets:card-detail", args=[pk])

    def results_url(self, record: ImportRow) -> str:
        return self.target_url(record.target) if record.target else ""

    # Export

    def export_rows(self) -> QuerySet[Card]:
        return Card.objects.in_ledger().order_by("number", "pk")

    def dehydrate_unit_price(self, card: Card) -> Decimal:
        return (Decimal(card.value) / card.quantity).quantize(FEN, rounding=ROUND_HALF_UP)


def half_place(price: Decimal) -> Decimal:
    """Half of the last place that a price was rounded to: 333.33 stands for anything within half a fen."""
    exponent = price.normalize().as_tuple().exponent
    places = max(2, -exponent if isinstance(exponent, int) else 2)
    return Decimal(5).scaleb(-places - 1)


def shown(paper: Movement, cards: int) -> Paper:
    note = ngettext("%(count)d card", "%(count)d cards", cards) % {"count": cards} if cards else ""
    return Paper(f"{paper.get_kind_display()} {paper.number}", reverse("assets:movement-detail", args=[paper.pk]), note)
