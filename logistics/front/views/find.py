"""Search over everything one may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from logistics.base.offers import offered
from logistics.base.permissions import EVERYONE, requires
from logistics.base.search import words


@requires(EVERYONE)
def search(request: HttpRequest) -> HttpResponse:
    """What the apps find for this person; each of them looks only through what the person may see."""
    text = request.GET.get("q", "").strip()[:100]
    groups = []
    if words(text):
        groups = [group for module in offered("search") for group in module.find(request.user, text) if group.total]
    return render(request, "front/search.html", {"q": text, "groups": groups})
