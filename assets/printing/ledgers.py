"""总账, 分类账, 分室账 and the month's changes as papers."""

import datetime as dt
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assets.models import PropertyClass
from assets.models.cards import classes_now
from assets.queries.changes import Changes, PaperLine
from assets.queries.changes import changes as changes_in
from assets.queries.ledger import WHOLE, Amount, Balance, By, Ledger, Scope
from assets.queries.ledger import Line as LedgerLine
from assets.queries.ledger import ledger as ledger_of
from assets.queries.rooms import answerable_for
from assets.queries.turnover import Turnover, sum_of, turnover
from logistics.printing.papers import Carry, Column, Fact, Kind, Line, LineKind, Paper, Signature, Value
from logistics.school.models import School

DEPTH = {By.TOP: 1, By.SUB: 2, By.ITEM: 3}


def signatures() -> tuple[Signature, ...]:
    """Who signs a ledger."""
    return tuple(Signature(label) for label in (_("Drawn up by"), _("Checked by"), _("Keeper"), _("Principal")))


def period(first: dt.date | None, last: dt.date) -> Fact:
    text = (
        _("%(first)s to %(last)s") % {"first": first, "last": last} if first else _("up to %(last)s") % {"last": last}
    )
    return Fact(_("Period"), text)


def of_amount(amount: Amount, *, price: bool = False) -> tuple[Value, ...]:
    """Pieces and yuan, with the price of a piece between where wanted; nothing where there is nothing."""
    pieces = amount.quantity or None
    value = amount.value if amount else None
    return (pieces, amount.unit_price if pieces else None, value) if price else (pieces, value)


def pair(group: str, *, price: bool = False, carry: Carry = Carry.SUM) -> tuple[Column, ...]:
    """The columns quantity, unit price, amount under one head."""
    columns = [Column(_("Quantity"), 1.1, Kind.COUNT, carry, group), Column(_("Amount"), 2, Kind.MONEY, carry, group)]
    return (columns[0], Column(_("Unit price"), 1.6, Kind.MONEY, group=group), columns[1]) if price else tuple(columns)


def general_ledger(*, by: By, first: dt.date, last: dt.date, scope: Scope = WHOLE) -> Paper:
    """固定资产总账 in the depth ``by`` (class, subclass, item), or by room, department or keeper."""
    rows = turnover(by, first=first, last=last, scope=scope)
    whole = sum_of(rows, Balance(None, "", ""))
    lead = (Column(_("Code"), 1.8), Column(_("Class of property"), 3.4)) if by in DEPTH else (Column(HEADS[by](), 3.6),)
    return Paper(
        title=_("General ledger of property"),
        school=School.current().name,
        day=last,
        landscape=True,
        dense=True,
        facts=(period(first, last), Fact(_("Divided by"), HEADS[by]()), *_narrowed(scope)),
        columns=(
            *lead,
            *pair(_("Opening balance")),
            *pair(_("Increase")),
            *pair(_("Decrease")),
            *pair(_("Closing balance")),
        ),
        lines=tuple(_general_lines(by, rows)),
        capitals_of=whole.closing.value,
        signatures=signatures(),
    )


HEADS: dict[By, Callable[[], str]] = {
    By.TOP: lambda: _("Top classes"),
    By.SUB: lambda: _("Subclasses"),
    By.ITEM: lambda: _("Items"),
    By.ROOM: lambda: _("Rooms"),
    By.DEPARTMENT: lambda: _("Departments"),
    By.CUSTODIAN: lambda: _("Keepers"),
}


def _general_lines(by: By, rows: list[Turnover], depth: int = 1) -> Iterator[Line]:
    """A deeper ledger has the sums of the depths above as lines in bold before their parts."""
    if depth >= DEPTH.get(by, 0):
        yield from (_general_line(by, row) for row in rows)
        return
    parts: dict[str, list[Turnover]] = {}
    for row in rows:
        parts.setdefault(_code_at(row.head, depth), []).append(row)
    names = dict(PropertyClass.objects.filter(code__in=parts).values_list("code", "name"))
    for code, inside in parts.items():
        yield _general_line(by, sum_of(inside, Balance(code, names.get(code, ""), code)), LineKind.SUBTOTAL)
        yield from _general_lines(by, inside, depth + 1)


def _code_at(head: Balance, depth: int) -> str:
    if head.row is None:
        return ""
    return str(head.row.top_code if depth == 1 else head.row.sub_code or head.row.code)


def _general_line(by: By, row: Turnover, kind: LineKind = LineKind.ENTRY) -> Line:
    name = row.head.label or NOWHERE[by]()
    lead: tuple[Value, ...] = (row.head.code, name) if by in DEPTH else (name,)
    amounts = (row.opening, row.came, row.left, row.closing)
    return Line((*lead, *(cell for amount in amounts for cell in of_amount(amount))), kind)


def _without_class() -> str:
    return _("Without a class")


