"""Pages of comparisons: quotes side by side, the choice."""

from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from finance import printing
from finance.choices import COMPARISON_TONES, ComparisonState
from finance.forms.procurement import ChoiceForm, ComparisonForm, QuantityLines, QuoteForm
from finance.models import Comparison, Quote
from finance.queries.comparisons import still_to_order, table_of
from finance.queries.purchases import orderable_lines
from finance.queries.scope import comparisons_seen_by
from finance.services import comparisons as services
from logistics.approvals.queries import story_of
from logistics.base.filters import PageFilterSet
from logistics.base.money import plain_quantity
from logistics.base.permissions import requires
from logistics.base.views import Column, DetailPage, ListPage, ask, posted, say
from logistics.base.views.fixed import by_key, gone, named
from logistics.printing.delivering import deliver
from logistics.records import attachments
from logistics.records.views.files import show_file
from logistics.school.who import keys, who

LOOK, ASK, CHOOSE = "finance.view_comparison", "finance.ask_prices", "finance.choose_supplier"


class ComparisonFilter(PageFilterSet):
    search_fields = ("number", "title")
    search_below = ("quotes__supplier__name", "lines__request_line__name")
    first = ("q", "state")
    state = django_filters.ChoiceFilter(
        choices=ComparisonState.choices, label=gettext_lazy("State"), empty_label=gettext_lazy("all")
    )

    class Meta:
        model = Comparison
        fields: list[str] = []


class ComparisonList(ListPage):
    """Every comparison, the latest first."""

    permission = LOOK
    model = Comparison
    title = gettext_lazy("Comparisons of quotes")
    filterset_class = ComparisonFilter
    ordering = ("-pk",)
    export_permission = LOOK
    columns = (
        Column(gettext_lazy("Number"), "number", value="number"),
        Column(gettext_lazy("What is bought"), value="title"),
        Column(gettext_lazy("State"), "state", value="get_state_display"),
        Column(gettext_lazy("Chosen supplier"), value="winner__supplier__name"),
        Column(gettext_lazy("Amount"), money=True, value="winner__amount"),
        Column(gettext_lazy("Prices asked by"), value="asked_by__name", phone=False),
    )

    def get_row_queryset(self) -> QuerySet[Comparison]:
        return Comparison.objects.select_related("winner__supplier", "asked_by")

    def page_rows(self) -> list[Any]:
        rows = super().page_rows()
        for row in rows:
            row.tone = COMPARISON_TONES[ComparisonState(row.state)]
        return rows


class ComparisonDetail(DetailPage):
    """Three quotes side by side, the lowest marked; who chose, and why."""

    permission = "school.view_contacts"
    model = Comparison

    def get_queryset(self) -> QuerySet[Comparison]:
        return comparisons_seen_by(who(self.request)).select_related("asked_by", "winner__supplier")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, user = self.object, self.request.user
        is_open = row.state == ComparisonState.OPEN
        return super().get_context_data(
            title=f"{row.number} {row.title}",
            tone=COMPARISON_TONES[ComparisonState(row.state)],
            table=table_of(row),
            story=story_of(row, who(self.request)),
            orders=row.orders.all(),
            may_ask=is_open and user.has_perm(ASK),
            may_choose=is_open and user.has_perm(CHOOSE) and row.asked_by_id != user.pk and row.quotes.exists(),
            may_order=row.state == ComparisonState.DECIDED
            and user.has_perm("finance.order_goods")
            and bool(still_to_order(row)),
            **kwargs,
        )


@requires(ASK)
def create(request: HttpRequest) -> HttpResponse:
    """Begin a comparison of the ticked lines."""
    asked = keys((request.POST if request.method == "POST" else request.GET).getlist("pk"))
    lines = by_key(orderable_lines().filter(pk__in=asked).select_related("request"))
    initial = [{"line": line.pk, "quantity": plain_quantity(line.quantity - line.ordered)} for line in lines.values()]
    formset = named(QuantityLines(posted(request), initial=initial, prefix="lines"), lines)
    if gone(formset):
        messages.error(request, _("Some of these lines were ordered or closed meanwhile. Look at what is left."))
        return redirect("finance:to-buy")
    if not lines:
        messages.info(request, _("Tick what is to be bought first."))
        return redirect("finance:to-buy")
    first = next(iter(lines.values()))
    title = first.name if len(lines) == 1 else _("%(name)s and others") % {"name": first.name}
    form = ComparisonForm(posted(request), initial={"title": title})
    if request.method == "POST" and form.is_valid() and formset.is_valid():
        wanted = [(each.thing, each.cleaned_data["quantity"]) for each in formset if each.thing]
        try:
            made = services.open_comparison(person=who(request), lines=wanted, **form.cleaned_data)
        except ValidationError as error:
            say(form, error)
        else:
            messages.success(request, _("Now enter what the suppliers ask."))
            return redirect(made)
    context = {
        "title": _("Compare quotes"),
        "form": form,
        "formset": formset,
        "asked": list(lines),
        "submit_label": _("Go on to the quotes"),
        "cancel_url": reverse("finance:to-buy"),
    }
    return render(request, "finance/fixed_form.html", context)


