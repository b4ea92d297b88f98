"""The trail over all records, newest first, page by page; what a single record's history says is ``changes_of``."""

import datetime as dt
import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from logistics.base.trail import Change, changes_of, describe, history_of, label_of_model, recorded_models

EARLIEST, LATEST = dt.date(1970, 1, 1), dt.date(9998, 12, 31)  # days that are a moment in every time zone

__all__ = ["Entry", "Mark", "TrailPage", "changes_of", "trail"]


@dataclass(frozen=True)
class Mark:
    """The place of an entry in the trail: its moment, its table, its number. Written into addresses as text."""

    moment: dt.datetime
    table: int
    number: int

    def __str__(self) -> str:
        return f"{self.moment.isoformat()}~{self.table}~{self.number}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The mark that ``text`` writes, or None."""
        try:
            moment, table, number = text.split("~")
            mark = cls(dt.datetime.fromisoformat(moment), int(table), int(number))
        except ValueError:
            return None
        possible = mark.moment.tzinfo and EARLIEST.year <= mark.moment.year <= LATEST.year
        return mark if possible and abs(mark.number) < 2**63 else None


@dataclass(frozen=True)
class Entry:
    """A change and the thing it was made to, as the trail page shows it; ``url`` is empty when it has no page."""

    change: Change
    kind: str
    thing: str
    url: str


@dataclass(frozen=True)
class TrailPage:
    entries: list[Entry]
    older: Mark | None  # where the next page begins


@dataclass(frozen=True)
class _Found:
    mark: Mark
    row: Any


def trail(
    *,
    person: int | None = None,
    first_day: dt.date | None = None,
    last_day: dt.date | None = None,
    kind: str = "",
    before: Mark | None = None,
    size: int = 50,
) -> TrailPage:
    """The latest ``size`` changes of all records older than ``before``: by a person (his own or in his place), from
    day to day, of one kind of record (``school.room``). A few queries for each table that is looked at.
    """
    wanted = Q()
    if person:
        wanted &= Q(history_user_id=person) | Q(history_on_behalf_of_id=person)
    if first_day:
        wanted &= Q(history_date__gte=_midnight(first_day))
    if last_day:
        wanted &= Q(history_date__lt=_midnight(min(last_day, LATEST) + dt.timedelta(1)))
    tables = [
        _newest(table, model, wanted, before, size + 1)
        for table, model in enumerate(recorded_models())
        if kind in ("", model._meta.label_lower)
    ]
    merged = heapq.merge(*tables, key=lambda f: (f.mark.moment, -f.mark.table, f.mark.number), reverse=True)
    found = list(islice(merged, size + 1))
    shown = found[:size]
    return TrailPage(_entries([f.row for f in shown]), shown[-1].mark if len(found) > size else None)


def _newest(table: int, model: type[models.Model], wanted: Q, before: Mark | None, size: int) -> Iterator[_Found]:
    rows = history_of(model).filter(wanted)
    if before:
        older = Q(history_date__lt=before.moment)
        if table > before.table:
            older |= Q(history_date=before.moment)
        elif table == before.table:
            older |= Q(history_date=before.moment, history_id__lt=before.number)
        rows = rows.filter(older)
    earlier = rows.model._default_manager.filter(
        **{model._meta.pk.attname: OuterRef(model._meta.pk.attname)},
        history_id__lt=OuterRef("history_id"),
    )
    last = Subquery(earlier.order_by("-history_id").values("history_id")[:1])
    for row in rows.annotate(previous_entry=last)[:size]:
        yield _Found(Mark(row.history_date, table, row.history_id), row)


def _entries(rows: list[Any]) -> list[Entry]:
    by_model: dict[type[models.Model], list[Any]] = {}
    for row in rows:
        by_model.setdefault(row.instance_type, []).append(row)
    told: dict[tuple[type[models.Model], int], Entry] = {}
    for model, group in by_model.items():
        before = group[0].__class__._default_manager.in_bulk([r.previous_entry for r in group if r.previous_entry])
        key = model._meta.pk.attname
        things = model._base_manager.select_related().in_bulk({getattr(row, key) for row in group})
        changes = describe([(row, before.get(row.previous_entry)) for row in group])
        for row, change in zip(group, changes, strict=True):
            thing = things.get(getattr(row, key))
            url = thing.get_absolute_url() if thing and hasattr(thing, "get_absolute_url") else ""
            name = str(thing) if thing else f"#{getattr(row, key)}"
            told[(model, row.history_id)] = Entry(change, label_of_model(model), name, url)
    return [told[(row.instance_type, row.history_id)] for row in rows]


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(min(max(day, EARLIEST), LATEST), dt.time()))
