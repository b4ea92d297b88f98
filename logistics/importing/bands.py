"""Where the header of a list is: the rows it begins at, how far down it reaches, the words over each column."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from logistics.importing.grids import Cell, Merge, Sheet, is_empty
from logistics.importing.headers import MARKING_COLUMN, ColumnHead, Vocabulary, normalise_header
from logistics.importing.rowkinds import shown

Lines = Mapping[int, tuple[Cell, ...]]
Merges = Mapping[int, Sequence[Merge]]
MAX_HEADER_ROWS = 4
MOST_ABREAST = 256
FURTHER_TABLE = 3
SURELY = 5  # so many known words are a header, whatever else a wide export of another system has beside them


@dataclass(frozen=True, slots=True)
class Header:
    """A band of header rows, and where each of its columns stands."""

    rows: tuple[int, ...]
    columns: tuple[ColumnHead, ...]

    @property
    def words(self) -> tuple[tuple[int, str], ...]:
        return tuple((c.index, c.key) for c in self.columns)


def header_starts(sheet: Sheet, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """The rows that a header begins at, and those it was known by; the best row says how many known words it takes."""
    weights, lines, merges = Weights(vocabulary), dict(sheet.rows), merges_by_top(sheet)
    scores = {number: score(values, weights) for number, values in sheet.rows}
    best = max(scores.values())
    narrow = vocabulary.columns == 1 or (scores[sheet.rows[0][0]] and all(len(values) == 1 for _, values in sheet.rows))
    if best < (1 if narrow else 2):
        return []
    starts: list[tuple[int, int]] = []
    last = 0
    for number, points in scores.items():
        # A further table may have fewer columns than the best one.
        if points and points >= (min(best / 2, FURTHER_TABLE) if starts else best / 2):
            if number > last + 1 or not starts:
                starts.append((upward(lines, merges, number, weights), number))
            elif points > scores[starts[-1][1]]:  # the row above only groups what this one names
                starts[-1] = (starts[-1][0], number)
            last = number
    return starts


def merges_by_top(sheet: Sheet) -> Merges:
    """The merged ranges by their first row; of one row no more than a sound workbook has columns."""
    found: dict[int, list[Merge]] = {}
    for merge in sheet.merges:
        if len(there := found.setdefault(merge.top, [])) < MOST_ABREAST:
            there.append(merge)
    return found


class Weights(dict[str, int]):
    """How much one cell speaks for a header: 4 for a known word, 1 for one that holds a known word."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.vocabulary = vocabulary

    def __missing__(self, value: str) -> int:
        weight = 0
        # A word over a column neither begins nor ends with a digit; most codes, figures and dates do.
        if 0 < len(value) <= 40 and not value[0].isdigit() and not value[-1].isdigit():
            weight = 4 if self.vocabulary.knows(value) else int(self.vocabulary.resembles(value))
        self[value] = weight
        return weight


def score(values: tuple[Cell, ...], weights: Weights) -> float:
    """How much a row looks like a header: known words, where they are a good part of what stands in the row."""
    found = [weights[value] for value in values if isinstance(value, str)]
    exact, alike = found.count(4), found.count(1)
    if not (exact or alike > 2):
        return 0
    filled = len(values) - values.count(None) - values.count("")
    enough = (exact + alike) * 3 >= filled or exact >= SURELY
    return exact + 0.5 * alike if enough else 0


def upward(lines: Lines, merges: Merges, start: int, weights: Weights) -> int:
    """The row above belongs to the header if it groups columns: two or more cells, one of them over several.

    Without merged cells it does when it names a column that has no other name.
    """
    above, here = lines.get(start - 1), lines[start]
    if above is None:
        return start
    texts = [value for value in above if not is_empty(value)]
    over = merges.get(start - 1, ())
    groups = any(m.top == m.bottom and m.right > m.left for m in over)
    down = any(m.bottom == start for m in over)
    names = [
        at for at, v in enumerate(above) if isinstance(v, str) and weights[v] == 4 and (at >= len(here) or not here[at])
    ]
    if down or (len(texts) > 1 and (groups or names) and all(is_group_word(t) for t in texts)):
        return start - 1
    return start


