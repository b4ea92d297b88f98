"""The steps that are asked for: checking again, entering, taking back, dropping, starting what died."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from logistics.base.permissions import demand
from logistics.importing.choices import OPEN, RunState
from logistics.importing.columns import specs
from logistics.importing.forms import CommitForm
from logistics.importing.kept import discard
from logistics.importing.models import ImportRun
from logistics.importing.queries import counts
from logistics.importing.services.commits import ask_commit, ask_undo
from logistics.importing.services.mending import leave_rest
from logistics.importing.services.states import move, release
from logistics.importing.services.work import start
from logistics.importing.views.access import for_importers, run_or_404


@for_importers
def commit(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter all rows, or the good ones now with the rest kept to be mended."""
    run = run_or_404(request, pk, change=True)
    if run.state not in OPEN or run.state == RunState.COLUMNS:
        return redirect(run)
    spec = specs()[run.kind]
    found = counts(run)
    form = CommitForm(request.POST or None, instance=run, dated=spec.dated)
    if request.method == "POST" and form.is_valid():
        try:
            asked = form.save(commit=False)
            asked.save(update_fields=["date", "summary"])
            run = ask_commit(run=asked, whole="whole" in request.POST)
        except ValidationError as error:
            form.add_error("date" if spec.dated else None, error)
        else:
            start(run, "commit", request.user)  # type: ignore[arg-type]
            return redirect(run)
    context = {
        "title": _("Enter the rows"),
        "run": run,
        "form": form,
        "counts": found,
        "good": found["new"] + found["changed"],
        "whole": not found["faulty"],
    }
    return render(request, "importing/run/commit.html", context, status=422 if form.errors else 200)


@for_importers
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the whole import back, after a question."""
    run = run_or_404(request, pk)
    spec = specs()[run.kind]
    demand(request, spec.undo_permission)
    if not run.written:
        return redirect(run)
    if request.method == "POST":
        try:
            run = ask_undo(run=run)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            start(run, "undo", request.user)  # type: ignore[arg-type]
        return redirect(run)
    entered = counts(run)["committed"]
    text = ngettext(
        "%(count)d row of “%(file)s” was entered. Taken back, everything is as it was before.",
        "%(count)d rows of “%(file)s” were entered. Taken back, everything is as it was before.",
        entered,
    )
    context = {
        "title": _("Take the import back?"),
        "lead": text % {"count": entered, "file": run.name},
        "form": None,
        "danger": True,
        "submit_label": _("Take it back"),
        "cancel_url": run.get_absolute_url(),
        "spec": spec,
    }
    return render(request, "importing/run/undo.html", context)


@for_importers
@require_POST
def check_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Judge all rows by what the registry holds now."""
    run = run_or_404(request, pk, change=True)
    return step(request, run, RunState.CHECKING, "again")


@for_importers
@require_POST
def leave_rest_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave out all rows that are still faulty."""
    run = run_or_404(request, pk, change=True)
    try:
        leave_rest(run=run)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(run)


@for_importers
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an import up before anything of it was entered; its file and rows stay to be looked at."""
    run = run_or_404(request, pk, change=True)
    try:
        move(run, RunState.DROPPED, message="")
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(run)
    discard(run)
    messages.info(request, _("The import of “%(file)s” was dropped. Nothing was entered.") % {"file": run.name})
    return redirect("importing:run-list")


@for_importers
@require_POST
def restart(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an import back from work that died."""
    run = run_or_404(request, pk, change=True)
    try:
        release(run)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(run)


def step(request: HttpRequest, run: ImportRun, state: RunState, name: str) -> HttpResponse:
    try:
        run = move(run, state, message="")
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        start(run, name, request.user)  # type: ignore[arg-type]
    return redirect(run)
