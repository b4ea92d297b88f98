"""The migrations make the tables that the models want, and that the other tests work on."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from tests.served import OF_THE_TESTS, ROOT

STATEMENTS = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
Row = tuple[str, str, str, str]


def parts(sql: str) -> list[str]:
    """What a statement says between its commas, in any order: a column added later stands at the end."""
    found, depth = [""], 0
    for letter in sql:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 1:
            found.append("")
        else:
            found[-1] += letter
    head, _bracket, found[0] = found[0].partition("(")
    return sorted([head.strip(), *(part.strip(" )") for part in found)])


def shape(rows: Iterable[Row]) -> dict[str, list[list[str]]]:
    """What was said of each table. An index goes without its name, as that of a renamed column keeps the old one."""
    found: dict[str, list[list[str]]] = {}
    for kind, name, table, sql in rows:
        said = sql if kind == "table" else sql.replace(f'"{name}" ', "", 1)
        found.setdefault(table, []).append(parts(said))
    found.pop("django_migrations", None)
    return {table: sorted(statements) for table, statements in found.items()}


@pytest.mark.django_db
def test_migrations_make_the_tables_of_the_models(tmp_path: Path) -> None:
    plain = {name: value for name, value in os.environ.items() if name not in OF_THE_TESTS}
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env={**plain, "DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    with closing(sqlite3.connect(tmp_path / "school.sqlite3")) as migrated, connection.cursor() as cursor:
        made = shape(migrated.execute(STATEMENTS).fetchall())
        wanted = shape(cursor.execute(STATEMENTS).fetchall())
    assert set(made) == set(wanted)
    assert {table: made[table] for table in made if made[table] != wanted[table]} == {}