def is_group_word(value: Cell) -> bool:
    return isinstance(value, str) and len(value) <= 12 and not any(mark in value for mark in ":：年")


def header_at(lines: Lines, merges: Merges, found: tuple[int, int], vocabulary: Vocabulary, rows: int | None) -> Header:
    """The whole band of a start that was found, with merged cells and groups spread over their columns."""
    start = found[0]
    end = start + rows - 1 if rows else max(band_end(lines, merges, row, vocabulary) for row in found)
    band = tuple(number for number in range(start, end + 1) if number == start or number in lines)
    grid = {number: dict(enumerate(shown(v) for v in lines[number])) for number in band if number in lines}
    merged: dict[tuple[int, int], str] = {}
    for merge in (merge for row in range(start, end + 1) for merge in merges.get(row, ())):
        if merge.right - merge.left < 300:
            text = grid.get(merge.top, {}).get(merge.left, "")
            merged.update(
                ((row, column), text)
                for row in range(merge.top, min(merge.bottom, end) + 1)
                for column in range(merge.left, merge.right + 1)
            )
    width = max((len(lines[number]) for number in band if number in lines), default=0)
    width = max([width, *(c + 1 for _, c in merged)]) if merged else width
    heads = (ColumnHead(c, parts(c, band, grid, merged)) for c in range(width))
    return Header(band, tuple(head for head in heads if head.parts and not is_marking(head, vocabulary)))


def is_marking(head: ColumnHead, vocabulary: Vocabulary) -> bool:
    """The column in which a marked copy states a row's problems is no part of the list."""
    return head.key in MARKING_COLUMN and not vocabulary.knows(head.key)


def band_end(lines: Lines, merges: Merges, start: int, vocabulary: Vocabulary) -> int:
    """The last row of a header: as far down as its merged cells reach, or as rows of known words follow under gaps."""
    end = max((m.bottom for m in merges.get(start, ()) if m.bottom - m.top < MAX_HEADER_ROWS), default=start)
    while end + 1 < start + MAX_HEADER_ROWS and (below := lines.get(end + 1)):
        above = lines.get(end, ())
        texts = [(i, v) for i, v in enumerate(below) if not is_empty(v)]
        if not all(isinstance(v, str) and len(v) <= 20 for _, v in texts):
            break
        known = sum(vocabulary.knows(str(v)) for _, v in texts)
        units = all(str(v).strip()[:1] in "(（" for _, v in texts)
        gaps = sum(i >= len(above) or is_empty(above[i]) for i, _ in texts)
        if not units and (known * 2 < len(texts) or gaps * 2 < len(texts)) and not grouped(merges, end, texts, known):
            break
        if normal(below) == normal(above):
            break
        end += 1
    return end


def grouped(merges: Merges, row: int, texts: list[tuple[int, Cell]], known: int) -> bool:
    """The row under cells that were merged over several columns names these columns."""
    tops = range(row - MAX_HEADER_ROWS, row + 1)
    groups = [m for top in tops for m in merges.get(top, ()) if m.bottom >= row and m.right > m.left]
    return bool(known and groups) and all(any(m.left <= i <= m.right for m in groups) for i, _ in texts)


def normal(values: Iterable[Cell]) -> list[str]:
    return [normalise_header(str(v)) for v in values if not is_empty(v)]


def parts(
    column: int, band: Sequence[int], grid: dict[int, dict[int, str]], merged: dict[tuple[int, int], str]
) -> tuple[str, ...]:
    """The words over a column from the top down, each once; a group's word also stands over its unmerged neighbours."""
    words: list[str] = []
    for row in band:
        text = merged.get((row, column)) or grid.get(row, {}).get(column, "")
        if not text and row != band[-1] and (row, column) not in merged:
            text = group_left(column, row, band, grid)
        if text and (not words or words[-1] != text):
            words.append(text)
    return tuple(" ".join(word.split()) for word in words)


def group_left(column: int, row: int, band: Sequence[int], grid: dict[int, dict[int, str]]) -> str:
    """The word to the left that groups this column: every column from there to here has a word of its own below."""
    below = grid.get(row + 1, {})
    while column >= 0 and below.get(column):
        if text := grid.get(row, {}).get(column):
            return text
        column -= 1
    return ""
