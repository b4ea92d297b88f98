"""Words that stand over a column: how two spellings are the same, and which of the caller's columns each one means."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import IntEnum
from functools import lru_cache
from typing import Protocol

from logistics.importing.grids import column_letter

BRACKETS = re.compile(r"\(([^()]*)\)")
NOISE = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff:*·.,;、。!?_/\\|\"'“”‘’()\[\]{}<>《》〔〕【】\-—=+#]+")
# Characters of headers that lists from elsewhere and old templates write in their traditional form.
SIMPLIFIED = str.maketrans(
    "資產編號稱規計單數額價幣購買買時間備註說責領倉庫處門類別狀態況質來廠損壞報廢總賬帳財務設證負與員電話職學級樓層實驗圖書養維護點項國標準發憑據",
    "资产编号称规计单数额价币购买买时间备注说责领仓库处门类别状态况质来厂损坏报废总账账财务设证负与员电话职学级楼层实验图书养维护点项国标准发凭据",
)
MARKING_COLUMN = frozenset({"问题", "problems"})
SEQUENCE_HEADS = frozenset({"序号", "序", "行号", "行次", "项次", "顺序号", "流水号", "no", "seq", "序列", "id"})
PROPOSAL_RATIO = 0.6


class WantedColumn(Protocol):
    """What matching needs to know of a caller's column."""

    @property
    def name(self) -> str: ...
    @property
    def synonyms(self) -> Sequence[str]: ...


class Certainty(IntEnum):
    """How sure a match is; ``WEAK`` is a proposal that a person must confirm."""

    WEAK = 1
    CONTAINED = 2
    EXACT = 3
    REMEMBERED = 4


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """One column of a table as its header names it. ``parts`` are the words from the topmost header row down."""

    index: int
    parts: tuple[str, ...]

    @property
    def letter(self) -> str:
        return column_letter(self.index)

    @property
    def text(self) -> str:
        return " ".join(self.parts)

    @property
    def key(self) -> str:
        """What a correction is remembered under: the whole header, normalised."""
        return normalise_header("".join(self.parts))

    @property
    def unit(self) -> str:
        """The unit in brackets at the end: 元 of 单价(元), 万元 of 金额(万元); empty where there is none."""
        last = BRACKETS.findall(unicodedata.normalize("NFKC", self.parts[-1] if self.parts else ""))
        return last[-1].strip().removeprefix("单位:").strip() if last else ""


@dataclass(frozen=True, slots=True)
class Match:
    """``head`` of the file goes to the caller's column ``name``."""

    head: ColumnHead
    name: str
    certainty: Certainty


@lru_cache(maxsize=4096)
def normalise_header(text: str) -> str:
    """One key for 备  注, 备注：, ＊备注 and 備註: full width, spaces, punctuation and old characters do not count."""
    return NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold().translate(SIMPLIFIED)


@lru_cache(maxsize=4096)
def bare_header(text: str) -> str:
    """The same without what stands in brackets: 单价 of 单价(元)."""
    plain = unicodedata.normalize("NFKC", text).translate(str.maketrans("[]{}【】〔〕〈〉", "()()()()()"))
    return normalise_header(BRACKETS.sub("", plain))


@dataclass(frozen=True)
class Vocabulary:
    """The header words of the caller's columns, by normalised form."""

    words: Mapping[str, str]
    columns: int
    contained: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, columns: Iterable[WantedColumn], also: Iterable[str] = ()) -> "Vocabulary":
        """``also`` names further words that stand in headers although no column wants them, beside 序号."""
        words: dict[str, str] = {}
        count = 0
        for column in columns:
            count += 1
            for text in (column.name, *map(str, column.synonyms)):
                words.setdefault(normalise_header(text), column.name)
        for text in (*also, *SEQUENCE_HEADS):
            words.setdefault(normalise_header(text), "")
        words.pop("", None)
        return cls(words, count, tuple(sorted((w for w in words if len(w) > 1), key=len, reverse=True)))

    def knows(self, text: str) -> bool:
        return normalise_header(text) in self.words or bare_header(text) in self.words

    def resembles(self, text: str) -> bool:
        """Whether a short text holds one of the words: 固定资产名称 holds 资产名称."""
        bare = bare_header(text)
        return 2 <= len(bare) <= 12 and any(word in bare for word in self.contained if len(word) >= 2)


