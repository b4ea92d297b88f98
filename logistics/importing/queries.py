"""Reads of imports: whose they are, counts, problems by column and kind, names that nobody knows."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from logistics.importing.checking import plans
from logistics.importing.choices import Trouble, Verdict
from logistics.importing.columns import ImportSpec, spec_for, specs
from logistics.importing.lookups import LookupWidget
from logistics.importing.models import ImportRow, ImportRun
from logistics.importing.problems import Teller
from logistics.importing.services.mending import NAME_TROUBLES
from logistics.school.models import Person


def kinds_for(person: Person) -> list[type[ImportSpec]]:
    """The lists this person may import."""
    return [spec for spec in specs().values() if person.has_perm(spec.permission)]


def visible_to(person: Person) -> QuerySet[ImportRun]:
    """Own imports, and all of the kinds one may import."""
    kinds = [spec.slug for spec in kinds_for(person)]
    return ImportRun.objects.filter(Q(person=person) | Q(kind__in=kinds), kind__in=specs())


def counts(run: ImportRun) -> dict[str, int]:
    """Rows by verdict; every verdict is named."""
    rows = ImportRow.objects.filter(run=run).order_by().values_list("verdict").annotate(Count("pk"))
    return {**dict.fromkeys(Verdict.values, 0), **dict(rows)}


def teller(run: ImportRun) -> Teller:
    spec = spec_for(run)
    return Teller(spec, plans(spec, run), [table["sheet"] for table in run.tables])


@dataclass(frozen=True)
class Facets:
    """How many faulty rows each column, each kind of problem and each table has."""

    columns: Counter[str]
    troubles: Counter[str]
    names: int  # rows with a name that could be settled for all rows at once


def facets(run: ImportRun) -> Facets:
    columns: Counter[str] = Counter()
    troubles: Counter[str] = Counter()
    names = 0
    for marks in ImportRow.objects.filter(run=run, verdict=Verdict.FAULTY).values_list("marks", flat=True):
        pairs = [pair.partition(":") for pair in marks.strip("|").split("|")]
        columns.update({column for column, _sep, _trouble in pairs if column})
        found = {trouble for _column, _sep, trouble in pairs}
        troubles.update(found)
        names += bool(found & set(NAME_TROUBLES))
    return Facets(columns, troubles, names)


@dataclass
class Unsettled:
    """A name in a list that no record bears, that several bear, or whose bearer is gone."""

    kind: str
    text: str
    trouble: str
    widget: LookupWidget
    rows: int = 0
    places: list[str] = field(default_factory=list)
    near: list[str] = field(default_factory=list)

    @property
    def noun(self) -> str:
        return str(self.widget.noun)

    @property
    def creatable(self) -> bool:
        return self.trouble == Trouble.UNKNOWN and self.widget.creates


MOST_PLACES = 3


def unsettled_names(run: ImportRun) -> list[Unsettled]:
    """The names to settle, once each however many rows have them; those with most rows first, by kind."""
    tell = teller(run)
    found: dict[tuple[str, str], Unsettled] = {}
    condition = Q()
    for trouble in NAME_TROUBLES:
        condition |= Q(marks__contains=f":{trouble.value}|")
    rows = ImportRow.objects.filter(condition, run=run, verdict=Verdict.FAULTY).only(
        "table", "number", "values", "faults", "run_id"
    )
    for row in rows.iterator(2000):
        for column, trouble, _details in row.faults:
            if trouble in NAME_TROUBLES and column in row.values:
                widget = tell.spec.columns[column].widget
                text = str(row.values[column])
                name = found.setdefault((widget.kind, widget.key(text)), Unsettled(widget.kind, text, trouble, widget))
                name.rows += 1
                if len(name.places) < MOST_PLACES:
                    name.places.append(f"{tell.sheets[row.table]} {row.number}")
    names = sorted(found.values(), key=lambda name: (name.kind, -name.rows, name.text))
    for name in names:
        name.near = tell.near(name.widget, name.trouble, name.text)
    return names


def twins_of(run: ImportRun) -> QuerySet[ImportRun]:
    """Other imports of the very same file."""
    return ImportRun.objects.filter(kind=run.kind, sha256=run.sha256).exclude(pk=run.pk).select_related("person")


def shown_values(spec: ImportSpec, row: ImportRow, columns: list[str]) -> list[Any]:
    """The cleaned values of a row as the preview writes them."""
    values = row.values
    return [
        spec.columns[name].widget.shown(spec.columns[name].widget.unpack(values[name]))
        if name in values and not spec.columns[name].is_lookup
        else values.get(name, "")
        for name in columns
    ]
