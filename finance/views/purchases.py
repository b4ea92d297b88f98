"""Pages of purchase requests: the lists, one request, its files, the verbs after it went; writing is in ``drafts``."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from finance.choices import EDITABLE, PURCHASE_TONES, PurchaseState
from finance.exports import register_sheet
from finance.filters import MyPurchaseFilter, PurchaseFilter
from finance.forms.purchases import CloseForm
from finance.models import PurchaseRequest, RequestLine
from finance.queries.purchases import purchases_seen_by, route_of
from finance.queries.scope import papers_of
from finance.rules import purchases as rules
from finance.services import purchases as services
from finance.services.purchases import Wanted
from logistics.approvals.choices import Verdict
from logistics.approvals.models import Signature
from logistics.approvals.queries import story_of
from logistics.base.links import links_for
from logistics.base.permissions import requires
from logistics.base.views import Column, DetailPage, ListPage, ask, posted
from logistics.records import attachments
from logistics.records.views.files import AddFile, remove_file, show_file
from logistics.school.who import who

FILE = "finance.file_purchase"


class PurchaseList(ListPage):
    """All purchases, narrowed and added up."""

    permission = "finance.view_purchase"
    title = gettext_lazy("All purchases")
    model = PurchaseRequest
    template_name = "finance/purchase/list.html"
    filterset_class = PurchaseFilter
    ordering: tuple[str, ...] = ("-submitted_at", "-pk")
    columns = (
        Column(gettext_lazy("number"), "number"),
        Column(gettext_lazy("what for"), "purpose"),
        Column(gettext_lazy("state"), "state"),
        Column(gettext_lazy("applicant"), "applicant__name_sort"),
        Column(gettext_lazy("department"), "department__name", phone=False),
        Column(gettext_lazy("category"), "category", phone=False),
        Column(gettext_lazy("Amount (yuan)"), "total", money=True, total="total"),
        Column(gettext_lazy("submitted"), "submitted_at", phone=False),
    )
    export_permission = "finance.view_purchase"
    create_url_name = "finance:purchase-create"
    create_label = gettext_lazy("New purchase request")
    create_permission = FILE

    def get_queryset(self) -> QuerySet[PurchaseRequest]:
        return purchases_seen_by(who(self.request)).exclude(state=PurchaseState.DRAFT)

    def get_row_queryset(self) -> QuerySet[PurchaseRequest]:
        return PurchaseRequest.objects.select_related("applicant", "department")

    def page_rows(self) -> list[Any]:
        rows = super().page_rows()
        for row in rows:
            row.tone = PURCHASE_TONES[PurchaseState(row.state)]
        return rows

    def export(self) -> FileResponse:
        """The register of what is filtered, line by line."""
        lines = RequestLine.objects.filter(request__in=self.filtered.order_by().values("pk"))
        return register_sheet(lines.order_by("request__submitted_at", "request_id", "position"))


class MyPurchases(PurchaseList):
    """What a person asked for himself, drafts too."""

    permission = FILE
    title = gettext_lazy("My purchases")
    filterset_class = MyPurchaseFilter
    ordering = ("-pk",)
    export_permission = FILE

    def get_queryset(self) -> QuerySet[PurchaseRequest]:
        return PurchaseRequest.objects.filter(applicant=who(self.request))


class PurchaseDetail(DetailPage):
    """The request as the paper reads, with its signatures, goods, files and history."""

    permission = FILE
    model = PurchaseRequest
    template_name = "finance/purchase/detail.html"

    def get_queryset(self) -> QuerySet[PurchaseRequest]:
        return purchases_seen_by(who(self.request)).select_related("applicant", "department", "budget_line")

    def get_parts(self) -> list[QuerySet[Any]]:
        return [self.object.lines.all()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        purchase, person = self.object, who(self.request)
        editable = rules.may_edit(person, purchase)
        return super().get_context_data(
            lines=purchase.lines.all(),
            tone=PURCHASE_TONES[PurchaseState(purchase.state)],
            story=story_of(purchase, person),
            came_back=why_returned(purchase) if editable else None,
            attachments=files_of(purchase),
            upload_url=reverse("finance:purchase-file-add", args=[purchase.pk]) if editable else "",
            may_edit=editable,
            may_withdraw=purchase.applicant_id == person.pk and purchase.state == PurchaseState.RUNNING,
            may_take_back=not rules.why_not_taken_back(person, purchase),
            may_close=not rules.why_not_closed(person, purchase),
            may_budget=person.has_perm("finance.view_budget"),
            papers=papers_of(purchase, person),
            links=links_for(person, purchase),
            **kwargs,
        )


def why_returned(purchase: PurchaseRequest) -> Signature | None:
    """The signature with which it came back to its applicant."""
    route = route_of(purchase) if purchase.state == PurchaseState.RETURNED else None
    return route.signatures.filter(verdict=Verdict.RETURN).select_related("person").last() if route else None


def files_of(purchase: PurchaseRequest) -> list[attachments.Shown]:
    """Its pictures and files for a page."""
    return attachments.shown(
        purchase,
        lambda file: reverse("finance:purchase-file", args=[purchase.pk, file.pk]),
        lambda file: reverse("finance:purchase-file-small", args=[purchase.pk, file.pk]),
    )


@requires(FILE)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """The applicant throws a draft away."""
    purchase = own(request, pk)
    if purchase.state != PurchaseState.DRAFT:
        return redirect(purchase)
    return ask(
        request,
        title=_("Throw this draft away?"),
        lead=purchase.purpose,
        do=lambda data: _discarded(request, purchase),
        back=purchase.get_absolute_url(),
        submit_label=_("Throw away"),
        danger=True,
    )


def _discarded(request: HttpRequest, purchase: PurchaseRequest) -> HttpResponse:
    services.discard(person=who(request), purchase=purchase)
    messages.success(request, _("The draft is gone."))
    return redirect("finance:my-purchases")


@requires(FILE)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The applicant takes a running request back."""
    purchase = own(request, pk)
    return ask(
        request,
        title=_("Withdraw %(purchase)s") % {"purchase": purchase},
        lead=_("It is no longer signed; signatures given are void. You can change it and submit it again."),
        do=lambda data: services.withdraw(person=who(request), purchase=purchase),
        back=purchase.get_absolute_url(),
        done=_("%(purchase)s is withdrawn.") % {"purchase": purchase},
    )


