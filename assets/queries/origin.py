"""From a card back to the papers that bought it: acceptance, order, comparison, request; and what they propose."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from assets.models import Card
from finance.models import AcceptanceLine
from finance.queries.purchases import purchases_seen_by
from finance.queries.scope import acceptances_seen_by, comparisons_seen_by, orders_seen_by
from logistics.base.links import Link
from logistics.school.models import Person, Room


def proposed_place(line: AcceptanceLine) -> dict[str, Any]:
    """Where accepted property is likely to stand: with who asked for it, in the one room he is responsible for; in the
    class of the last card so called.
    """
    asked = line.order_line.request_line
    applicant = asked.request.applicant
    rooms = list(Room.objects.filter(responsible=applicant, active=True)[:2])
    alike = Card.objects.in_ledger().filter(name=asked.name, property_class__active=True)
    last = alike.select_related("property_class").order_by("-pk").first()
    return {
        "custodian": applicant,
        "department": asked.request.department,
        "room": rooms[0] if len(rooms) == 1 else None,
        "property_class": last.property_class if last else None,
    }


def papers_behind(card: Card, person: Person) -> list[Link]:
    """Links to those papers this person may see, the latest first; none for a card that was not bought here."""
    if card.acceptance_line_id is None:
        return []
    related = "acceptance", "order_line__order__comparison", "order_line__request_line__request"
    return list(_links(AcceptanceLine.objects.select_related(*related).get(pk=card.acceptance_line_id), person))


def _links(line: AcceptanceLine, person: Person) -> Iterator[Link]:
    order, request = line.order_line.order, line.order_line.request_line.request
    if acceptances_seen_by(person).filter(pk=line.acceptance_id).exists():
        yield Link(_("Acceptance of goods") + f" {line.acceptance}", line.acceptance.get_absolute_url())
    if orders_seen_by(person).filter(pk=order.pk).exists():
        yield Link(_("Purchase order") + f" {order}", order.get_absolute_url())
    if order.comparison and comparisons_seen_by(person).filter(pk=order.comparison.pk).exists():
        yield Link(_("Comparison of quotes") + f" {order.comparison}", order.comparison.get_absolute_url())
    if purchases_seen_by(person).filter(pk=request.pk).exists():
        yield Link(_("Purchase request") + f" {request}", request.get_absolute_url())
