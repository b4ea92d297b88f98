"""Pages of accepted goods that enter the books: what is to be entered, as cards, into the store."""

from decimal import Decimal
from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.forms.receipts import EnterCardsForm, EnterLines, EnterStoreForm, all_that_is_left
from assets.queries.origin import proposed_place
from assets.queries.stock import lines_to_enter
from assets.rules import is_property
from assets.services.receipts import enter_as_cards, enter_in_store
from finance.choices import Nature
from finance.models import Acceptance, AcceptanceLine
from logistics.base.filters import PageFilterSet
from logistics.base.money import plain_quantity
from logistics.base.permissions import requires
from logistics.base.views import Column, ConfirmPage, ListPage, posted, say
from logistics.base.views.fixed import by_key, gone, named
from logistics.school.who import who

KEEP = "assets.keep_stock"


class ToEnterFilter(PageFilterSet):
    """What is to be entered, by name, paper or supplier, and by what it becomes."""

    search_fields = (
        "order_line__request_line__name",
        "order_line__request_line__request__number",
        "acceptance__number",
        "order_line__order__supplier__name",
    )
    nature = django_filters.ChoiceFilter(
        label=gettext_lazy("becomes"),
        choices=[(nature, nature.label) for nature in (Nature.PROPERTY, Nature.CONSUMABLE)],
        empty_label=gettext_lazy("all"),
    )

    class Meta:
        model = AcceptanceLine
        fields: list[str] = []


class ToEnter(ListPage):
    """Accepted goods of which something is in no book yet, the oldest first."""

    permission = KEEP
    model = AcceptanceLine
    template_name = "assets/receipt/to_enter.html"
    title = gettext_lazy("To enter in the books")
    filterset_class = ToEnterFilter
    ordering = ("acceptance__day", "pk")
    export_permission = KEEP
    columns = (
        Column(gettext_lazy("Name of goods"), "order_line__request_line__name", value=str),
        Column(gettext_lazy("Acceptance of goods"), "acceptance__number", value="acceptance__number"),
        Column(gettext_lazy("Applicant"), value="order_line__request_line__request__applicant__name", phone=False),
        Column(gettext_lazy("Accepted"), number=True, value="accepted", phone=False),
        Column(gettext_lazy("Still to enter"), number=True, value="left"),
        Column(gettext_lazy("becomes"), "nature", value="get_nature_display"),
        Column(gettext_lazy("What next")),
    )

    def get_queryset(self) -> QuerySet[AcceptanceLine]:
        return lines_to_enter()

    def get_row_queryset(self) -> QuerySet[AcceptanceLine]:
        return lines_to_enter()

    def page_rows(self) -> list[Any]:
        rows = super().page_rows()
        for row in rows:
            row.is_property = row.nature == Nature.PROPERTY
            row.doubtful = row.is_property != is_property(row.order_line.price, row.acceptance.day)
        return rows


class EnterCards(ConfirmPage):
    """Accepted property becomes cards; place, people and class are proposed."""

    permission = KEEP
    template_name = "object_form.html"
    form_class = EnterCardsForm
    submit_label = gettext_lazy("Enter as cards")

    @cached_property
    def line(self) -> AcceptanceLine:
        return get_object_or_404(lines_to_enter().filter(nature=Nature.PROPERTY), pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"pieces": int(self.line.accepted - self.line.stored), **proposed_place(self.line)}

    def save(self, form: EnterCardsForm) -> Any:
        movement = enter_as_cards(person=who(self.request), line=self.line, **form.cleaned_data)
        messages.success(self.request, _("Entered: %(paper)s.") % {"paper": movement})
        return movement

    def get_success_url(self) -> str:
        return str(self.object.get_absolute_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = _("Enter %(goods)s as cards") % {"goods": self.line}
        return super().get_context_data(title=title, cancel_url=reverse("assets:to-enter"), **kwargs)


@requires(KEEP)
def enter_store(request: HttpRequest, pk: int) -> HttpResponse:
    """Consumables of an acceptance go into the store, all that is left unless less is entered."""
    acceptance = get_object_or_404(Acceptance, pk=pk)
    lines = by_key(lines_to_enter().filter(acceptance=acceptance, nature=Nature.CONSUMABLE))
    form = EnterStoreForm(posted(request))
    formset = named(EnterLines(posted(request), initial=all_that_is_left(list(lines.values())), prefix="lines"), lines)
    if not lines or gone(formset):
        messages.error(request, _("Some of it was entered meanwhile. Look at what is left."))
        return redirect("assets:to-enter")
    if request.method == "POST" and form.is_valid() and formset.is_valid():
        wanted = [(each.thing, each.cleaned_data["quantity"] or Decimal(0)) for each in formset]
        try:
            paper = enter_in_store(person=who(request), lines=[pair for pair in wanted if pair[1]], **form.cleaned_data)
        except ValidationError as error:
            say(form, error)
        else:
            messages.success(request, _("Entered: %(paper)s.") % {"paper": paper})
            return redirect(paper)
    for each in formset:
        each.left = plain_quantity(each.thing.accepted - each.thing.stored)
    context = {
        "title": _("Enter %(goods)s in the store") % {"goods": acceptance},
        "form": form,
        "formset": formset,
        "submit_label": _("Enter in the store"),
        "cancel_url": reverse("assets:to-enter"),
    }
    return render(request, "assets/receipt/store.html", context)
