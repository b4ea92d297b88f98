"""Reading the trail: what the history of a record says in plain words. Writing it is ``history.py``."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from logistics.base.fields import MoneyField
from logistics.base.money import money_text
from logistics.base.offers import offered

KINDS = {"+": _("Entered"), "~": _("Changed"), "-": _("Deleted")}


@dataclass(frozen=True)
class Source:
    """What a source in the trail (``import:12``) is called and where it is shown. Apps list theirs in ``sources.py``.

    ``label`` may use ``%(number)s``; the page ``url_name`` takes the number.
    """

    label: str | Promise
    url_name: str = ""


@dataclass(frozen=True)
class Change:
    """One entry of the trail: when, by whom, in whose place, from what source; ``changes`` are (label, was, became)."""

    when: dt.datetime
    who: Any
    on_behalf_of: Any
    what: str
    source: str = ""
    source_url: str = ""
    changes: list[tuple[str, str, str]] = field(default_factory=list)


def changes_of(record: models.Model, limit: int = 50, also: Iterable[models.QuerySet[Any]] = ()) -> list[Change]:
    """The latest changes of one record, newest first. One query, and one for each table whose names it shows.

    ``also`` are records without a page of their own (the terms of a year), whose changes stand among its own.
    """
    rows = list(history_of(type(record)).filter(**{record._meta.pk.attname: record.pk})[: limit + 1])
    before = [*rows[1:], None]
    told = describe(list(zip(rows, before, strict=True)))[:limit]
    own = [change for change, row in zip(told, rows, strict=False) if change.changes or telling(row)]
    others = [change for things in also for change in _changes_of_all(things)]
    return sorted(own + others, key=lambda change: change.when, reverse=True)[:limit] if others else own


def _changes_of_all(things: models.QuerySet[Any]) -> Iterator[Change]:
    """All changes of a few records of one table; each says which of them it was made to."""
    named = things.in_bulk()
    latest: dict[Any, Any] = {}
    pairs = []
    for row in reversed(history_of(things.model).filter(**{f"{things.model._meta.pk.attname}__in": list(named)})):
        key = getattr(row, things.model._meta.pk.attname)
        pairs.append((row, latest.get(key)))
        latest[key] = row
    for change, (row, _before) in zip(describe(pairs), pairs, strict=True):
        if change.changes or telling(row):
            yield replace(change, what=f"{named[getattr(row, things.model._meta.pk.attname)]}: {change.what}")


def telling(row: Any) -> bool:
    """Whether an entry without changed fields is still worth showing."""
    return row.history_type != "~" or bool(row.history_change_reason)


def history_of(model: type[models.Model]) -> models.QuerySet[Any]:
    """The entries about records of ``model``, newest first, with the people in them."""
    manager = getattr(model, model._meta.simple_history_manager_attribute)  # type: ignore[attr-defined]
    entries: models.QuerySet[Any] = manager.model._default_manager.all()
    return entries.select_related("history_user", "history_on_behalf_of").order_by("-history_date", "-history_id")


def describe(pairs: Sequence[tuple[Any, Any]]) -> list[Change]:
    """Entries, each with the one before it (None for the first), in plain words."""
    found = [list(_differences(new, old)) for new, old in pairs]
    names = _names((f, value) for differences in found for f, *values in differences for value in values)
    return [
        Change(
            when=new.history_date,
            who=new.history_user,
            on_behalf_of=new.history_on_behalf_of,
            what=_what(new),
            source=source_label(new.history_source),
            source_url=source_url(new.history_source),
            changes=[(label(f), _text(f, was, names), _text(f, is_now, names)) for f, was, is_now in differences],
        )
        for (new, _old), differences in zip(pairs, found, strict=True)
    ]


def label(model_field: Any) -> str:
    text = str(model_field.verbose_name)
    return text[:1].upper() + text[1:]


def source_label(source: str) -> str:
    """``import:12`` as people call it."""
    kind, _colon, number = source.partition(":")
    known = sources().get(kind)
    return str(known.label) % {"number": number} if known else source


def source_url(source: str) -> str:
    """The page of a source, or nothing."""
    kind, _colon, number = source.partition(":")
    known = sources().get(kind)
    if not (known and known.url_name):
        return ""
    try:
        return reverse(known.url_name, args=[number])
    except NoReverseMatch:
        return ""


@cache
def sources() -> dict[str, Source]:
    """The sources all apps name in their ``sources.py`` (``SOURCES``)."""
    return {kind: source for module in offered("sources") for kind, source in module.SOURCES.items()}


@cache
def recorded_models() -> tuple[type[models.Model], ...]:
    """Every model whose changes are kept, in the order of their names."""
    kept = [m for m in apps.get_models() if hasattr(m._meta, "simple_history_manager_attribute")]
    return tuple(sorted(kept, key=lambda m: m._meta.label_lower))


def label_of_model(model: type[models.Model]) -> str:
    """What records of ``model`` are called."""
    text = str(model._meta.verbose_name)
    return text[:1].upper() + text[1:]


@cache
def shown_fields(model: type[models.Model]) -> tuple[Any, ...]:
    """The fields people know: those with a label. The others (sort keys and the like) are technical."""
    excluded = set(getattr(model, model._meta.simple_history_manager_attribute).model._history_excluded_fields)  # type: ignore[attr-defined]
    return tuple(
        f
        for f in model._meta.concrete_fields
        if isinstance(f._verbose_name, Promise) and f.name not in excluded  # type: ignore[attr-defined]
    )


def _what(entry: Any) -> str:
    said = str(KINDS[entry.history_type])
    reason = entry.history_change_reason
    return f"{said}: {gettext(reason)}" if reason else said


def _differences(new: Any, old: Any) -> Iterable[tuple[Any, Any, Any]]:
    """(field, was, became) of one entry. A first entry says nothing: the record shows it, or the next entry does."""
    if new.history_type == "+" or (old is None and new.history_type == "~"):
        return
    for f in shown_fields(new.instance_type):
        is_now = getattr(new, f.attname)
        if new.history_type == "-":
            if is_now not in (None, ""):
                yield f, is_now, None
        elif (was := getattr(old, f.attname)) != is_now:
            yield f, was, is_now


def _names(values: Iterable[tuple[Any, Any]]) -> dict[tuple[type[models.Model], Any], str]:
    """What the rows that foreign keys point to are called, one query a table."""
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for f, value in values:
        if f.is_relation and value is not None:
            wanted[f.related_model].add(value)
    return {
        (model, pk): str(row)
        for model, keys in wanted.items()
        for pk, row in model._base_manager.select_related().in_bulk(keys).items()
    }


def _text(f: Any, value: Any, names: dict[tuple[type[models.Model], Any], str]) -> str:
    if value is None or value == "":
        return ""
    if f.is_relation:
        return names.get((f.related_model, value), f"#{value}")
    if f.flatchoices:
        return str(dict(f.flatchoices).get(value, value))
    return _plain(f, value)


def _plain(f: Any, value: Any) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(f, MoneyField):
        return money_text(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)
