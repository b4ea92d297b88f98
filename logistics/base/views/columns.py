"""The columns and bulk actions a list declares."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from logistics.base.permissions import EVERYONE


@dataclass(frozen=True)
class Column:
    """One column of a list, in the order of the row's cells.

    ``sort``: the field to sort by (none: not sortable). ``number`` or ``money``: figures, right-aligned. ``total``: the
    field whose sum stands under the column. ``phone``: shown on a phone. ``value``: field path or function of a row for
    the Excel export; without it the column is not exported.
    """

    label: str | Promise
    sort: str = ""
    number: bool = False
    money: bool = False
    total: str = ""
    phone: bool = True
    value: str | Callable[[Any], Any] = ""

    @property
    def figures(self) -> bool:
        return self.number or self.money

    def cell(self, row: Any) -> Any:
        """What the Excel export writes for ``row``."""
        if callable(self.value):
            return self.value(row)
        for name in self.value.split("__"):
            row = getattr(row, name) if row is not None else None
        return row() if callable(row) else row


@dataclass(frozen=True)
class BulkAction:
    """A button under the list that posts the ticked rows (``pk``) to ``url_name``; with ``get`` it only reads."""

    label: str | Promise
    url_name: str
    permission: str = EVERYONE
    get: bool = False
