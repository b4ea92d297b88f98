"""What may still be claimed. Reads only."""

from django.db.models import ExpressionWrapper, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from finance.models import Claim, Order
from finance.rules.claims import COUNTED, LIVE
from logistics.base.fields import MoneyField
from logistics.school.models import Person


def orders_to_claim(person: Person) -> QuerySet[Order]:
    """Orders this person placed of which more was accepted than claims, drafts too, ask for: ``left`` yuan more."""
    claims = Claim.objects.filter(order=OuterRef("pk"), state__in=[*COUNTED, *LIVE]).order_by()
    sums = Subquery(claims.values("order").annotate(sum=Sum("amount")).values("sum"))
    orders: QuerySet[Order] = Order.objects.filter(bought_by=person).defer("facts").select_related("supplier")
    left = ExpressionWrapper(F("accepted") - Coalesce(sums, Value(0, MoneyField())), MoneyField())
    return orders.annotate(left=left).filter(left__gt=0)
