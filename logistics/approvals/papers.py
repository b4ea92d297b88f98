"""The one paper of approvals themselves: the record of a collective decision."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from logistics.approvals.kinds import PaperKind
from logistics.approvals.models import Decision, Route
from logistics.approvals.services.decisions import KIND, settle
from logistics.school.models import Person


def _may_see(person: Person, decision: Any) -> bool:
    return person.has_perm("approvals.view_decision")


def _context(person: Person, route: Route) -> dict[str, Any]:
    decision = Decision.objects.select_related("chaired_by", "recorded_by", "responsible", "route").get(
        pk=route.object_id
    )
    return {"decision": decision, "attendances": decision.attendances.select_related("person")}


PAPERS = [
    PaperKind(
        key=KIND,
        label=_("Collective decision"),
        model="approvals.Decision",
        card="approvals/decision/_card.html",
        settle=settle,
        context=_context,
        may_see=_may_see,
    )
]
