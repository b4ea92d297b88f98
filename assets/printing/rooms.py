"""分室清单: what stands in a room, to be signed by who answers for it."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from assets.choices import Condition, ConfirmationState
from assets.models import RoomConfirmation
from assets.queries.rooms import answerable_for, cards_in, facts_of
from logistics.printing.papers import Carry, Column, Fact, Kind, Line, Look, Paper, Signature
from logistics.school.models import Person, Room, School

SIGNED = (ConfirmationState.CONFIRMED, ConfirmationState.DISPUTED)


def room_list(room: Room, *, day: dt.date | None = None) -> Paper:
    """What stands in the room now, with boxes to be signed by hand."""
    person = answerable_for([room]).get(room.pk)
    return _paper(room, person, facts_of(cards_in(room)), day or timezone.localdate())


def confirmation_list(confirmation: RoomConfirmation) -> Paper:
    """What the person responsible signed or disputed, as it was then; while he is asked, what stands there now."""
    answered = confirmation.answered_at if confirmation.state in SIGNED else None
    day = timezone.localtime(answered).date() if answered else timezone.localdate()
    rows = confirmation.facts if answered else facts_of(cards_in(confirmation.room))
    signed = confirmation.state == ConfirmationState.CONFIRMED
    return _paper(
        confirmation.room,
        confirmation.person,
        rows,
        day,
        Fact(_("Occasion"), confirmation.reason),
        Fact(_("State"), confirmation.get_state_display()),
        *([Fact(_("Note"), confirmation.note)] if confirmation.note else []),
        signed_on=day if signed else None,
    )


def _paper(
    room: Room,
    person: Person | None,
    rows: list[dict[str, Any]],
    day: dt.date,
    *facts: Fact,
    signed_on: dt.date | None = None,
) -> Paper:
    lines = tuple(_line(number, row) for number, row in enumerate(rows, 1))
    name = person.name if person else ""
    return Paper(
        title=_("List of property in the room"),
        school=School.current().name,
        day=day,
        look=Look.FORM,
        facts=(Fact(_("Place"), room.name), Fact(_("Person responsible"), name), *facts),
        columns=(
            Column(_("Line"), 0.7, centred=True),
            Column(_("Asset number"), 2.3, Kind.CODE),
            Column(_("Asset name"), 2.4),
            Column(_("Specification"), 2.6),
            Column(_("Unit"), 0.9, centred=True),
            Column(_("Quantity"), 1, Kind.COUNT, Carry.SUM),
            Column(_("Amount"), 1.9, Kind.MONEY, Carry.SUM),
            Column(_("Condition"), 1.2, centred=True),
            Column(_("Checked"), 1, centred=True),
        ),
        lines=lines,
        capitals_of=sum((Decimal(row["value"]) for row in rows), Decimal("0.00")),
        signatures=(
            Signature(_("Person responsible"), name if signed_on else "", signed_on),
            Signature(_("Keeper")),
            Signature(_("General-affairs director")),
        ),
        notes=(_("I have checked the property above against the room and keep it."),),
        bookmark=room.name,
    )


def _line(number: int, row: dict[str, Any]) -> Line:
    condition = str(Condition(row["condition"]).label) if row.get("condition") else ""
    return Line(
        (
            number,
            row["number"],
            row["name"],
            row.get("specification", ""),
            row.get("unit", ""),
            row["quantity"],
            Decimal(row["value"]),
            condition,
            "",
        )
    )
