"""What the roof puts around each request: uploads that are too large, passwords that have to be replaced."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from logistics.front.views.errors import too_large
from logistics.school.models.limits import limit

GetResponse = Callable[[HttpRequest], HttpResponse]
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
