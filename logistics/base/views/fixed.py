"""Fixed lines of a form: what they are about, and what was typed for each."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model


def named(formset: Any, things: Mapping[int, Any]) -> Any:
    """The formset, each form with the ``thing`` its hidden ``line`` names; what names nothing is left without.

    Every line counts, also one sent as an extra that nobody touched.
    """
    for form in formset:
        form.empty_permitted = False
        value = form["line"].value()
        form.thing = things.get(int(value)) if str(value).isdecimal() and len(str(value)) < 19 else None
    return formset


def gone(formset: Any) -> bool:
    """Whether a line that was sent is no longer open: somebody else was quicker, and nothing is left out in silence."""
    return any(form.thing is None for form in formset)


def by_key(rows: Iterable[Model]) -> dict[int, Any]:
    return {row.pk: row for row in rows}