def match_columns(
    heads: Sequence[ColumnHead], columns: Sequence[WantedColumn], remembered: Mapping[str, str] | None = None
) -> list[Match]:
    """The best match of each head, in the order of the heads; no column of the caller is given twice.

    ``remembered`` holds the school's earlier corrections: ``ColumnHead.key`` → column name ("" for: leave it out).
    """
    remembered = remembered or {}
    names = {column.name for column in columns}
    words = [(normalise_header(str(text)), c.name) for c in columns for text in (c.name, *c.synonyms)]
    exact = {word: name for word, name in reversed(words) if word}
    offers: list[tuple[int, float, int, int, str]] = []
    for order, head in enumerate(heads):
        key = head.key
        if key in MARKING_COLUMN or not key or (key in remembered and remembered[key] not in names):
            continue
        if key in remembered:
            offers.append((Certainty.REMEMBERED, 1.0, -order, order, remembered[key]))
            continue
        offers += [(c, s, -order, order, name) for c, s, name in proposals(head, exact)]
    return chosen(heads, offers)


def chosen(heads: Sequence[ColumnHead], offers: list[tuple[int, float, int, int, str]]) -> list[Match]:
    taken_heads: dict[int, Match] = {}
    taken_names: set[str] = set()
    for certainty, _strength, _place, order, name in sorted(offers, reverse=True):
        if order not in taken_heads and name not in taken_names:
            taken_heads[order] = Match(heads[order], name, Certainty(certainty))
            taken_names.add(name)
    return [taken_heads[order] for order in sorted(taken_heads)]


def spellings(head: ColumnHead) -> list[tuple[str, float]]:
    """The ways a header may be read, the fullest first: 账面数量, then 数量."""
    whole, leaf = "".join(head.parts), head.parts[-1] if head.parts else ""
    bare = "".join(bare_header(part) for part in head.parts)
    ways = [(normalise_header(whole), 1.0), (bare, 0.95), (normalise_header(leaf), 0.9), (bare_header(leaf), 0.85)]
    # A merged header may stand once more in brackets only: (数量)
    return [(way, weight) for way, weight in dict(reversed(ways)).items() if way][::-1]


def proposals(head: ColumnHead, exact: Mapping[str, str]) -> list[tuple[Certainty, float, str]]:
    ways = spellings(head)
    found = [(Certainty.EXACT, weight, exact[way]) for way, weight in ways if way in exact]
    for way, weight in ways:
        matcher = SequenceMatcher(None, b=way)
        for word, name in exact.items():
            shorter, longer = sorted((word, way), key=len)
            if len(shorter) >= 2 and shorter in longer and len(longer) <= 24:
                share = len(shorter) / len(longer)
                # What a Chinese compound means stands at its end: 购置日期 is a date, 日期说明 is not.
                tail = longer.endswith(shorter)
                found.append(
                    (Certainty.CONTAINED if tail else Certainty.WEAK, weight * share * (1 if tail else 0.6), name)
                )
            elif ratio := likeness(matcher, word):
                found.append((Certainty.WEAK, weight * ratio * 0.5, name))
    return found


def likeness(matcher: SequenceMatcher[str], word: str) -> float:
    """How alike two words are; 0 where they are not enough, which is mostly seen without comparing them in full."""
    matcher.set_seq1(word)
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return ratio if all((ratio := bound()) >= PROPOSAL_RATIO for bound in bounds) else 0.0
