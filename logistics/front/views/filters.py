"""A list's filter, kept under a name; each person sees only the own ones."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from logistics.base.permissions import EVERYONE, requires
from logistics.base.views import ListPage
from logistics.front.forms import KeepFilterForm
from logistics.front.models import KeptFilter, query_to_keep


@requires(EVERYONE)
def kept_filters(request: HttpRequest) -> HttpResponse:
    """``at`` is the list with its filter. GET shows the names kept for this list; POST keeps one more or drops one."""
    path, query = _list_at(request.GET.get("at", ""))
    own = KeptFilter.objects.of(request.user).filter(path=path)
    form = KeepFilterForm(request.POST or None)
    if "drop" in request.POST:
        chosen = request.POST["drop"]
        get_object_or_404(own, pk=chosen if chosen.isdecimal() and len(chosen) < 19 else 0).delete()
        return redirect(request.get_full_path())
    if request.method == "POST" and query and form.is_valid():
        name = form.cleaned_data["name"]
        KeptFilter.objects.keep(request.user, path=path, name=name, query=query)
        messages.success(request, _("Kept as “%(name)s”. You find it here and on the home page.") % {"name": name})
        return redirect(f"{path}?{query}")
    context = {"form": form, "kept": own, "at": path, "query": query}
    return render(request, "front/kept_filters.html", context)


def _list_at(address: str) -> tuple[str, str]:
    """Path and query of one of our lists; anything else is no page."""
    try:
        parts = urlsplit(address)
        view = getattr(resolve(parts.path).func, "view_class", object)
    except (ValueError, Resolver404):
        raise Http404 from None
    query = query_to_keep(parts.query)
    if parts.netloc or not issubclass(view, ListPage) or len(query) > 1000 or len(parts.path) > 200:
        raise Http404
    return parts.path, query
