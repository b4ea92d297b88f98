"""Purchases on official paper: each button makes one of the papers of ``printing``, as PDF or Excel."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from finance import printing
from finance.forms.budget import MonthForm, YearForm
from logistics.base.permissions import requires
from logistics.printing.delivering import deliver


@require_POST
@requires("finance.file_purchase")
def purchase(request: HttpRequest, pk: int) -> HttpResponse:
    """申购单, two copies."""
    back = reverse("finance:purchase-detail", args=[pk])
    return deliver(request, printing.purchase_request, back=back, purchase=pk)


@require_POST
@requires("finance.view_purchase")
def register(request: HttpRequest) -> HttpResponse:
    """采购登记簿 of a month."""
    first, _last = MonthForm(request.POST).cleaned_data["month"]
    back = reverse("finance:purchase-register")
    return deliver(request, printing.purchase_register, back=back, month=f"{first:%Y-%m}")


@require_POST
@requires("finance.view_budget")
def budget(request: HttpRequest) -> HttpResponse:
    """预算执行表 of a year."""
    year = YearForm(request.POST).cleaned_data["year"]
    return deliver(request, printing.budget_execution, back=reverse("finance:budget-list"), year=year)
