"""The tables of an upload as an import keeps them: found, matched with the columns, changed by a person."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise

from logistics.importing import cells
from logistics.importing.columns import ImportSpec
from logistics.importing.grids import Workbook
from logistics.importing.headers import Certainty, ColumnHead, match_columns
from logistics.importing.layout import REASONS, WHY_EMPTY, WHY_HIDDEN, WHY_NO_HEADER, Table, find_tables
from logistics.importing.rowkinds import RowKind

SAMPLES = 3
MOST_SKIPPED = 200  # named on the page; the rest is only counted
MOST_HEADS = 80  # a list has no more columns; what stands further right is not offered
WHY: dict[str, Promise] = {"empty": WHY_EMPTY, "hidden": WHY_HIDDEN, "no_header": WHY_NO_HEADER}
REASON_TEXTS: dict[str, Promise] = {
    kind.value if isinstance(kind, RowKind) else kind: text for kind, text in REASONS.items()
}
Found = tuple[int, Table | None, str]
CODES = {id(text): code for code, text in [*WHY.items(), *REASON_TEXTS.items()]}


def found_tables(workbook: Workbook, spec: ImportSpec, headers: Mapping[int, int] | None = None) -> list[Found]:
    """Every table of every sheet as (sheet, table, why not); ``headers``: sheet → header row that a person chose."""
    found: list[Found] = []
    for index, sheet in enumerate(workbook.sheets):
        layout = find_tables(sheet, spec.vocabulary, (headers or {}).get(index))
        why = CODES.get(id(layout.why), "") if layout.why else ""
        found += [(index, table, why) for table in layout.tables] or [(index, None, why or "no_header")]
    return found


def described(
    workbook: Workbook,
    found: Sequence[Found],
    spec: ImportSpec,
    remembered: Mapping[str, str],
    headers: Mapping[int, int] | None = None,
) -> list[dict[str, Any]]:
    """What an import keeps of its tables, with the proposed match of each."""
    return [
        describe(
            workbook.sheets[index].name,
            index,
            table,
            why,
            spec=spec,
            remembered=remembered,
            chosen=(headers or {}).get(index),
        )
        for index, table, why in found
    ]


def describe(
    name: str,
    index: int,
    table: Table | None,
    why: str,
    *,
    spec: ImportSpec,
    remembered: Mapping[str, str],
    chosen: int | None,
) -> dict[str, Any]:
    if table is None:
        return {"sheet": safe(name), "index": index, "use": False, "why": why, "chosen": chosen, **NO_TABLE}
    told = {head.index for head in table.columns if spec.vocabulary.words.get(head.key) == ""}  # 序号 and its like
    heads = [head for head in table.columns if head.index not in told or head.key in remembered]
    matches = match_columns(heads, list(spec.columns.values()), remembered)
    places = {head.index: str(place) for place, head in enumerate(table.columns)}
    mapped = {places[match.head.index]: match.name for match in matches if match.certainty > Certainty.WEAK}
    skipped = [[number, CODES.get(id(reason), "")] for number, reason in table.skipped]
    return {
        "sheet": safe(name),
        "index": index,
        "use": bool(table.rows) and why != "hidden" and usable(spec, set(mapped.values())),
        "why": why,
        "chosen": chosen,
        "header": list(table.header_rows),
        "heads": [[head.index, [safe(part) for part in head.parts]] for head in table.columns],
        "map": mapped,
        "guess": {places[match.head.index]: match.name for match in matches if match.certainty == Certainty.WEAK},
        "rows": len(table.rows),
        "skipped": [row for row in skipped if row[1] != "empty"][:MOST_SKIPPED],
        "left": len(skipped),
        "samples": [
            [cells.shown(cells.packed(cells.storable(cell)))[:40] for cell in row.cells] for row in table.rows[:SAMPLES]
        ],
    }


NO_TABLE: dict[str, Any] = {
    "header": [],
    "heads": [],
    "map": {},
    "guess": {},
    "rows": 0,
    "skipped": [],
    "left": 0,
    "samples": [],
}


def safe(text: str) -> str:
    """A name or header as it is kept: storable, and not longer than anybody reads."""
    return str(cells.storable(text))[:200]


def usable(spec: ImportSpec, columns: set[str]) -> bool:
    """Whether a list with these columns can name its records: by a key, or with all that a new one needs."""
    needed = {name for name, column in spec.columns.items() if column.required and column.absent is None}
    there = {name for name in needed if name in columns or spec.columns[name].reckoned in columns}
    return bool(columns & set(spec.keys)) or there == needed


def same_tables(run_tables: Sequence[dict[str, Any]], workbook: Workbook, spec: ImportSpec) -> list[Table | None]:
    """The tables of the file read once more, in the order of ``run_tables``; None for those of an earlier file."""
    headers = {table["index"]: table["chosen"] for table in run_tables if table.get("chosen") and not table.get("old")}
    found = iter(found_tables(workbook, spec, headers))
    return [None if table.get("old") else next(found, (0, None, ""))[1] for table in run_tables]


def head_text(table: Mapping[str, Any], place: int) -> str:
    return " ".join(table["heads"][place][1])


def head_key(table: Mapping[str, Any], place: int) -> str:
    index, parts = table["heads"][place]
    return ColumnHead(index, tuple(parts)).key[:120]
