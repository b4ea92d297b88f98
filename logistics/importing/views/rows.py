"""The rows of an import: what each would do, what is wrong with it, mending it."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from logistics.base.views.paging import Page
from logistics.importing.cells import shown
from logistics.importing.choices import RunState, Trouble, Verdict
from logistics.importing.models import ImportRow, ImportRun
from logistics.importing.problems import MOST_SHOWN, Problem, Teller
from logistics.importing.queries import counts, facets, shown_values, teller
from logistics.importing.services.mending import leave_out, mend_row
from logistics.importing.views.access import for_importers, run_or_404
from logistics.importing.widgets import IntegerWidget, MoneyWidget

PAGE_SIZES = {Verdict.FAULTY.value: (25, 50)}
OTHER_SIZES = (50, 100)
MOST_PROBLEMS = 5  # shown of one row; all of them on its own page
MOST_OFFERED = 400  # names in the list behind an input
TABS = (Verdict.FAULTY, Verdict.NEW, Verdict.CHANGED, Verdict.SAME, Verdict.LEFT_OUT, Verdict.COMMITTED)


@dataclass
class Shown:
    """A row as the page shows it."""

    row: ImportRow
    sheet: str
    title: str
    values: list[Any] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    more: int = 0  # problems not shown here
    url: str = ""


def shown_row(tell: Teller, row: ImportRow, columns: list[str] | None = None) -> Shown:
    spec = tell.spec
    problems = tell.problems(row)
    return Shown(
        row=row,
        sheet=tell.sheets[row.table],
        title=title_of(tell, row),
        values=shown_values(spec, row, columns) if columns else [],
        changes=[(str(spec.columns[name].label), old, new) for name, (old, new) in row.changes.items()],
        problems=problems[:MOST_PROBLEMS],
        more=max(len(problems) - MOST_PROBLEMS, 0),
        url=spec.target_url(row.target) if row.target else "",
    )


def title_of(tell: Teller, row: ImportRow) -> str:
    """What the row is about: number and name."""
    return " ".join(str(row.values[name]) for name in tell.spec.named_by if name in row.values)[:80]


def filtered(request: HttpRequest, run: ImportRun, verdict: str) -> QuerySet[ImportRow]:
    """The rows of a tab that pass the filters in the address."""
    rows = ImportRow.objects.filter(run=run, verdict=verdict)
    if (table := request.GET.get("sheet", "")).isdecimal() and len(table) < 5:
        rows = rows.filter(table=int(table))
    if (column := request.GET.get("column", "")).isidentifier():
        rows = rows.filter(marks__contains=f"|{column}:")
    if (trouble := request.GET.get("trouble", "")) in Trouble.values:
        rows = rows.filter(marks__contains=f":{trouble}|")
    return rows.order_by("table", "number")


def tabs_of(found: dict[str, int]) -> list[tuple[str, str, int]]:
    return [(v.value, str(v.label), found[v]) for v in TABS if found[v] or v in (Verdict.FAULTY, Verdict.NEW)]


@for_importers
@require_GET
def rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview: counts, one tab a verdict, filters, pages."""
    run = run_or_404(request, pk)
    if run.state == RunState.COLUMNS or run.at_work:
        return redirect(run)
    found = counts(run)
    tab = request.GET.get("tab", "")
    if tab not in Verdict.values:
        tab = next((v.value for v in TABS if found[v]), Verdict.NEW.value)
    there = filtered(request, run, tab)
    size = request.GET.get("size", "")
    sizes = PAGE_SIZES.get(tab, OTHER_SIZES)
    wanted = int(size) if size in {str(n) for n in sizes} else sizes[0]
    page = Page.at(request.GET.get("page", ""), wanted, there.count())
    tell = teller(run)
    columns = [name for name in tell.spec.columns if any(name in t["map"].values() for t in run.tables if t["use"])]
    records = ImportRow.objects.filter(pk__in=page.keys(there)).order_by("table", "number")
    shown_rows = [shown_row(tell, row, columns) for row in records]
    context = {
        "title": run.name,
        "run": run,
        "spec": tell.spec,
        "tab": tab,
        "tabs": tabs_of(found),
        "counts": found,
        "good": found["new"] + found["changed"],
        "page": page,
        "page_sizes": sizes,
        "shown_rows": shown_rows,
        "columns": [str(tell.spec.columns[name].label) for name in columns],
        "table_class": table_class(tell, columns),
        "sheets": [(at, t["sheet"]) for at, t in enumerate(run.tables) if t["use"]],
        "may_change": run.open and request.user.has_perm(tell.spec.permission),
        "lists": name_lists(tell, shown_rows),
        **facets_of(run, tell, tab),
    }
    return render(request, "importing/row/list.html", context)


def table_class(tell: Teller, columns: list[str]) -> str:
    """Which columns hold figures; the first column says where the row stands."""
    figures = (MoneyWidget, IntegerWidget)
    widgets = [tell.spec.columns[name].widget for name in columns]
    return " ".join(f"num-{at}" for at, widget in enumerate(widgets, 2) if isinstance(widget, figures))


