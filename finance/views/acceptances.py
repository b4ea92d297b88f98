"""Pages of acceptances: what is to come, accepting a delivery, one acceptance."""

from decimal import Decimal
from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Case, F, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from finance import printing
from finance.choices import ACCEPTANCE_TONES, AcceptanceState
from finance.forms.procurement import AcceptanceForm, DeliveredLines, NatureForm
from finance.models import Acceptance, AcceptanceLine, Order
from finance.queries.scope import acceptances_seen_by, orders_seen_by
from finance.rules import Refused
from finance.rules.orders import acceptance_permission, refuse_acceptance
from finance.services import acceptances as services
from finance.services.acceptances import Delivered, proposed_nature
from logistics.approvals.queries import story_of
from logistics.base.fields import MoneyField, left_over
from logistics.base.filters import PageFilterSet
from logistics.base.links import links_for
from logistics.base.money import plain_quantity
from logistics.base.permissions import demand, requires
from logistics.base.views import Column, DetailPage, ListPage, ask, posted, say
from logistics.base.views.fixed import by_key, gone, named
from logistics.printing.delivering import deliver
from logistics.records import attachments
from logistics.records.views.files import AddFile, show_file
from logistics.school.filters import TermFilter
from logistics.school.who import who

LOOK, EVERYBODY = "finance.view_acceptance", "school.view_contacts"


class AcceptanceFilter(PageFilterSet):
    """Acceptances by state and term."""

    search_fields = ("number", "order__number", "order__supplier__name")
    search_below = ("lines__order_line__request_line__name",)
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=AcceptanceState.choices, empty_label=gettext_lazy("all")
    )
    term = TermFilter("day")

    class Meta:
        model = Acceptance
        fields: list[str] = []


class AcceptanceList(ListPage):
    """Every acceptance, the latest first."""

    permission = LOOK
    model = Acceptance
    title = gettext_lazy("Acceptances of goods")
    filterset_class = AcceptanceFilter
    ordering = ("-day", "-pk")
    export_permission = LOOK
    columns = (
        Column(gettext_lazy("Number"), "number", value="number"),
        Column(gettext_lazy("Supplier"), "order__supplier__name_sort", value="order__supplier__name"),
        Column(gettext_lazy("State"), "state", value="get_state_display"),
        Column(gettext_lazy("Accepted on"), "day", value="day"),
        Column(gettext_lazy("Order number"), "order__number", value="order__number", phone=False),
        Column(gettext_lazy("Accepted by"), value="accepted_by__name", phone=False),
        Column(gettext_lazy("Accepted amount"), "amount", money=True, total="counted", value="amount"),
    )

    def get_queryset(self) -> QuerySet[Acceptance]:
        counts = Case(When(state=AcceptanceState.VOID, then=0), default=F("amount"), output_field=MoneyField())
        return Acceptance.objects.annotate(counted=counts)

    def get_row_queryset(self) -> QuerySet[Acceptance]:
        return Acceptance.objects.select_related("order__supplier", "accepted_by").defer("order__facts")

    def page_rows(self) -> list[Any]:
        rows = super().page_rows()
        for row in rows:
            row.tone = ACCEPTANCE_TONES[AcceptanceState(row.state)]
        return rows


class AcceptanceDetail(DetailPage):
    """One acceptance, what was rejected, what was entered in the books."""

    permission = EVERYBODY
    model = Acceptance

    def get_queryset(self) -> QuerySet[Acceptance]:
        return acceptances_seen_by(who(self.request)).select_related("order__supplier", "accepted_by", "on_behalf_of")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, person = self.object, who(self.request)
        return super().get_context_data(
            title=f"{row.number} {row.order.supplier}",
            lines=row.lines.select_related("order_line__request_line__request"),
            tone=ACCEPTANCE_TONES[AcceptanceState(row.state)],
            story=story_of(row, person),
            may_withdraw=row.state == AcceptanceState.SIGNING and row.accepted_by_id == person.pk,
            sees_order=orders_seen_by(person).filter(pk=row.order_id).exists(),
            attachments=attachments.shown(
                row,
                lambda file: reverse("finance:acceptance-file", args=[row.pk, file.pk]),
                lambda file: reverse("finance:acceptance-file-small", args=[row.pk, file.pk]),
            ),
            upload_url=reverse("finance:acceptance-file-add", args=[row.pk]) if person.pk == row.accepted_by_id else "",
            links=links_for(person, row),
            **kwargs,
        )


