"""Integrity checks: each app has a module ``checks.py`` with ``CHECKS``, the roof runs them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Problem:
    """One thing that is not as it should be, in a sentence; ``url`` is where it is put right or looked at."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Check:
    """One question to the books. ``remedy`` says what to do when ``find`` gives problems; they are facts of now."""

    title: str | Promise
    remedy: str | Promise
    find: Callable[[], Iterable[Problem]]
