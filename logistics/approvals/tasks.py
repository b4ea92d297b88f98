"""The work that the worker does."""

import datetime as dt

from django.db import transaction
from django_tasks import default_task_backend, task


@task()
def remind_step(step_id: int) -> None:
    """Remind those an open step waits for, and come back until it is signed."""
    from logistics.approvals.services.reminders import remind

    if again := remind(step_id):
        remind_later(step_id, again)


def remind_later(step_id: int, moment: dt.datetime) -> None:
    """Look at the step again at ``moment``, once the transaction holds; a queue that cannot wait never does."""
    if default_task_backend.supports_defer:
        transaction.on_commit(lambda: remind_step.using(run_after=moment).enqueue(step_id))
