"""The ledgers (总账, 分类账, 分室账), read from the entries alone: they cannot differ."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet, Sum

from assets.choices import MovementKind
from assets.models import LedgerEntry, PropertyClass
from logistics.base.money import to_fen
from logistics.school.models import Department, Person, Room

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Amount:
    """Pieces and yuan."""

    quantity: int = 0
    value: Decimal = NOTHING

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.quantity + other.quantity, self.value + other.value)

    def __sub__(self, other: "Amount") -> "Amount":
        return Amount(self.quantity - other.quantity, self.value - other.value)

    def __bool__(self) -> bool:
        return bool(self.quantity or self.value)

    @property
    def unit_price(self) -> Decimal | None:
        """Yuan a piece, rounded to the fen; none without pieces."""
        return to_fen(self.value / self.quantity) if self.quantity else None

    @property
    def coming(self) -> "Amount":
        """What of it is more than before."""
        return Amount(max(self.quantity, 0), max(self.value, NOTHING))

    @property
    def leaving(self) -> "Amount":
        """What of it is less than before, as a positive amount."""
        return Amount(max(-self.quantity, 0), max(-self.value, NOTHING))


class By(StrEnum):
    """What a ledger is divided by. The first three are the depths of the general ledger: 类, 款, 项."""

    TOP = "top"
    SUB = "sub"
    ITEM = "item"
    ROOM = "room"
    DEPARTMENT = "department"
    CUSTODIAN = "custodian"


COLUMN = {
    By.TOP: "property_class__top_code",
    By.SUB: "property_class__sub_code",
    By.ITEM: "property_class",
    By.ROOM: "room",
    By.DEPARTMENT: "department",
    By.CUSTODIAN: "custodian",
}


@dataclass(frozen=True)
class Scope:
    """Which entries a ledger holds: all of them where nothing is named (the general ledger).

    A class holds the classes below it. ``without`` names a column (room, department …) that has to be empty.
    """

    property_class: PropertyClass | None = None
    room: Room | None = None
    department: Department | None = None
    custodian: Person | None = None
    without: str = ""

    def entries(self) -> QuerySet[LedgerEntry]:
        entries: QuerySet[LedgerEntry] = LedgerEntry.objects.order_by()
        if self.property_class:
            entries = entries.filter(property_class__in=below(self.property_class).values("pk"))
        for name in ("room", "department", "custodian"):
            if row := getattr(self, name):
                entries = entries.filter(**{name: row})
        return entries.filter(**{f"{self.without}__isnull": True}) if self.without else entries

    @property
    def names(self) -> list[str]:
        """What the ledger is narrowed to, to stand in its head."""
        rows = (self.property_class, self.room, self.department, self.custodian)
        return [str(row) for row in rows if row]


WHOLE = Scope()


@dataclass(frozen=True)
class Balance:
    """What stands under one head of a ledger. ``key`` is the row's id, for classes above the item their code."""

    key: int | str | None
    label: str  # empty for what stands under no head
    code: str
    amount: Amount = Amount()
    row: Any = None


@dataclass(frozen=True)
class Line:
    """One line of a ledger: what one paper changed on one card within the ledger's scope, and what then remains."""

    date: dt.date
    movement_id: int
    paper: str
    kind: str
    summary: str
    card_id: int
    card_number: str
    card_name: str
    unit: str
    custodian: str
    came: Amount
    left: Amount
    balance: Amount

    @property
    def kind_label(self) -> str:
        return str(MovementKind(self.kind).label)


@dataclass(frozen=True)
class Ledger:
    """A ledger from day to day: brought forward, its lines, what came and left, and what remains."""

    scope: Scope
    first: dt.date | None
    last: dt.date
    opening: Amount
    lines: list[Line] = field(default_factory=list)

    @cached_property
    def came(self) -> Amount:
        return total(line.came for line in self.lines)

    @cached_property
    def left(self) -> Amount:
        return total(line.left for line in self.lines)

    @property
    def closing(self) -> Amount:
        return self.lines[-1].balance if self.lines else self.opening


def total(amounts: Iterable[Amount]) -> Amount:
    quantity, value = 0, NOTHING
    for amount in amounts:
        quantity += amount.quantity
        value += amount.value
    return Amount(quantity, value)


