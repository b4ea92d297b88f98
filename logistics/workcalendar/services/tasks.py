"""Tasks: entering and changing them, done, not done, handed on with the other's consent."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from logistics.base.changes import change
from logistics.notices.services import notify
from logistics.records import attachments
from logistics.school.models import Person
from logistics.workcalendar import rules
from logistics.workcalendar.choices import TaskState
from logistics.workcalendar.models import HandOn, Task
from logistics.workcalendar.rules import Refused

GIVEN = gettext_noop("A task for you: %(task)s, until %(day)s.")
OFFERED = gettext_noop("%(by)s would like to hand on to you: %(task)s, until %(day)s.")
TAKEN = gettext_noop("%(to)s takes over: %(task)s.")
KEPT = gettext_noop("%(to)s cannot take over: %(task)s.")


@transaction.atomic
def save_task(*, person: Person, task: Task | None = None, **fields: Any) -> Task:
    """Enter or change a task (title, detail, department, owner, starts, due, proof, source).

    Its new owner is told. A task of a series keeps its own days from then on. Raises Refused: not the calendar's
    keeper; ValidationError by field.
    """
    rules.refuse_keeping(person)
    row = _held(task) if task else Task()
    owner, days = row.owner_id, (row.starts, row.due)
    change(row, **fields)
    if row.series_id and (row.starts, row.due) != days and not row.by_hand:
        change(row, by_hand=True)
    if row.owner_id != owner:
        _withdraw_hand_on(row)
        if row.owner and row.owner != person and row.is_open:
            _tell(row, [row.owner], GIVEN)
    return row


@transaction.atomic
def finish(*, person: Person, task: Task, note: str = "", uploads: Iterable[UploadedFile[Any]] = ()) -> Task:
    """It is done; ``note`` and pictures or PDFs are the proof.

    A point of a list of plans or summaries is done by handing in a file, which may be one of Word or Excel as well.
    Raises Refused: not his, done or dropped already, no file where one is wanted.
    """
    row = _close(person, task, TaskState.DONE, note)
    for upload in uploads:
        attachments.attach(person=person, record=row, upload=upload, office=row.wants_file)
    if row.wants_file and not attachments.of(row).exists():
        raise Refused({"photo": _("Hand in the file itself.")})
    return row


@transaction.atomic
def fail(*, person: Person, task: Task, reason: str) -> Task:
    """It is not done, and why. Raises Refused: not his, no reason, closed already."""
    if not reason.strip():
        raise Refused({"reason": _("Say why it was not done.")})
    return _close(person, task, TaskState.NOT_DONE, reason)


@transaction.atomic
def reopen(*, person: Person, task: Task) -> Task:
    """It is to be done again; what was said of it stays in its history. Raises Refused: not his, open already."""
    row = _held(task)
    rules.refuse_closing(person, row)
    rules.refuse_move(row, TaskState.OPEN)
    change(row, state=TaskState.OPEN, note="", closed_at=None, closed_by=None)
    return row


@transaction.atomic
def drop(*, person: Person, task: Task, reason: str = "") -> Task:
    """It is not needed; the sheet shows it no more. Raises Refused: not the calendar's keeper, closed already."""
    rules.refuse_keeping(person)
    row = _held(task)
    rules.refuse_move(row, TaskState.DROPPED)
    change(row, state=TaskState.DROPPED, note=reason.strip(), by_hand=row.series_id is not None)
    _withdraw_hand_on(row)
    return row


@transaction.atomic
def hand_on(*, person: Person, task: Task, to: Person, reason: str = "") -> HandOn:
    """Offer the task to a colleague, who is told. Until he agrees it stays where it is.

    Raises Refused: not his, to himself or somebody who left, offered already.
    """
    row = _held(task)
    if not rules.can_hand_on(person, row):
        raise Refused(_("Only your own open tasks can be handed on."))
    if to == person or not to.is_active:
        raise Refused({"to": _("Choose a colleague.")})
    if row.hand_ons.filter(answered_at=None).exists():
        raise Refused(_("It is offered to somebody already; his answer is awaited."))
    offer = HandOn(task=row, to=to, by=person, reason=reason.strip())
    try:
        with transaction.atomic():
            offer.save()
    except IntegrityError as error:
        raise Refused(_("It is offered to somebody already; his answer is awaited.")) from error
    _tell(row, [to], OFFERED, by=person.name)
    return offer


@transaction.atomic
def answer(*, person: Person, offer: HandOn, accepted: bool, said: str = "") -> HandOn:
    """Take the task over, or not; who offered it is told. Raises Refused: not asked, answered, closed meanwhile."""
    task = _held(offer.task)
    row = HandOn.objects.select_related("by", "to").get(pk=offer.pk)
    if not rules.can_answer(person, row):
        raise Refused(_("This is answered, or not asked of you."))
    if accepted and not (task.is_open and task.owner_id == row.by_id):
        raise Refused(_("The task has been closed or given to somebody else meanwhile."))
    change(row, answered_at=timezone.now(), accepted=accepted, answer=said.strip())
    if accepted:
        change(task, owner=person)
    _tell(task, [row.by], TAKEN if accepted else KEPT, to=person.name)
    return row


def _close(person: Person, task: Task, state: str, note: str) -> Task:
    row = _held(task)
    rules.refuse_closing(person, row)
    rules.refuse_move(row, state)
    change(row, state=state, note=note.strip(), closed_at=timezone.now(), closed_by=person)
    _withdraw_hand_on(row)
    return row


def _held(task: Task) -> Task:
    try:
        return Task.objects.select_for_update(of=["self"]).select_related("owner", "checklist").get(pk=task.pk)
    except Task.DoesNotExist as error:
        raise ValidationError(_("This task is gone.")) from error


def _withdraw_hand_on(task: Task) -> None:
    """What waits for an answer no longer does."""
    for row in task.hand_ons.filter(answered_at=None):
        change(row, answered_at=timezone.now(), accepted=False)


def _tell(task: Task, people: list[Person], message: str, **names: str) -> None:
    params = {"task": task.title, "day": _day(task.due), **names}
    notify(people=people, message=message, params=params, url=task.get_absolute_url())


def _day(day: dt.date) -> str:
    return f"{day:%Y-%m-%d}"
