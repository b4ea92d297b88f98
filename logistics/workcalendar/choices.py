"""The fixed choices of the work calendar, and the moves a task may make."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Rhythm(TextChoices):
    """How often something comes round, as a school says it."""

    TERM_WEEK = "term_week", _("In a week of the term")
    WEEKLY = "weekly", _("Every week of the term")
    SCHOOL_DAY = "school_day", _("Every school day")
    MONTH = "month", _("In a month")
    MONTH_DAY = "month_day", _("On a day of the month")
    MONTH_WEEKDAY = "month_weekday", _("On a weekday of the month")
    BEFORE_HOLIDAY = "before_holiday", _("On the last school day before a holiday")
    TERM_START = "term_start", _("Around the first day of term")
    TERM_END = "term_end", _("Around the last day of term")


class Shift(TextChoices):
    """Where an occasion goes that falls on a day without lessons."""

    BEFORE = "before", _("to the school day before")
    AFTER = "after", _("to the school day after")
    KEEP = "keep", _("it stays on its day")
    SKIP = "skip", _("it is left out")


class PlanList(TextChoices):
    """The lists of the templates."""

    AUTUMN = "autumn", _("First term, September to January")
    SPRING = "spring", _("Second term and summer")
    ALWAYS = "always", _("All year: daily, weekly, monthly, each term")


class DraftOrigin(TextChoices):
    """Where the lines of a plan being made come from."""

    WRITTEN = "written", _("read from a text")
    COPIED = "copied", _("from an earlier year")


class ChecklistKind(TextChoices):
    """What a list of a term is for. Plans and summaries are handed in as files, one a department."""

    TERM_START = "term_start", _("Before and at the start of term")
    TERM_END = "term_end", _("At the end of term")
    PLANS = "plans", _("Plans of the departments")
    SUMMARIES = "summaries", _("Summaries of the departments")


HANDED_IN = (ChecklistKind.PLANS, ChecklistKind.SUMMARIES)


class TaskState(TextChoices):
    OPEN = "open", pgettext_lazy("task", "to do")
    DONE = "done", pgettext_lazy("task", "done")
    NOT_DONE = "not_done", pgettext_lazy("task", "not done")
    DROPPED = "dropped", pgettext_lazy("task", "dropped")


TASK_MOVES: dict[str, frozenset[str]] = {
    TaskState.OPEN: frozenset({TaskState.DONE, TaskState.NOT_DONE, TaskState.DROPPED}),
    TaskState.DONE: frozenset({TaskState.OPEN}),
    TaskState.NOT_DONE: frozenset({TaskState.OPEN, TaskState.DONE}),
    TaskState.DROPPED: frozenset({TaskState.OPEN}),
}
