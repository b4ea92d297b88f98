"""A template variable that does not exist fails the test, in our own templates; others may ask for what they like."""

import sys
from pathlib import Path
from types import FrameType
from typing import Any

from django.template.base import FilterExpression, Node

OURS = str(Path(__file__).resolve().parent.parent / "templates")


class UndefinedVariableError(Exception):
    """Django swallows LookupErrors and the like; not this one."""


class StrictIfInvalid(str):
    """Stands as ``string_if_invalid``: the engine asks whether it is set whenever a variable was not found."""

    def __bool__(self) -> bool:
        expression, template = _asked_for(sys._getframe(1))
        if expression is not None and template.startswith(OURS):
            raise UndefinedVariableError(f"{template}: {{{{ {expression.token} }}}}")
        return False


def _asked_for(frame: FrameType | None) -> tuple[FilterExpression | None, str]:
    """The expression that was not found and the template it stands in, from the frames above."""
    expression: FilterExpression | None = None
    while frame is not None:
        me: Any = frame.f_locals.get("self")
        if expression is None and isinstance(me, FilterExpression):
            expression = me
        if isinstance(me, Node) and hasattr(me, "origin"):
            return expression, str(me.origin.name)
        frame = frame.f_back
    return expression, ""
