"""The issue slip (领用单): written by the keeper, signed by the recipient; then the goods leave the store."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from assets.choices import ISSUE_PREFIX, IssueState, StockKind
from assets.models import Card, Issue, IssueLine, StockBalance, StockItem, StockPaper
from assets.rules import Refused, out_of_ledger
from assets.rules.stock import refuse_store, refuse_without
from assets.services.movements import change_custodian
from assets.services.papers import demand_day, signed
from assets.services.stock import Move, write
from finance.models import PurchaseRequest
from logistics.approvals.choices import RouteState
from logistics.approvals.kinds import StepSpec
from logistics.approvals.models import Route
from logistics.approvals.services import routes
from logistics.base.history import now_acting
from logistics.base.money import quantity_text
from logistics.printing.services import PAPER_LANGUAGE
from logistics.records.numbers import take
from logistics.school.models import Person, Room

KIND = "assets.issue"


@dataclass(frozen=True)
class Wanted:
    """One line: an item with what is asked for and issued, or a card handed over."""

    item: StockItem | None = None
    card: Card | None = None
    asked: Decimal = Decimal(1)
    issued: Decimal = Decimal(1)


@transaction.atomic
def write_issue(
    *,
    person: Person,
    recipient: Person,
    room: Room,
    purpose: str,
    lines: Sequence[Wanted],
    purchase: PurchaseRequest | None = None,
    to_return: bool = False,
    old_for_new: bool = False,
) -> Issue:
    """Write a slip and send it to the recipient to be signed. Raises Refused: not the keeper, to himself, no line,
    more than asked for or than lies in the store, a card out of the ledger.
    """
    refuse_without(person, "assets.keep_stock")
    refuse_store(room)
    today = timezone.localdate()
    demand_day(today)
    if person.pk == recipient.pk:
        raise Refused(_("Nobody issues goods to himself. Let somebody else who keeps the store write the slip."))
    if not purpose.strip():
        raise Refused({"purpose": _("Say what it is for.")})
    _refuse_lines(lines, room)
    with signed(person):
        issue = Issue.objects.create(
            number=take(ISSUE_PREFIX, today.year)[0],
            recipient=recipient,
            department=recipient.department,
            purpose=purpose.strip(),
            room=room,
            purchase=purchase,
            to_return=to_return,
            old_for_new=old_for_new,
            day=today,
            made_by=person,
            on_behalf_of=now_acting().on_behalf_of,
        )
        for line in lines:
            IssueLine.objects.create(issue=issue, item=line.item, card=line.card, asked=line.asked, issued=line.issued)
        with translation.override(PAPER_LANGUAGE):
            facts, label = facts_of(issue), _("Recipient")
        routes.start(
            person=person,
            paper=issue,
            kind=KIND,
            number=issue.number,
            title=f"{facts['lines'][0]['name']} {issue.purpose}"[:200],
            facts=facts,
            department=issue.department,
            steps=[StepSpec(people=(recipient,), label=label)],
        )
    return issue


@transaction.atomic
def cancel(*, person: Person, issue: Issue) -> None:
    """Take back a slip nobody signed yet. Raises Refused."""
    route = Route.objects.of(issue).order_by("-version").first()
    if route is None:
        raise Refused(_("This slip is not being signed."))
    routes.withdraw(person=person, route=route)
    issue.refresh_from_db()


def settle(route: Route) -> None:
    """The recipient signed: goods leave the store, cards come into his keeping. Refused when there is not enough."""
    issue = (
        Issue.objects.select_for_update(of=("self",))
        .select_related("room", "recipient", "made_by")
        .get(pk=route.object_id)
    )
    approved = route.state == RouteState.APPROVED
    issue.state = IssueState.SIGNED if approved else IssueState.CANCELLED
    issue.save(update_fields=["state"])
    if approved:
        _hand_over(issue, timezone.localdate())


def facts_of(issue: Issue) -> dict[str, Any]:
    """The slip as it is signed."""
    return {
        "number": issue.number,
        "day": issue.day.isoformat(),
        "recipient": issue.recipient.name,
        "department": str(issue.department or ""),
        "purpose": issue.purpose,
        "room": str(issue.room),
        "request": str(issue.purchase or ""),
        "to_return": issue.to_return,
        "old_for_new": issue.old_for_new,
        "keeper": issue.made_by.name,
        "on_behalf_of": issue.on_behalf_of.name if issue.on_behalf_of else "",
        "lines": [_line_facts(line) for line in issue.lines.select_related("item", "card").order_by("pk")],
    }


def _line_facts(line: IssueLine) -> dict[str, str]:
    thing = line.item or line.card
    return {
        "name": thing.name if thing else "",
        "specification": thing.specification if thing else "",
        "unit": thing.unit if thing else "",
        "card": line.card.number if line.card else "",
        "asked": quantity_text(line.asked),
        "issued": quantity_text(line.issued),
    }


def _refuse_lines(lines: Sequence[Wanted], room: Room) -> None:
    if not lines:
        raise Refused(_("Enter at least one line."))
    stock = {row.item_id: row.quantity for row in StockBalance.objects.filter(room=room)}
    seen: set[tuple[str, int]] = set()
    for line in lines:
        thing = line.item or line.card
        if thing is None or (line.item and line.card):
            raise Refused(_("A line is an item of the store or a card."))
        key = (type(thing).__name__, thing.pk)
        if key in seen:
            raise Refused(_("%(thing)s stands there twice.") % {"thing": thing})
        seen.add(key)
        if not 0 < line.issued <= line.asked:
            raise Refused(_("%(thing)s: issue something, and no more than was asked for.") % {"thing": thing})
        if line.item and line.issued > stock.get(line.item.pk, Decimal(0)):
            left = quantity_text(stock.get(line.item.pk, Decimal(0)))
            text = _("%(item)s: only %(left)s %(unit)s are in store.")
            raise Refused(text % {"item": thing, "left": left, "unit": line.item.unit})
        if line.card and (problem := out_of_ledger(line.card)):
            raise Refused(problem)
        if line.card and line.issued != line.card.quantity:
            raise Refused(_("%(thing)s is handed over whole; split the batch first.") % {"thing": thing})


def _hand_over(issue: Issue, day: dt.date) -> None:
    demand_day(day)
    lines = list(issue.lines.select_related("item", "card").order_by("pk"))
    if moves := [Move(line.item, -line.issued) for line in lines if line.item]:
        write(
            StockPaper(
                number=issue.number,
                kind=StockKind.OUT,
                day=day,
                room=issue.room,
                summary=issue.purpose[:200],
                issue=issue,
                made_by=issue.made_by,
                on_behalf_of=issue.on_behalf_of,
            ),
            moves,
        )
    cards = [line.card for line in lines if line.card and line.card.custodian_id != issue.recipient_id]
    if cards:
        change_custodian(person=issue.made_by, cards=cards, custodian=issue.recipient, date=day, summary=issue.number)
