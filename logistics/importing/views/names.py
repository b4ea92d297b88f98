"""Names that nobody knows, settled once for all rows that have them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from logistics.importing.choices import OPEN, RunState
from logistics.importing.models import ImportRun
from logistics.importing.queries import Unsettled, unsettled_names
from logistics.importing.services.mending import CREATE, CREATE_PERMISSION, EMPTY, settle_names
from logistics.importing.services.work import start
from logistics.importing.views.access import for_importers, run_or_404

MOST_AT_ONCE = 100  # on one page; the next come when these are settled
MOST_OFFERED = 400


@for_importers
def names(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the nearest, choose another, create it, leave it empty, or decide later."""
    run = run_or_404(request, pk, change=request.method == "POST")
    if run.state not in OPEN or run.state == RunState.COLUMNS:
        return redirect(run)
    unsettled = unsettled_names(run)
    if request.method == "POST":
        return settle(request, run, unsettled)
    shown = unsettled[:MOST_AT_ONCE]
    kinds = {name.kind: name.widget for name in shown}
    context = {
        "title": _("Names that the school does not know"),
        "run": run,
        "names": list(enumerate(shown)),
        "more": len(unsettled) - len(shown),
        "may_create": request.user.has_perm(CREATE_PERMISSION),
        "creatable": sum(name.creatable for name in shown),
        "lists": {kind: list(widget.names[:MOST_OFFERED]) for kind, widget in kinds.items()},
    }
    return render(request, "importing/run/names.html", context)


def settle(request: HttpRequest, run: ImportRun, unsettled: list[Unsettled]) -> HttpResponse:
    choices = chosen(request.POST, unsettled)
    if not choices:
        messages.info(request, _("Nothing was chosen, so nothing has changed."))
        return redirect("importing:run-names", run.pk)
    try:
        problems = settle_names(run=run, person=request.user, choices=choices)  # type: ignore[arg-type]
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(run)
    for problem in problems:
        messages.error(request, problem)
    run.refresh_from_db()
    start(run, "again", request.user)  # type: ignore[arg-type]
    return redirect(run)


def chosen(data: QueryDict, unsettled: list[Unsettled]) -> dict[tuple[str, str], str]:
    """What was chosen by name; the page's names come back as ``kind-n`` and ``text-n``, as the list may have moved."""
    known = {(name.kind, name.text): name for name in unsettled}
    found: dict[tuple[str, str], str] = {}
    for number in range(MOST_AT_ONCE):
        key = (data.get(f"kind-{number}", ""), data.get(f"text-{number}", ""))
        if key not in known:
            continue
        choice = data.get(f"choice-{number}", "later")
        if "create_all" in data and known[key].creatable and choice == "later":
            choice = CREATE
        other = data.get(f"other-{number}", "").strip()
        if other and choice in ("later", "other"):
            found[key] = other
        elif choice in (CREATE, EMPTY):
            found[key] = choice
        elif choice.startswith("near:"):
            found[key] = choice.removeprefix("near:")
    return found
