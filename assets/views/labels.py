"""Labels: which cards, which sheet, a look at the first page, the PDF."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from assets import printing
from assets.filters import CardFilter
from assets.forms.labels import LabelForm
from assets.labels import labels_of
from assets.models import Card
from assets.views.papers import deliver, site
from logistics.base.permissions import requires
from logistics.printing.labels import FORMATS, POINT, LabelSheet, label_pages
from logistics.school.models import School
from logistics.school.who import keys

ABOUT_THE_SHEET = {"form", "start", "page", "size", "sort", "print", "csrfmiddlewaretoken"}


def chosen(request: HttpRequest) -> QuerySet[Card]:
    """The ticked cards (``pk``), or what the list's filters in the address leave; nothing without either."""
    asked = request.POST or request.GET
    rows = Card.objects.in_ledger()
    if named := asked.getlist("pk"):
        rows = rows.filter(pk__in=keys(named))
    elif any(value for name, value in asked.items() if name in CardFilter.base_filters):
        rows = CardFilter(asked, queryset=rows).qs
    elif "all" not in asked:
        rows = rows.none()
    return rows.select_related("room").order_by("room__name_sort", "number", "pk")


def form_of(request: HttpRequest) -> LabelForm:
    """The form as filled in, or with the usual sheet."""
    usual = {name: field.initial for name, field in LabelForm.base_fields.items()}
    asked = request.POST or request.GET
    return LabelForm({**usual, **{name: asked[name] for name in usual if name in asked}})


def previewed(request: HttpRequest, form: LabelForm, cards: QuerySet[Card]) -> dict[str, Any]:
    """What the page shows of the first sheet: left, top (mm) and words of each label."""
    if not form.is_valid():
        return {"sheet": None, "preview": []}
    chosen_form, start = FORMATS[form.cleaned_data["form"]], form.cleaned_data["start"] - 1
    labels = labels_of(cards[: chosen_form.per_page - start], site(request))
    sheet = LabelSheet("", School.current().name, chosen_form, labels, start)
    first = enumerate(next(label_pages(sheet), []), start)
    return {
        "sheet": sheet,
        "sheets": -(-(start + cards.count()) // chosen_form.per_page),
        "preview": [(*chosen_form.position(place), label) for place, label in first],
        "name_size": round(chosen_form.name_size * POINT * 1.15, 2),
        "small_size": round(chosen_form.name_size * POINT * 0.95, 2),
    }


@requires("assets.print_labels")
def choose(request: HttpRequest) -> HttpResponse:
    """Choose the sheet, look at the first one, have the PDF made."""
    cards, form = chosen(request), form_of(request)
    if not cards.exists():
        messages.info(request, _("Choose the cards first: tick them in the list, or narrow the list down."))
        return redirect("assets:card-list")
    if "print" in request.POST and form.is_valid():
        rows, data = list(cards.values_list("pk", flat=True)), form.cleaned_data
        wanted = {"cards": rows, "form": data["form"], "start": data["start"] - 1, "site": site(request)}
        return deliver(request, printing.labels, output=request.POST["print"], **wanted)
    asked = request.POST or request.GET
    kept = [(name, value) for name, values in asked.lists() if name not in ABOUT_THE_SHEET for value in values]
    context = {"title": _("Print labels"), "form": form, "count": cards.count(), "kept": kept}
    return render(request, "assets/label/choose.html", context | previewed(request, form, cards))
