"""What an app tells the engine of its lists: the columns, how a row finds its record, what a row may not do.

A spec is a django-import-export resource: the columns are its fields, so exports and the admin use the same ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from import_export.fields import Field
from import_export.resources import ModelResource

from logistics.base.offers import offered
from logistics.importing.choices import Trouble
from logistics.importing.headers import Vocabulary
from logistics.importing.lookups import LookupWidget
from logistics.importing.models import ImportRow, ImportRun
from logistics.importing.widgets import CellWidget

Text = str | Promise


class Column(Field):
    """A column of a list. ``head`` is its Chinese header in exports, ``synonyms`` what schools write instead.

    ``attribute`` is the record's field (a foreign key by its name), "" where the column is only reckoned with.
    ``required``: a new record needs a value. ``absent``: what a new record gets when the whole list has no such column.
    ``reckoned``: the column from which the spec's ``check`` fills it in; then an unsaved formula counts as blank, and
    a list may have that column instead.
    """

    def __init__(
        self,
        head: str,
        label: Text,
        synonyms: str = "",
        *,
        attribute: str | None = None,
        widget: CellWidget | None = None,
        required: bool = False,
        absent: Any = None,
        reckoned: str = "",
        width: int = 12,
    ) -> None:
        super().__init__(attribute=attribute, column_name=head, widget=widget or CellWidget())
        self.name = ""
        self.head, self.label = head, label
        self.synonyms: tuple[str, ...] = (head, *synonyms.split("、")) if synonyms else (head,)
        self.required, self.absent, self.reckoned, self.width = required, absent, reckoned, width

    @property
    def is_lookup(self) -> bool:
        return isinstance(self.widget, LookupWidget)

    @property
    def path(self) -> str:
        """Where the value goes on the record: the id of a foreign key."""
        return f"{self.attribute}_id" if self.is_lookup else str(self.attribute)


@dataclass(frozen=True)
class Paper:
    """Something a commit has written, for the result page."""

    text: str
    url: str = ""
    note: str = ""


class Row:
    """A row being judged: its record in the import, and what it would set on its target."""

    __slots__ = ("given", "instance", "record", "spellings", "values")

    def __init__(self, record: ImportRow, values: dict[str, Any], spellings: dict[str, str] | None = None) -> None:
        self.record = record
        self.values = values  # by column, blanks left out
        self.spellings = spellings or {}  # codes that the cell spells otherwise, and cells that could not be cleaned
        self.given: dict[str, Any] = {}  # by path: what a commit sets
        self.instance: Any = None

    @property
    def changed_paths(self) -> set[str]:
        """What of ``given`` differs from the record that is changed."""
        return {path for path, value in self.given.items() if getattr(self.instance, path) != value}

    def fault(self, column: str, trouble: Trouble, **details: Any) -> None:
        """Write down a problem; ``details`` are its parameters, kept as JSON."""
        self.record.faults.append([column, trouble.value, details])


class ImportSpec(ModelResource):
    """One kind of list. A subclass names its columns and says how rows are committed and undone.

    An instance serves one piece of work: its look-ups are read once.
    """

    slug: ClassVar[str]
    title: ClassVar[Text]  # "Asset list"
    about: ClassVar[Text] = ""
    permission: ClassVar[str]
    undo_permission: ClassVar[str]
    export_permission: ClassVar[str]
    keys: ClassVar[Sequence[str]]  # columns that find a record, the surest first
    named_by: ClassVar[Sequence[str]]  # columns that tell people which row it is
    ignored: ClassVar[Sequence[str]] = ()  # further words that stand in headers
    sentences: ClassVar[Mapping[str, Text]] = {}  # of this app's rules, by the ``rule`` in a fault's details
    dated: ClassVar[bool] = False  # commits write papers that bear a date
    fields: dict[str, Column]
    do_not_call_in_templates = True

    def __init__(self, run: ImportRun | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.run = run
        self.columns: dict[str, Column] = {name: self.fields[name] for name in self._meta.fields}
        shared: dict[str, LookupWidget] = {}
        for name, column in self.columns.items():
            column.name = name
            if isinstance(column.widget, LookupWidget):
                column.widget = shared.setdefault(column.widget.kind, column.widget)
                column.widget.decided = run.decisions.get(column.widget.kind, {}) if run else {}

    def get_export_order(self) -> tuple[str, ...]:
        return tuple(self.columns)

    get_import_order = get_export_order

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary.of(self.columns.values(), also=self.ignored)

    @cached_property
    def lookups(self) -> dict[str, Column]:
        """The columns that hold names, by column."""
        return {name: column for name, column in self.columns.items() if column.is_lookup}

    def find(self, row: Row, found: Mapping[str, Mapping[str, Sequence[Any]]]) -> Any:
        """The record a row changes, or None for a new one; ``found``: by key column and text, the records there are.

        The first key that the row has decides. A key that several records share is a fault.
        """
        for column in self.keys:
            if column in row.values:
                there = found[column].get(row.values[column], ())
                if len(there) > 1:
                    row.fault(column, Trouble.AMBIGUOUS)
                return there[0] if len(there) == 1 else None
        return None

    # What a subclass says of its records

    def existing(self, column: str, texts: Sequence[str]) -> Mapping[str, Sequence[Any]]:
        """The records whose key ``column`` is one of ``texts``, in statements by the batch."""
        raise NotImplementedError

    def key_text(self, column: str, text: str) -> str:
        """The text by which two rows of a file are the same record."""
        return text

    def prepare(self, rows: Sequence[Row]) -> None:
        """Read in bulk what ``check`` will ask of these rows; their targets are known by now."""

    def check(self, row: Row) -> None:
        """Rules of this app over a whole row (amounts that add up) before it is compared with its target."""

    def forbid(self, rows: Sequence[Row]) -> None:
        """Faults for rows that would change what nobody may change."""

    def problem_of_date(self) -> str:
        """Why no paper may bear the run's date; empty when one may."""
        return ""

    def commit(self, rows: Sequence[Row]) -> list[Paper]:
        """Write the rows, in statements by the batch, and set each one's ``record.target``. Raises ValidationError."""
        raise NotImplementedError

    def undo(self) -> list[Paper]:
        """Restore what was there before the run, all or nothing. Raises ValidationError naming what hinders."""
        raise NotImplementedError

    def target_url(self, pk: int) -> str:
        """Where the record is looked at; empty where it has no page."""
        return ""

    def export_rows(self) -> QuerySet[Any]:
        """All records in the order of an export."""
        model: type[Model] = self._meta.model
        return model._default_manager.all()


def specs() -> dict[str, type[ImportSpec]]:
    """Every kind of list an app offers in ``imports.py`` as ``SPECS``, by slug: nothing else is ever imported."""
    return {spec.slug: spec for module in offered("imports") for spec in module.SPECS}


def spec_for(run: ImportRun) -> ImportSpec:
    return specs()[run.kind](run)
