"""What waits for a person about money: goods to claim, claims that came back, claims to pay."""

from collections.abc import Iterator

from django.db.models import Count, F, Min, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finance.choices import ClaimState
from finance.models import Claim, Order
from finance.rules.claims import COUNTED, LIVE
from logistics.base.duties import Duty
from logistics.base.fields import MoneyField
from logistics.base.money import money_text
from logistics.school.models import Person


def waiting_for(person: Person) -> Iterator[Duty]:
    """For who bought, accepted goods nobody claims yet; claims that came back; for the cashier signed ones."""
    permissions = person.get_all_permissions()
    if "finance.file_claim" in permissions:
        yield from _to_claim(person)
        yield from _returned(person)
    if "finance.pay" in permissions:
        yield from _to_pay()


def _to_claim(person: Person) -> Iterator[Duty]:
    claims = Claim.objects.filter(order=OuterRef("pk"), state__in=[*COUNTED, *LIVE]).order_by()
    claimed = claims.values("order").annotate(sum=Sum("amount")).values("sum")
    orders = Order.objects.filter(bought_by=person).annotate(
        claimed=Coalesce(Subquery(claimed), Value(0, MoneyField()))
    )
    drafts = Claim.objects.filter(state__in=LIVE).values("order")
    waiting = orders.filter(accepted__gt=F("claimed")).exclude(pk__in=drafts)
    for order in waiting.select_related("supplier").defer("facts").order_by("pk")[:10]:
        yield Duty(
            title=_("Claim %(order)s with its invoices") % {"order": order},
            url=order.get_absolute_url(),
            detail=f"{order.supplier} · ¥{money_text(order.accepted)}",
            since=order.day,
        )


def _returned(person: Person) -> Iterator[Duty]:
    for claim in Claim.objects.filter(claimant=person, state=ClaimState.RETURNED).order_by("pk"):
        yield Duty(
            title=_("%(purchase)s was returned to you") % {"purchase": claim},
            url=claim.get_absolute_url(),
            detail=claim.purpose,
        )


def _to_pay() -> Iterator[Duty]:
    rows = Claim.objects.filter(state=ClaimState.APPROVED)
    found = rows.aggregate(count=Count("pk"), amount=Sum("amount"), paid=Sum("paid"), since=Min("submitted_at"))
    if found["count"]:
        title = ngettext("Pay %(count)d signed claim", "Pay %(count)d signed claims", found["count"])
        yield Duty(
            title=title % {"count": found["count"]},
            url=reverse("finance:to-pay"),
            detail=f"¥{money_text(found['amount'] - found['paid'])}",
            since=timezone.localtime(found["since"]).date() if found["since"] else None,
        )
