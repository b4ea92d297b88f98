"""The papers of property that travel to be signed: the issue slip, by its recipient."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from assets.queries.stock import issues_seen_by
from assets.services import issues
from logistics.approvals.kinds import PaperKind
from logistics.approvals.models import Route
from logistics.school.models import Person


def may_see(person: Person, issue: Any) -> bool:
    return issues_seen_by(person).filter(pk=issue.pk).exists()


def context(person: Person, route: Route) -> dict[str, Any]:
    """The slip as it is signed."""
    return {"facts": route.facts}


PAPERS = [
    PaperKind(
        key=issues.KIND,
        label=_("Issue slip"),
        model="assets.Issue",
        card="assets/issue/_card.html",
        settle=issues.settle,
        context=context,
        may_see=may_see,
        has_amount=False,
    )
]
