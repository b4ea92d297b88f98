"""Every change of a budget line: its five amounts move only here, under its lock, each with a sealed entry (F12)."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from finance.choices import BudgetEntryKind
from finance.models import BudgetEntry, BudgetLine, PurchaseRequest
from finance.rules import Refused, refuse_day
from logistics.base.money import money_text
from logistics.records import attachments
from logistics.school.models import Person

NOTHING = Decimal(0)


@transaction.atomic
def set_original(
    *, person: Person, line: BudgetLine, amount: Decimal, paper: str = "", reason: str = ""
) -> BudgetEntry:
    """The budget of the year, ``amount`` yuan, once. Raises Refused: set already, or not above zero."""
    held = locked(line)
    _refuse_nothing(amount)
    if held.entries.filter(kind=BudgetEntryKind.ORIGINAL).exists():
        raise Refused(_("The budget of the year is set. What changes it is an adjustment with its paper."))
    held.original = amount
    return _write(person, held, line, BudgetEntryKind.ORIGINAL, amount, paper=paper, reason=reason)


@transaction.atomic
def adjust(
    *,
    person: Person,
    line: BudgetLine,
    amount: Decimal,
    paper: str,
    reason: str = "",
    day: dt.date | None = None,
    upload: UploadedFile[Any] | None = None,
) -> BudgetEntry:
    """More or (below zero) less by ``amount`` yuan, on the word of ``paper``, whose picture or PDF may be kept with it.

    Raises Refused: no paper, nothing changes, or less would be left than is committed and spent; ClosedError.
    """
    day = day or timezone.localdate()
    refuse_day(day)
    held = locked(line)
    if not paper.strip():
        raise Refused({"paper": _("An adjustment needs the number of its paper.")})
    if not amount:
        raise Refused({"amount": _("This changes nothing.")})
    if amount < 0 and held.available + amount < 0:
        text = _("Of %(line)s only ¥%(left)s is left; the rest is committed or spent.")
        raise Refused({"amount": text % {"line": held, "left": money_text(held.available)}})
    held.adjusted += amount
    entry = _write(person, held, line, BudgetEntryKind.ADJUSTMENT, amount, paper=paper.strip(), reason=reason, day=day)
    if upload:
        attachments.attach(person=person, record=entry, upload=upload)
    return entry


@transaction.atomic
def commit(*, person: Person, purchase: PurchaseRequest, amount: Decimal, beyond: bool = False) -> BudgetEntry:
    """Keep ``amount`` yuan of the purchase's line for it. ``beyond``: the principal signed for going over the budget.

    Raises Refused: not above zero, no budget line, or more than is available.
    """
    held = _line_of(purchase)
    _refuse_nothing(amount)
    if amount > held.available and not beyond:
        text = _("%(line)s has only ¥%(left)s left, and ¥%(amount)s is wanted.")
        raise Refused(
            text % {"line": held, "left": money_text(held.available), "amount": money_text(amount)},
        )
    held.committed += amount
    return _write(
        person,
        held,
        purchase.budget_line,
        BudgetEntryKind.COMMITMENT,
        amount,
        purchase=purchase,
        paper=str(purchase.number),
    )


@transaction.atomic
def release(*, person: Person, purchase: PurchaseRequest, amount: Decimal, reason: str) -> BudgetEntry:
    """Give ``amount`` yuan kept for the purchase back to its line. Raises Refused: more than is still kept for it."""
    held = _line_of(purchase)
    _refuse_nothing(amount)
    _refuse_beyond(purchase, amount)
    held.committed -= amount
    return _write(
        person,
        held,
        purchase.budget_line,
        BudgetEntryKind.RELEASE,
        amount,
        purchase=purchase,
        paper=str(purchase.number),
        reason=reason,
    )


@transaction.atomic
def spend(*, person: Person, purchase: PurchaseRequest, amount: Decimal, paper: str) -> BudgetEntry:
    """Turn ``amount`` yuan kept for the purchase into spending, by the payment ``paper``.

    Raises Refused: more than is still kept for it.
    """
    held = _line_of(purchase)
    _refuse_nothing(amount)
    _refuse_beyond(purchase, amount)
    held.committed -= amount
    held.spent += amount
    return _write(person, held, purchase.budget_line, BudgetEntryKind.SPENDING, amount, purchase=purchase, paper=paper)


@transaction.atomic
def unspend(*, person: Person, purchase: PurchaseRequest, amount: Decimal, paper: str) -> BudgetEntry:
    """The payment was reversed by ``paper``: ``amount`` yuan of the spending are committed again."""
    held = _line_of(purchase)
    _refuse_nothing(amount)
    held.committed += amount
    held.spent -= amount
    return _write(person, held, purchase.budget_line, BudgetEntryKind.SPENDING, -amount, purchase=purchase, paper=paper)


def kept_for(purchase: PurchaseRequest) -> Decimal:
    """Yuan committed for the purchase and neither released nor spent yet."""
    kind = BudgetEntryKind
    sums = BudgetEntry.objects.filter(purchase=purchase).aggregate(
        came=Sum("amount", filter=Q(kind=kind.COMMITMENT)),
        went=Sum("amount", filter=Q(kind__in=[kind.RELEASE, kind.SPENDING])),
    )
    return Decimal((sums["came"] or NOTHING) - (sums["went"] or NOTHING))


def locked(line: BudgetLine) -> BudgetLine:
    """The line as it stands now, held until the transaction ends."""
    return BudgetLine.objects.select_for_update(of=("self",)).get(pk=line.pk)


def _line_of(purchase: PurchaseRequest) -> BudgetLine:
    if purchase.budget_line is None:
        raise Refused(_("%(purchase)s names no budget item.") % {"purchase": purchase})
    return locked(purchase.budget_line)


def _refuse_nothing(amount: Decimal) -> None:
    if amount <= 0:
        raise Refused(_("The amount has to be above zero."))


def _refuse_beyond(purchase: PurchaseRequest, amount: Decimal) -> None:
    if amount > (kept := kept_for(purchase)):
        text = _("Only ¥%(kept)s is still committed for %(purchase)s.")
        raise Refused(text % {"kept": money_text(kept), "purchase": purchase})


def _write(
    person: Person,
    held: BudgetLine,
    given: BudgetLine | None,
    kind: str,
    amount: Decimal,
    **said: Any,
) -> BudgetEntry:
    """Write the entry and the line's amounts; the caller's object says what the line says now."""
    held.available = held.original + held.adjusted - held.committed - held.spent
    amounts = ["original", "adjusted", "committed", "spent", "available"]
    held.save(update_fields=amounts)
    for name in amounts if given is not None else ():
        setattr(given, name, getattr(held, name))
    return BudgetEntry.objects.create(line=held, kind=kind, amount=amount, made_by=person, **said)
