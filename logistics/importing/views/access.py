"""Who reaches an import: its owner, and everybody who may import lists of its kind; for others there is none."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from logistics.base.permissions import EVERYONE, demand, requires
from logistics.importing.columns import ImportSpec, specs
from logistics.importing.models import ImportRun
from logistics.importing.queries import kinds_for, visible_to

View = Callable[..., Any]


def demand_importer(request: HttpRequest) -> None:
    """Raise PermissionDenied for who may import no list at all and has begun none."""
    person: Any = request.user
    if not kinds_for(person) and not ImportRun.objects.filter(person=person).exists():
        raise PermissionDenied


def for_importers(view: View) -> View:
    """The view is for people who may import some list; which one is asked by ``spec_or_404`` and ``run_or_404``."""

    @requires(EVERYONE)
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        demand_importer(request)
        answer: HttpResponse = view(request, *args, **kwargs)
        return answer

    return guarded


def spec_or_404(request: HttpRequest, kind: str, *, export: bool = False) -> type[ImportSpec]:
    """The kind of list, for who may import (or export) it. Raises Http404, PermissionDenied."""
    if kind not in specs():
        raise Http404
    spec = specs()[kind]
    demand(request, spec.export_permission if export else spec.permission)
    return spec


def run_or_404(request: HttpRequest, pk: int, *, change: bool = False) -> ImportRun:
    """An import this person may see; with ``change`` one he may go on with. Raises Http404, PermissionDenied."""
    person: Any = request.user
    run = visible_to(person).select_related("person", "undone_by").filter(pk=pk).first()
    if run is None:
        raise Http404
    if change:
        demand(request, specs()[run.kind].permission)
    return run
