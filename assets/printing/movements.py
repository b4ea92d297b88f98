"""The papers of property (调拨单, 变更单, 拆分单 …) as forms to sign."""

from collections.abc import Callable, Iterator
from itertools import groupby

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assets.choices import MovementKind
from assets.models import Card, LedgerEntry, Movement
from assets.queries.ledger import Amount, total
from logistics.printing.papers import Carry, Column, Fact, Kind, Line, Look, Paper, Signature, Value
from logistics.school.models import School

TITLES: dict[str, Callable[[], str]] = {
    MovementKind.ENTRY: lambda: _("Entry form of property"),
    MovementKind.TRANSFER: lambda: _("Transfer form of property"),
    MovementKind.CUSTODY: lambda: _("Form for a change of keeper"),
    MovementKind.SPLIT: lambda: _("Form for splitting a batch of property"),
    MovementKind.CORRECTION: lambda: _("Correction form of property"),
    MovementKind.RECLASSIFICATION: lambda: _("Form for a change of class of property"),
    MovementKind.REVERSAL: lambda: _("Reversal form of property"),
}
FROM_TO = frozenset({MovementKind.TRANSFER, MovementKind.CUSTODY, MovementKind.RECLASSIFICATION})
RELATED = ("card", "property_class", "room", "custodian")


def movement_form(paper: Movement, seen: QuerySet[Card]) -> Paper:
    """The paper with those of its cards that are ``seen``: from where to where, or what came and left."""
    cards = list(_cards(paper, seen))
    moves = _does(paper) in FROM_TO
    lines = tuple(_line(number, entries, moves) for number, entries in enumerate(cards, 1))
    return Paper(
        title=TITLES[paper.kind](),
        school=School.current().name,
        number=paper.number,
        day=paper.date,
        look=Look.FORM,
        landscape=True,
        facts=tuple(_facts(paper)),
        facts_per_row=3,
        columns=(*_card_columns(), *(_from_to_columns(paper) if moves else _place_columns())),
        lines=lines,
        least_lines=8,
        capitals_of=total(_amount(entries, moves) for entries in cards).value or None,  # a split comes to nothing
        signatures=tuple(Signature(label) for label in _signers(paper)),
        bookmark=paper.number,
    )


def _cards(paper: Movement, seen: QuerySet[Card]) -> Iterator[list[LedgerEntry]]:
    entries = (
        paper.entries.filter(card__in=seen.values("pk")).select_related(*RELATED).order_by("card__number", "card", "pk")
    )
    return (list(group) for _card, group in groupby(entries, key=lambda entry: entry.card_id))


def _does(paper: Movement) -> str:
    """What kind of change stands on it; a reversal changes back what the reversed one did."""
    return paper.reverses.kind if paper.reverses else paper.kind


def _facts(paper: Movement) -> Iterator[Fact]:
    yield Fact(_("Made by"), paper.made_by.name)
    if paper.on_behalf_of:
        yield Fact(_("In place of"), paper.on_behalf_of.name)
    if paper.reverses:
        yield Fact(_("Reverses"), paper.reverses.number)
    yield Fact(_("Occasion of the paper"), paper.summary, wide=True)


def _signers(paper: Movement) -> list[str]:
    if paper.kind in {MovementKind.TRANSFER, MovementKind.CUSTODY}:
        return [_("Handed over by"), _("Taken over by"), _("Keeper"), _("General-affairs director")]
    return [_("Made by"), _("Checked by"), _("Keeper"), _("General-affairs director")]


def _card_columns() -> tuple[Column, ...]:
    return (
        Column(_("Line"), 0.7, centred=True),
        Column(_("Asset number"), 2.1, Kind.CODE),
        Column(_("Asset name"), 2.2),
        Column(_("Specification"), 2.4),
        Column(_("Unit"), 0.8, centred=True),
        Column(_("Quantity"), 1, Kind.COUNT, Carry.SUM),
        Column(_("Amount"), 1.8, Kind.MONEY, Carry.SUM),
    )


def _from_to_columns(paper: Movement) -> tuple[Column, ...]:
    if _does(paper) == MovementKind.RECLASSIFICATION:
        return (Column(_("From class"), 3), Column(_("To class"), 3))
    before, after = pgettext("property", "Out of"), pgettext("property", "Into")
    if _does(paper) == MovementKind.CUSTODY:
        before, after = pgettext("property", "Before"), pgettext("property", "After")
    return (
        Column(_("Place"), 1.9, group=before),
        Column(_("Kept by"), 1.3, group=before),
        Column(_("Place"), 1.9, group=after),
        Column(_("Kept by"), 1.3, group=after),
    )


def _place_columns() -> tuple[Column, ...]:
    return (Column(_("Class of property"), 2.6), Column(_("Place"), 1.9), Column(_("Kept by"), 1.3))


def _line(number: int, entries: list[LedgerEntry], moves: bool) -> Line:
    card, amount = entries[0].card, _amount(entries, moves)
    lead: tuple[Value, ...] = (number, card.number, card.name, card.specification, card.unit)
    places = _from_to(entries) if moves else _place(entries[-1])
    return Line((*lead, amount.quantity, amount.value, *places))


def _amount(entries: list[LedgerEntry], moves: bool) -> Amount:
    """What is carried over; of other papers what is more or less than before."""
    if moves:
        return Amount(entries[-1].quantity, entries[-1].value)
    return total(Amount(entry.quantity, entry.value) for entry in entries)


def _from_to(entries: list[LedgerEntry]) -> tuple[Value, ...]:
    before, after = entries[0], entries[-1]
    if before.property_class_id != after.property_class_id:
        return (_name(before.property_class), _name(after.property_class))
    return (_name(before.room), _name(before.custodian), _name(after.room), _name(after.custodian))


def _place(entry: LedgerEntry) -> tuple[Value, ...]:
    return (_name(entry.property_class), _name(entry.room), _name(entry.custodian))


def _name(thing: object) -> str:
    return str(thing) if thing else ""
