"""What waits for a person about purchase requests. And the month's figures."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Count, Min, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finance.choices import PurchaseState
from finance.models import PurchaseRequest
from finance.queries.purchases import orderable_lines
from logistics.approvals.choices import RouteState
from logistics.approvals.models import Route
from logistics.base.duties import Duty, Fact
from logistics.base.money import money_text
from logistics.school.models import Person


def waiting_for(person: Person) -> Iterator[Duty]:
    """One's own requests that came back; for who orders, approved lines of which something is still to be ordered."""
    yield from _returned(person)
    if person.has_perm("finance.order_goods"):
        yield from _to_order()


def _returned(person: Person) -> Iterator[Duty]:
    for purchase in PurchaseRequest.objects.filter(applicant=person, state=PurchaseState.RETURNED).order_by("pk"):
        route = Route.objects.of(purchase).filter(state=RouteState.RETURNED).first()
        signature = route.signatures.order_by("-pk").first() if route else None
        yield Duty(
            title=_("%(purchase)s was returned to you") % {"purchase": purchase},
            url=purchase.get_absolute_url(),
            detail=signature.note if signature else purchase.purpose,
            since=timezone.localtime(route.ended_at).date() if route and route.ended_at else None,
        )


def _to_order() -> Iterator[Duty]:
    found = orderable_lines().order_by().aggregate(lines=Count("pk"), since=Min("request__approved_at"))
    if found["lines"]:
        said = ngettext("%(count)d approved line to order", "%(count)d approved lines to order", found["lines"])
        yield Duty(
            title=said % {"count": found["lines"]},
            url=reverse("finance:to-buy"),
            since=timezone.localtime(found["since"]).date() if found["since"] else None,
        )


def facts_for(person: Person) -> Iterator[Fact]:
    """This month's requests, and what they come to, for who sees all purchases; one statement."""
    if not person.has_perm("finance.view_purchase"):
        return
    first = timezone.localdate().replace(day=1)
    left_out = [PurchaseState.DRAFT, PurchaseState.WITHDRAWN, PurchaseState.REJECTED]
    rows = PurchaseRequest.objects.filter(submitted_at__date__gte=first).exclude(state__in=left_out)
    sums = rows.aggregate(papers=Count("pk"), amount=Sum("total"))
    address = f"{reverse('finance:purchase-register')}?month={first:%Y-%m}"
    yield Fact(_("Purchase requests"), str(sums["papers"]), address)
    yield Fact(_("Asked for, yuan"), money_text(sums["amount"] or Decimal()), address)
