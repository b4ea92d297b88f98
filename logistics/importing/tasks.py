"""The work that the worker does."""

from django.utils import translation
from django_tasks import task

from logistics.base.history import acting
from logistics.importing.services.work import perform
from logistics.school.models import Person


@task()
def work(run_id: int, step: str, attempt: int, *, person_id: int, principal_id: int | None, language: str) -> None:
    """Do a step of an import for the person who asked for it, in that person's language."""
    people = Person.objects.in_bulk([pk for pk in (person_id, principal_id) if pk])
    person = people[person_id]
    with acting(person, on_behalf_of=people.get(principal_id or 0)), translation.override(language):
        perform(run_id, step, attempt, person)
