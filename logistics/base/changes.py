"""Changing one row: only what differs is checked and written, so the trail has no empty entries."""

from typing import Any, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


def change(record: M, *, reason: str = "", **fields: Any) -> bool:
    """Set ``fields`` of ``record``, check all of it and save; whether anything differed.

    ``reason`` goes into the trail. Raises ValidationError, and then leaves the database as it was.
    """
    new = record._state.adding
    differs = [name for name, value in fields.items() if new or getattr(record, name) != value]
    for name in differs:
        setattr(record, name, fields[name])
    if not (new or differs):
        return False
    record.full_clean()
    because(record, reason)
    record.save()
    return True


def because(record: models.Model, reason: str) -> None:
    """Write ``reason`` into the trail entry of the next save of ``record``."""
    if reason:
        record._change_reason = reason  # type: ignore[attr-defined]
