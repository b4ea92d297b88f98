"""Property on official paper: the same facts as on the pages, as PDF or Excel."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from assets.forms.ledgers import BalanceForm, MonthForm, PeriodForm
from assets.models import PropertyClass
from assets.queries.scope import cards_seen_by, movements_seen_by, rooms_seen_by
from logistics.base.permissions import requires
from logistics.school.models import Room


def deliver(request: HttpRequest, *facts: Any) -> HttpResponse:
    raise Http404


@requires("assets.view_own_cards")
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """固定资产卡片."""
    return deliver(request, get_object_or_404(cards_seen_by(request.user), pk=pk))  # type: ignore[arg-type]


@requires("assets.view_own_cards")
def movement(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper itself: for a transfer 调拨单."""
    return deliver(request, get_object_or_404(movements_seen_by(request.user), pk=pk))  # type: ignore[arg-type]


@requires("assets.view_own_cards")
def room_confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of a room to sign."""
    return deliver(request, get_object_or_404(rooms_seen_by(request.user), pk=pk))  # type: ignore[arg-type]


@requires("assets.view_ledger")
def general_ledger(request: HttpRequest) -> HttpResponse:
    """总账."""
    return deliver(request, BalanceForm(request.GET))


@requires("assets.view_ledger")
def class_ledger(request: HttpRequest, pk: int) -> HttpResponse:
    """分类账."""
    return deliver(request, get_object_or_404(PropertyClass, pk=pk), PeriodForm(request.GET))


@requires("assets.view_ledger")
def room_ledger(request: HttpRequest, pk: int) -> HttpResponse:
    """分室账."""
    return deliver(request, get_object_or_404(Room, pk=pk), PeriodForm(request.GET))


@requires("assets.view_ledger")
def changes(request: HttpRequest) -> HttpResponse:
    """The month's changes."""
    return deliver(request, MonthForm(request.GET))
