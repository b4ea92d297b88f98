"""Suggestions for the fields in which a room, person, department or class is typed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html_join

from assets.lookups import LOOKUPS
from logistics.base.permissions import requires


@requires("assets.view_card")
def lookup(request: HttpRequest, kind: str) -> HttpResponse:
    """The options of a datalist for what stands in the asking input."""
    if kind not in LOOKUPS:
        raise Http404
    text = str(next(iter(request.GET.values()), ""))[:60]
    return HttpResponse(
        format_html_join("", '<option value="{}">', ((offer,) for offer in LOOKUPS[kind].suggestions(text)))
    )
