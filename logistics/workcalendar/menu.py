"""The lines of the work calendar in the menu."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from logistics.base.menu import Place, Section

LOOK = "workcalendar.view_calendar"

MENU = [
    Section(
        _("Work calendar"),
        3,
        [
            Place(
                pgettext_lazy("calendar", "This month"),
                "workcalendar:sheet",
                LOOK,
                about=_("What is to be done, week by week"),
            ),
            Place(_("My tasks"), "workcalendar:my-tasks", LOOK),
            Place(_("All tasks"), "workcalendar:task-list", LOOK),
            Place(_("Checklists"), "workcalendar:checklist-list", LOOK),
            Place(_("Tasks by person"), "workcalendar:load", "workcalendar.oversee_calendar"),
            Place(_("In the phone’s calendar"), "workcalendar:phone", LOOK),
            Place(_("Plan drafts"), "workcalendar:draft-list", "workcalendar.manage_calendar"),
            Place(_("Recurring tasks"), "workcalendar:series-list", "workcalendar.manage_calendar"),
        ],
    )
]
