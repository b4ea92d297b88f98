"""The comparison of quotes and the acceptance as papers that travel; both bring their own steps."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from finance.models import Acceptance, Comparison
from finance.queries.scope import acceptances_seen_by, comparisons_seen_by
from finance.services import acceptances, comparisons
from logistics.approvals.kinds import PaperKind
from logistics.approvals.models import Route
from logistics.school.models import Person


def may_see_comparison(person: Person, comparison: Any) -> bool:
    return comparisons_seen_by(person).filter(pk=comparison.pk).exists()


def may_see_acceptance(person: Person, acceptance: Any) -> bool:
    return acceptances_seen_by(person).filter(pk=acceptance.pk).exists()


def comparison_context(person: Person, route: Route) -> dict[str, Any]:
    """The quotes as they are signed."""
    return {"facts": route.facts, "comparison": Comparison.objects.get(pk=route.object_id)}


def acceptance_context(person: Person, route: Route) -> dict[str, Any]:
    """The delivery as it is signed."""
    return {"facts": route.facts, "acceptance": Acceptance.objects.get(pk=route.object_id)}


COMPARISON = PaperKind(
    key=comparisons.KIND,
    label=_("Comparison of quotes"),
    model="finance.Comparison",
    card="finance/comparison/_card.html",
    settle=comparisons.settle,
    context=comparison_context,
    may_see=may_see_comparison,
)
ACCEPTANCE = PaperKind(
    key=acceptances.KIND,
    label=_("Acceptance of goods"),
    model="finance.Acceptance",
    card="finance/acceptance/_card.html",
    settle=acceptances.settle,
    context=acceptance_context,
    may_see=may_see_acceptance,
)
