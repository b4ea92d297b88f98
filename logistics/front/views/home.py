"""Home: what waits for the person."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from logistics.base.permissions import EVERYONE, requires


@requires(EVERYONE)
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "front/home.html")


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """For the watcher: 200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
