"""Searching: how words match, and what an app's ``search.py`` answers (``find(person, text) -> list[Group]``)."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise

from logistics.base.names import name_key

MOST_WORDS = 6
MOST_HITS = 10  # an app shows so many of a group's hits; the rest stand behind the group's ``url``
UNTYPED = {"Cc", "Cs"}  # control characters and halves of pairs: databases refuse them
TO_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
WIDE_BRACKETS = {code: TO_WIDE[code] for code in map(ord, "()")}


@dataclass(frozen=True)
class Hit:
    """One thing found."""

    title: str | Promise
    url: str
    detail: str | Promise = ""


@dataclass(frozen=True)
class Group:
    """The hits of one kind: the first few, how many there are, and the list that shows them all."""

    title: str | Promise
    total: int
    hits: Sequence[Hit]
    url: str = ""


def words(text: str) -> list[str]:
    """The words looked for, in half width and without what no keyboard types; more than six are not looked for."""
    typed = "".join(" " if unicodedata.category(letter) in UNTYPED else letter for letter in text)
    return unicodedata.normalize("NFKC", typed).split()[:MOST_WORDS]


def spellings(word: str) -> list[str]:
    """The widths in which a name may have been entered: 四(3)班, 四（3）班, 四（３）班."""
    return list(dict.fromkeys((word, word.translate(WIDE_BRACKETS), word.translate(TO_WIDE))))


def matching(text: str, *fields: str) -> Q:
    """Rows in which every word of ``text`` stands in one of ``fields``; case and width do not matter.

    A field called ``key`` holds the one key of a name (see ``name_key``): there 六(2)班 finds 六年级（2）班.
    """
    found = Q()
    for word in words(text):
        anywhere = Q()
        for field in fields:
            if field.rpartition("__")[2] == "key":
                anywhere |= Q(**{field: name_key(word)})
            else:
                for spelling in spellings(word):
                    anywhere |= Q(**{f"{field}__icontains": spelling})
        found &= anywhere
    return found
