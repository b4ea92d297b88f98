"""What stands in an address after the question mark, as values."""

import datetime as dt

from django.http import HttpRequest


def asked_day(request: HttpRequest, name: str) -> dt.date | None:
    """The day ``?name=2026-09-01``; None when there is none or it is no day."""
    try:
        return dt.date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None
