"""固定资产卡片 as a paper: every field of the form, and what the card's papers did."""

import base64
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assets.models import Card, LedgerEntry
from assets.queries.depreciation import worth
from assets.queries.ledger import Amount, total
from logistics.printing.papers import Carry, Column, Fact, Kind, Line, Look, Paper, Signature
from logistics.records import attachments
from logistics.school.models import School


def asset_card(card: Card, *, on: dt.date, link: str = "") -> Paper:
    """固定资产卡片 with depreciation at the end of the month of ``on``; ``link`` is what its QR code opens."""
    return Paper(
        title=_("Asset card"),
        school=School.current().name,
        number=card.number,
        day=on,
        look=Look.FORM,
        facts=(*_description(card), *_origin(card), *_money(card, on)),
        facts_per_row=3,
        columns=(
            Column(_("Date"), 1.6, Kind.DATE),
            Column(_("Voucher number"), 2, Kind.CODE),
            Column(_("Particulars"), 3.4),
            Column(_("Quantity"), 1, Kind.COUNT),
            Column(_("Amount"), 1.8, Kind.MONEY),
            Column(_("Place"), 2),
            Column(_("Kept by"), 1.3),
        ),
        lines=tuple(_papers(card)),
        lines_title=_("Papers on this card"),
        signatures=tuple(Signature(label) for label in (_("Drawn up by"), _("Checked by"), _("Keeper"))),
        picture=photo(card),
        link=link,
        bookmark=str(card),
    )


def card_list(cards: Iterable[Card], *, on: dt.date, narrowed: Sequence[Fact] = ()) -> Paper:
    """固定资产清单: cards line by line with their totals; ``narrowed`` says which they are."""
    lines = tuple(_list_line(number, card) for number, card in enumerate(cards, 1))
    return Paper(
        title=_("List of property"),
        school=School.current().name,
        day=on,
        landscape=True,
        dense=True,
        facts=(*narrowed, Fact(_("Cards"), str(len(lines)))),
        columns=(
            Column(_("Line"), 0.7, centred=True),
            Column(_("Asset number"), 2.1, Kind.CODE),
            Column(_("Asset name"), 2.6),
            Column(_("Brand and model"), 2.4),
            Column(_("Class of property"), 2.2),
            Column(_("Unit"), 0.8, centred=True),
            Column(_("Quantity"), 1, Kind.COUNT, Carry.SUM),
            Column(_("Amount"), 1.8, Kind.MONEY, Carry.SUM),
            Column(_("Acquired on"), 1.6, Kind.DATE),
            Column(_("Place"), 2),
            Column(_("Kept by"), 1.3),
            Column(_("Condition"), 1, centred=True),
        ),
        lines=lines,
        capitals_of=sum((line.cells[7] for line in lines if isinstance(line.cells[7], Decimal)), Decimal("0.00")),
        signatures=tuple(Signature(label) for label in (_("Drawn up by"), _("Checked by"), _("Keeper"))),
    )


def _list_line(number: int, card: Card) -> Line:
    what = " ".join(filter(None, (card.brand, card.specification)))
    name = card.property_class.name if card.property_class else ""
    where = (_text(card.room), _text(card.custodian), card.get_condition_display())
    lead = (number, card.number, card.name, what, name, card.unit)
    return Line((*lead, card.quantity, card.value, card.acquired_on, *where))


def photo(card: Card) -> str:
    """The latest picture of the card as a data URI; empty without one."""
    file = attachments.of(card).exclude(thumbnail="").order_by("-added_at", "-pk").first()
    if not file:
        return ""
    with file.thumbnail.open("rb") as picture:
        return f"data:image/jpeg;base64,{base64.b64encode(picture.read()).decode()}"


def _text(fact: object) -> str:
    return str(fact) if fact else ""


def _description(card: Card) -> Iterator[Fact]:
    scheme = card.property_class.get_scheme_display() if card.property_class else ""
    yield Fact(_("Asset name"), card.name)
    yield Fact(_("Class of property"), f"{card.property_class}（{scheme}）" if card.property_class else "")
    yield Fact(_("Quantity"), f"{card.quantity} {card.unit}")
    yield Fact(_("State"), card.get_state_display())
    yield Fact(_("Brand"), card.brand)
    yield Fact(_("Specification"), card.specification)
    yield Fact(_("Serial number"), card.serial_number)
    yield Fact(_("Condition"), card.get_condition_display())
    yield Fact(_("Place"), _text(card.room))
    yield Fact(_("Kept by"), _text(card.custodian))
    yield Fact(_("Using department"), _text(card.department))
    yield Fact(_("Managing department"), _text(card.managing_department))


def _origin(card: Card) -> Iterator[Fact]:
    yield Fact(_("Acquired by"), card.get_acquisition_display())
    yield Fact(_("Way of purchasing"), card.get_procurement_display())
    yield Fact(_("Acquired on"), card.acquired_on, Kind.DATE)
    yield Fact(_("In use from"), card.in_use_from, Kind.DATE)
    yield Fact(_("Manufacturer"), card.manufacturer)
    yield Fact(_("Dealer"), card.dealer)
    yield Fact(_("Contract number"), card.contract_number)
    yield Fact(_("Invoice number"), card.invoice_number)
    yield Fact(_("Budget item"), card.budget_item)
    yield Fact(_("Under warranty until"), card.warranty_until, Kind.DATE)


def _money(card: Card, on: dt.date) -> Iterator[Fact]:
    now = worth(card, on)
    yield Fact(_("Kind of value"), card.get_value_kind_display())
    yield Fact(_("Booked on"), card.booked_on, Kind.DATE)
    yield Fact(_("Value"), card.value, Kind.MONEY)
    yield Fact(_("Accounting voucher"), card.voucher_number)
    yield Fact(_("Of it from the treasury"), card.fiscal_funds, Kind.MONEY)
    yield Fact(_("Of it from other funds"), card.other_funds, Kind.MONEY)
    yield Fact(_("Useful life"), _life(card.life_months))
    yield Fact(_("Accumulated depreciation"), now.accumulated, Kind.MONEY)
    yield Fact(_("Depreciated up to"), f"{on:%Y-%m}")
    yield Fact(_("Net value"), now.net, Kind.MONEY)
    yield Fact(_("Value in capitals"), card.value, Kind.CAPITALS, wide=True)
    yield Fact(_("Note"), card.note, wide=True)


def _life(months: int | None) -> str:
    if months is None:
        return ""
    if not months:
        return _("Is not depreciated")
    return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}


def _papers(card: Card) -> Iterator[Line]:
    """One line a paper: what the card says after it."""
    entries = card.entries.select_related("movement", "room", "custodian").order_by("movement_id", "pk")
    running = Amount()
    for _paper, group in groupby(entries, key=lambda entry: entry.movement_id):
        written = list(group)
        running += total(Amount(entry.quantity, entry.value) for entry in written)
        yield _paper_line(written[-1], running)


def _paper_line(entry: LedgerEntry, now: Amount) -> Line:
    paper = entry.movement
    what = "：".join(filter(None, (paper.get_kind_display(), paper.summary)))
    standing = (now.quantity, now.value, _text(entry.room), _text(entry.custodian))
    return Line((paper.date, paper.number, what, *(standing if now else (0, now.value, "", ""))))
