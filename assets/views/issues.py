"""Pages of issue slips (领用单): the list, one slip, writing one, taking it back."""

from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from assets.choices import ISSUE_TONES, IssueState
from assets.exports import issues_sheet
from assets.forms.issues import CardLines, GoodsLines, IssueForm, goods_offered
from assets.models import Issue, IssueLine
from assets.queries.stock import cards_to_hand_over, goods_to_issue, issues_seen_by, usual_store
from assets.services import issues
from finance.models import PurchaseRequest
from finance.queries.purchases import purchases_seen_by
from logistics.approvals.queries import story_of
from logistics.base.filters import DateFilter, PageFilterSet, PickFilter
from logistics.base.permissions import requires
from logistics.base.views import Column, DetailPage, ListPage, posted, say
from logistics.school.filters import TermFilter
from logistics.school.models import Department
from logistics.school.who import keys, who

KEEP, EVERYBODY = "assets.keep_stock", "school.view_contacts"


class IssueFilter(PageFilterSet):
    """Slips by state, department and time."""

    search_fields = ("number", "recipient__name", "purpose")
    search_below = ("lines__item__name", "lines__card__name")
    first = ("q", "state", "department", "term")
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=IssueState.choices, empty_label=gettext_lazy("all")
    )
    department = PickFilter(label=gettext_lazy("Department"), rows=Department.objects.all)
    term = TermFilter("day")
    since = DateFilter("day", "gte", label=gettext_lazy("From"))
    until = DateFilter("day", "lte", label=gettext_lazy("Until"))

    class Meta:
        model = Issue
        fields: list[str] = []


class IssueList(ListPage):
    """All slips for who sees the store, else one's own; as Excel line by line."""

    permission = EVERYBODY
    model = Issue
    template_name = "assets/issue/list.html"
    title = gettext_lazy("Issue slips")
    filterset_class = IssueFilter
    ordering = ("-pk",)
    export_permission = EVERYBODY
    create_url_name = "assets:issue-new"
    create_label = gettext_lazy("Issue goods")
    create_permission = KEEP
    columns = (
        Column(gettext_lazy("Number"), "number"),
        Column(gettext_lazy("Recipient"), "recipient__name_sort"),
        Column(gettext_lazy("Department"), "department__name", phone=False),
        Column(gettext_lazy("What for"), "purpose"),
        Column(gettext_lazy("State"), "state"),
        Column(gettext_lazy("Date"), "day", phone=False),
        Column(gettext_lazy("Keeper"), "made_by__name_sort", phone=False),
    )

    def get_queryset(self) -> QuerySet[Issue]:
        return issues_seen_by(who(self.request))

    def get_row_queryset(self) -> QuerySet[Issue]:
        return Issue.objects.select_related("recipient", "department", "made_by")

    def page_rows(self) -> list[Any]:
        rows = super().page_rows()
        for row in rows:
            row.tone = ISSUE_TONES[IssueState(row.state)]
        return rows

    def export(self) -> FileResponse:
        """领用登记: the slips that are filtered, line by line."""
        lines = IssueLine.objects.filter(issue__in=self.filtered.order_by().values("pk"))
        return issues_sheet(lines.order_by("issue_id", "pk"))


class IssueDetail(DetailPage):
    """One slip with its signature."""

    permission = EVERYBODY
    model = Issue
    template_name = "assets/issue/detail.html"

    def get_queryset(self) -> QuerySet[Issue]:
        related = ("recipient", "room", "made_by", "purchase", "stock_paper")
        return issues_seen_by(who(self.request)).select_related(*related)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        slip, person = self.object, who(self.request)
        return super().get_context_data(
            story=story_of(slip, person),
            facts=issues.facts_of(slip),
            tone=ISSUE_TONES[IssueState(slip.state)],
            may_cancel=slip.state == IssueState.WAITING and slip.made_by_id == person.pk,
            stock_paper=getattr(slip, "stock_paper", None) if person.has_perm("assets.view_stock") else None,
            purchase=slip.purchase_id and purchases_seen_by(person).filter(pk=slip.purchase_id).first(),
            **kwargs,
        )


@requires(KEEP)
def create(request: HttpRequest) -> HttpResponse:
    """Write a slip and send it to the recipient; with ``purchase`` what came on that request is proposed."""
    purchase = _asked(request)
    goods, cards = _offered(purchase)
    form = IssueForm(posted(request), initial=_head(purchase))
    sets: dict[str, Any] = {
        "goods": GoodsLines(posted(request), initial=goods, prefix="lines"),
        "cards": CardLines(posted(request), initial=cards, prefix="cards"),
    }
    if request.method == "POST" and all([form.is_valid(), *(each.is_valid() for each in sets.values())]):
        wanted = [line for formset in sets.values() for each in formset if (line := each.wanted())]
        try:
            made = issues.write_issue(person=who(request), lines=wanted, purchase=purchase, **form.cleaned_data)
        except ValidationError as error:
            say(form, error)
        else:
            messages.success(request, _("Sent to %(person)s to be signed.") % {"person": made.recipient})
            return redirect(made)
    context = {
        "title": _("Issue goods"),
        "lead": _("For %(purchase)s: what came and was not issued yet is filled in.") % {"purchase": purchase}
        if purchase
        else "",
        "form": form,
        **sets,
        "submit_label": _("Send to be signed"),
        "cancel_url": purchase.get_absolute_url() if purchase else reverse("assets:issue-list"),
    }
    return render(request, "assets/issue/form.html", context)


def _asked(request: HttpRequest) -> PurchaseRequest | None:
    given = keys([request.GET.get("purchase", "")])
    return get_object_or_404(purchases_seen_by(who(request)), pk=given[0]) if given else None


def _head(purchase: PurchaseRequest | None) -> dict[str, Any]:
    return {"recipient": purchase.applicant, "purpose": purchase.purpose} if purchase else {}


def _offered(purchase: PurchaseRequest | None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Goods and cards of the request, as the formsets take them."""
    if purchase is None:
        return [], []
    goods = goods_offered(goods_to_issue(purchase, usual_store()))
    return goods, [{"card": card} for card in cards_to_hand_over(purchase)]


@require_POST
@requires(KEEP)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a slip nobody signed yet."""
    issue = get_object_or_404(issues_seen_by(who(request)), pk=pk)
    try:
        issues.cancel(person=who(request), issue=issue)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(issue)
