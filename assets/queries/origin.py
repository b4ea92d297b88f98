"""From a card back to the papers that bought it: acceptance, order, comparison of quotes, request."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from assets.models import Card
from finance.models import AcceptanceLine
from finance.queries.purchases import purchases_seen_by
from finance.queries.scope import acceptances_seen_by, comparisons_seen_by, orders_seen_by
from logistics.base.links import Link
from logistics.school.models import Person


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
