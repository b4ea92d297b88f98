"""The work calendar's tables, cut by noun."""

from logistics.workcalendar.models.feeds import Feed
from logistics.workcalendar.models.series import Series
from logistics.workcalendar.models.tasks import HandOn, Task

__all__ = ["Feed", "HandOn", "Series", "Task"]
