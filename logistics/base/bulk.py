"""Rows without trail and signals written by the thousand: one statement prepared once, where Django makes one a batch.

What has a history is written with ``history.bulk_create`` instead. ``bulk_update`` would take ten times as long.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

BATCH = 2000
EMPTY: dict[Any, str] = {dict: "{}", list: "[]"}


def insert(records: Sequence[models.Model]) -> None:
    """Add new rows of one model; the objects get no keys."""
    if records:
        fields: list[Any] = [field for field in records[0]._meta.concrete_fields if not field.primary_key]
        names = ", ".join(_name(field) for field in fields)
        marks = ", ".join(["%s"] * len(fields))
        _execute(f"INSERT INTO {_table(records[0])} ({names}) VALUES ({marks})", records, fields)  # noqa: S608  # our names


def rewrite(records: Sequence[models.Model], names: Sequence[str]) -> None:
    """Write these fields of rows that exist."""
    if records:
        fields: list[Any] = [records[0]._meta.get_field(name) for name in names]
        columns = ", ".join(f"{_name(field)} = %s" for field in fields)
        key = records[0]._meta.pk
        statement = f"UPDATE {_table(records[0])} SET {columns} WHERE {_name(key)} = %s"  # noqa: S608  # our names
        _execute(statement, records, [*fields, key])


def _execute(statement: str, records: Sequence[models.Model], fields: Sequence[Any]) -> None:
    prepare = [(field.attname, _preparation(field)) for field in fields]
    with connection.cursor() as cursor:
        for start in range(0, len(records), BATCH):
            cursor.executemany(statement, list(_values(records[start : start + BATCH], prepare)))


def _values(records: Sequence[models.Model], prepare: Sequence[tuple[str, Any]]) -> Iterator[list[Any]]:
    for record in records:
        given = record.__dict__
        yield [prepared(given[name]) for name, prepared in prepare]


def _preparation(field: Any) -> Callable[[Any], Any]:
    """How a value of the field is given to the database. JSON is written as text, most of it being [] and {}."""
    if isinstance(field, models.JSONField) and field.encoder is None:
        return lambda value: EMPTY[type(value)] if value in ({}, []) else json.dumps(value)
    here = connections[DEFAULT_DB_ALIAS]  # itself, as the proxy is looked through at each use
    return lambda value: field.get_db_prep_save(value, here)


def _name(field: Any) -> str:
    return str(connection.ops.quote_name(field.column))


def _table(record: models.Model) -> str:
    return str(connection.ops.quote_name(record._meta.db_table))
