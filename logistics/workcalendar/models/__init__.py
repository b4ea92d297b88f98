"""The work calendar's tables, cut by noun."""

from logistics.workcalendar.models.checklists import Checklist
from logistics.workcalendar.models.drafts import PlanDraft, Proposal
from logistics.workcalendar.models.feeds import Feed
from logistics.workcalendar.models.series import Series
from logistics.workcalendar.models.tasks import HandOn, Task

__all__ = ["Checklist", "Feed", "HandOn", "PlanDraft", "Proposal", "Series", "Task"]
