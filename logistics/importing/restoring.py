"""Taking back what an import wrote into tables that have no papers, by their trail: staff, rooms, classes."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from logistics.base.trail import history_of


@transaction.atomic
def restore(model: type[models.Model], source: str) -> int:
    """Delete what ``source`` entered and put back what it changed; how many records that were.

    Raises ValidationError naming each record that was changed since, or that others depend on; then all stays.
    """
    trail: Any = history_of(model)
    ids = sorted(set(trail.filter(history_source=source).order_by().values_list("id", flat=True)))
    problems: list[str] = []
    done = 0
    for pk in ids:
        record = model._base_manager.filter(pk=pk).first()
        if record is None:
            continue
        entries = list(trail.filter(id=pk).order_by("history_id"))
        try:
            problems += _undo(record, entries, source)
        except ProtectedError as error:
            names = "、".join(dict.fromkeys(str(thing) for thing in list(error.protected_objects)[:3]))
            problems.append(_("%(record)s is in use: %(names)s") % {"record": record, "names": names})
        done += 1
    if problems:
        raise ValidationError(problems)
    return done


def _undo(record: models.Model, entries: list[Any], source: str) -> list[str]:
    before = [entry for entry in entries if entry.history_source != source]
    first = next(at for at, entry in enumerate(entries) if entry.history_source == source)
    if entries[-1].history_source != source or len(before) > first:
        return [_("%(record)s has been changed since the import.") % {"record": record}]
    if entries[first].history_type == "+":
        if getattr(record, "last_login", None):
            return [_("%(record)s has signed in since.") % {"record": record}]
        record.delete()
        return []
    earlier = entries[first - 1]
    for field in earlier.tracked_fields:
        setattr(record, field.attname, getattr(earlier, field.attname))
    record.save()
    return []
