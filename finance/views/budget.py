"""Pages of the budget: how far it is used up, one line with its entries, keeping it; and the month's register."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finance.choices import BudgetEntryKind
from finance.forms.budget import AdjustmentForm, BudgetLineForm, MonthForm, NewBudgetLineForm, OriginalForm, YearForm
from finance.models import BudgetEntry, BudgetLine
from finance.queries.budget import execution, rate_of
from finance.queries.purchases import submitted_in, totals_by_category
from finance.services import budget as services
from logistics.base.permissions import requires
from logistics.base.views import ConfirmPage, CreatePage, DetailPage, UpdatePage
from logistics.records import attachments
from logistics.records.views.files import show_file
from logistics.school.who import who

VIEW, MANAGE = "finance.view_budget", "finance.manage_budget"


@requires(VIEW)
def page(request: HttpRequest) -> HttpResponse:
    """预算执行表 of a year: every line leads to its entries and papers."""
    form = YearForm(request.GET)
    year = form.cleaned_data["year"]
    context = {
        "title": _("Budget execution"),
        "form": form,
        "kept": [],
        "execution": execution(year),
        "what": [("year", year)],
        "may_manage": who(request).has_perm(MANAGE),
    }
    return render(request, "finance/budget/list.html", context)


class LineDetail(DetailPage):
    """One line: its five amounts, every entry with its paper, the requests that draw on it."""

    permission = VIEW
    model = BudgetLine
    template_name = "finance/budget/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line = self.object
        booked = list(line.entries.select_related("made_by", "purchase").order_by("-day", "-pk"))
        for entry in booked:  # only adjustments bring a paper of their own
            entry.files = list(attachments.of(entry)) if entry.kind == BudgetEntryKind.ADJUSTMENT else []
        return super().get_context_data(
            booked=booked,
            rate=rate_of(line.spent, line.total),
            may_manage=who(self.request).has_perm(MANAGE),
            is_set=any(entry.kind == BudgetEntryKind.ORIGINAL for entry in booked),
            **kwargs,
        )


class LineCreate(CreatePage):
    """A new item of a year's budget."""

    permission = MANAGE
    title = gettext_lazy("New budget item")
    model = BudgetLine
    form_class = NewBudgetLineForm
    cancel_url = reverse_lazy("finance:budget-list")
    done = gettext_lazy("%(object)s stands in the budget.")

    def save(self, form: Any) -> BudgetLine:
        line: BudgetLine = form.save()
        if amount := form.cleaned_data["original"]:
            services.set_original(person=who(self.request), line=line, amount=amount)
        return line


class LineUpdate(UpdatePage):
    """What a line is called and who draws on it; its amounts are changed by entries."""

    permission = MANAGE
    title = gettext_lazy("Change the budget item")
    lead = gettext_lazy("Its amounts are changed by an adjustment, from its page.")
    model = BudgetLine
    form_class = BudgetLineForm
    done = gettext_lazy("%(object)s is changed.")


class _OnLine(ConfirmPage):
    """An entry on a line."""

    permission = MANAGE
    template_name = "object_form.html"

    def get_line(self) -> BudgetLine:
        return get_object_or_404(BudgetLine, pk=self.kwargs["pk"])

    def get_success_url(self) -> str:
        return self.get_line().get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{"lead": str(self.get_line()), "cancel_url": self.get_success_url(), **kwargs}
        )


class Original(_OnLine):
    """The budget of the year, once."""

    title = gettext_lazy("Set the budget of the year")
    form_class = OriginalForm
    done = gettext_lazy("The budget of the year is set.")

    def save(self, form: Any) -> BudgetEntry:
        return services.set_original(person=who(self.request), line=self.get_line(), **form.cleaned_data)


class Adjustment(_OnLine):
    """More or less, on the word of a paper."""

    title = gettext_lazy("Adjust the budget")
    form_class = AdjustmentForm
    done = gettext_lazy("The adjustment is entered.")

    def save(self, form: Any) -> BudgetEntry:
        return services.adjust(person=who(self.request), line=self.get_line(), **form.cleaned_data)


@requires(VIEW)
def file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """The paper of an adjustment."""
    return show_file(request, get_object_or_404(BudgetEntry, pk=pk), file)


@requires("finance.view_purchase")
def register(request: HttpRequest) -> HttpResponse:
    """采购登记簿 of a month, with its totals by category."""
    form = MonthForm(request.GET)
    first, last = form.cleaned_data["month"]
    rows = list(submitted_in(first, last).prefetch_related("lines"))
    context = {
        "title": _("Purchase register"),
        "form": form,
        "kept": [],
        "rows": rows,
        "totals": totals_by_category(rows),
        "total": sum((row.total for row in rows), Decimal(0)),
        "what": [("month", f"{first:%Y-%m}")],
        "export_url": f"{reverse('finance:purchase-list')}?since={first}&until={last}&export=xlsx",
    }
    return render(request, "finance/purchase/register.html", context)
