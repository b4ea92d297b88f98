"""All imports, a new one, one with its result, its files."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from logistics.base.permissions import EVERYONE
from logistics.base.views.columns import Column
from logistics.base.views.lists import ListPage
from logistics.base.views.sheets import EXCEL
from logistics.importing.choices import RunState
from logistics.importing.columns import specs
from logistics.importing.export import empty_list, exported
from logistics.importing.forms import UploadForm
from logistics.importing.models import ImportRun
from logistics.importing.progress import progress_of
from logistics.importing.queries import counts, kinds_for, twins_of, visible_to
from logistics.importing.services.marking import marked_copy
from logistics.importing.services.states import is_stuck
from logistics.importing.services.uploads import begin, replace
from logistics.importing.services.work import start
from logistics.importing.views.access import demand_importer, for_importers, run_or_404, spec_or_404
from logistics.records.queries import changes_of

TONES = {
    RunState.COLUMNS: "wait",
    RunState.CHECKING: "plain",
    RunState.PREVIEW: "wait",
    RunState.COMMITTING: "plain",
    RunState.PARTLY: "warn",
    RunState.COMMITTED: "good",
    RunState.UNDOING: "plain",
    RunState.UNDONE: "plain",
    RunState.DROPPED: "plain",
}
RELOAD = 5  # seconds
EXPORTS = {"xlsx": EXCEL, "csv": "text/csv; charset=utf-8"}


class RunList(ListPage):
    """Imports one may see; on top the lists one may import."""

    permission = EVERYONE
    model = ImportRun
    title = gettext_lazy("Import from Excel")
    template_name = "importing/run/list.html"
    columns = [
        Column(gettext_lazy("File"), sort="name"),
        Column(gettext_lazy("List"), sort="kind"),
        Column(gettext_lazy("State"), sort="state"),
        Column(gettext_lazy("Uploaded by"), sort="person__name_sort", phone=False),
        Column(gettext_lazy("Uploaded"), sort="begun_at"),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        demand_importer(request)
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[ImportRun]:
        return visible_to(self.request.user)  # type: ignore[arg-type]

    def get_row_queryset(self) -> QuerySet[ImportRun]:
        return ImportRun.objects.select_related("person").defer("tables", "decisions", "papers")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person: Any = self.request.user
        kinds = kinds_for(person)
        return super().get_context_data(
            kinds=kinds,
            exports=[spec for spec in specs().values() if person.has_perm(spec.export_permission)],
            titles={slug: spec.title for slug, spec in specs().items()},
            tones=TONES,
            **kwargs,
        )


@for_importers
def upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Choose a file or drop it; it is read at once, and nothing of it is entered."""
    spec = spec_or_404(request, kind)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            run = begin(person=request.user, kind=kind, upload=form.cleaned_data["file"])  # type: ignore[arg-type]
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return redirect("importing:run-columns", run.pk)
    context = {"title": _("Import: %(list)s") % {"list": spec.title}, "form": form, "spec": spec, "run": None}
    return render(request, "importing/run/upload.html", context, status=422 if form.errors else 200)


@for_importers
def upload_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A corrected file for the same import."""
    run = run_or_404(request, pk, change=True)
    if run.state not in (RunState.PREVIEW, RunState.PARTLY):
        return redirect(run)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            replace(run=run, upload=form.cleaned_data["file"])
        except ValidationError as error:
            form.add_error("file", error)
        else:
            start(run, "check", request.user)  # type: ignore[arg-type]
            return redirect(run)
    context = {"title": _("Upload the corrected file"), "form": form, "spec": specs()[run.kind], "run": run}
    return render(request, "importing/run/upload.html", context, status=422 if form.errors else 200)


@for_importers
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the import stands: the page of its next step, its progress, or what came of it."""
    run = run_or_404(request, pk)
    if run.state == RunState.COLUMNS:
        return redirect("importing:run-columns", run.pk)
    if run.state == RunState.PREVIEW:
        return redirect("importing:row-list", run.pk)
    return progress(request, pk) if run.at_work else result(request, run)


def result(request: HttpRequest, run: ImportRun) -> HttpResponse:
    spec = specs()[run.kind]
    context = {
        "title": run.name,
        "run": run,
        "spec": spec,
        "tone": TONES[RunState(run.state)],
        "counts": counts(run),
        "may_undo": run.written and request.user.has_perm(spec.undo_permission),
        "may_change": request.user.has_perm(spec.permission),
        "twins": twins_of(run)[:5],
        "entries": changes_of(run),
    }
    return render(request, "importing/run/detail.html", context)


@for_importers
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the work has come; the page may be left and found again."""
    run = run_or_404(request, pk)
    if not run.at_work:
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponse(headers={"HX-Redirect": run.get_absolute_url()})
        return redirect(run)
    context = {"title": run.name, "run": run, "progress": progress_of(run.pk), "stuck": is_stuck(run)}
    partial = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    answer = render(request, f"importing/run/{'_progress' if partial else 'progress'}.html", context)
    if not partial:
        answer["Refresh"] = str(RELOAD)  # where scripts are off
    return answer


@for_importers
@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The file as it was uploaded."""
    run = run_or_404(request, pk)
    try:
        content = run.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(content, as_attachment=True, filename=run.name, content_type="application/octet-stream")


@for_importers
@require_GET
def marked(request: HttpRequest, pk: int) -> HttpResponse:
    """The file with its faults marked."""
    run = run_or_404(request, pk)
    try:
        content = marked_copy(run)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(run)
    stem = run.name.rpartition(".")[0] or run.name
    return download(content, _("%(file)s, problems marked.xlsx") % {"file": stem}, EXCEL)


@for_importers
@require_GET
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty list with the right headers."""
    spec = spec_or_404(request, kind)
    return download(empty_list(spec()), f"{spec.title}.xlsx", EXCEL)


@for_importers
@require_GET
def export(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """All records of a kind as a list that can be imported again."""
    spec = spec_or_404(request, kind, export=True)
    if form not in EXPORTS:
        raise Http404
    return download(exported(spec(), form), f"{spec.title}.{form}", EXPORTS[form])


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})
