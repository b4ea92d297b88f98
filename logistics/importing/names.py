"""Names written in a list against the names that the school knows: the same, or which come nearest."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import nlargest

from logistics.base.names import name_key

NEAR_ENOUGH = 0.5
normalise_name = name_key


def nearest(text: str, known: Iterable[str], n: int = 3) -> list[str]:
    """Up to ``n`` of the known names that look most like ``text``, the likeliest first; none where nothing is near.

    A name that differs only in its numbers stays behind one whose numbers agree: 六(2)班 before 六(3)班.
    """
    return list(_nearest(text, tuple(known), n))


@lru_cache(maxsize=2048)
def _nearest(text: str, known: tuple[str, ...], n: int) -> tuple[str, ...]:
    key = name_key(text)
    if not key:
        return ()
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(key)
    numbers = re.findall(r"\d+", key)
    scored = ((likeness(matcher, key, numbers, name), name) for name in known)
    best = nlargest(n, (pair for pair in scored if pair[0] >= NEAR_ENOUGH), key=lambda pair: pair[0])
    return tuple(name for _, name in best)


def likeness(matcher: SequenceMatcher[str], key: str, numbers: list[str], name: str) -> float:
    other = name_key(name)
    if key == other:
        return 2.0
    shared = bool(set(key) & set(other))
    if not shared:
        return 0.0
    matcher.set_seq1(other)
    within = 0.3 if len(min(key, other, key=len)) > 1 and (key in other or other in key) else 0.0
    if not within and matcher.real_quick_ratio() < NEAR_ENOUGH:
        return 0.0
    same_numbers = 0.1 if numbers and numbers == re.findall(r"\d+", other) else 0.0
    # Two people of one family share a third of their names; the first character weighs more for the school's eye.
    return matcher.ratio() + within + same_numbers + (0.05 if key[0] == other[0] else 0.0)
