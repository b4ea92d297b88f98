"""The papers of property (forms.md, Assets), each with who may print it. The facts are beside this, by noun.

Parameters are what JSON holds: ids, days as 2026-09-01, a month as 2026-09. An id that a person may not see, or that
is not there, raises DoesNotExist.
"""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assets.filters import CardFilter
from assets.labels import address_of, labels_of
from assets.models import Card, PropertyClass, RoomConfirmation, StockItem, StockPaper
from assets.printing import cards as card_papers
from assets.printing import ledgers, movements, rooms, stock
from assets.queries import changes
from assets.queries.ledger import By, Scope
from assets.queries.scope import cards_seen_by, movements_seen_by, rooms_seen_by
from assets.queries.stock import issues_seen_by
from assets.rules import Refused
from logistics.printing.catalogue import paper_form
from logistics.printing.labels import FORMATS, LabelSheet
from logistics.printing.papers import Fact, Paper
from logistics.school.models import Department, Person, Room, School

MOST_ON_A_LIST = 5000  # some 200 pages; counting them takes the page that asks three seconds
CARD_RELATIONS = ("property_class", "room", "custodian", "department", "managing_department")


@paper_form(title=_("Asset cards"), permission="assets.view_own_cards")
def asset_cards(person: Person, *, cards: Sequence[int], on: str = "", site: str = "") -> list[Paper]:
    """固定资产卡片, one each by number; ``site`` is where the QR codes lead (https://…)."""
    seen = (
        cards_seen_by(person).filter(pk__in=cards).select_related(*CARD_RELATIONS).order_by("number", "pk").distinct()
    )
    if not seen:
        raise Card.DoesNotExist
    return [card_papers.asset_card(c, on=_day(on), link=address_of(c, site) if site else "") for c in seen]


@paper_form(title=_("List of property"), permission="assets.view_card")
def card_list(person: Person, *, cards: Sequence[int] = (), **narrowed: str) -> Paper:
    """固定资产清单 of these cards, or of what the list shows when it is narrowed so (the names of its filters).

    Raises Refused for more cards than anybody reads on paper.
    """
    filters = CardFilter(narrowed, queryset=cards_seen_by(person))
    rows = cards_seen_by(person).filter(pk__in=cards) if cards else filters.qs
    if (count := rows.count()) > MOST_ON_A_LIST:
        text = gettext("These are %(count)d cards. Narrow the list to at most %(most)d, or take it to Excel.")
        raise Refused(text % {"count": count, "most": MOST_ON_A_LIST})
    facts = [] if cards else [Fact(label, text) for label, text in filters.in_words()]
    ordered = rows.select_related("property_class", "room", "custodian").order_by("number", "pk")
    return card_papers.card_list(ordered, on=timezone.localdate(), narrowed=facts)


@paper_form(title=_("Paper of property"), permission="assets.view_own_cards")
def movement(person: Person, *, movement: int) -> Paper:
    """入账单, 调拨单, 变更单, 拆分单, 更正单, 分类调整单, 冲销单, with the cards on it that the person may see."""
    papers = movements_seen_by(person).select_related("made_by", "on_behalf_of", "reverses")
    return movements.movement_form(papers.get(pk=movement), cards_seen_by(person))


@paper_form(title=_("Lists of property by room"), permission="assets.view_own_cards")
def room_lists(person: Person, *, rooms: Sequence[int]) -> list[Paper]:
    """固定资产分室清单 of what stands there now, to be signed by hand."""
    return [_room_list(room) for room in _rooms(person, rooms)]


@paper_form(title=_("Room confirmation"), permission="assets.view_own_cards")
def confirmation(person: Person, *, confirmation: int) -> Paper:
    """固定资产分室清单 as it was confirmed or disputed."""
    asked = RoomConfirmation.objects.select_related("room", "person")
    if not person.has_perm("assets.view_card"):
        asked = asked.filter(person=person)
    return rooms.confirmation_list(asked.get(pk=confirmation))


@paper_form(title=_("General ledger of property"), permission="assets.view_ledger")
def general_ledger(
    person: Person, *, by: str = By.TOP.value, first: str = "", last: str = "", under: int | None = None
) -> Paper:
    """固定资产总账: opening, increase, decrease, closing by class, subclass, item, room, department or keeper.

    Without days, this year up to today; ``under`` is a class whose part is printed.
    """
    day = _day(last)
    scope = Scope(property_class=PropertyClass.objects.get(pk=under) if under else None)
    return ledgers.general_ledger(by=By(by), first=_day(first, day.replace(month=1, day=1)), last=day, scope=scope)


