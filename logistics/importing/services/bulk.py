"""Rows of imports written by the thousand: one statement prepared once, where Django makes one a batch.

A row has no history and no signals, so nothing is passed over. ``bulk_update`` would take ten times as long.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from logistics.importing.models import ImportRow

BATCH = 2000


def insert(records: Sequence[ImportRow]) -> None:
    """Add new rows."""
    fields: list[Any] = [field for field in ImportRow._meta.concrete_fields if not field.primary_key]
    names = ", ".join(_name(field) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {_table()} ({names}) VALUES ({marks})"  # noqa: S608  # names of our own columns
    _execute(statement, records, fields)


def rewrite(records: Sequence[ImportRow], names: Sequence[str]) -> None:
    """Write these fields of rows that exist."""
    fields: list[Any] = [ImportRow._meta.get_field(name) for name in names]
    columns = ", ".join(f"{_name(field)} = %s" for field in fields)
    key = ImportRow._meta.pk
    statement = f"UPDATE {_table()} SET {columns} WHERE {_name(key)} = %s"  # noqa: S608  # names of our own columns
    _execute(statement, records, [*fields, key])


def _execute(statement: str, records: Sequence[ImportRow], fields: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        for start in range(0, len(records), BATCH):
            cursor.executemany(statement, list(_values(records[start : start + BATCH], fields)))


def _values(records: Sequence[ImportRow], fields: Sequence[Any]) -> Iterator[list[Any]]:
    for record in records:
        yield [field.get_db_prep_save(getattr(record, field.attname), connection) for field in fields]


def _name(field: Any) -> str:
    return str(connection.ops.quote_name(field.column))


def _table() -> str:
    return str(connection.ops.quote_name(ImportRow._meta.db_table))
