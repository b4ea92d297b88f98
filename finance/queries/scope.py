"""Whose comparisons, orders, acceptances, claims and payments somebody sees."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from finance.models import Acceptance, Claim, Comparison, Order, Payment, PurchaseRequest
from logistics.approvals.models import Route
from logistics.base.links import Link
from logistics.school.models import Person


def claims_seen_by(person: Person) -> QuerySet[Claim]:
    """One's own, those one signs, all for who may see all."""
    if person.has_perm("finance.view_claim"):
        return Claim.objects.all()
    routes = _signed(person, "finance.claim")
    return Claim.objects.filter(Q(claimant=person) | Q(pk__in=routes))


def payments_seen_by(person: Person) -> QuerySet[Payment]:
    """Payments of the claims one sees."""
    payments: QuerySet[Payment] = Payment.objects.all()
    return payments if person.has_perm("finance.view_payment") else payments.filter(claim__in=claims_seen_by(person))


def orders_seen_by(person: Person) -> QuerySet[Order]:
    """All for who may see orders; for others those of goods they asked for."""
    if person.has_perm("finance.view_order"):
        return Order.objects.all()
    return Order.objects.filter(lines__request_line__request__applicant=person).distinct()


def acceptances_seen_by(person: Person) -> QuerySet[Acceptance]:
    """All for who may see them; for others those of goods they asked for, or that they sign."""
    if person.has_perm("finance.view_acceptance"):
        return Acceptance.objects.all()
    routes = _signed(person, "finance.acceptance")
    own = Q(lines__order_line__request_line__request__applicant=person)
    return Acceptance.objects.filter(own | Q(pk__in=routes)).distinct()


def comparisons_seen_by(person: Person) -> QuerySet[Comparison]:
    """All for who may see comparisons; for others those they sign."""
    if person.has_perm("finance.view_comparison"):
        return Comparison.objects.all()
    return Comparison.objects.filter(pk__in=_signed(person, "finance.comparison"))


def _signed(person: Person, kind: str) -> Any:
    """Keys of the papers of a kind this person is or was asked to sign."""
    return Route.objects.filter(kind=kind).concerning(person).values("object_id")


def papers_of(purchase: PurchaseRequest, person: Person) -> list[Link]:
    """The comparisons, orders and acceptances that came of a request, as far as this person sees them."""
    rows: list[tuple[str, QuerySet[Any]]] = [
        (_("Comparison of quotes"), comparisons_seen_by(person).filter(lines__request_line__request=purchase)),
        (_("Purchase order"), orders_seen_by(person).filter(lines__request_line__request=purchase)),
        (
            _("Acceptance of goods"),
            acceptances_seen_by(person).filter(lines__order_line__request_line__request=purchase),
        ),
    ]
    return [
        Link(f"{label} {paper}", paper.get_absolute_url())
        for label, found in rows
        for paper in found.only("number").order_by("pk").distinct()
    ]