NOWHERE: dict[By, Callable[[], str]] = {
    By.TOP: _without_class,
    By.SUB: _without_class,
    By.ITEM: _without_class,
    By.ROOM: lambda: _("Without a place"),
    By.DEPARTMENT: lambda: _("Without a department"),
    By.CUSTODIAN: lambda: _("Without a keeper"),
}


def sub_ledger(*, scope: Scope, last: dt.date, first: dt.date | None = None) -> Paper:
    """固定资产分室账 or 分类账: line by line 日期 凭证号 摘要 增加 减少 结存 保管人 (forms.md)."""
    book = ledger_of(first=first, last=last, scope=scope)
    return Paper(
        title=_title(scope),
        school=School.current().name,
        day=last,
        landscape=True,
        dense=True,
        facts=(*_narrowed(scope), period(first, last)),
        columns=(
            Column(_("Date"), 1.9, Kind.DATE),
            Column(_("Voucher number"), 2.3, Kind.CODE),
            Column(_("Particulars"), 6),
            Column(_("Unit"), 0.9, centred=True),
            *pair(_("Increase"), price=True),
            *pair(_("Decrease"), price=True),
            *pair(pgettext("ledger", "Balance"), carry=Carry.LAST),
            Column(_("Kept by"), 1.4),
        ),
        lines=tuple(_sub_lines(book)),
        capitals_of=book.closing.value,
        signatures=signatures(),
        bookmark=" ".join(scope.names),
    )


def _title(scope: Scope) -> str:
    if scope.room or scope.without == "room":
        return _("Room ledger of property")
    if scope.property_class or scope.without == "property_class":
        return _("Class ledger of property")
    if scope.department or scope.without == "department":
        return _("Department ledger of property")
    if scope.custodian or scope.without == "custodian":
        return _("Keeper's ledger of property")
    return _("General ledger of property")


def _narrowed(scope: Scope) -> tuple[Fact, ...]:
    facts = []
    if scope.property_class:
        facts.append(Fact(_("Class of property"), str(scope.property_class)))
    if scope.room:
        facts.append(Fact(_("Place"), scope.room.name))
        facts += [Fact(_("School class"), row.name) for row in classes_now().filter(room=scope.room)]
        if person := answerable_for([scope.room]).get(scope.room.pk):
            facts.append(Fact(_("Person responsible"), person.name))
    if scope.department:
        facts.append(Fact(_("Using department"), scope.department.name))
    if scope.custodian:
        facts.append(Fact(_("Kept by"), scope.custodian.name))
    return tuple(facts)


def _sub_lines(book: Ledger) -> Iterator[Line]:
    if book.opening and book.first:
        empty = (None,) * 6
        yield Line((book.first, "", _("Opening balance"), "", *empty, *of_amount(book.opening), ""))
    for line in book.lines:
        yield Line(
            (
                line.date,
                line.paper,
                particulars(line),
                line.unit,
                *of_amount(line.came, price=True),
                *of_amount(line.left, price=True),
                line.balance.quantity,
                line.balance.value,
                line.custodian,
            )
        )


def particulars(line: LedgerLine) -> str:
    """摘要: what the paper did with which card, and why."""
    text = f"{line.kind_label} {line.card_name} {line.card_number}"
    return f"{text}：{line.summary}" if line.summary else text


def months_changes(*, first: dt.date, last: dt.date) -> Paper:
    """固定资产增减变动月报: every paper of the month by kind, with what came, left or only moved."""
    month = changes_in(first, last)
    return Paper(
        title=_("Month's changes of property"),
        school=School.current().name,
        day=last,
        landscape=True,
        dense=True,
        facts=(period(first, last), *_before_and_after(month)),
        facts_per_row=3,
        columns=(
            Column(_("Date"), 1.6, Kind.DATE),
            Column(_("Voucher number"), 2.1, Kind.CODE),
            Column(_("Particulars"), 4.4),
            Column(_("Cards"), 1, Kind.COUNT, Carry.SUM),
            *pair(_("Increase")),
            *pair(_("Decrease")),
            *pair(_("Moved within the school")),
            Column(_("Made by"), 1.4),
        ),
        lines=tuple(_month_lines(month)),
        signatures=signatures(),
    )


def _before_and_after(month: Changes) -> Iterator[Fact]:
    for label, amount in ((_("Opening balance"), month.opening), (_("Closing balance"), month.closing)):
        text = _("%(quantity)d pieces, %(value)s yuan")
        yield Fact(label, text % {"quantity": amount.quantity, "value": f"{amount.value:,.2f}"})


def _month_lines(month: Changes) -> Iterator[Line]:
    for label, papers in month.by_kind():
        yield Line((label,), LineKind.HEADING)
        yield from (_month_line(paper) for paper in papers)


def _month_line(paper: PaperLine) -> Line:
    amounts = (paper.came, paper.left, paper.moved)
    cells = (cell for amount in amounts for cell in of_amount(amount))
    return Line((paper.date, paper.number, paper.summary or paper.kind_label, paper.cards, *cells, paper.made_by))
