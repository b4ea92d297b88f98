"""Error pages in the product's look and language that say what to do."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)):
        return too_large(request)
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def only_by_button(request: HttpRequest, back: str) -> HttpResponse:
    """An address that a button posts to was opened by itself; ``back`` is the page the button stands on."""
    return render(request, "errors/405.html", {"back": back}, status=405)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without request, database or session: any of them may be what failed."""
    context = {"language": get_language(), "request_id": getattr(request, "id", "")}
    return HttpResponse(render_to_string("errors/500.html", context), status=500)


@login_not_required
def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token no longer fits: it lay open too long, or somebody signed in or out meanwhile."""
    return render(request, "errors/expired_form.html", {"back": request.get_full_path()}, status=403)


def too_large(request: HttpRequest, megabytes: Any = None) -> HttpResponse:
    """More was sent than one may upload; said before the body is read."""
    return render(request, "errors/413.html", {"megabytes": megabytes}, status=413)
