"""Property on official paper: each button makes one of the papers of ``printing``, as PDF or Excel."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assets import printing
from assets.filters import CardFilter
from assets.forms.ledgers import BalanceForm, MonthForm, PeriodForm
from assets.labels import site_of
from logistics.base.permissions import requires
from logistics.printing import delivering
from logistics.school.models import School
from logistics.school.who import keys

WITHOUT = {"class": "property_class", "room": "room", "department": "department", "person": "custodian"}


def deliver(request: HttpRequest, paper: Callable[..., Any], **parameters: Any) -> HttpResponse:
    """Have a paper of property made."""
    return delivering.deliver(request, paper, back="assets:card-list", **parameters)


def site(request: HttpRequest) -> str:
    """Where QR codes on paper lead."""
    return site_of(School.current(), request.build_absolute_uri("/"))


def period(request: HttpRequest) -> dict[str, str]:
    """The days of a ledger, as the papers take them."""
    data = PeriodForm(request.POST).cleaned_data
    return {name: data[name].isoformat() for name in ("first", "last") if data[name]}


@require_POST
@requires("assets.view_own_cards")
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """固定资产卡片."""
    return deliver(request, printing.asset_cards, cards=[pk], site=site(request))


@require_POST
@requires("assets.view_stock")
def stock_list(request: HttpRequest) -> HttpResponse:
    """库存清单."""
    return delivering.deliver(request, printing.stock_list, back="assets:stock-list")


@require_POST
@requires("assets.view_stock")
def stock_item(request: HttpRequest, pk: int) -> HttpResponse:
    """领用登记 of an item."""
    return delivering.deliver(request, printing.item_book, back="assets:stock-list", item=pk)


@require_POST
@requires("assets.view_stock")
def stock_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """入库单."""
    return delivering.deliver(request, printing.stock_in, back="assets:stock-list", stock_paper=pk)


@require_POST
@requires("school.view_contacts")
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """领用单."""
    return delivering.deliver(request, printing.issue_slip, back="assets:issue-list", issue=pk)


@require_POST
@requires("assets.view_own_cards")
def cards(request: HttpRequest) -> HttpResponse:
    """固定资产卡片 of the ticked cards, in one file."""
    if not (chosen := keys(request.POST.getlist("pk"))):
        messages.info(request, _("Choose the cards first: tick them in the list."))
        return redirect("assets:card-list")
    return deliver(request, printing.asset_cards, cards=chosen, site=site(request))


@require_POST
@requires("assets.view_card")
def card_list(request: HttpRequest) -> HttpResponse:
    """固定资产清单 of the ticked cards, or of what the list's filters leave."""
    filters = {name: value for name in CardFilter.base_filters if (value := request.POST.get(name))}
    ticked = keys(request.POST.getlist("pk"))
    return deliver(request, printing.card_list, **({"cards": ticked} if ticked else filters))


@require_POST
@requires("assets.view_own_cards")
def movement(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper itself, such as 调拨单."""
    return deliver(request, printing.movement, movement=pk)


@require_POST
@requires("assets.view_own_cards")
def room_list(request: HttpRequest, pk: int) -> HttpResponse:
    """固定资产分室清单 of what stands in the room now."""
    return deliver(request, printing.room_lists, rooms=[pk])


@require_POST
@requires("assets.view_card")
def room_lists(request: HttpRequest) -> HttpResponse:
    """The same for the ticked rooms, in one file."""
    if not (chosen := keys(request.POST.getlist("pk"))):
        messages.info(request, _("Choose the rooms first: tick them in the list."))
        return redirect("assets:room-list")
    return deliver(request, printing.room_lists, rooms=chosen)


@require_POST
@requires("assets.view_own_cards")
def confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as it was signed or disputed."""
    return deliver(request, printing.confirmation, confirmation=pk)


@require_POST
@requires("assets.view_ledger")
def general_ledger(request: HttpRequest) -> HttpResponse:
    """固定资产总账, as divided on the page, at the end of its day."""
    data, under = BalanceForm(request.POST).cleaned_data, keys(request.POST.getlist("under"))
    last, part = data["on"].isoformat(), under[0] if under else None
    return deliver(request, printing.general_ledger, by=data["by"], last=last, under=part)


@require_POST
@requires("assets.view_ledger")
def ledger(request: HttpRequest, kind: str, pk: int = 0) -> HttpResponse:
    """固定资产分类账, 分室账, a department's or keeper's ledger; all lines, or those without one of these (key 0)."""
    papers: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
        "class": (printing.class_ledger, {"property_class": pk}),
        "room": (printing.room_ledgers, {"rooms": [pk]}),
        "department": (printing.department_ledger, {"department": pk}),
        "person": (printing.custodian_ledger, {"custodian": pk}),
    }
    if kind not in {*papers, "whole"}:
        raise Http404
    without = {"without": WITHOUT[kind]} if kind in WITHOUT else {}
    paper, scope = papers[kind] if pk else (printing.whole_ledger, without)
    return deliver(request, paper, **scope, **period(request))


@require_POST
@requires("assets.view_ledger")
def room_ledgers(request: HttpRequest) -> HttpResponse:
    """固定资产分室账 of the ticked rooms, in one file."""
    if not (chosen := keys(request.POST.getlist("pk"))):
        messages.info(request, _("Choose the rooms first: tick them in the list."))
        return redirect("assets:room-list")
    return deliver(request, printing.room_ledgers, rooms=chosen)


@require_POST
@requires("assets.view_ledger")
def changes(request: HttpRequest) -> HttpResponse:
    """固定资产增减变动月报."""
    first, _last = MonthForm(request.POST).cleaned_data["month"]
    return deliver(request, printing.months_changes, month=f"{first:%Y-%m}")
