"""Pages of goods that enter the books, of the store, and of issue slips."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from assets.choices import IssueState
from assets.forms.stock import EnterCardsForm, EnterStoreForm, IssueForm, IssueLines
from assets.models import Issue, StockBalance, StockItem, StockPaper
from assets.queries.stock import issues_seen_by, lines_to_enter, stock_now
from assets.services import issues
from assets.services.issues import Wanted
from assets.services.receipts import enter_as_cards, enter_in_store
from finance.choices import Nature
from finance.models import Acceptance, AcceptanceLine
from logistics.approvals.queries import story_of
from logistics.base.permissions import requires
from logistics.base.views import ConfirmPage, DetailPage, posted, say
from logistics.school.who import who

ZERO = Decimal(0)
KEEP, LOOK, EVERYBODY = "assets.keep_stock", "assets.view_stock", "school.view_contacts"


@requires(KEEP)
def to_enter(request: HttpRequest) -> HttpResponse:
    """Accepted goods of which something is in no book yet."""
    context = {"title": _("To enter in the books"), "lines": lines_to_enter(), "property": Nature.PROPERTY}
    return render(request, "assets/receipt/to_enter.html", context)


class EnterCards(ConfirmPage):
    """Accepted property becomes cards; place and people are proposed from the request."""

    permission = KEEP
    template_name = "object_form.html"
    form_class = EnterCardsForm
    submit_label = gettext_lazy("Enter as cards")

    @cached_property
    def line(self) -> AcceptanceLine:
        return get_object_or_404(lines_to_enter().filter(nature=Nature.PROPERTY), pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        asked = self.line.order_line.request_line.request
        return {
            "pieces": int(self.line.accepted - self.line.stored),
            "custodian": asked.applicant,
            "department": asked.department,
        }

    def save(self, form: EnterCardsForm) -> Any:
        movement = enter_as_cards(person=who(self.request), line=self.line, **form.cleaned_data)
        messages.success(self.request, _("Entered: %(paper)s.") % {"paper": movement})
        return movement

    def get_success_url(self) -> str:
        return str(self.object.get_absolute_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = _("Enter %(goods)s as cards") % {"goods": self.line}
        return super().get_context_data(title=title, cancel_url=reverse("assets:to-enter"), **kwargs)


class EnterStore(ConfirmPage):
    """All consumables of an acceptance that are still to be entered go into the store."""

    permission = KEEP
    template_name = "object_form.html"
    form_class = EnterStoreForm
    submit_label = gettext_lazy("Enter in the store")

    @cached_property
    def acceptance(self) -> Acceptance:
        return get_object_or_404(Acceptance, pk=self.kwargs["pk"])

    def save(self, form: EnterStoreForm) -> Any:
        rows = lines_to_enter().filter(acceptance=self.acceptance, nature=Nature.CONSUMABLE)
        lines = [(row, Decimal(row.accepted - row.stored)) for row in rows]
        paper = enter_in_store(person=who(self.request), lines=lines, **form.cleaned_data)
        messages.success(self.request, _("Entered: %(paper)s.") % {"paper": paper})
        return paper

    def get_success_url(self) -> str:
        return str(self.object.get_absolute_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = _("Enter %(goods)s in the store") % {"goods": self.acceptance}
        return super().get_context_data(title=title, cancel_url=reverse("assets:to-enter"), **kwargs)


@requires(LOOK)
def stock_list(request: HttpRequest) -> HttpResponse:
    """What lies in the store rooms."""
    return render(request, "assets/stock/list.html", {"title": _("Stock"), "rows": stock_now()})


class ItemDetail(DetailPage):
    """One item with its book (领用登记): in, out and what is left after each paper."""

    permission = LOOK
    model = StockItem
    template_name = "assets/stock/item.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rooms: dict[int, Decimal] = {}
        book = []
        for entry in self.object.entries.select_related("paper", "room").order_by("day", "paper_id", "pk"):
            rooms[entry.room_id] = rooms.get(entry.room_id, Decimal(0)) + entry.quantity
            book.append((entry, rooms[entry.room_id]))
        balances = StockBalance.objects.filter(item=self.object).select_related("room")
        return super().get_context_data(book=book, balances=balances, **kwargs)


class PaperDetail(DetailPage):
    """One paper of the store."""

    permission = LOOK
    model = StockPaper
    template_name = "assets/stock/paper.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rows=self.object.entries.select_related("item"), **kwargs)


@requires(EVERYBODY)
def issue_list(request: HttpRequest) -> HttpResponse:
    """Issue slips: all for who sees the store, else one's own."""
    rows: QuerySet[Issue] = issues_seen_by(who(request)).select_related("recipient", "room")[:500]
    return render(request, "assets/issue/list.html", {"title": _("Issue slips"), "rows": rows})


class IssueDetail(DetailPage):
    """One slip with its signature."""

    permission = EVERYBODY
    model = Issue
    template_name = "assets/issue/detail.html"

    def get_queryset(self) -> QuerySet[Issue]:
        return issues_seen_by(who(self.request)).select_related("recipient", "room", "made_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = who(self.request)
        return super().get_context_data(
            story=story_of(self.object, person),
            facts=issues.facts_of(self.object),
            may_cancel=self.object.state == IssueState.WAITING and self.object.made_by_id == person.pk,
            **kwargs,
        )


@requires(KEEP)
def issue_new(request: HttpRequest) -> HttpResponse:
    """Write a slip and send it to the recipient to be signed."""
    form, lines = IssueForm(posted(request)), IssueLines(posted(request), prefix="lines")
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        given = [each.cleaned_data for each in lines if each.cleaned_data.get("item")]
        wanted = [
            Wanted(item=row["item"], asked=row["asked"] or row["issued"] or ZERO, issued=row["issued"] or ZERO)
            for row in given
        ]
        try:
            made = issues.write_issue(person=who(request), lines=wanted, **form.cleaned_data)
        except ValidationError as error:
            say(form, error)
        else:
            messages.success(request, _("Sent to %(person)s to be signed.") % {"person": made.recipient})
            return redirect(made)
    context = {"title": _("Issue goods"), "form": form, "lines": lines, "cancel_url": reverse("assets:issue-list")}
    return render(request, "assets/issue/form.html", context)


@require_POST
@requires(KEEP)
def issue_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a slip nobody signed yet."""
    issue = get_object_or_404(issues_seen_by(who(request)), pk=pk)
    try:
        issues.cancel(person=who(request), issue=issue)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(issue)
