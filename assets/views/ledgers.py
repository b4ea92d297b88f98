"""The ledgers: general ledger by class, room or person, each head's own ledger line by line, the month's changes."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from assets.forms.ledgers import BalanceForm, MonthForm, PeriodForm
from assets.models import PropertyClass
from assets.queries.changes import changes as changes_in
from assets.queries.ledger import Balance, By, Scope, balances, ledger, total
from logistics.base.permissions import requires
from logistics.base.views.paging import Page
from logistics.school.models import Department, Person, Room

LINES = 200
NOTHING = 0  # in place of a key: what stands under no class, room, department or person
DEEPER = {By.TOP: By.SUB, By.SUB: By.ITEM}
SCOPES: dict[str, tuple[type[Model], str]] = {
    "class": (PropertyClass, "property_class"),
    "room": (Room, "room"),
    "department": (Department, "department"),
    "person": (Person, "custodian"),
}
KINDS = {By.ROOM: "room", By.DEPARTMENT: "department", By.CUSTODIAN: "person"}


@dataclass(frozen=True)
class Head:
    """A row of the general ledger with its ways down: one depth deeper, and to the lines and papers."""

    balance: Balance
    deeper: str = ""
    lines: str = ""


@requires("assets.view_ledger")
def general(request: HttpRequest) -> HttpResponse:
    """What stands in the ledger at the end of a day; every head leads deeper, every figure to its papers."""
    form = BalanceForm(request.GET)
    on, by = form.cleaned_data["on"], By(form.cleaned_data["by"])
    key = request.GET.get("under", "")
    under = get_object_or_404(PropertyClass, pk=key) if key.isdecimal() else None
    kept = [("under", under.pk)] if under else []
    rows = balances(by, on=on, scope=Scope(property_class=under))
    context = {
        "title": _("General ledger"),
        "form": form,
        "on": on,
        "by": by.value,
        "kept": kept,
        "what": [*kept, ("on", on.isoformat()), ("by", by.value)],
        "under": under,
        "heads": [_head(row, by, on.isoformat()) for row in rows],
        "total": total(row.amount for row in rows),
        "all_lines": _all_lines(under, on.isoformat()),
    }
    return render(request, "assets/ledger/general.html", context)


def _head(row: Balance, by: By, on: str) -> Head:
    kind, key = KINDS.get(by, "class"), row.row.pk if row.row else NOTHING
    lines = f"{reverse(f'assets:{kind}-ledger', args=[key])}?{urlencode({'last': on})}"
    if by not in DEEPER or row.row is None:
        return Head(row, lines=lines)
    down = urlencode({"by": DEEPER[by].value, "under": row.row.pk, "on": on})
    return Head(row, f"{reverse('assets:general-ledger')}?{down}", lines)


def _all_lines(under: PropertyClass | None, on: str) -> str:
    address = reverse("assets:class-ledger", args=[under.pk]) if under else reverse("assets:whole-ledger")
    return f"{address}?{urlencode({'last': on})}"


@requires("assets.view_ledger")
def one(request: HttpRequest, kind: str, pk: int = NOTHING) -> HttpResponse:
    """The ledger of one class, room, department or person: what stood before, its lines, what remains.

    Key 0 is what stands under none of that kind; the kind "whole" is all of it.
    """
    scope, thing = _scope(kind, pk)
    form = PeriodForm(request.GET)
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    shown = ledger(first=first and min(first, last), last=last, scope=scope)
    page = Page.at(request.GET.get("page", ""), LINES, len(shown.lines))
    context: dict[str, Any] = {
        "title": TITLES[kind]() % {"name": thing or _("Not entered")},
        "form": form,
        "kept": [],
        "what": [("first", shown.first.isoformat() if shown.first else ""), ("last", last.isoformat())],
        "ledger": shown,
        "lines": shown.lines[page.start : page.start + LINES],
        "brought": shown.lines[page.start - 1].balance if page.start else shown.opening,
        "page": page,
        "page_sizes": [],
        "print_url": reverse("assets:ledger-print", args=[kind, pk]),
    }
    return render(request, "assets/ledger/one.html", context)


def _scope(kind: str, pk: int) -> tuple[Scope, Model | None]:
    if kind == "whole":
        return Scope(), None
    model, name = SCOPES[kind]
    if pk == NOTHING:
        return Scope(without=name), None
    thing = get_object_or_404(model, pk=pk)
    head: dict[str, Any] = {name: thing}
    return Scope(**head), thing


TITLES = {
    "whole": lambda: _("All lines of the ledger"),
    "class": lambda: _("Class ledger: %(name)s"),
    "room": lambda: _("Room ledger: %(name)s"),
    "department": lambda: _("Department's ledger: %(name)s"),
    "person": lambda: _("Keeper's ledger: %(name)s"),
}


@requires("assets.view_ledger")
def changes(request: HttpRequest) -> HttpResponse:
    """What a month changed in the general ledger, paper by paper."""
    form = MonthForm(request.GET)
    first, last = form.cleaned_data["month"]
    context = {
        "title": _("Month's changes of property"),
        "form": form,
        "kept": [],
        "changes": changes_in(first, last),
        "what": [("month", f"{first:%Y-%m}")],
    }
    return render(request, "assets/ledger/changes.html", context)
