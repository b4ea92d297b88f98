"""What is wrong with a row in words: sheet, row, column, what stands there, what is expected.

Rows keep kinds and parameters only, so that each reader is told in his own language.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics.importing import cells
from logistics.importing.checking import Plan
from logistics.importing.choices import Trouble
from logistics.importing.cleaning import CellProblem
from logistics.importing.columns import Column, ImportSpec
from logistics.importing.lookups import LookupWidget
from logistics.importing.models import ImportRow
from logistics.importing.widgets import PLAIN

MOST_SHOWN = 200  # characters of a cell
EXPECTED: dict[str, str | Promise] = {
    Trouble.MISSING: gettext_lazy("a value; a new record needs one"),
    Trouble.AMBIGUOUS: gettext_lazy("which one is meant; several have this name"),
    Trouble.GONE: gettext_lazy("one that is in use, or somebody who still works here"),
    Trouble.DOUBLE: gettext_lazy("a number used only once; row {row} of sheet “{sheet}” has it already"),
    Trouble.TWIN: gettext_lazy("nothing; import no. {run} has entered this row of the same file"),
    Trouble.STALE: gettext_lazy("a second look; somebody has changed the registry since the preview"),
}


@dataclass(frozen=True)
class Problem:
    """One fault as the page, the marked copy and a screen reader tell it. ``near`` are names to take instead."""

    column: str
    label: str
    index: int | None  # of the file's column, from 0
    stands: str
    expected: str
    trouble: str
    near: list[str] = field(default_factory=list)
    kind: str = ""  # of the look-up, where names can be offered

    @property
    def sentence(self) -> str:
        """In one line, for the marked copy."""
        if not self.label:
            return _("Expected: %(expected)s.") % {"expected": self.expected}
        if not self.stands:
            return _("%(column)s is empty. Expected: %(expected)s.") % {"column": self.label, "expected": self.expected}
        parts = {"column": self.label, "stands": self.stands, "expected": self.expected}
        return _("%(column)s: “%(stands)s” stands there. Expected: %(expected)s.") % parts


class Teller:
    """Puts the faults of a run's rows into words; look-ups are read once."""

    def __init__(self, spec: ImportSpec, plans: list[Plan], sheets: list[str]) -> None:
        self.spec, self.plans, self.sheets = spec, plans, sheets

    def problems(self, record: ImportRow) -> list[Problem]:
        places = {name: (place, reading) for name, place, _column, reading in self.plans[record.table].columns}
        return [self.problem(record, places, *fault) for fault in record.faults]

    def problem(
        self, record: ImportRow, places: dict[str, Any], name: str, trouble: str, details: dict[str, Any]
    ) -> Problem:
        column = self.spec.columns.get(name)
        stands = self.stands(record, places, name)
        widget = column.widget if column else None
        lookup = widget if isinstance(widget, LookupWidget) else None
        return Problem(
            column=name,
            label=str(column.label) if column else "",
            index=self.index(record, places, name),
            stands=stands,
            expected=self.expected(record, places, column, trouble, details),
            trouble=trouble,
            near=self.near(lookup, trouble, stands) if lookup else [details["amount"]] if "amount" in details else [],
            kind=lookup.kind if lookup else "",
        )

    def stands(self, record: ImportRow, places: dict[str, Any], name: str) -> str:
        if name in record.mends:
            return str(record.mends[name][1])
        return cells.shown(record.cells[places[name][0]])[:MOST_SHOWN] if name in places else ""

    def index(self, record: ImportRow, places: dict[str, Any], name: str) -> int | None:
        if name not in places or self.spec.run is None:
            return None
        index: int = self.spec.run.tables[record.table]["heads"][places[name][0]][0]
        return index

    def expected(
        self, record: ImportRow, places: dict[str, Any], column: Column | None, trouble: str, details: dict[str, Any]
    ) -> str:
        if trouble == Trouble.CELL and column:
            return self.expected_cell(record, places, column)
        if trouble == Trouble.UNKNOWN and column:
            return str(column.widget.label)
        if "rule" in details:
            return str(self.spec.sentences[details["rule"]]).format(**details)
        sheet = self.sheets[details["table"]] if "table" in details else ""
        return str(EXPECTED.get(trouble, "")).format(**{**details, "sheet": sheet})

    def expected_cell(self, record: ImportRow, places: dict[str, Any], column: Column) -> str:
        try:
            if column.name in record.mends:
                column.widget.parse(record.mends[column.name][1], PLAIN)
            else:
                place, reading = places[column.name]
                column.widget.parse(cells.unpacked(record.cells[place]), reading)
        except CellProblem as problem:
            return str(problem)
        return ""

    def near(self, widget: LookupWidget, trouble: str, text: str) -> list[str]:
        if trouble in (Trouble.AMBIGUOUS, Trouble.GONE):
            return candidates(widget, text)
        return widget.near(text) if trouble == Trouble.UNKNOWN else []


def candidates(widget: LookupWidget, text: str) -> list[str]:
    """Those in use that a name may mean."""
    return [known.written for known in widget.table.by_key.get(widget.key(text), ()) if known.active]
