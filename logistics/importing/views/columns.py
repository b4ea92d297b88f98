"""The sheets that were found and where their columns go; the person may change both."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from logistics.importing.choices import RunState
from logistics.importing.columns import ImportSpec, specs
from logistics.importing.layouts import MOST_HEADS, REASON_TEXTS, WHY, head_text
from logistics.importing.models import ImportRun
from logistics.importing.queries import twins_of
from logistics.importing.services.uploads import choose_columns, look_again
from logistics.importing.services.work import start
from logistics.importing.views.access import for_importers, run_or_404


@dataclass
class Sheet:
    """A table of the file as the page shows it."""

    at: int
    table: dict[str, Any]
    used: bool
    why: str
    skipped: list[tuple[int, str]]

    @property
    def header(self) -> int:
        return int(self.table["header"][0]) if self.table["header"] else 1


@dataclass
class Head:
    """A column of the file: what stands over it, in its first rows, and where it goes."""

    place: int
    text: str
    samples: list[str]
    column: str
    guess: str
    options: SafeString  # of the select, with the column chosen


@dataclass
class Group:
    """Sheets with the same heads: their columns are matched once."""

    sheets: list[Sheet]
    heads: list[Head] = field(default_factory=list)

    @property
    def at(self) -> int:
        return self.sheets[0].at


def options_of(spec: ImportSpec) -> Callable[[str], SafeString]:
    """The columns to choose from as HTML, made once for each choice: a file may have a thousand heads."""
    labels = [(name, str(column.label)) for name, column in spec.columns.items()]

    @cache
    def options(chosen: str) -> SafeString:
        parts = ((name, mark_safe(" selected") if name == chosen else "", label) for name, label in labels)
        return format_html_join("", '<option value="{}"{}>{}</option>', parts)

    return options


def groups_of(run: ImportRun, spec: ImportSpec, data: QueryDict | None = None) -> list[Group]:
    """The tables by their heads; with ``data`` as a person had changed them when it was refused."""
    found: dict[str, Group] = {}
    options = options_of(spec)
    for at, table in enumerate(run.tables):
        if table.get("old"):
            continue
        skipped = [(number, str(REASON_TEXTS.get(code, ""))) for number, code in table["skipped"]]
        used = table["use"] if data is None else f"use-{at}" in data
        sheet = Sheet(at, table, used, str(WHY.get(table["why"], "")), skipped)
        key = repr([table["heads"], table["map"]]) if table["heads"] else f"none{at}"
        if key in found:
            found[key].sheets.append(sheet)
            continue
        found[key] = Group([sheet])
        for place in range(min(len(table["heads"]), MOST_HEADS)):
            guess = table["guess"].get(str(place), "")
            column = table["map"].get(str(place), "") if data is None else data.get(f"column-{at}-{place}", "")
            found[key].heads.append(
                Head(
                    place,
                    head_text(table, place),
                    [row[place] for row in table["samples"] if row[place]],
                    column,
                    str(spec.columns[guess].label) if guess in spec.columns else "",
                    options(column),
                )
            )
    return list(found.values())


@for_importers
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or change what the program found, then have all rows checked."""
    run = run_or_404(request, pk, change=request.method == "POST")
    if run.state != RunState.COLUMNS:
        return redirect(run)
    spec = specs()[run.kind](run)
    status = 200
    if request.method == "POST":
        try:
            if headers := changed_headers(request.POST, run):
                look_again(run=run, headers=headers)
                messages.info(request, _("The columns were found anew. Look at them again."))
                return redirect("importing:run-columns", run.pk)
            choose_columns(run=run, **choices(request.POST, groups_of(run, spec)))
        except ValidationError as error:
            run.refresh_from_db()
            status = 422
            for message in error.messages:
                messages.error(request, message)
        else:
            start(run, "check", request.user)  # type: ignore[arg-type]
            return redirect(run)
    context = {
        "title": _("Sheets and columns"),
        "run": run,
        "spec": spec,
        "groups": groups_of(run, spec, request.POST if status == 422 else None),
        "twins": twins_of(run)[:3],
    }
    return render(request, "importing/run/columns.html", context, status=status)


def changed_headers(data: QueryDict, run: ImportRun) -> dict[int, int]:
    """Header rows that a person named otherwise, with those named earlier; empty when nothing changed."""
    named: dict[int, int] = {}
    changed = False
    for at, table in enumerate(run.tables):
        if table.get("old"):
            continue
        text = data.get(f"header-{at}", "")
        now = table["header"][0] if table["header"] else None
        if text.isdecimal() and len(text) < 8 and 0 < int(text) != now and (table["heads"] or f"use-{at}" in data):
            named[table["index"]] = int(text)
            changed = True
        elif table.get("chosen"):
            named.setdefault(table["index"], table["chosen"])
    return named if changed else {}


def choices(data: QueryDict, groups: list[Group]) -> dict[str, Any]:
    used = {sheet.at for group in groups for sheet in group.sheets if f"use-{sheet.at}" in data}
    matches: dict[int, dict[int, str]] = {}
    for group in groups:
        chosen = {head.place: name for head in group.heads if (name := data.get(f"column-{group.at}-{head.place}"))}
        for sheet in group.sheets:
            matches[sheet.at] = chosen
    return {"used": used, "matches": matches}


@for_importers
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """From the preview back to the columns."""
    from logistics.importing.services.states import move

    run = run_or_404(request, pk, change=True)
    if request.method == "POST" and run.state == RunState.PREVIEW:
        try:
            move(run, RunState.COLUMNS)
        except ValidationError as error:
            messages.error(request, error.messages[0])
    return redirect(run)
