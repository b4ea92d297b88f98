"""What a line of a plan is: its number or bullet and how deep that stands, its cells, its sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from logistics.workcalendar.reading.times import number_of

RANKS = (  # how deep a number of this look stands, by Chinese custom: 一、 （一） 1、 （1） ① •
    re.compile(r"[一二三四五六七八九十]{1,3}\s?[、．.]"),
    re.compile(r"[（(]\s?[一二三四五六七八九十]{1,3}\s?[)）]|[㈠-㈩]"),
    re.compile(r"\d{1,2}\s?(?:[、．]|[.,，](?:(?!\d)|(?=\d{1,2}月)))|[⒈-⒛]"),
    re.compile(r"[（(]\s?\d{1,2}\s?[)）]|\d{1,2}\s?[)）]|[⑴-⒇]"),
    re.compile(r"[①-⑳❶-❿]|[a-zA-Z][、．.)）](?!\w)"),
    re.compile(r"[-*•●○◆◇■□▲△★☆※➢✓√·▶►▪◎✅☑✔♦❖➤→📌🔹🔸]+|—{1,2}(?=\S)"),
)
ENCLOSED = (ord("①"), ord("⑴"), ord("⒈"), ord("㈠"))  # the first of each row of numbers in one character
OUTLINE = 2  # ranks below this are parts of a text, from it on points of a list
BULLET = 5
INLINE = re.compile(r"(?:(?<=[\s。；;，,：:、）)])|^)[（(]?(\d{1,2})[)）、．.](?!\d)|([①-⑳])")
FIRST_CIRCLE = ord("①") - 1
SENTENCE_ENDS = re.compile(r"(?<=[。！？!?；;])")
NEW_LINE = re.compile(r"\r\n|[\r\n\f\u2028\u2029]")  # \v parts the lines of a table's cell
ENDED = "。！？!?；;.…"
RULE = re.compile(r"[-=_*—─ ]{3,}|[|:\- ]+")  # drawn across the page, or below a table's heads
SPACED = re.compile(r"[\u4e00-\u9fff](?: {1,3}[\u4e00-\u9fff]){1,8}")  # 九 月 份, 工 作 内 容


@dataclass(frozen=True)
class Line:
    """A line: its number in the text (from 1), what it says without number or bullet, ``rank`` of that (-1: none).

    ``after_blank`` says that an empty line stands before it.
    """

    number: int
    said: str
    rank: int = -1
    mark: str = ""
    after_blank: bool = False

    @property
    def count(self) -> int:
        """The number before it; 0 for a bullet or none."""
        digits = re.search(r"\d+|[一二三四五六七八九十]+", self.mark)
        if digits:
            return number_of(digits[0])
        enclosed = next((row for row in ENCLOSED if self.mark and row <= ord(self.mark[0]) < row + 20), 0)
        return ord(self.mark[0]) - enclosed + 1 if enclosed else 0

    @property
    def whole(self) -> str:
        return f"{self.mark}{self.said}"


def lines_of(text: str) -> list[Line]:
    """The lines of a text that are not empty."""
    found, blank = [], False
    for number, raw in enumerate(NEW_LINE.split(text), 1):
        said = tidy(raw)
        if said and not RULE.fullmatch(said):
            found.append(marked(said, number, blank))
        blank = not said
    return found


def tidy(raw: str) -> str:
    """Without outer space, invisible characters and the marks of Markdown. Tabs stay inside.

    Letters set wide, and a number and what it counts, come together.
    """
    raw = re.sub(r"^\s*#{1,6}\s+|\*\*|__", "", re.sub(r"<br ?/?>", "\v", raw))
    said = re.sub(r"[\u200b-\u200d\ufeff\x00-\x08\x0e-\x1f]", "", raw).replace("　", " ").replace("\xa0", " ")
    said = re.sub(r"(?<=[\d第]) (?=[\d月周旬日号])", "", said)
    said = re.sub(r" {2,}", "  ", said.strip())
    return said.replace(" ", "") if SPACED.fullmatch(said) else said


def marked(said: str, number: int, after_blank: bool = False) -> Line:
    """A line with its number or bullet taken off."""
    for rank, look in enumerate(RANKS):
        if match := look.match(said):
            rest = said[match.end() :].lstrip(" 、.．")
            return Line(number, rest, rank, said[: len(said) - len(rest)], after_blank)
    return Line(number, said, after_blank=after_blank)


def points_in(said: str) -> list[str]:
    """``1、甲 2、乙`` → its points; a text that begins with none, or with numbers out of order, is one."""
    marks: list[re.Match[str]] = []
    for match in INLINE.finditer(said):
        if not marks:
            if said[: match.start()].strip():
                return [said]
            first, look = _number(match), _look(match)
        if _number(match) == first + len(marks) and _look(match) == look:
            marks.append(match)
    if len(marks) < 2:
        return [said]
    ends = [match.start() for match in marks[1:]] + [len(said)]
    return [said[match.end() : end].strip() for match, end in zip(marks, ends, strict=True)]


def _number(mark: re.Match[str]) -> int:
    return int(mark[1]) if mark[1] else ord(mark[2]) - FIRST_CIRCLE


def _look(mark: re.Match[str]) -> tuple[bool, bool]:
    """Whether a number within a line is circled, in brackets: 1、 and 2. are alike, （1） is not."""
    return bool(mark[2]), mark[0][-1] in ")）"


def sentences_in(said: str) -> Iterator[str]:
    """The sentences of a line, with their full stops."""
    for part in SENTENCE_ENDS.split(said):
        if part.strip():
            yield part.strip()
