"""Pages of reimbursements: the lists, one claim with its invoices, handing it in."""

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
from finance.choices import CLAIM_TONES, ClaimKind, ClaimState
from finance.forms.claims import ClaimForm, InvoiceForm
from finance.models import Claim, Invoice
from finance.queries.claims import orders_to_claim
from finance.queries.scope import claims_seen_by, orders_seen_by
from finance.rules.claims import claimable, may_edit, payable
from finance.services import claims as services
from logistics.approvals.queries import story_of
from logistics.base.filters import DateFilter, PageFilterSet
from logistics.base.money import money_text
from logistics.base.permissions import requires
from logistics.base.views import Column, DetailPage, ListPage, ask, posted, say
from logistics.printing.delivering import deliver
from logistics.records import attachments
from logistics.records.views.files import show_file
from logistics.school.who import keys, who

LOOK, FILE, EVERYBODY = "finance.view_claim", "finance.file_claim", "school.view_contacts"


class ClaimFilter(PageFilterSet):
    """Claims by state, kind and day."""

    search_fields = ("number", "purpose", "payee", "claimant__name", "order__number")
    search_below = ("invoices__number",)
    first = ("q", "state", "kind")
    state = django_filters.ChoiceFilter(
        choices=ClaimState.choices, label=gettext_lazy("State"), empty_label=gettext_lazy("all")
    )
    kind = django_filters.ChoiceFilter(
        choices=ClaimKind.choices, label=gettext_lazy("Kind"), empty_label=gettext_lazy("all")
    )
    since = DateFilter("submitted_at", "date__gte", label=gettext_lazy("submitted from"))
    until = DateFilter("submitted_at", "date__lte", label=gettext_lazy("submitted until"))

    class Meta:
        model = Claim
        fields: list[str] = []


class ClaimList(ListPage):
    """Every claim, the latest first."""

    permission = LOOK
    model = Claim
    title = gettext_lazy("Reimbursements")
    template_name = "finance/claim/list.html"
    filterset_class = ClaimFilter
    ordering = ("-pk",)
    export_permission = LOOK
    columns = (
        Column(gettext_lazy("Number"), "number", value="number"),
        Column(gettext_lazy("What for"), value="purpose"),
        Column(gettext_lazy("State"), "state", value="get_state_display"),
        Column(gettext_lazy("Claimant"), "claimant__name_sort", value="claimant__name"),
        Column(gettext_lazy("Payee"), value="payee", phone=False),
        Column(gettext_lazy("Order number"), value="order__number", phone=False),
        Column(gettext_lazy("Amount"), "amount", money=True, total="amount", value="amount"),
        Column(gettext_lazy("Paid"), "paid", money=True, total="paid", value="paid", phone=False),
    )

    def get_queryset(self) -> QuerySet[Claim]:
        return claims_seen_by(who(self.request))

    def get_row_queryset(self) -> QuerySet[Claim]:
        return Claim.objects.select_related("claimant", "order").defer("order__facts")

    def page_rows(self) -> list[Any]:
        rows = super().page_rows()
        for row in rows:
            row.tone = CLAIM_TONES[ClaimState(row.state)]
        return rows


