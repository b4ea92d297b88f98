"""The work that the worker does."""

from django_tasks import task

from logistics.printing.services import make


@task()
def produce(job_id: int) -> None:
    """Make the file of a waiting print."""
    make(job_id)
