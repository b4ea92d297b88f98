"""Pages of payments: what is to be paid, paying, the list."""

from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finance.choices import ClaimState, PaymentMethod
from finance.forms.claims import PaymentForm
from finance.forms.procurement import ReasonForm
from finance.models import Claim, Payment
from finance.queries.scope import payments_seen_by
from finance.rules import Refused
from finance.rules.claims import payable
from finance.services import payments as services
from logistics.base.filters import DateFilter, PageFilterSet
from logistics.base.permissions import requires
from logistics.base.views import Column, DetailPage, ListPage, ask, posted
from logistics.school.who import who

PAY, LOOK = "finance.pay", "finance.view_payment"


class ToPayFilter(PageFilterSet):
    search_fields = ("number", "purpose", "payee", "claimant__name", "order__number")

    class Meta:
        model = Claim
        fields: list[str] = []


class ToPay(ListPage):
    """Signed claims that are not paid yet, the oldest first."""

    permission = PAY
    model = Claim
    title = gettext_lazy("To pay")
    template_name = "finance/payment/to_pay.html"
    filterset_class = ToPayFilter
    ordering = ("submitted_at", "pk")
    export_permission = PAY
    columns = (
        Column(gettext_lazy("Number"), "number", value="number"),
        Column(gettext_lazy("What for"), value="purpose"),
        Column(gettext_lazy("Payee"), value="payee"),
        Column(gettext_lazy("Bank account"), value="account", phone=False),
        Column(gettext_lazy("Claimant"), value="claimant__name", phone=False),
        Column(gettext_lazy("To pay"), money=True, value="rest"),
    )

    def get_queryset(self) -> QuerySet[Claim]:
        return Claim.objects.filter(state=ClaimState.APPROVED)

    def get_row_queryset(self) -> QuerySet[Claim]:
        return Claim.objects.select_related("claimant")


class PaymentFilter(PageFilterSet):
    """Payments by day and way."""

    search_fields = ("number", "claim__number", "claim__payee", "voucher", "claim__purpose")
    search_below = ("claim__invoices__number",)
    first = ("q", "method", "since", "until")
    method = django_filters.ChoiceFilter(
        choices=PaymentMethod.choices, label=gettext_lazy("Paid by way of"), empty_label=gettext_lazy("all")
    )
    since = DateFilter("day", "gte", label=gettext_lazy("From"))
    until = DateFilter("day", "lte", label=gettext_lazy("Until"))

    class Meta:
        model = Payment
        fields: list[str] = []


class PaymentList(ListPage):
    """Every payment, the latest first."""

    permission = LOOK
    model = Payment
    title = gettext_lazy("Payments")
    filterset_class = PaymentFilter
    ordering = ("-day", "-pk")
    export_permission = LOOK
    columns = (
        Column(gettext_lazy("Number"), "number", value="number"),
        Column(gettext_lazy("Paid on"), "day", value="day"),
        Column(gettext_lazy("Payee"), value="claim__payee"),
        Column(gettext_lazy("What for"), value="claim__purpose", phone=False),
        Column(gettext_lazy("Reimbursement"), value="claim__number"),
        Column(gettext_lazy("Paid by way of"), "method", value="get_method_display", phone=False),
        Column(gettext_lazy("Voucher"), value="voucher", phone=False),
        Column(gettext_lazy("Amount"), "amount", money=True, total="amount", value="amount"),
    )

    def get_row_queryset(self) -> QuerySet[Payment]:
        return Payment.objects.select_related("claim")


class PaymentDetail(DetailPage):
    """One payment, with the budget items it was paid from."""

    permission = "school.view_contacts"
    model = Payment

    def get_queryset(self) -> QuerySet[Payment]:
        return payments_seen_by(who(self.request)).select_related(
            "claim__order__supplier", "paid_by", "on_behalf_of", "reverses"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.object
        undone_by = Payment.objects.filter(reverses=row).first()
        return super().get_context_data(
            shares=row.shares.select_related("line__request_line__request__budget_line"),
            undone_by=undone_by,
            may_reverse=self.request.user.has_perm(PAY) and not row.reverses_id and not undone_by,
            **kwargs,
        )


@requires(PAY)
def reverse_payment(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a payment back that came back from the bank or was written wrongly."""
    payment = get_object_or_404(Payment.objects.select_related("claim__order"), pk=pk)
    return ask(
        request,
        title=_("Reverse %(paper)s") % {"paper": payment},
        lead=_("For money that came back, or a wrong entry. The claim waits to be paid again; both papers stay."),
        form=ReasonForm(posted(request)),
        do=lambda data: services.reverse(person=who(request), payment=payment, reason=data["reason"]),
        back=payment.get_absolute_url(),
        done=_("%(paper)s is reversed.") % {"paper": payment},
        submit_label=_("Reverse"),
        danger=True,
    )


@requires(PAY)
def pay(request: HttpRequest, pk: int) -> HttpResponse:
    """Pay a signed claim, whole or in part."""
    claim = get_object_or_404(Claim.objects.select_related("order__supplier", "claimant"), pk=pk)
    most = payable(claim, claim.order)
    return ask(
        request,
        title=_("Pay %(claim)s") % {"claim": claim},
        form=PaymentForm(posted(request), initial={"amount": most, "seen": claim.paid}),
        do=lambda data: _paid(request, claim, data),
        back=claim.get_absolute_url(),
        submit_label=_("Record the payment"),
        template="finance/payment/form.html",
        claim=claim,
        most=most,
    )


def _paid(request: HttpRequest, claim: Claim, data: dict[str, Any]) -> HttpResponse | None:
    """Pay; when somebody paid on it meanwhile, or the form came twice, the page is shown anew instead."""
    try:
        payment = services.pay(person=who(request), claim=claim, **data)
    except Refused as refused:
        claim.refresh_from_db()
        if claim.paid == data["seen"]:
            raise
        messages.error(request, " ".join(refused.messages))
        return redirect(claim)
    messages.success(request, _("Paid: %(payment)s.") % {"payment": payment})
    return None
