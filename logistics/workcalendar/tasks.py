"""The work that the worker does every morning."""

import datetime as dt

from django.utils import timezone
from django_tasks import TaskResultStatus, default_task_backend, task
from django_tasks_db.models import DBTaskResult

MORNING = dt.time(7)


@task()
def remind() -> None:
    """Make the tasks of years entered since, remind people of theirs, and come back tomorrow morning."""
    from logistics.workcalendar.services.reminders import remind_owners
    from logistics.workcalendar.services.series import make_every_year

    make_every_year()
    remind_owners()
    remind_tomorrow()


def remind_tomorrow() -> None:
    """Have it done next morning, if that is not planned yet; a queue that cannot wait never does."""
    if default_task_backend.supports_defer and not _planned():
        day = timezone.localdate() + dt.timedelta(days=1)
        remind.using(run_after=timezone.make_aware(dt.datetime.combine(day, MORNING))).enqueue()


def _planned() -> bool:
    """Whether a morning is waiting in the queue already."""
    waiting = DBTaskResult.objects.filter(task_path=remind.module_path, status=TaskResultStatus.READY)
    return waiting.exists()
