"""Which functions make papers: each app's ``printing.py`` marks them, the worker finds them by their dotted path."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.module_loading import import_string

from logistics.printing.labels import LabelSheet
from logistics.printing.papers import Paper

Printable = Paper | Sequence[Paper] | LabelSheet
Builder = Callable[..., Printable]
MARK = "_paper_form"


@dataclass(frozen=True)
class PaperForm:
    """A form that can be printed: ``build(person, **parameters)`` makes its papers with the facts of now.

    The parameters are what JSON can hold. What ``person`` may not see is not in the papers.
    """

    path: str
    title: str | Promise
    permission: str
    build: Builder


def paper_form(*, title: str | Promise, permission: str) -> Callable[[Builder], Builder]:
    """Marks a function of a module ``printing`` as a form that people with ``permission`` may print."""

    def mark(build: Builder) -> Builder:
        path = f"{build.__module__}.{getattr(build, '__name__', '')}"
        setattr(build, MARK, PaperForm(path, title, permission, build))
        return build

    return mark


def form_of(build: Builder | str) -> PaperForm:
    """The form of a marked function or of its dotted path. Raises LookupError for anything else."""
    if isinstance(build, str):
        if build.rpartition(".")[0].rpartition(".")[2] != "printing":
            raise LookupError(f"not a paper form: {build}")
        try:
            build = import_string(build)
        except ImportError as error:
            raise LookupError(f"not a paper form: {build}") from error
    form: Any = getattr(build, MARK, None) if inspect.isfunction(build) else None
    if not isinstance(form, PaperForm):
        raise LookupError(f"not a paper form: {build}")
    return form