@requires(ASK)
def quote(request: HttpRequest, pk: int, quote: int = 0) -> HttpResponse:
    """Enter a supplier's quote, or put one right."""
    comparison = get_object_or_404(Comparison, pk=pk)
    row = get_object_or_404(comparison.quotes, pk=quote) if quote else None
    lines = list(comparison.lines.select_related("request_line"))
    given = {price.line_id: price.price for price in row.prices.all()} if row else {}
    form = QuoteForm(
        posted(request), request.FILES or None, instance=row or Quote(comparison=comparison), lines=lines, given=given
    )
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, comparison, form)
        except ValidationError as error:
            say(form, error)
        else:
            return redirect(comparison)
    context = {
        "title": _("Quote for %(what)s") % {"what": comparison.title},
        "lead": _("Price limit of the whole: ¥%(limit)s") % {"limit": comparison.control_price}
        if comparison.control_price is not None
        else "",
        "form": form,
        "formset": None,
        "submit_label": _("Keep the quote"),
        "cancel_url": comparison.get_absolute_url(),
    }
    return render(request, "object_form.html", context)


@transaction.atomic
def _keep(request: HttpRequest, comparison: Comparison, form: QuoteForm) -> None:
    data = form.cleaned_data
    kept = services.set_quote(
        person=who(request),
        comparison=comparison,
        supplier=data["supplier"],
        prices=form.prices(),
        quoted_on=data["quoted_on"],
        **form.about(),
    )
    if data["file"]:
        try:
            attachments.attach(person=who(request), record=kept, upload=data["file"])
        except ValidationError as error:
            raise ValidationError({"file": error.messages}) from error


@requires(ASK)
def quote_remove(request: HttpRequest, pk: int, quote: int) -> HttpResponse:
    """Take a quote out that was entered by mistake."""
    row = get_object_or_404(Quote.objects.select_related("supplier", "comparison"), pk=quote, comparison=pk)
    return ask(
        request,
        title=_("Take out the quote of %(supplier)s?") % {"supplier": row.supplier},
        do=lambda data: services.remove_quote(person=who(request), quote=row),
        back=row.comparison.get_absolute_url(),
        danger=True,
    )


@requires("school.view_contacts")
def quote_file(request: HttpRequest, pk: int, quote: int, file: int, *, small: bool = False) -> HttpResponse:
    """The picture or PDF of a quote, for who sees its comparison."""
    comparison = get_object_or_404(comparisons_seen_by(who(request)), pk=pk)
    return show_file(request, get_object_or_404(comparison.quotes, pk=quote), file, small=small)


@requires(CHOOSE)
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """A member of the purchasing group chooses and signs; another one signs after."""
    comparison = get_object_or_404(Comparison, pk=pk)
    quotes = comparison.quotes.select_related("supplier").order_by("amount", "pk")
    few = quotes.count() < comparison.quotes_wanted
    form = ChoiceForm(posted(request), quotes=quotes, few=few, initial={"quote": quotes.first()})
    return ask(
        request,
        title=_("Choose among the quotes for %(what)s") % {"what": comparison.title},
        form=form,
        do=lambda data: services.choose(
            person=who(request),
            comparison=comparison,
            quote=data["quote"],
            reason=data["reason"],
            reason_few=data.get("reason_few", ""),
        ),
        back=comparison.get_absolute_url(),
        done=_("Chosen and signed. Another member of the purchasing group signs too."),
        submit_label=_("Choose and sign"),
        template="finance/comparison/choose.html",
        table=table_of(comparison),
        comparison=comparison,
    )


@requires(ASK)
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a comparison up."""
    comparison = get_object_or_404(Comparison, pk=pk)
    return ask(
        request,
        title=_("Give up %(comparison)s?") % {"comparison": comparison},
        lead=_("Its quotes stay readable; its lines can be compared anew or ordered."),
        do=lambda data: services.drop(person=who(request), comparison=comparison),
        back=comparison.get_absolute_url(),
        danger=True,
    )


@require_POST
@requires("school.view_contacts")
def print_comparison(request: HttpRequest, pk: int) -> HttpResponse:
    """比价表."""
    back = reverse("finance:comparison-detail", args=[pk])
    return deliver(request, printing.quote_comparison, back=back, comparison=pk)
