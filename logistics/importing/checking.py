"""Rows judged: cells cleaned, records found, names resolved, old compared with new. Nothing is written here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from logistics.importing.cells import unpacked
from logistics.importing.choices import GOOD, SETTLED, RunState, Trouble, Verdict
from logistics.importing.cleaning import CellProblem
from logistics.importing.columns import Column, ImportSpec, Row
from logistics.importing.grids import Uncalculated
from logistics.importing.headers import ColumnHead
from logistics.importing.kept import Lines
from logistics.importing.lookups import LookupWidget, Unresolved
from logistics.importing.models import ImportRow, ImportRun
from logistics.importing.widgets import PLAIN, CodeWidget, Reading

MARKS_LENGTH = 600
NOT_FOUND = (Trouble.CELL, Trouble.AMBIGUOUS, Trouble.RULE)  # of a key: whether the record is new is not known


@dataclass(frozen=True)
class Plan:
    """How the rows of one table are read: for each matched column its place among the cells."""

    columns: tuple[tuple[str, int, Column, Reading], ...]

    @classmethod
    def of(cls, spec: ImportSpec, table: dict[str, Any], date1904: bool) -> "Plan":
        found = []
        for place, name in table["map"].items():
            if name in spec.columns:
                index, parts = table["heads"][int(place)]
                reading = Reading(ColumnHead(index, tuple(parts)).unit, date1904)
                found.append((name, int(place), spec.columns[name], reading))
        return cls(tuple(found))


def plans(spec: ImportSpec, run: ImportRun) -> list[Plan]:
    return [Plan.of(spec, table, run.date1904) for table in run.tables]


def parse(spec: ImportSpec, plan: Plan, record: ImportRow) -> Row:
    """Clean the cells of a row and what was typed instead; faults and values are set on ``record``."""
    cells = [unpacked(cell) for cell in record.cells]
    row = Row(record, {})
    record.faults = []
    mends = record.mends
    for name, place, column, reading in plan.columns:
        if name not in mends:
            cell = cells[place]
            if cell is not None and cell != "":
                clean(row, name, column, cell, reading)
    for name in mends:
        if name in spec.columns and mends[name][1]:
            clean(row, name, spec.columns[name], mends[name][1], PLAIN)
    return row


def clean(row: Row, name: str, column: Column, cell: Any, reading: Reading) -> None:
    try:
        value = column.widget.parse(cell, reading)
    except CellProblem:
        if not (column.reckoned and isinstance(cell, Uncalculated)):
            row.fault(name, Trouble.CELL)
            row.spellings[name] = str(cell)
        return
    if value is not None:
        row.values[name] = value
        if isinstance(column.widget, CodeWidget) and isinstance(cell, str) and (text := cell.strip()) != value:
            row.spellings[name] = text


def stored(spec: ImportSpec, record: ImportRow) -> Row:
    """A row as it was cleaned before, without its cells."""
    record.faults = []
    return Row(record, {name: spec.columns[name].widget.unpack(value) for name, value in record.values.items()})


def judge(spec: ImportSpec, rows: Sequence[Row], *, alone: bool = False) -> None:
    """Set verdict, changes, target and faults of each row's record by what the registry holds at this moment.

    ``alone``: only some rows of the run are judged; the others are asked for doubles.
    """
    find_targets(spec, rows)
    find_doubles(spec, rows, alone=alone)
    find_twins(spec, rows)
    spec.prepare(rows)
    present = columns_present(spec)
    for row in rows:
        row.record.changes = {}
        row.given = {}
        spec.check(row)
        compare(spec, row, present)
    spec.forbid([row for row in rows if not row.record.faults and (row.instance is None or row.record.changes)])
    for row in rows:
        settle(spec, row)


def find_targets(spec: ImportSpec, rows: Sequence[Row]) -> None:
    found = {}
    for column in spec.keys:
        texts = {row.values[column] for row in rows if column in row.values}
        texts |= {row.spellings[column] for row in rows if column in row.spellings}
        found[column] = spec.existing(column, sorted(texts, key=str)) if texts else {}
    for row in rows:
        for column, text in row.spellings.items():
            if column in found and text in found[column]:  # the record is written in full width itself
                row.values[column] = text
        row.instance = spec.find(row, found)
        row.record.target = row.instance.pk if row.instance is not None else None
        row.record.key = key_of(spec, row)


def key_of(spec: ImportSpec, row: Row) -> str:
    column = next((column for column in spec.keys if column in row.values), None)
    return f"{column}:{spec.key_text(column, row.values[column])}"[:120] if column else ""


def find_doubles(spec: ImportSpec, rows: Sequence[Row], *, alone: bool) -> None:
    """Of rows with one key, or for one record, the first counts; those entered before come first."""
    seen: dict[str, tuple[int, int]] = {}
    records: dict[int, tuple[int, int]] = {}
    others = ImportRow.objects.none()
    if spec.run is not None:
        others = ImportRow.objects.filter(run=spec.run, verdict=Verdict.COMMITTED)
    if alone and spec.run is not None:
        own = [row.record.pk for row in rows]
        keys = {row.record.key for row in rows}
        others = ImportRow.objects.filter(run=spec.run, key__in=keys).exclude(verdict=Verdict.LEFT_OUT)
        others = others.exclude(pk__in=own)
    ahead = others.exclude(key="").order_by("table", "number").values_list("key", "table", "number", "verdict")
    entered: set[str] = set()
    for key, table, number, verdict in ahead:
        seen.setdefault(key, (table, number))
        if verdict == Verdict.COMMITTED:
            entered.add(key)
    for row in sorted(rows, key=lambda row: (row.record.table, row.record.number)):
        record = row.record
        here = (record.table, record.number)
        first = seen.setdefault(record.key, here) if record.key else here
        if first == here and record.target is not None:
            first = records.setdefault(record.target, here)
        if first < here or (first != here and record.key in entered):
            column = record.key.partition(":")[0]
            row.fault(column, Trouble.DOUBLE, table=first[0], row=first[1])


def find_twins(spec: ImportSpec, rows: Sequence[Row]) -> None:
    """Rows without any key that an import of this same file has entered before."""
    bare = [row for row in rows if not row.record.key]
    if not bare or spec.run is None:
        return
    before = ImportRow.objects.filter(
        run__kind=spec.run.kind,
        run__sha256=spec.run.sha256,
        run__state__in=(RunState.COMMITTED, RunState.PARTLY),
        verdict=Verdict.COMMITTED,
        key="",
    ).exclude(run=spec.run)
    entered = {(table, number): run for run, table, number in before.values_list("run_id", "table", "number")}
    for row in bare:
        if run := entered.get((row.record.table, row.record.number)):
            row.fault("", Trouble.TWIN, run=run)


def columns_present(spec: ImportSpec) -> set[str]:
    """The columns that the list has at all."""
    tables = spec.run.tables if spec.run else []
    return {name for table in tables if table["use"] for name in table["map"].values()}


def compare(spec: ImportSpec, row: Row, present: set[str]) -> None:
    """Resolve names and set what the row gives its record; blanks give nothing."""
    record, instance = row.record, row.instance
    if instance is not None and record.faults:
        record.faults = [fault for fault in record.faults if not stands_so(spec, row, fault)]
    faulty = {fault[0] for fault in record.faults}
    for name, value in row.values.items():
        column = spec.columns[name]
        if not column.attribute or name in faulty:
            continue
        path, new = column.path, value
        now = getattr(instance, path) if instance is not None else None
        if isinstance(column.widget, LookupWidget):
            try:
                new = column.widget.resolve(value, now)
            except Unresolved as unresolved:
                row.fault(name, unresolved.trouble)
                continue
            if new is None:
                continue
        if instance is None:
            row.given[path] = new
        elif now != new and not same_text(column, now, new):
            row.given[path] = new
            record.changes[name] = [column.widget.shown(now), column.widget.shown(new)]
    if instance is None and not any(fault[0] in spec.keys and fault[1] in NOT_FOUND for fault in record.faults):
        demand(spec, row, present, faulty)


def stands_so(spec: ImportSpec, row: Row, fault: list[Any]) -> bool:
    """Whether a cell that no list should have is just what the record says: a thing that is called 同上."""
    column = spec.columns.get(fault[0])
    if fault[1] != Trouble.CELL or column is None or not column.attribute or fault[0] not in row.spellings:
        return False
    return bool(getattr(row.instance, column.path) == row.spellings[fault[0]])


def same_text(column: Column, now: Any, value: Any) -> bool:
    """Whether the registry's text differs only in what cleaning takes away: double spaces, line ends, full width."""
    if not isinstance(now, str) or isinstance(column.widget, LookupWidget):
        return False
    try:
        return bool(column.widget.parse(now, PLAIN) == value)
    except CellProblem:
        return False


