"""The work that the worker does."""

import datetime as dt

from django_tasks import default_task_backend, task

A_MOMENT = dt.timedelta(seconds=1)


@task()
def send_due() -> None:
    """Send what is due, and come back when the next try of what failed is."""
    from logistics.notices.services import send_waiting

    again = send_waiting()
    if again and default_task_backend.supports_defer:
        send_due.using(run_after=again + A_MOMENT).enqueue()
