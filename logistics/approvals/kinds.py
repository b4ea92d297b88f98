"""Which papers are signed: each app declares its kinds in a module ``papers.py`` as ``PAPERS``. No tables here."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import Promise

from logistics.base.offers import offered

if TYPE_CHECKING:
    from logistics.approvals.models import Route
    from logistics.school.models import Person

Choices = Sequence[tuple[str, str | Promise]]
RULES_FROM = dt.date(2020, 1, 1)  # first rules hold since before the program came


@dataclass(frozen=True)
class StepSpec:
    """One step of a chain: who holds ``role``, or the named ``people``; so many (``count``) different ones sign."""

    role: str = ""
    label: str = ""
    count: int = 1
    people: tuple["Person", ...] = ()


@dataclass(frozen=True)
class Demand:
    """What a rule may ask besides signatures, e.g. how many quotes. ``field`` is how it is entered in the rule's form.

    Its value is copied with the route as JSON holds it: a number, a text, a truth.
    """

    key: str
    make_field: Callable[[], forms.Field]
    default: Any = None


@dataclass(frozen=True)
class Difference:
    """What a new version says otherwise than the one before, ready to be shown."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class FirstRule:
    """A rule a new school starts with; it changes them in pages."""

    name: str
    steps: tuple[StepSpec, ...]
    source: str
    category: str = ""
    funds: str = ""
    amount_from: Decimal = Decimal(0)
    meeting: bool = False
    together: bool = True
    demands: dict[str, Any] = field(default_factory=dict)


def _nothing(route: "Route") -> None:
    """What most papers do when their route starts or ends."""


def _nobody(person: "Person", paper: Any) -> bool:
    return False


def _no_differences(before: dict[str, Any], after: dict[str, Any]) -> list["Difference"]:
    return []


def _no_context(person: "Person", route: "Route") -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class PaperKind:
    """A kind of paper that travels.

    ``card`` is the template that shows the paper on the signing page, with what ``context(person, route)`` gives.
    ``settle(route)`` is called in the last signature's transaction when the route has ended (``route.state`` says how):
    it moves the paper's own state, and by raising ValidationError refuses the signature. ``differences`` compares the
    facts of two versions. ``may_see`` says who reads the
    paper besides those on its route. ``categories`` and ``funds`` are what its rules may name.
    """

    key: str
    label: str | Promise
    model: str
    card: str
    settle: Callable[["Route"], None] = _nothing
    context: Callable[["Person", "Route"], dict[str, Any]] = _no_context
    differences: Callable[[dict[str, Any], dict[str, Any]], list[Difference]] = _no_differences
    may_see: Callable[["Person", Any], bool] = _nobody
    categories: Choices = ()
    funds: Choices = ()
    demands: Sequence[Demand] = ()
    first_rules: Sequence[FirstRule] = ()
    has_amount: bool = True


@cache
def kinds() -> dict[str, PaperKind]:
    """Every declared kind by key, in the order of the apps."""
    return {kind.key: kind for module in offered("papers") for kind in getattr(module, "PAPERS", ())}


def ruled_kinds() -> list[PaperKind]:
    """Those whose chain follows rules the school sets; the others bring their own steps."""
    return [kind for kind in kinds().values() if kind.first_rules]