@requires(EVERYBODY)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a delivery: what came, what is rejected and why."""
    person = who(request)
    order = get_object_or_404(orders_seen_by(person).select_related("supplier"), pk=pk)
    try:
        refuse_acceptance(person, order)
    except Refused as refused:
        if not (person.has_perm("finance.accept_goods") or person.has_perm("finance.accept_canteen_goods")):
            raise PermissionDenied from refused
        messages.error(request, " ".join(refused.messages))
        return redirect(order)
    rows = order.lines.filter(accepted__lt=F("quantity")).select_related("request_line__request__applicant")
    lines = by_key(rows.annotate(left=left_over("quantity", "accepted")))
    form = AcceptanceForm(posted(request), request.FILES or None)
    nature = proposed_nature(order)
    initial = [{"line": line.pk, "delivered": plain_quantity(line.left), "nature": nature} for line in lines.values()]
    formset = named(DeliveredLines(posted(request), initial=initial, prefix="lines"), lines)
    if gone(formset):
        messages.error(request, _("Some of it was accepted meanwhile. Look at what is still to come."))
        return redirect(order)
    if request.method == "POST" and form.is_valid() and formset.is_valid():
        try:
            made = _accepted(request, order, form, formset)
        except ValidationError as error:
            say(form, error)
        else:
            messages.success(request, _("Accepted: %(paper)s. Now enter it in the books.") % {"paper": made})
            return redirect(made)
    context = {
        "title": _("Accept a delivery of %(supplier)s") % {"supplier": order.supplier},
        "order": order,
        "form": form,
        "formset": formset,
        "submit_label": _("Accept and sign"),
        "cancel_url": order.get_absolute_url(),
    }
    return render(request, "finance/acceptance/form.html", context)


@transaction.atomic
def _accepted(request: HttpRequest, order: Order, form: AcceptanceForm, formset: Any) -> Acceptance:
    data = form.cleaned_data
    came = [
        Delivered(
            line=each.thing,
            delivered=each.cleaned_data["delivered"] or Decimal(0),
            rejected=each.cleaned_data["rejected"] or Decimal(0),
            nature=each.cleaned_data["nature"],
            reason=each.cleaned_data["reason"],
            disposal=each.cleaned_data["disposal"],
        )
        for each in formset
        if each.thing
    ]
    made = services.accept(person=who(request), order=order, lines=came, day=data["day"], quality=data["quality"])
    if data["file"]:
        try:
            attachments.attach(person=who(request), record=made, upload=data["file"])
        except ValidationError as error:
            raise ValidationError({"file": error.messages}) from error
    return made


@requires(EVERYBODY)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Who accepted takes it back before everybody has signed."""
    person = who(request)
    row = get_object_or_404(Acceptance, pk=pk, accepted_by=person)
    return ask(
        request,
        title=_("Withdraw %(paper)s") % {"paper": row},
        lead=_("It is void and stays readable. The order waits for these goods again: accept them anew."),
        do=lambda data: services.withdraw(person=person, acceptance=row),
        back=row.get_absolute_url(),
        done=_("%(paper)s is withdrawn.") % {"paper": row},
        submit_label=_("Withdraw"),
        danger=True,
    )


@requires(EVERYBODY)
def nature(request: HttpRequest, pk: int) -> HttpResponse:
    """Say anew what accepted pieces become, while nothing of them is in the books."""
    person = who(request)
    seen = acceptances_seen_by(person).order_by().values("pk")
    line = get_object_or_404(AcceptanceLine.objects.filter(acceptance__in=seen), pk=pk)
    demand(request, acceptance_permission(line.acceptance.order))
    return ask(
        request,
        title=_("What becomes of %(goods)s?") % {"goods": line},
        form=NatureForm(posted(request), initial={"nature": line.nature}),
        do=lambda data: services.change_nature(person=person, line=line, nature=data["nature"]),
        back=line.acceptance.get_absolute_url(),
        template="object_form.html",
    )


class FileAdd(AddFile):
    """A photo of the goods or the delivery note, by who accepted them."""

    permission = EVERYBODY

    def get_record(self) -> Acceptance:
        return get_object_or_404(Acceptance, pk=self.kwargs["pk"], accepted_by=who(self.request))


@requires(EVERYBODY)
def file(request: HttpRequest, pk: int, file: int, *, small: bool = False) -> HttpResponse:
    """The file itself, or its thumbnail."""
    return show_file(request, get_object_or_404(acceptances_seen_by(who(request)), pk=pk), file, small=small)


@require_POST
@requires(EVERYBODY)
def print_acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    """验收单, three copies."""
    back = reverse("finance:acceptance-detail", args=[pk])
    return deliver(request, printing.acceptance, back=back, acceptance=pk)
