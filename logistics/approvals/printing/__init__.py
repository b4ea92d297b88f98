"""The record of a collective decision on paper, from what was signed."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics.approvals.boxes import boxes_of, maker_box
from logistics.approvals.models import Decision, Route
from logistics.printing.catalogue import paper_form
from logistics.printing.papers import Fact, Kind, Look, Paper
from logistics.school.models import Person, School


@paper_form(title=gettext_lazy("Record of a collective decision"), permission="approvals.view_decision")
def decision_record(person: Person, *, decision: int) -> Paper:
    """集体决策记录 (forms.md): all of it, and a box for everybody present."""
    route = Route.objects.of(Decision.objects.get(pk=decision)).get()
    facts: dict[str, Any] = route.facts
    votes_for, against, abstained = facts["votes"]
    return Paper(
        title=_("Record of a collective decision"),
        school=School.current().name,
        number=facts["number"],
        day=dt.date.fromisoformat(facts["held_at"][:10]),
        look=Look.FORM,
        facts_per_row=2,
        facts=(
            Fact(_("Time"), facts["held_at"]),
            Fact(_("Held at"), facts["place"]),
            Fact(_("Chaired by"), facts["chaired_by"]),
            Fact(_("Recorded by"), facts["recorded_by"]),
            Fact(_("Present with a vote"), "、".join(facts["present"]), wide=True),
            Fact(_("Present without a vote"), "、".join(facts["observers"]), wide=True),
            Fact(_("Absent"), "、".join(facts["absent"]), wide=True),
            Fact(_("Topic"), facts["topic"], wide=True),
            Fact(_("Paper discussed"), facts["about"], wide=True),
            Fact(_("Background"), facts["background"], wide=True, lines=2),
            Fact(_("Opinions"), facts["opinions"], wide=True, lines=4),
            Fact(
                _("Votes"),
                _("in favour %(for)d, against %(against)d, abstained %(abstained)d")
                % {"for": votes_for, "against": against, "abstained": abstained},
                wide=True,
            ),
            Fact(_("Resolution"), facts["resolution"], wide=True, lines=2),
            Fact(_("Carried out by"), facts["responsible"]),
            Fact(_("By the day"), facts["due"], Kind.TEXT),
        ),
        signatures=(maker_box(_("Recorded by"), route), *boxes_of(route)),
        bookmark=facts["number"],
    )
