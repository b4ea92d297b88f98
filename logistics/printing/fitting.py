"""How wide a text is in the print font, into how many lines it breaks, where it has to be cut. No layout engine."""

import re
from collections.abc import Iterator
from math import ceil

# Advance widths of the printable ASCII characters in Noto Sans CJK SC, in thousandths of an em, from " " to "~".
ASCII = (
    *(224, 323, 474, 555, 555, 921, 680, 278, 338, 338, 467, 555, 278, 347, 278, 392),
    *(555, 555, 555, 555, 555, 555, 555, 555, 555, 555, 278, 278, 555, 555, 555, 474),
    *(946, 608, 657, 638, 688, 589, 552, 689, 728, 293, 535, 646, 543, 812, 723, 742),
    *(633, 742, 635, 596, 599, 721, 575, 878, 573, 531, 603, 338, 392, 338, 555, 559),
    *(606, 563, 618, 510, 620, 554, 325, 564, 607, 275, 275, 552, 284, 926, 610, 606),
    *(620, 620, 388, 468, 377, 607, 521, 802, 498, 521, 475, 338, 270, 338, 555),
)
BOLD = 1.06
CLOSING = "，。、；：！？）》”’】〉」』％℃…—"
OPENING = "（《“‘【〈「『￥"
WORDS = re.compile(rf"[!-~]+|[ \t\u3000]+|[{OPENING}]*.[{CLOSING}]*", re.DOTALL)


def ems(text: str) -> float:
    """Width of ``text`` on one line in em of the regular face; what is not ASCII counts as a full square."""
    return sum(ASCII[ord(c) - 32] if " " <= c <= "~" else 1000 for c in text) / 1000


def line_count(text: str, width: float) -> int:
    """Lines that ``text`` takes in a box of ``width`` em, at least one; words are broken only where they must be."""
    return sum(_line_count(part, width) for part in text.splitlines()) if text else 1


def _line_count(text: str, width: float) -> int:
    lines, used = 1, 0.0
    for word in WORDS.findall(text):
        size = ems(word)
        if used + size <= width:
            used += size
        elif word.isspace():
            used = width
        elif size <= width:
            lines, used = lines + 1, size
        else:
            extra = ceil(size / max(width - 1, 1))
            lines, used = lines + extra - (not used), width
    return lines


def clamp(text: str, width: float, lines: int) -> list[str]:
    """``text`` in at most ``lines`` lines of ``width`` em; what does not fit is replaced by an ellipsis."""
    found = list(_fill(" ".join(text.split()), width))
    if len(found) <= lines:
        return found
    last = found[lines - 1]
    while last and ems(last) > width - 1:
        last = last[:-1]
    return [*found[: lines - 1], f"{last}…"]


def _fill(text: str, width: float) -> Iterator[str]:
    line = ""
    for character in text:
        if line and ems(line + character) > width:
            yield line
            line = ""
        line += character
    yield line
