"""What the store holds and what is still to be entered in the books; who sees which slip. Reads only."""

from decimal import Decimal

from django.db.models import ExpressionWrapper, F, Q, QuerySet, Sum, Window

from assets.choices import IssueState
from assets.models import Card, Issue, IssueLine, StockBalance, StockEntry, StockItem, StockPaper
from finance.choices import AcceptanceState, Nature
from finance.models import AcceptanceLine, PurchaseRequest
from logistics.base.fields import QuantityField
from logistics.school.choices import RoomKind
from logistics.school.models import Person, Room

LINE_RELATIONS = (
    "acceptance",
    "order_line__order__supplier",
    "order_line__request_line__request__applicant",
)
LIVE_ISSUES = [IssueState.WAITING, IssueState.SIGNED]


def stores() -> QuerySet[Room]:
    """Store rooms in use."""
    return Room.objects.filter(kind=RoomKind.STORE, active=True)


def usual_store() -> Room | None:
    """The store room of the last paper; before the first one any."""
    last = StockPaper.objects.filter(room__in=stores()).select_related("room").order_by("-pk").first()
    return last.room if last else stores().first()


def lines_to_enter() -> QuerySet[AcceptanceLine]:
    """Accepted property and consumables of which something is not in a book yet, the oldest first."""
    return (
        AcceptanceLine.objects.filter(nature__in=[Nature.PROPERTY, Nature.CONSUMABLE], stored__lt=F("accepted"))
        .exclude(acceptance__state=AcceptanceState.VOID)
        .select_related(*LINE_RELATIONS)
        .annotate(left=ExpressionWrapper(F("accepted") - F("stored"), output_field=QuantityField()))
        .order_by("acceptance__day", "pk")
    )


def book_of(item: StockItem) -> QuerySet[StockEntry]:
    """The entries of an item, each with what was left in its room after it (``left``), the latest first."""
    after = Window(Sum("quantity"), partition_by="room", order_by=["day", "paper_id", "pk"])
    entries: QuerySet[StockEntry] = StockEntry.objects.filter(item=item).select_related("paper", "room")
    return entries.annotate(left=after).order_by("-day", "-paper_id", "-pk")


def issues_seen_by(person: Person) -> QuerySet[Issue]:
    """All for who sees the store; everybody those for himself or written by him."""
    if person.has_perm("assets.view_stock"):
        return Issue.objects.all()
    return Issue.objects.filter(Q(recipient=person) | Q(made_by=person))


def cards_to_hand_over(purchase: PurchaseRequest) -> list[Card]:
    """Cards of what was bought on a request that stand on no slip yet."""
    handed = IssueLine.objects.filter(issue__state__in=LIVE_ISSUES, card__isnull=False).order_by()
    bought = Card.objects.in_ledger().filter(acceptance_line__order_line__request_line__request=purchase)
    return list(bought.exclude(pk__in=handed.values("card")).order_by("number"))


def goods_to_issue(purchase: PurchaseRequest, room: Room | None) -> list[tuple[StockItem, Decimal]]:
    """What came into the store on a request and went out on none of its slips, as far as it lies in the room."""
    entered = StockEntry.objects.filter(acceptance_line__order_line__request_line__request=purchase)
    came = dict(entered.order_by().values_list("item").annotate(Sum("quantity")))
    live = IssueLine.objects.filter(issue__purchase=purchase, issue__state__in=LIVE_ISSUES, item__in=came)
    went = dict(live.order_by().values_list("item").annotate(Sum("issued")))
    balances = StockBalance.objects.filter(item__in=came, room=room).select_related("item").order_by("item")
    left = [(row.item, min(row.quantity, came[row.item_id] - went.get(row.item_id, Decimal(0)))) for row in balances]
    return [(item, quantity) for item, quantity in left if quantity > 0]
