"""Cells to values and back, as django-import-export widgets over ``cleaning``: texts, numbers, money, days, choices.

Names of other records are in ``lookups``.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Choices
from django.utils.translation import gettext_lazy as _
from import_export.widgets import Widget

from logistics.importing import cleaning
from logistics.importing.cleaning import CellProblem

NO_LONGER_THAN = _("at most {most} characters")
AT_LEAST = _("a number from {least}")
AT_MOST = _("a number up to {most}")
NOT_BELOW_ZERO = _("an amount that is not below zero")


@dataclass(frozen=True)
class Reading:
    """How a table is to be read: the unit in the head of the column, and from when its day numbers count."""

    unit: str = ""
    date1904: bool = False


PLAIN = Reading()


class CellWidget(Widget):
    """A text. ``clean`` and ``render`` are the library's; ``parse`` also knows how the table is to be read.

    ``pack`` and ``unpack`` are a value's form in JSON; ``shown`` is how the preview writes it.
    """

    def __init__(self, most: int = 0) -> None:
        super().__init__()
        self.most = most

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return self.parse(value, PLAIN)

    def parse(self, value: Any, reading: Reading) -> Any:
        """The value of a cell, None for a blank. Raises CellProblem."""
        return self.short(cleaning.clean_text(value))

    def short(self, text: str | None) -> str | None:
        if text is not None and self.most and len(text) > self.most:
            raise CellProblem(str(NO_LONGER_THAN).format(most=self.most))
        return text

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """What an export writes."""
        return value

    def shown(self, value: Any) -> str:
        return "" if value is None else str(value)

    def pack(self, value: Any) -> Any:
        return value

    def unpack(self, packed: Any) -> Any:
        return packed


class CodeWidget(CellWidget):
    """A number or code that is a text: half width, no spaces."""

    def parse(self, value: Any, reading: Reading) -> str | None:
        return self.short(cleaning.clean_code(value))


class IntegerWidget(CellWidget):
    """Pieces, floors, months."""

    def __init__(self, least: int | None = None, most: int = 2**31 - 1) -> None:
        super().__init__()
        self.least, self.greatest = least, most

    def parse(self, value: Any, reading: Reading) -> int | None:
        number = cleaning.clean_integer(value)
        if number is not None and self.least is not None and number < self.least:
            raise CellProblem(str(AT_LEAST).format(least=self.least))
        if number is not None and number > self.greatest:
            raise CellProblem(str(AT_MOST).format(most=self.greatest))
        return number


class MoneyWidget(CellWidget):
    """Yuan, not below zero. A unit price may have more than two ``places``."""

    def __init__(self, places: int = 2, most: Decimal = Decimal("9999999999.99")) -> None:
        super().__init__()
        self.places, self.greatest = places, most

    def parse(self, value: Any, reading: Reading) -> Decimal | None:
        amount = cleaning.clean_money(value, reading.unit, self.places)
        if amount is not None and amount < 0:
            raise CellProblem(NOT_BELOW_ZERO)
        if amount is not None and amount > self.greatest:
            raise CellProblem(str(AT_MOST).format(most=self.greatest))
        return amount

    def shown(self, value: Decimal | None) -> str:
        if value is None:
            return ""
        text = f"{value:,.{self.places}f}"
        return text if self.places == 2 else text[:-2] + text[-2:].rstrip("0")

    def pack(self, value: Decimal | None) -> str | None:
        return None if value is None else str(value)

    def unpack(self, packed: str | None) -> Decimal | None:
        return None if packed is None else Decimal(packed)


class DateWidget(CellWidget):
    def parse(self, value: Any, reading: Reading) -> dt.date | None:
        return cleaning.clean_date(value, reading.date1904)

    def pack(self, value: dt.date | None) -> str | None:
        return None if value is None else value.isoformat()

    def unpack(self, packed: str | None) -> dt.date | None:
        return None if packed is None else dt.date.fromisoformat(packed)


class ChoiceWidget(CellWidget):
    """One of Django's choices by its label in either language, its value, or a further word."""

    def __init__(self, choices: type[Choices], words: Mapping[Any, Sequence[str]]) -> None:
        """``words``: for each choice the Chinese words that lists use, the usual one first."""
        super().__init__()
        self.choices = choices
        self.words: dict[str, Any] = {
            word: choice.value for choice in choices for word in (*words[choice], str(choice.value), english(choice))
        }

    def parse(self, value: Any, reading: Reading) -> Any:
        return cleaning.clean_choice(value, self.words)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return next((word for word, choice in self.words.items() if choice == value), "")

    def shown(self, value: Any) -> str:
        return "" if value in (None, "") else str(self.choices(value).label)


def english(choice: Any) -> str:
    """The label as the code writes it, whatever language is active."""
    return str(getattr(choice.label, "_args", [choice.label])[-1])


class BoolWidget(CellWidget):
    def parse(self, value: Any, reading: Reading) -> bool | None:
        return cleaning.clean_bool(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return {True: "是", False: "否"}.get(value, "")

    def shown(self, value: Any) -> str:
        return {True: str(_("yes")), False: str(_("no"))}.get(value, "")


def words_of(pairs: Iterable[tuple[Any, str]]) -> dict[Any, list[str]]:
    """``(choice, "一、二")`` pairs as the words of a ``ChoiceWidget``."""
    return {choice: words.split("、") for choice, words in pairs}
