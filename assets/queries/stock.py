"""What the store holds and what is still to be entered in the books; who sees which slip. Reads only."""

from django.db.models import ExpressionWrapper, F, Q, QuerySet

from assets.models import Issue, StockBalance
from finance.choices import Nature
from finance.models import AcceptanceLine
from logistics.base.fields import QuantityField
from logistics.school.models import Person

LINE_RELATIONS = (
    "acceptance",
    "order_line__order__supplier",
    "order_line__request_line__request__applicant",
)


def lines_to_enter() -> QuerySet[AcceptanceLine]:
    """Accepted property and consumables of which something is not in a book yet, the oldest first."""
    return (
        AcceptanceLine.objects.filter(nature__in=[Nature.PROPERTY, Nature.CONSUMABLE], stored__lt=F("accepted"))
        .select_related(*LINE_RELATIONS)
        .annotate(left=ExpressionWrapper(F("accepted") - F("stored"), output_field=QuantityField()))
        .order_by("acceptance__day", "pk")
    )


def stock_now() -> QuerySet[StockBalance]:
    """What lies in the store rooms."""
    return StockBalance.objects.filter(quantity__gt=0).select_related("item", "room")


def issues_seen_by(person: Person) -> QuerySet[Issue]:
    """All for who sees the store; everybody those for himself or written by him."""
    if person.has_perm("assets.view_stock"):
        return Issue.objects.all()
    return Issue.objects.filter(Q(recipient=person) | Q(made_by=person))
