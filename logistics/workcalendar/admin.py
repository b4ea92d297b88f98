"""The work calendar's tables in the admin site: to look at. Tasks are entered, given and closed on their pages."""

from django.contrib import admin

from logistics.base.admin import ReadOnlyAdmin
from logistics.workcalendar.models import Checklist, Feed, HandOn, PlanDraft, Proposal, Series, Task


@admin.register(Task)
class TaskAdmin(ReadOnlyAdmin):
    view_permission = "workcalendar.oversee_calendar"
    list_display = ["title", "owner", "department", "starts", "due", "state"]
    list_filter = ["state"]
    list_select_related = ["owner", "department"]
    search_fields = ["title", "owner__name"]
    date_hierarchy = "due"


@admin.register(Series)
class SeriesAdmin(ReadOnlyAdmin):
    view_permission = "workcalendar.view_calendar"
    list_display = ["title", "rhythm", "owner", "first_day", "last_day"]
    list_filter = ["rhythm"]
    list_select_related = ["owner"]
    search_fields = ["title"]


@admin.register(HandOn)
class HandOnAdmin(ReadOnlyAdmin):
    view_permission = "workcalendar.oversee_calendar"
    list_display = ["task", "by", "to", "asked_at", "answered_at", "accepted"]
    list_select_related = ["task", "by", "to"]


@admin.register(Feed)
class FeedAdmin(ReadOnlyAdmin):
    """Whose phone reads the calendar; the secret is shown to its owner alone."""

    view_permission = "workcalendar.manage_calendar"
    list_display = ["__str__", "made_at"]
    list_select_related = ["person"]
    exclude = ["secret"]


@admin.register(Checklist)
class ChecklistAdmin(ReadOnlyAdmin):
    view_permission = "workcalendar.view_calendar"
    list_display = ["title", "kind", "term", "due", "made_by"]
    list_filter = ["kind"]
    list_select_related = ["term__year", "made_by"]
    search_fields = ["title"]


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    view_permission = "workcalendar.manage_calendar"
    list_display = ["title", "draft", "owner", "due", "chosen"]
    list_filter = ["chosen"]
    list_select_related = ["draft", "owner"]
    search_fields = ["title"]


@admin.register(PlanDraft)
class PlanDraftAdmin(ReadOnlyAdmin):
    view_permission = "workcalendar.manage_calendar"
    list_display = ["name", "origin", "year", "made_by", "made_at"]
    list_select_related = ["year", "made_by"]
    search_fields = ["name"]
