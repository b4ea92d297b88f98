"""What the roof puts around each request: too large uploads, passwords to be replaced, buttons, forms taken."""

from collections.abc import Callable
from contextlib import suppress
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import Resolver404, resolve, reverse

from logistics.front.views.errors import only_by_button, too_large
from logistics.school.models.limits import limit

GetResponse = Callable[[HttpRequest], HttpResponse]
FILES = {"file", "job-file", "run-file"}  # addresses that answer with a file, not a page
FORM_ALLOWANCE = 1024 * 1024  # bytes a form may have besides its file


class UploadSizeMiddleware:
    """Answers 413 from the announced length, before a body above the limit ``upload.megabytes`` is read."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > FORM_ALLOWANCE:
            megabytes = limit("upload.megabytes")
            if int(length) > megabytes * 1024 * 1024 + FORM_ALLOWANCE:
                request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
                return too_large(request, megabytes)
        return self.get_response(request)


class OwnPasswordMiddleware:
    """Whoever got a password from somebody else sets an own one before doing anything else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.open = {reverse(f"front:{name}") for name in ("password", "logout", "language", "healthz")}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and user.must_change_password and request.path not in self.open:
            return redirect("front:password")
        return self.get_response(request)


class SavedMiddleware:
    """Tells the browser that a form was taken (a POST answered by leading on), so that it forgets what was typed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        taken = request.method == "POST" and answer.status_code in {302, 303} and request.user.is_authenticated
        if taken and not answer["Location"].startswith(resolve_url(settings.LOGIN_URL)):
            answer.set_cookie(
                "saved",
                quote(request.path, safe=""),
                max_age=600,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return answer


class ButtonMiddleware:
    """Whoever opens the address of a button (from the history, or led back to it by signing in) is shown the way."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code != 405 or request.method not in {"GET", "HEAD"}:
            return answer
        page = only_by_button(request, page_above(request.path))
        page["Allow"] = answer["Allow"]
        return page


def page_above(path: str) -> str:
    """The nearest page above ``path``: the thing whose button posts there, in the end the home page."""
    while path := path.rstrip("/").rpartition("/")[0]:
        with suppress(Resolver404):
            if resolve(f"{path}/").url_name not in FILES:
                return f"{path}/"
    return "/"
