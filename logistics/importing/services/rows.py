"""The rows of a run in bulk: reading and judging them all, judging them again, writing their verdicts."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from logistics.base.bulk import insert, rewrite
from logistics.importing.checking import judge, parse, plans, rows_of_tables, unsettled
from logistics.importing.choices import SETTLED, Verdict
from logistics.importing.columns import ImportSpec, Row, spec_for
from logistics.importing.kept import Lines, discard, kept, lines_of
from logistics.importing.layouts import same_tables
from logistics.importing.models import ImportRow, ImportRun
from logistics.importing.progress import Reporter
from logistics.importing.services.states import finish, resting_state
from logistics.importing.services.uploads import workbook_of

JUDGED = ("key", "values", "verdict", "faults", "marks", "changes", "target")


def check_all(run: ImportRun) -> None:
    """Read the rows of a run's file and judge all its rows; those entered before stay as they are."""
    spec = spec_for(run)
    tables = kept(run) or read_once_more(run, spec)
    reporter = Reporter(run.pk, sum(table["rows"] for table in run.tables if table["use"]))
    entered = entered_rows(run)
    rows = []
    plan = plans(spec, run)
    for record in rows_of_tables(run, tables, mends_of(run)):
        if entered and take_one(entered, record.cells):
            continue
        rows.append(parse(spec, plan[record.table], record))
        reporter.say(len(rows))
    if not rows and not entered:
        raise ValidationError(_("There is no row under the headers of the chosen sheets."))
    judge(spec, rows)
    with transaction.atomic():
        ImportRow.objects.filter(run=run).exclude(verdict=Verdict.COMMITTED).delete()
        insert([row.record for row in rows])
        finish(run, resting_state(run), message="")
    discard(run)
    reporter.end()


def read_once_more(run: ImportRun, spec: ImportSpec) -> list[Lines | None]:
    """The rows of the run's tables from its file; None for those of an earlier file."""
    found = same_tables(run.tables, workbook_of(run), spec)
    return [None if table is None else lines_of(table) for table in found]


def entered_rows(run: ImportRun) -> Counter[str]:
    """The cells of rows that have been entered, to be left out of a corrected file."""
    there = ImportRow.objects.filter(run=run, verdict=Verdict.COMMITTED).values_list("cells", flat=True)
    return Counter(json.dumps(cells) for cells in there)


def take_one(entered: Counter[str], cells: Sequence[Any]) -> bool:
    key = json.dumps(cells)
    if entered[key] <= 0:
        return False
    entered[key] -= 1
    return True


def mends_of(run: ImportRun) -> dict[tuple[str, int], dict[str, Any]]:
    """What was typed in the page, by sheet and row."""
    mended = ImportRow.objects.filter(run=run).exclude(verdict=Verdict.COMMITTED).exclude(mends={})
    rows = mended.values_list("table", "number", "mends")
    return {(run.tables[table]["sheet"], number): mends for table, number, mends in rows}


def check_again(run: ImportRun) -> None:
    """Judge all rows that are not settled by what the registry and the person's decisions say now."""
    spec = spec_for(run)
    rows = parsed(spec, run, unsettled(run))
    judge(spec, rows)
    with transaction.atomic():
        rewrite([row.record for row in rows], JUDGED)
        finish(run, resting_state(run), message="")


def parsed(spec: ImportSpec, run: ImportRun, records: Iterable[ImportRow]) -> list[Row]:
    plan = plans(spec, run)
    return [parse(spec, plan[record.table], record) for record in records]


def judge_some(run: ImportRun, records: Sequence[ImportRow]) -> None:
    """Judge these rows alone, and those that share a key with them now or did before."""
    spec = spec_for(run)
    keys = {record.key for record in records if record.key}
    rows = parsed(spec, run, records)
    for row in rows:
        for column in spec.keys:
            if column in row.values:
                keys.add(f"{column}:{spec.key_text(column, row.values[column])}"[:120])
    others = ImportRow.objects.filter(run=run, key__in=keys).exclude(pk__in=[record.pk for record in records])
    rows += parsed(spec, run, others.exclude(verdict__in=SETTLED))
    judge(spec, rows, alone=True)
    rewrite([row.record for row in rows], ("mends", *JUDGED))
