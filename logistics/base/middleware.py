"""What happens around each request: its id and log line, its language, who acts in it."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from logistics.base.history import acting
from logistics.base.logs import request_id

GetResponse = Callable[[HttpRequest], HttpResponse]
access = logging.getLogger("logistics.access")
BIGGEST = 2**63 - 1  # of a bigint
GIVEN_ID = re.compile(r"[\w-]{1,40}")


class RequestIdMiddleware:
    """Gives each request an id (a proxy's X-Request-ID is kept), answers with it, and logs one line."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        number = given if GIVEN_ID.fullmatch(given) else uuid.uuid4().hex[:12]
        token = request_id.set(number)
        request.id = number  # type: ignore[attr-defined]
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = number
            access.info(
                "%s %s %s %.0fms %s",
                request.method,
                _without_secret(request),
                response.status_code,
                (time.perf_counter() - started) * 1000,
                getattr(getattr(request, "_cached_user", None), "username", "-") or "-",
            )
            return response
        finally:
            request_id.reset(token)


def _without_secret(request: HttpRequest) -> str:
    """The path, without the secret that some addresses are known by (``secret`` in its pattern)."""
    secret = request.resolver_match.kwargs.get("secret", "") if request.resolver_match else ""
    return request.path.replace(secret, "…") if secret else request.path


class PlainSessionMiddleware(SessionMiddleware):
    """A session's cookie that no session can have is none: PostgreSQL refuses to look for some of them."""

    def process_request(self, request: HttpRequest) -> None:
        if not request.COOKIES.get(settings.SESSION_COOKIE_NAME, "").isalnum():
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        super().process_request(request)


class ChosenLanguageMiddleware:
    """Chinese, unless the person chose another language; the browser's own wish is not asked."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response


class RowNumberMiddleware:
    """A number in an address that no row can have is nobody's: 404, where a database would refuse to look for it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        if any(isinstance(value, int) and value > BIGGEST for value in kwargs.values()):
            raise Http404


class ActingMiddleware:
    """Whatever a request changes is written into the trail under its person."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting(SimpleLazyObject(lambda: request.user)):
            return self.get_response(request)
