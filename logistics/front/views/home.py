"""Home: what waits for the person. And the watcher's address."""

import logging
import tempfile
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from logistics.base.permissions import EVERYONE, requires
from logistics.front.inbox import coming_for, facts_of, waiting_for
from logistics.front.menu_of import menu_of
from logistics.front.models import KeptFilter

log = logging.getLogger(__name__)


@requires(EVERYONE)
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the person, oldest and overdue first; below it what the month brings."""
    tiles = [line for heading in menu_of(request.user) for line in heading.lines if line.about]
    context = {
        "duties": waiting_for(request.user),
        "coming": coming_for(request.user),
        "tiles": tiles,
        "kept": KeptFilter.objects.of(request.user),
        "facts": facts_of(request.user),
    }
    return render(request, "front/home.html", context)


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """For the watcher: 200 while the database answers and the data folder can be written, else 503 and what fails."""
    failing = list(_failing())
    return JsonResponse({"status": "failing" if failing else "ok", "failing": failing}, status=503 if failing else 200)


def _failing() -> Iterable[str]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:
        log.exception("the database does not answer")
        yield "database"
    try:
        with tempfile.TemporaryFile(dir=settings.DATA_DIR) as probe:
            probe.write(b"ok")
    except OSError:
        log.exception("the data folder cannot be written")
        yield "storage"
