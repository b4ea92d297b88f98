"""What stands against a person's leaving: open tasks in his name."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import ngettext

from logistics.school.models import Person
from logistics.workcalendar.models import Task


def objections_to(record: Any) -> Iterator[str]:
    if isinstance(record, Person) and (count := Task.objects.open().filter(owner=record).count()):
        said = ngettext(
            "%(count)d task of the work calendar is in this name. Give it to somebody else first.",
            "%(count)d tasks of the work calendar are in this name. Give them to somebody else first.",
            count,
        )
        yield said % {"count": count}
