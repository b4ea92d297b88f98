"""The fixed choices of imports, and which state may follow which."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RunState(TextChoices):
    """Where an import stands."""

    COLUMNS = "columns", _("Columns to confirm")
    CHECKING = "checking", _("Being checked")
    PREVIEW = "preview", pgettext_lazy("import", "To be mended")
    COMMITTING = "committing", _("Being entered")
    PARTLY = "partly", _("Partly entered")
    COMMITTED = "committed", pgettext_lazy("import", "Entered")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    DROPPED = "dropped", _("Dropped")


AT_WORK = frozenset({RunState.CHECKING, RunState.COMMITTING, RunState.UNDOING})
OPEN = frozenset({RunState.COLUMNS, RunState.PREVIEW, RunState.PARTLY})  # waits for its person
WRITTEN = frozenset({RunState.PARTLY, RunState.COMMITTED})  # something of it stands in the registry

# The moves of a run; each is made by an UPDATE that names the state it comes from.
MOVES: dict[RunState, frozenset[RunState]] = {
    RunState.COLUMNS: frozenset({RunState.CHECKING, RunState.DROPPED}),
    RunState.CHECKING: frozenset({RunState.PREVIEW, RunState.PARTLY, RunState.COLUMNS}),
    RunState.PREVIEW: frozenset({RunState.COMMITTING, RunState.CHECKING, RunState.COLUMNS, RunState.DROPPED}),
    RunState.PARTLY: frozenset({RunState.COMMITTING, RunState.CHECKING, RunState.COMMITTED, RunState.UNDOING}),
    RunState.COMMITTING: frozenset({RunState.COMMITTED, RunState.PARTLY, RunState.PREVIEW}),
    RunState.COMMITTED: frozenset({RunState.UNDOING}),
    RunState.UNDOING: frozenset({RunState.UNDONE, RunState.COMMITTED, RunState.PARTLY}),
    RunState.UNDONE: frozenset(),
    RunState.DROPPED: frozenset(),
}


class Verdict(TextChoices):
    """What a row of the file would do, or has done."""

    NEW = "new", pgettext_lazy("row", "New")
    CHANGED = "changed", pgettext_lazy("row", "Changed")
    SAME = "same", pgettext_lazy("row", "Same as before")
    FAULTY = "faulty", pgettext_lazy("row", "To be mended")
    LEFT_OUT = "left_out", pgettext_lazy("row", "Left out")
    COMMITTED = "committed", pgettext_lazy("row", "Entered")


GOOD = (Verdict.NEW, Verdict.CHANGED)
SETTLED = (Verdict.COMMITTED, Verdict.LEFT_OUT)  # not judged again


class Trouble(TextChoices):
    """The kinds of problems a row may have; those of one app's rules are ``RULE``."""

    CELL = "cell", _("Not what belongs there")
    UNKNOWN = "unknown", _("Unknown name")
    AMBIGUOUS = "ambiguous", _("Several of this name")
    GONE = "gone", _("No longer in use")
    MISSING = "missing", _("Empty")
    DOUBLE = "double", _("Twice in the file")
    AMOUNT = "amount", _("Amount does not add up")
    TWIN = "twin", _("Entered before from the same file")
    STALE = "stale", _("Changed since the preview")
    RULE = "rule", _("May not be changed")
