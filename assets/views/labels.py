"""Labels: which cards, which sheet, a look at the first page, the PDF."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from assets.filters import CardFilter
from assets.forms.labels import LabelForm
from assets.labels import labels_of, site_of
from assets.models import Card
from logistics.base.permissions import requires
from logistics.printing.labels import FORMATS, POINT, LabelSheet, Placed, label_pages, labels_pdf
from logistics.school.models import School

ABOUT_THE_SHEET = {"form", "start", "page", "size", "sort"}


def chosen(request: HttpRequest) -> QuerySet[Card]:
    """The ticked cards (``pk``), or what the list's filters in the address leave; nothing without either."""
    keys = [key for key in request.GET.getlist("pk") if key.isdecimal()]
    rows = Card.objects.in_ledger()
    if keys:
        rows = rows.filter(pk__in=keys)
    elif any(value for name, value in request.GET.items() if name in CardFilter.base_filters):
        rows = CardFilter(request.GET, queryset=rows).qs
    elif "all" not in request.GET:
        rows = rows.none()
    return rows.select_related("room").order_by("room__name_sort", "number", "pk")


def laid_out(request: HttpRequest, form: LabelForm, cards: QuerySet[Card]) -> LabelSheet:
    """The cards' labels on the chosen sheet."""
    school = School.current()
    site = site_of(school, request.build_absolute_uri("/"))
    data = form.cleaned_data
    start = data["start"] - 1
    return LabelSheet(_("Labels"), str(school), FORMATS[data["form"]], labels_of(cards, site), start)


def form_of(request: HttpRequest) -> LabelForm:
    """The form as filled in, or with the usual sheet."""
    usual = {name: field.initial for name, field in LabelForm.base_fields.items()}
    return LabelForm({**usual, **{name: request.GET[name] for name in usual if name in request.GET}})


@requires("assets.print_labels")
def choose(request: HttpRequest) -> HttpResponse:
    """Choose the sheet and look at the first page."""
    cards, form = chosen(request), form_of(request)
    count = cards.count()
    if not count:
        messages.info(request, _("Choose the cards first: tick them in the list, or narrow the list down."))
        return redirect("assets:card-list")
    sheet = laid_out(request, form, cards[: FORMATS["a4-5x13"].per_page]) if form.is_valid() else None
    kept = [(name, value) for name, values in request.GET.lists() if name not in ABOUT_THE_SHEET for value in values]
    context = {
        "title": _("Print labels"),
        "form": form,
        "count": count,
        "kept": kept,
        "sheet": sheet,
        "name_size": round(sheet.form.name_size * POINT * 1.15, 2) if sheet else 0,
        "small_size": round(sheet.form.name_size * POINT * 0.95, 2) if sheet else 0,
        "preview": _preview(sheet) if sheet else [],
        "pages": -(-(sheet.start + count) // sheet.form.per_page) if sheet else 0,
    }
    return render(request, "assets/label/choose.html", context)


def _preview(sheet: LabelSheet) -> list[tuple[float, float, Placed]]:
    """Left, top (mm) and words of the labels on the first page."""
    first = next(label_pages(sheet), [])
    return [(*sheet.form.position(place), label) for place, label in enumerate(first, sheet.start)]


@requires("assets.print_labels")
def sheet(request: HttpRequest) -> HttpResponse:
    """The labels as PDF, at their true size."""
    cards, form = chosen(request), form_of(request)
    if not form.is_valid() or not cards.exists():
        return choose(request)
    answer = HttpResponse(labels_pdf(laid_out(request, form, cards)), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="labels.pdf"'
    return answer
