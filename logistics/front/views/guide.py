"""The guides: one screen for each part one plays."""

from dataclasses import dataclass

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from logistics.base.permissions import EVERYONE, requires


@dataclass(frozen=True)
class Guide:
    """A guide's title and for whom it is; ``pictures`` lie under static/guide, taken by script/screenshots."""

    title: str | Promise
    about: str | Promise
    pictures: tuple[str, ...]


GUIDES = {
    "teacher": Guide(
        _("How a teacher asks for a purchase"),
        _("Write it, send it, see where it is"),
        ("teacher-new.png", "teacher-story.png"),
    ),
    "principal": Guide(
        _("The principal's six words"),
        _("Request, sign, compare, accept, pay, publish"),
        ("principal-inbox.png", "principal-sign.png"),
    ),
    "calendar": Guide(
        _("How the year’s plan is made"),
        _("What comes round, what is once, checklists, the sheet on the wall"),
        ("calendar-sheet.png", "calendar-checklist.png"),
    ),
}


@requires(EVERYONE)
def index(request: HttpRequest) -> HttpResponse:
    """All guides."""
    return render(request, "front/guide/index.html", {"title": _("How to"), "guides": GUIDES})


@requires(EVERYONE)
def page(request: HttpRequest, name: str) -> HttpResponse:
    """One guide, with those of its pictures that were taken."""
    if name not in GUIDES:
        raise Http404
    guide = GUIDES[name]
    pictures = [f"guide/{picture}" for picture in guide.pictures if finders.find(f"guide/{picture}")]
    return render(request, f"front/guide/{name}.html", {"title": guide.title, "guide": guide, "pictures": pictures})