def below(property_class: PropertyClass) -> QuerySet[PropertyClass]:
    """The class and every class below it: four depths of the standard and two of the school's own."""
    code, found, parent = property_class.code, Q(pk=property_class.pk), "parent"
    if property_class.level <= 2:
        column = "top_code" if property_class.level == 1 else "sub_code"
        return PropertyClass.objects.filter(Q(pk=property_class.pk) | Q(**{column: code})).order_by()
    for _depth in range(4):
        found |= Q(**{parent: property_class})
        parent += "__parent"
    return PropertyClass.objects.filter(found).order_by()


def balance(*, on: dt.date, scope: Scope = WHOLE) -> Amount:
    """What stands in the ledger at the end of the day ``on``."""
    sums = scope.entries().filter(date__lte=on).aggregate(quantity=Sum("quantity"), value=Sum("value"))
    return Amount(sums["quantity"] or 0, sums["value"] or NOTHING)


def balances(by: By, *, on: dt.date, scope: Scope = WHOLE) -> list[Balance]:
    """The ledger at the end of the day ``on`` divided by ``by``, in the order of the heads; what stands nowhere last.

    Two statements. Heads under which nothing stands are left out.
    """
    entries = scope.entries().filter(date__lte=on)
    columns = [COLUMN[by], *(["property_class__code"] if by is By.SUB else [])]
    sums = entries.values(*columns).annotate(q=Sum("quantity"), v=Sum("value"))
    found: dict[Any, Amount] = {}
    for row in sums:
        # A top class has no subclass: what is booked on it stands under its own head.
        key = row[COLUMN[by]] or (row["property_class__code"] if by is By.SUB else None)
        found[key] = found.get(key, Amount()) + Amount(row["q"], row["v"])
    standing = {key: amount for key, amount in found.items() if amount}
    return [replace(head, amount=standing[head.key]) for head in heads(by, standing)]


def heads(by: By, keys: Iterable[Any]) -> list[Balance]:
    """The heads of these keys in their order, without amounts; what stands under no head last."""
    found = list(keys)
    wanted = [key for key in found if key is not None]
    if by in {By.TOP, By.SUB}:
        classes = PropertyClass.objects.filter(code__in=wanted).order_by("code", "pk")
        named = [Balance(row.code, row.name, row.code, row=row) for row in {c.code: c for c in classes}.values()]
    elif by is By.ITEM:
        classes = PropertyClass.objects.filter(pk__in=wanted).order_by("code", "pk")
        named = [Balance(row.pk, row.name, row.code, row=row) for row in classes]
    else:
        model: Any = {By.ROOM: Room, By.DEPARTMENT: Department, By.CUSTODIAN: Person}[by]
        named = [Balance(row.pk, row.name, "", row=row) for row in model.objects.filter(pk__in=wanted)]
    return [*named, *([Balance(None, "", "")] if None in found else [])]


def ledger(*, last: dt.date, first: dt.date | None = None, scope: Scope = WHOLE) -> Ledger:
    """The ledger's lines from ``first`` to ``last`` with the running balance. Two statements.

    What a paper only moves about within the scope (another keeper in a room's ledger) changes nothing and is no line.
    """
    opening = balance(on=first - dt.timedelta(days=1), scope=scope) if first else Amount()
    entries = scope.entries().filter(date__lte=last)
    if first:
        entries = entries.filter(date__gte=first)
    return Ledger(scope, first, last, opening, list(_lines(entries, opening)))


LINE_COLUMNS = ("date", "movement_id", "movement__number", "movement__kind", "movement__summary")
NAMES = ("date", "movement_id", "paper", "kind", "summary", "card_id", "card_number", "card_name", "unit")
CARD_COLUMNS = ("card_id", "card__number", "card__name", "card__unit")


def _lines(entries: QuerySet[LedgerEntry], running: Amount) -> Iterator[Line]:
    rows = entries.order_by("date", "movement_id", "card__number", "card_id", "pk").values_list(
        *LINE_COLUMNS, *CARD_COLUMNS, "custodian__name", "quantity", "value"
    )
    for key, group in groupby(rows.iterator(), key=lambda row: row[:9]):
        written = list(group)
        net = total(Amount(quantity, value) for *_rest, quantity, value in written)
        if net:
            running += net
            custodian = written[-1][9] or ""
            named: dict[str, Any] = dict(zip(NAMES, key, strict=True))
            yield Line(**named, custodian=custodian, came=net.coming, left=net.leaving, balance=running)