@requires(FILE)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The applicant takes an approved request back of which nothing is ordered."""
    purchase = own(request, pk)
    return ask(
        request,
        title=_("Take %(purchase)s back") % {"purchase": purchase},
        lead=_("It is approved, and nothing is ordered yet. Taken back, its signatures are void, its money is free."),
        do=lambda data: services.take_back(person=who(request), purchase=purchase),
        back=purchase.get_absolute_url(),
        done=_("%(purchase)s is taken back.") % {"purchase": purchase},
        danger=True,
    )


@requires(FILE)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """What is not ordered of a request is given up."""
    purchase = _seen(request, pk)
    return ask(
        request,
        title=_("Close %(purchase)s") % {"purchase": purchase},
        lead=_("What is not ordered yet will not be bought; the money kept for it is free again."),
        form=CloseForm(posted(request)),
        do=lambda data: services.close(person=who(request), purchase=purchase, reason=data["reason"]),
        back=purchase.get_absolute_url(),
        done=_("%(purchase)s is closed.") % {"purchase": purchase},
        danger=True,
    )


@require_POST
@requires(FILE)
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The same again as a new draft of one's own."""
    purchase = _seen(request, pk)
    fields = {name: getattr(purchase, name) for name in ("category", "purpose")}
    line = purchase.budget_line
    if line and rules.usable(line, purchase):
        fields["budget_line"] = line
    lines = [Wanted(row.name, row.quantity, row.price, row.specification, row.unit) for row in purchase.lines.all()]
    made = services.save_draft(person=who(request), lines=lines, **fields)
    return redirect("finance:purchase-update", made.pk)


class FileAdd(AddFile):
    """Attach a picture or PDF to one's own request while it may be changed."""

    permission = FILE

    def get_record(self) -> PurchaseRequest:
        return _editable(self.request, self.kwargs["pk"])


@requires(FILE)
def file(request: HttpRequest, pk: int, file: int, *, small: bool = False) -> HttpResponse:
    """A file of a request one may see, or its thumbnail."""
    return show_file(request, _seen(request, pk), file, small=small)


@require_POST
@requires(FILE)
def file_remove(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Take a file off one's own request while it may be changed."""
    return remove_file(request, _editable(request, pk), file)


def _seen(request: HttpRequest, pk: int) -> PurchaseRequest:
    return get_object_or_404(purchases_seen_by(who(request)).select_related("applicant", "budget_line"), pk=pk)


def own(request: HttpRequest, pk: int) -> PurchaseRequest:
    """The person's own request; 404 for somebody else's."""
    rows = PurchaseRequest.objects.select_related("applicant", "budget_line", "department")
    return get_object_or_404(rows, pk=pk, applicant=who(request))


def _editable(request: HttpRequest, pk: int) -> PurchaseRequest:
    return get_object_or_404(PurchaseRequest, pk=pk, applicant=who(request), state__in=EDITABLE)
