"""Pages of orders: the list, placing one, one order with what came of it, ending it."""

from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from finance import printing
from finance.choices import ORDER_TONES, OrderState
from finance.forms.procurement import OrderForm, PriceLines, ReasonForm
from finance.models import Comparison, Order, Supplier
from finance.queries.comparisons import still_to_order
from finance.queries.purchases import orderable_lines
from finance.queries.scope import acceptances_seen_by, claims_seen_by, comparisons_seen_by, orders_seen_by
from finance.rules.claims import claimable
from finance.rules.orders import may_accept
from finance.services import orders as services
from logistics.base.fields import left_over
from logistics.base.filters import PageFilterSet, PickFilter
from logistics.base.links import links_for
from logistics.base.money import plain_quantity
from logistics.base.permissions import requires
from logistics.base.views import Column, DetailPage, ListPage, ask, posted, say
from logistics.base.views.fixed import by_key, gone, named
from logistics.printing.delivering import deliver
from logistics.school.filters import TermFilter
from logistics.school.who import keys, who

LOOK, ORDER, EVERYBODY = "finance.view_order", "finance.order_goods", "school.view_contacts"


class OrderFilter(PageFilterSet):
    """Orders by state, supplier and term."""

    search_fields = ("number", "supplier__name")
    search_below = ("lines__request_line__name", "lines__request_line__request__number")
    first = ("q", "state", "term")
    state = django_filters.ChoiceFilter(
        choices=OrderState.choices, label=gettext_lazy("State"), empty_label=gettext_lazy("all")
    )
    term = TermFilter("day")
    supplier = PickFilter(label=gettext_lazy("Supplier"), rows=Supplier.objects.all, sort="name_sort")

    class Meta:
        model = Order
        fields: list[str] = []


class OrderList(ListPage):
    """Every order, the latest first."""

    permission = LOOK
    model = Order
    title = gettext_lazy("Purchase orders")
    filterset_class = OrderFilter
    ordering = ("-day", "-pk")
    export_permission = LOOK
    columns = (
        Column(gettext_lazy("Number"), "number", value="number"),
        Column(gettext_lazy("Supplier"), "supplier__name_sort", value="supplier__name"),
        Column(gettext_lazy("State"), "state", value="get_state_display"),
        Column(gettext_lazy("Ordered on"), "day", value="day", phone=False),
        Column(gettext_lazy("Delivery by"), "due", value="due"),
        Column(gettext_lazy("Amount"), "amount", money=True, total="amount", value="amount"),
        Column(gettext_lazy("Accepted amount"), money=True, total="accepted", value="accepted", phone=False),
        Column(gettext_lazy("Paid"), money=True, total="paid", value="paid", phone=False),
    )

    def get_row_queryset(self) -> QuerySet[Order]:
        return Order.objects.select_related("supplier").defer("facts")

    def page_rows(self) -> list[Any]:
        rows = super().page_rows()
        for row in rows:
            row.tone = ORDER_TONES[OrderState(row.state)]
        return rows


class OrderDetail(DetailPage):
    """One order: its lines, how far each is, the papers before and after it."""

    permission = EVERYBODY
    model = Order

    def get_queryset(self) -> QuerySet[Order]:
        return orders_seen_by(who(self.request)).select_related("supplier", "comparison", "bought_by", "on_behalf_of")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, person = self.object, who(self.request)
        lines = row.lines.select_related("request_line__request__applicant").annotate(
            left=left_over("quantity", "accepted")
        )
        is_open = row.state == OrderState.OPEN
        return super().get_context_data(
            title=f"{row.number} {row.supplier}",
            tone=ORDER_TONES[OrderState(row.state)],
            lines=lines,
            acceptances=acceptances_seen_by(person).filter(order=row),
            claims=claims_seen_by(person).filter(order=row),
            sees_comparison=bool(
                row.comparison_id and comparisons_seen_by(person).filter(pk=row.comparison_id).exists()
            ),
            may_accept=may_accept(person, row),
            may_close=is_open and person.has_perm(ORDER),
            may_claim=person.has_perm("finance.file_claim") and claimable(row) > 0,
            links=links_for(person, row),
            **kwargs,
        )


@requires(ORDER)
def create(request: HttpRequest) -> HttpResponse:
    """Order the ticked lines (``pk``), or those of a decided comparison (``comparison``)."""
    given = request.POST if request.method == "POST" else request.GET
    key = keys(given.getlist("comparison"))
    comparison = get_object_or_404(Comparison, pk=key[0]) if key else None
    lines, initial = _wanted(keys(given.getlist("pk")), comparison)
    formset = named(PriceLines(posted(request), initial=initial, prefix="lines"), lines)
    if gone(formset):
        messages.error(request, _("Some of these lines were ordered or closed meanwhile. Look at what is left."))
        return redirect(comparison or "finance:to-buy")
    if not lines:
        messages.info(request, _("Tick what is to be ordered first."))
        return redirect("finance:to-buy")
    fixed = comparison.winner.supplier if comparison and comparison.winner else None
    form = OrderForm(posted(request), fixed=fixed)
    if request.method == "POST" and form.is_valid() and formset.is_valid():
        wanted = [(f.thing, f.cleaned_data["quantity"], f.cleaned_data["price"]) for f in formset if f.thing]
        try:
            made = services.place_order(person=who(request), lines=wanted, comparison=comparison, **form.cleaned_data)
        except ValidationError as error:
            say(form, error)
        else:
            messages.success(request, _("Ordered: %(order)s. The keeper accepts what comes.") % {"order": made})
            return redirect(made)
    context = {
        "title": _("Order"),
        "lead": _("From the quote chosen in %(comparison)s.") % {"comparison": comparison} if comparison else "",
        "form": form,
        "formset": formset,
        "asked": list(lines),
        "comparison": comparison,
        "submit_label": _("Place the order"),
        "cancel_url": reverse("finance:to-buy"),
    }
    return render(request, "finance/fixed_form.html", context)


def _wanted(asked: list[int], comparison: Comparison | None) -> tuple[dict[int, Any], list[dict[str, Any]]]:
    """The lines offered, with what is left of each and its price: the chosen quote's, or the estimate."""
    if comparison is None:
        lines = by_key(orderable_lines().filter(pk__in=asked).select_related("request"))
        return lines, [
            {"line": line.pk, "quantity": plain_quantity(line.quantity - line.ordered), "price": line.price}
            for line in lines.values()
        ]
    rows = still_to_order(comparison)
    prices = {p.line_id: p.price for p in comparison.winner.prices.all()} if comparison.winner else {}
    lines = {row.request_line_id: row.request_line for row, _left in rows}
    return lines, [{"line": row.request_line_id, "quantity": left, "price": prices.get(row.pk)} for row, left in rows]


@requires(ORDER)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End an order whose rest will not come."""
    order = get_object_or_404(Order, pk=pk)
    return ask(
        request,
        title=_("The rest of %(order)s will not come?") % {"order": order},
        lead=_("What was accepted stays. What has not come can be ordered again, from somebody else too."),
        form=ReasonForm(posted(request)),
        do=lambda data: services.close_order(person=who(request), order=order, reason=data["reason"]),
        back=order.get_absolute_url(),
        submit_label=_("End the order"),
        danger=True,
    )


@require_POST
@requires(EVERYBODY)
def print_order(request: HttpRequest, pk: int) -> HttpResponse:
    """采购订单."""
    return deliver(request, printing.purchase_order, back=reverse("finance:order-detail", args=[pk]), order=pk)