class MyClaims(ClaimList):
    """One's own claims, and orders that can be claimed."""

    permission = FILE
    title = gettext_lazy("My reimbursements")
    export_permission = FILE

    def get_queryset(self) -> QuerySet[Claim]:
        return Claim.objects.filter(claimant=who(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(orders=orders_to_claim(who(self.request)).order_by("-pk")[:50], **kwargs)


class ClaimDetail(DetailPage):
    """One claim: its invoices, who signed, what was paid."""

    permission = EVERYBODY
    model = Claim

    def get_queryset(self) -> QuerySet[Claim]:
        return claims_seen_by(who(self.request)).select_related("order__supplier", "claimant")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, person = self.object, who(self.request)
        invoices = list(row.invoices.all())
        for invoice in invoices:
            invoice.files = files_of(row, invoice)
        return super().get_context_data(
            title=f"{row.number} {row.purpose}",
            tone=CLAIM_TONES[ClaimState(row.state)],
            invoices=invoices,
            payments=row.payments.select_related("paid_by"),
            story=story_of(row, person),
            left=claimable(row.order, without=row),
            sees_order=orders_seen_by(person).filter(pk=row.order_id).exists(),
            may_edit=may_edit(person, row),
            may_withdraw=row.claimant_id == person.pk and row.state == ClaimState.RUNNING,
            may_take_back=row.claimant_id == person.pk and row.state == ClaimState.APPROVED and not row.paid,
            may_pay=person.has_perm("finance.pay") and row.state == ClaimState.APPROVED,
            most=payable(row, row.order),
            **kwargs,
        )

    def get_parts(self) -> list[QuerySet[Any]]:
        return [self.object.invoices.all()]


def files_of(claim: Claim, invoice: Invoice) -> list[attachments.Shown]:
    """An invoice's files with the addresses of this app."""
    place = [claim.pk, invoice.pk]
    return attachments.shown(
        invoice,
        lambda file: reverse("finance:invoice-file", args=[*place, file.pk]),
        lambda file: reverse("finance:invoice-file-small", args=[*place, file.pk]),
    )


@requires(FILE)
def create(request: HttpRequest) -> HttpResponse:
    """Begin a claim on an order (``order``); payee and account are the supplier's."""
    key = keys(request.GET.getlist("order"))
    if not key:
        return redirect("finance:my-claims")
    order = get_object_or_404(orders_seen_by(who(request)).select_related("supplier"), pk=key[0])
    supplier = order.supplier
    goods = "、".join(order.lines.values_list("request_line__name", flat=True)[:3])
    initial = {
        "purpose": _("%(goods)s from %(supplier)s") % {"goods": goods, "supplier": supplier},
        "payee": supplier.name,
        "bank": supplier.bank,
        "account": supplier.account,
    }
    form = ClaimForm(posted(request), instance=Claim(order=order, claimant=who(request)), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.save_claim(person=who(request), order=order, **form.cleaned_data)
        except ValidationError as error:
            say(form, error)
        else:
            messages.success(request, _("Now enter its invoices."))
            return redirect(made)
    context = {
        "title": _("Reimbursement for %(order)s") % {"order": order},
        "lead": _("¥%(left)s of it are accepted and not yet claimed.") % {"left": money_text(claimable(order))},
        "form": form,
        "formset": None,
        "submit_label": _("Go on to the invoices"),
        "cancel_url": order.get_absolute_url(),
    }
    return render(request, "object_form.html", context)


def own(request: HttpRequest, pk: int) -> Claim:
    """One's own claim; 404 for others'."""
    return get_object_or_404(Claim.objects.select_related("order"), pk=pk, claimant=who(request))


@requires(FILE)
def update(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what it is for and to whom the money goes."""
    claim = own(request, pk)
    return ask(
        request,
        title=_("Change %(claim)s") % {"claim": claim},
        form=ClaimForm(posted(request), instance=claim),
        do=lambda data: services.save_claim(person=who(request), order=claim.order, claim=claim, **data),
        back=claim.get_absolute_url(),
        submit_label=_("Save"),
        template="object_form.html",
    )


@requires(FILE)
def invoice(request: HttpRequest, pk: int, invoice: int = 0) -> HttpResponse:
    """Enter an invoice, or put one right."""
    claim = own(request, pk)
    row = get_object_or_404(claim.invoices, pk=invoice) if invoice else None
    seller = "" if row else claim.order.supplier.name
    form = InvoiceForm(
        posted(request),
        request.FILES or None,
        instance=row or Invoice(claim=claim),
        initial={"seller": seller} if seller else None,
    )
    return ask(
        request,
        title=_("Invoice of %(claim)s") % {"claim": claim},
        form=form,
        do=lambda data: _keep(request, claim, row, dict(data)),
        back=claim.get_absolute_url(),
        submit_label=_("Keep the invoice"),
        template="object_form.html",
    )


def _keep(request: HttpRequest, claim: Claim, row: Invoice | None, data: dict[str, Any]) -> None:
    upload = data.pop("file", None)
    services.set_invoice(person=who(request), claim=claim, invoice=row, upload=upload, **data)


@requires(FILE)
def invoice_remove(request: HttpRequest, pk: int, invoice: int) -> HttpResponse:
    """Take an invoice off."""
    claim = own(request, pk)
    row = get_object_or_404(claim.invoices, pk=invoice)
    return ask(
        request,
        title=_("Take the invoice %(number)s off?") % {"number": row},
        do=lambda data: services.remove_invoice(person=who(request), invoice=row),
        back=claim.get_absolute_url(),
        danger=True,
    )


@requires(EVERYBODY)
def invoice_file(request: HttpRequest, pk: int, invoice: int, file: int, *, small: bool = False) -> HttpResponse:
    """The picture or PDF of an invoice, for who sees its claim."""
    claim = get_object_or_404(claims_seen_by(who(request)), pk=pk)
    return show_file(request, get_object_or_404(claim.invoices, pk=invoice), file, small=small)


@requires(FILE)
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand it in."""
    claim = own(request, pk)
    return ask(
        request,
        title=_("Hand in %(claim)s?") % {"claim": claim},
        lead=_("Afterwards it is changed only when it comes back."),
        do=lambda data: services.submit(person=who(request), claim=claim),
        back=claim.get_absolute_url(),
        done=_("Handed in. You see here with whom it is."),
        submit_label=_("Hand it in and sign"),
        template="finance/claim/submit.html",
        claim=claim,
        invoices=claim.invoices.all(),
    )


@requires(FILE)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a running claim back."""
    claim = own(request, pk)
    return ask(
        request,
        title=_("Withdraw %(claim)s?") % {"claim": claim},
        lead=_("Signatures given so far become void. You can change it and hand it in again."),
        do=lambda data: services.withdraw(person=who(request), claim=claim),
        back=claim.get_absolute_url(),
        submit_label=_("Withdraw"),
    )


@requires(FILE)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a signed claim back of which nothing is paid."""
    claim = own(request, pk)
    return ask(
        request,
        title=_("Take %(claim)s back?") % {"claim": claim},
        lead=_("It is signed, and nothing is paid yet. Taken back, its signatures are void; you can change it."),
        do=lambda data: services.take_back(person=who(request), claim=claim),
        back=claim.get_absolute_url(),
        submit_label=_("Take back"),
        danger=True,
    )


@requires(FILE)
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a claim up; its invoices are free again."""
    claim = own(request, pk)
    return ask(
        request,
        title=_("Give up %(claim)s?") % {"claim": claim},
        lead=_("Its invoices can be claimed on another one."),
        do=lambda data: services.give_up(person=who(request), claim=claim),
        back=claim.get_absolute_url(),
        danger=True,
    )


@require_POST
@requires(EVERYBODY)
def print_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """报销单 with its list of invoices."""
    return deliver(request, printing.reimbursement, back=reverse("finance:claim-detail", args=[pk]), claim=pk)