def demand(spec: ImportSpec, row: Row, present: set[str], faulty: set[str]) -> None:
    """What a new record needs and the row does not give."""
    for name, column in spec.columns.items():
        if not column.required or name in row.values or name in faulty:
            continue
        if faulty and (column.reckoned in row.values or column.reckoned in faulty):
            continue  # it is reckoned once the others are mended
        if column.absent is not None and name not in present:
            row.given[column.path] = column.absent
        else:
            row.fault(name, Trouble.MISSING)


def settle(spec: ImportSpec, row: Row) -> None:
    record = row.record
    if record.faults:
        record.verdict = Verdict.FAULTY
    elif row.instance is None:
        record.verdict = Verdict.NEW
    else:
        record.verdict = Verdict.CHANGED if record.changes else Verdict.SAME
    record.values = {name: spec.columns[name].widget.pack(value) for name, value in row.values.items()}
    set_marks(record)


def set_marks(record: ImportRow) -> None:
    marks = "|".join(dict.fromkeys(f"{column}:{trouble}" for column, trouble, _details in record.faults))
    record.marks = f"|{marks}|"[:MARKS_LENGTH] if marks else ""


def proposal(record: ImportRow) -> tuple[Any, ...]:
    """What a row was shown to do; when the registry has changed meanwhile, it is another."""
    return record.verdict, record.target, dict(record.changes)


def rows_of_tables(run: ImportRun, tables: Sequence[Lines | None], mends: dict[Any, Any]) -> Iterator[ImportRow]:
    """New records for all rows of the tables in use, with the mends that still stand over the same cell."""
    for at, (table, lines) in enumerate(zip(run.tables, tables, strict=True)):
        if not table["use"] or lines is None:
            continue
        places = {name: int(place) for place, name in table["map"].items()}
        for number, cells in lines:
            record = ImportRow(run=run, table=at, number=number, cells=cells, verdict=Verdict.FAULTY)
            for name, (raw, text) in mends.get((table["sheet"], number), {}).items():
                if (cells[places[name]] if name in places else None) == raw:
                    record.mends[name] = [raw, text]
            yield record


def unsettled(run: ImportRun) -> Iterable[ImportRow]:
    return ImportRow.objects.filter(run=run).exclude(verdict__in=SETTLED)


__all__ = ["GOOD", "judge", "parse", "plans", "proposal", "rows_of_tables", "stored", "unsettled"]