def facets_of(run: ImportRun, tell: Teller, tab: str) -> dict[str, Any]:
    """What the faulty rows can be filtered by, with counts."""
    found = facets(run)
    if tab != Verdict.FAULTY:
        return {"by_column": [], "by_trouble": [], "names": found.names}
    columns = [
        (name, str(column.label), found.columns[name])
        for name, column in tell.spec.columns.items()
        if found.columns[name]
    ]
    troubles = [(t.value, str(t.label), found.troubles[t]) for t in Trouble if found.troubles[t]]
    return {"by_column": columns, "by_trouble": troubles, "names": found.names}


def name_lists(tell: Teller, shown_rows: list[Shown]) -> dict[str, list[str]]:
    """For each look-up that a shown problem is about, the names to choose from."""
    kinds = {problem.kind for row in shown_rows for problem in row.problems if problem.kind}
    widgets = {column.widget.kind: column.widget for column in tell.spec.lookups.values()}
    return {kind: list(widgets[kind].names[:MOST_OFFERED]) for kind in sorted(kinds)}


@for_importers
def row(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One row with all its cells to type anew."""
    run = run_or_404(request, pk, change=request.method == "POST")
    record = get_object_or_404(ImportRow, run=run, pk=number)
    if request.method == "POST":
        answer: HttpResponse = mend(request, pk, number)
        return answer
    tell = teller(run)
    places = {name: int(place) for place, name in run.tables[record.table]["map"].items()}
    problems = {problem.column: problem for problem in tell.problems(record)}
    cells = [
        {
            "name": name,
            "label": str(column.label),
            "text": typed(record, name, places),
            "problem": problems.get(name),
            "kind": column.widget.kind if column.is_lookup else "",
        }
        for name, column in tell.spec.columns.items()
        if name in places or name in problems or name in record.mends
    ]
    widgets = {column.widget.kind: column.widget for column in tell.spec.lookups.values()}
    context = {
        "title": _("%(sheet)s, row %(row)d") % {"sheet": tell.sheets[record.table], "row": record.number},
        "run": run,
        "row": record,
        "cells": cells,
        "whole": [problem for column, problem in problems.items() if not column],
        "lists": {cell["kind"]: list(widgets[cell["kind"]].names[:MOST_OFFERED]) for cell in cells if cell["kind"]},
        "may_change": run.open and request.user.has_perm(tell.spec.permission),
    }
    return render(request, "importing/row/form.html", context)


def typed(record: ImportRow, name: str, places: dict[str, int]) -> str:
    if name in record.mends:
        return str(record.mends[name][1])
    return shown(record.cells[places[name]])[:MOST_SHOWN] if name in places else ""


@for_importers
@require_POST
def mend(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take what was typed into cells of a row, leave the row out, or take it in again."""
    run = run_or_404(request, pk, change=True)
    record = get_object_or_404(ImportRow, run=run, pk=number)
    cells = {name.removeprefix("cell-"): str(text) for name, text in request.POST.items() if name.startswith("cell-")}
    if take := request.POST.get("take", ""):  # a nearest name: "room=六年级(2)班"
        name, _sep, text = take.partition("=")
        cells[name] = text
    try:
        if "out" in request.POST:
            record = leave_out(run=run, row=record, out=request.POST["out"] == "1")
        else:
            record = mend_row(run=run, row=record, cells=changed_cells(run, record, cells))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(run)
    if request.htmx:  # type: ignore[attr-defined]
        return article(request, run, record)
    if record.verdict == Verdict.FAULTY and "whole" in request.POST:
        return redirect("importing:row", run.pk, record.pk)
    return redirect(back_to(request, run) + f"#row-{record.pk}")


def changed_cells(run: ImportRun, record: ImportRow, cells: dict[str, str]) -> dict[str, str]:
    """Only what differs from what stands there: an untouched cell is not a mend."""
    places = {name: int(place) for place, name in run.tables[record.table]["map"].items()}
    return {name: text for name, text in cells.items() if text.strip() != typed(record, name, places).strip()}


def article(request: HttpRequest, run: ImportRun, record: ImportRow) -> HttpResponse:
    tell = teller(run)
    found = counts(run)
    shown_one = shown_row(tell, record)
    context = {
        "run": run,
        "shown": shown_one,
        "tab": Verdict.FAULTY.value,
        "tabs": tabs_of(found),
        "good": found["new"] + found["changed"],
        "counts": found,
        "may_change": True,
        "swap": True,
        "back": request.POST.get("back", ""),
    }
    return render(request, "importing/row/_answer.html", context)


def back_to(request: HttpRequest, run: ImportRun) -> str:
    """The page the row was mended on, with its filters; never an address of elsewhere."""
    rest = request.POST.get("back", "")
    base = reverse("importing:row-list", args=[run.pk])
    if any(mark in rest for mark in "\r\n#"):
        raise Http404
    return f"{base}?{rest}" if rest else base
