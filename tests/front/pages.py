"""Pages that go wrong, for the tests of the error pages."""

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from logistics.base.permissions import EVERYONE, requires
from logistics.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@requires("school.close_term")
def for_principals(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@requires(EVERYONE)
def damaged(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


@requires(EVERYONE)
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken")


urlpatterns = [
    path("for-principals/", for_principals),
    path("damaged/", damaged),
    path("broken/", broken),
    path("", include("logistics.urls")),
]