@paper_form(title=_("Class ledger of property"), permission="assets.view_ledger")
def class_ledger(person: Person, *, property_class: int, first: str = "", last: str = "") -> Paper:
    """固定资产分类账; without a first day from the very first entry."""
    scope = Scope(property_class=PropertyClass.objects.get(pk=property_class))
    return ledgers.sub_ledger(scope=scope, **_period(first, last))


@paper_form(title=_("Room ledgers of property"), permission="assets.view_ledger")
def room_ledgers(person: Person, *, rooms: Sequence[int], first: str = "", last: str = "") -> list[Paper]:
    """固定资产分室账, one each; without a first day from the very first entry."""
    period = _period(first, last)
    return [ledgers.sub_ledger(scope=Scope(room=room), **period) for room in _rooms(person, rooms)]


@paper_form(title=_("General ledger of property"), permission="assets.view_ledger")
def whole_ledger(person: Person, *, without: str = "", first: str = "", last: str = "") -> Paper:
    """固定资产总账 line by line, or the lines of what stands without a class, room, department or keeper."""
    return ledgers.sub_ledger(scope=Scope(without=without), **_period(first, last))


@paper_form(title=_("Department ledger of property"), permission="assets.view_ledger")
def department_ledger(person: Person, *, department: int, first: str = "", last: str = "") -> Paper:
    """部门账, as the room's."""
    scope = Scope(department=Department.objects.get(pk=department))
    return ledgers.sub_ledger(scope=scope, **_period(first, last))


@paper_form(title=_("Keeper's ledger of property"), permission="assets.view_ledger")
def custodian_ledger(person: Person, *, custodian: int, first: str = "", last: str = "") -> Paper:
    """保管人账, as the room's."""
    scope = Scope(custodian=Person.objects.get(pk=custodian))
    return ledgers.sub_ledger(scope=scope, **_period(first, last))


@paper_form(title=_("Month's changes of property"), permission="assets.view_ledger")
def months_changes(person: Person, *, month: str) -> Paper:
    """固定资产增减变动月报 of a month."""
    year, number = month.split("-")
    first, last = changes.month(int(year), int(number))
    return ledgers.months_changes(first=first, last=last)


@paper_form(title=_("Labels"), permission="assets.print_labels")
def labels(person: Person, *, cards: Sequence[int], form: str, site: str, start: int = 0) -> LabelSheet:
    """Labels of cards by room and number, in one of the formats; ``start`` places on the first sheet are used up."""
    found = Card.objects.in_ledger().filter(pk__in=cards).select_related("room")
    ordered = found.order_by("room__name_sort", "number", "pk")
    return LabelSheet(gettext("Labels"), School.current().name, FORMATS[form], labels_of(ordered, site), start)


@paper_form(title=_("Goods received into store"), permission="assets.view_stock")
def stock_in(person: Person, *, stock_paper: int) -> Paper:
    """入库单."""
    papers = StockPaper.objects.select_related("acceptance__order__supplier", "acceptance__order__bought_by", "room")
    return stock.stock_in_form(papers.select_related("made_by").get(pk=stock_paper))


@paper_form(title=_("Issue slip"), permission="school.view_contacts")
def issue_slip(person: Person, *, issue: int) -> Paper:
    """领用单, with the signatures as they stand."""
    return stock.issue_form(issues_seen_by(person).get(pk=issue))


@paper_form(title=_("List of stock"), permission="assets.view_stock")
def stock_list(person: Person) -> Paper:
    """库存清单 of now."""
    return stock.stock_list()


@paper_form(title=_("Book of consumables"), permission="assets.view_stock")
def item_book(person: Person, *, item: int) -> Paper:
    """领用登记 of an item."""
    return stock.item_book(StockItem.objects.get(pk=item))


def _rooms(person: Person, keys: Sequence[int]) -> list[Room]:
    found = list(rooms_seen_by(person).filter(pk__in=keys).select_related("responsible"))
    if not found:
        raise Room.DoesNotExist
    return found


def _room_list(room: Room) -> Paper:
    return rooms.room_list(room)


def _day(text: str, otherwise: dt.date | None = None) -> dt.date:
    return dt.date.fromisoformat(text) if text else otherwise or timezone.localdate()


def _period(first: str, last: str) -> dict[str, dt.date]:
    return {"last": _day(last), **({"first": _day(first)} if first else {})}
