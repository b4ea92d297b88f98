"""Who may do what with a task, and which moves it makes. Nothing is written here."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from logistics.school.models import Person
from logistics.workcalendar.choices import TASK_MOVES, TaskState
from logistics.workcalendar.models import HandOn, Task

KEEP = "workcalendar.manage_calendar"
OVERSEE = "workcalendar.oversee_calendar"


class Refused(ValidationError):
    """A rule of the work calendar forbids this."""


def keeps_calendar(person: Person) -> bool:
    return person.has_perm(KEEP)


def sees_outcome(person: Person, task: Task) -> bool:
    """Read what came of it, with its pictures: whose task it is, who leads. The task itself hangs on the wall."""
    return person.pk in (task.owner_id, task.closed_by_id) or person.has_perm(OVERSEE)


def can_close(person: Person, task: Task) -> bool:
    """Say that it is done, or not and why: whose task it is, and who keeps the calendar."""
    return task.owner_id == person.pk or keeps_calendar(person)


def can_hand_on(person: Person, task: Task) -> bool:
    """Offer it to a colleague: whose task it is. Who keeps the calendar changes the task itself."""
    return task.is_open and task.owner_id == person.pk


def can_answer(person: Person, hand_on: HandOn) -> bool:
    return hand_on.answered_at is None and hand_on.to_id == person.pk


def refuse_keeping(person: Person) -> None:
    if not keeps_calendar(person):
        raise Refused(_("The work calendar is kept by the general-affairs office."))


def refuse_closing(person: Person, task: Task) -> None:
    if not can_close(person, task):
        raise Refused(_("This is somebody else's task."))


def refuse_move(task: Task, state: str) -> None:
    """Raise Refused where the task is in a state that does not lead to ``state``."""
    if state not in TASK_MOVES[task.state]:
        label = str(TaskState(task.state).label)
        raise Refused(_("This task is “%(state)s” by now. Look at it again.") % {"state": label})
