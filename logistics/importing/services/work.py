"""The long steps of a run: checking, committing, undoing; done at once for a short list, else by the worker."""

import logging
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from logistics.base.collecting import collecting_later
from logistics.base.history import acting, now_acting
from logistics.base.statistics import count_anew
from logistics.importing.models import ImportRun
from logistics.importing.progress import Reporter
from logistics.importing.services.commits import commit_rows, undo_rows
from logistics.importing.services.rows import check_again, check_all
from logistics.importing.services.states import Superseded, finish, resting_state
from logistics.school.models import Person

log = logging.getLogger(__name__)
AT_ONCE = 1000  # rows that are worked on while the person waits, about a second
STEPS: dict[str, Callable[[ImportRun], None]] = {
    "check": check_all,
    "again": check_again,
    "commit": commit_rows,
    "undo": undo_rows,
}


def start(run: ImportRun, step: str, person: Person) -> None:
    """Begin a step of a run that has been moved to its state: here for a short list, in the worker for a long one."""
    from logistics.importing.tasks import work

    if sum(table["rows"] for table in run.tables) <= AT_ONCE:
        perform(run.pk, step, run.attempt, person)
    else:
        principal = now_acting().on_behalf_of
        principal_id = principal.pk if principal else None
        language = translation.get_language() or "zh-hans"
        transaction.on_commit(
            lambda: work.enqueue(
                run.pk, step, run.attempt, person_id=person.pk, principal_id=principal_id, language=language
            )
        )


def perform(run_id: int, step: str, attempt: int, person: Person) -> None:
    """Do a step. What goes wrong is written on the run as a sentence; nothing of the step is then in the registry."""
    run = ImportRun.objects.select_related("person").get(pk=run_id)
    if run.attempt != attempt or not run.at_work:
        return
    try:
        with acting(person, on_behalf_of=now_acting().on_behalf_of, source=run.source), collecting_later():
            STEPS[step](run)
        count_anew()
    except Superseded:
        log.warning("import %s: step %s was taken over by another attempt", run_id, step)
    except ValidationError as error:
        rest(run_id, attempt, "\n".join(error.messages))
    except Exception:
        log.exception("import %s: step %s failed", run_id, step)
        rest(run_id, attempt, _("The program could not finish this. Nothing was written. Tell the administrator."))
    finally:
        Reporter(run_id, 0).end()


def rest(run_id: int, attempt: int, message: str) -> None:
    """Put a run back to where it waits for its person, with the reason."""
    run = ImportRun.objects.get(pk=run_id)
    if run.attempt == attempt and run.at_work:
        finish(run, resting_state(run), message=message)
