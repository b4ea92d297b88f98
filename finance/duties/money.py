"""What waits for a person about money: goods to claim, claims that came back, claims to pay."""

from collections.abc import Iterator

from django.db.models import Count, Min, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finance.choices import ClaimState
from finance.models import Claim
from finance.queries.claims import orders_to_claim
from finance.rules.claims import LIVE
from logistics.base.duties import Duty
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
    drafts = Claim.objects.filter(state__in=LIVE).values("order")
    waiting = orders_to_claim(person).exclude(pk__in=drafts)
    for order in waiting.order_by("pk")[:10]:
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
