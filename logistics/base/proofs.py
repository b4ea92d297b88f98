"""What an app counts for a task of the calendar: each app may have a module ``proofs.py`` with a list ``PROOFS``."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

Span = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Count:
    """So many of so many; ``url`` leads to them."""

    done: int
    total: int
    url: str = ""


@dataclass(frozen=True)
class Proof:
    """Something that is counted: ``stock-take of class rooms``.

    ``said`` puts a count into words (with ``%(done)s`` and ``%(total)s``), ``counts`` gives it for spans of days in few
    statements however many they are; None where nothing of the kind was begun in a span. ``permission`` is that of the
    place the counts lead to.
    """

    key: str
    label: str | Promise
    said: str | Promise
    counts: Callable[[Sequence[Span]], list[Count | None]]
    permission: str
