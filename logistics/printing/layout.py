"""The measures of a paper on A4: how wide its columns are, how high its head, boxes and rows (mm). No HTML here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, takewhile

from django.utils.translation import gettext as _

from logistics.base.money import capitals
from logistics.printing.codes import Code, qr
from logistics.printing.fitting import BOLD, clamp, ems, line_count
from logistics.printing.papers import Fact, Kind, LineKind, Look, Paper, Signature, long_date, text_of
from logistics.printing.totals import Totals, total_of

# Inside the margins of print.css: 20 mm to bind at the left, 12 mm elsewhere, less the page number's line.
PORTRAIT, LANDSCAPE = (178.0, 267.0), (265.0, 180.0)  # A4
LARGE_PORTRAIT, LARGE_LANDSCAPE = (265.0, 390.0), (388.0, 267.0)  # A3
TITLE, META, TABLE_HEAD = 19.0, 6.2, 7.2
LABEL, PICTURE_ROWS, PICTURE_HEIGHT = 25.0, 5, 50.0
SIGNATURE_LINE, SIGNATURE_BOX, BOXES_PER_ROW = 13.0, 23.2, 4
CAPITALS, NOTE, SPARE = 8.4, 5.0, 3.0
MOST_LINES_IN_CELL = 20
SHORT_HEAD, LONGEST_CODE = 4.0, 14.0  # em


@dataclass(frozen=True)
class Type:
    """Size of the type in mm: an em, the distance of two lines, the least height of a row."""

    em: float
    leading: float
    row: float

    def ems_in(self, width: float) -> float:
        """Ems that fit into a cell ``width`` mm wide, less its padding and a hair for kerning."""
        return (width - 2.2) / self.em - 0.1

    def height(self, lines: int) -> float:
        return max(self.row, round(lines * self.leading + 2.4, 2))


FORM, LEDGER, DENSE = Type(3.528, 4.6, 8.6), Type(3.175, 4.1, 7.2), Type(2.822, 3.6, 6.2)  # 10, 9 and 8 pt


@dataclass(frozen=True)
class Head:
    """A cell of the table's head: ``span`` columns wide and ``down`` rows high."""

    text: str
    span: int = 1
    down: int = 1


@dataclass(frozen=True)
class Box:
    """A labelled box of a form; ``span`` counts the columns of the grid that its value takes."""

    label: str
    text: str
    span: int


@dataclass(frozen=True)
class BoxRow:
    boxes: tuple[Box, ...]
    height: float
    picture_rows: int = 0  # the picture begins here and goes down so many rows


class Layout:
    """The measures of one paper."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        upright, across = (LARGE_PORTRAIT, LARGE_LANDSCAPE) if paper.large else (PORTRAIT, LANDSCAPE)
        self.width, self.height = across if paper.landscape else upright
        self.inner = self.width - 0.5  # less the frame of a table
        self.type = DENSE if paper.dense else FORM if paper.look is Look.FORM else LEDGER

    @cached_property
    def column_widths(self) -> list[float]:
        """Widths in mm by the columns' shares, but what may not be broken gets what its longest text needs."""
        shares = [column.width for column in self.paper.columns]
        fair = [self.inner * share / sum(shares) for share in shares]
        needs = [self._least_width(i) for i in range(len(shares))]
        pairs = list(zip(fair, needs, strict=True))
        fixed = sum(need for share, need in pairs if need > share)
        free = sum(share for share, need in pairs if need <= share)
        shrunk = max((self.inner - fixed) / free, 0.3) if free else 1
        widths = [max(share * shrunk, need) for share, need in pairs]
        return [round(width * self.inner / sum(widths), 2) for width in widths]

    def _least_width(self, index: int) -> float:
        column = self.paper.columns[index]
        widest = min(ems(column.head), SHORT_HEAD)
        if column.kind.is_unbroken:
            values = [line.cells[index] for line in self.paper.lines if line.kind is not LineKind.HEADING]
            values.append(self.totals.values[index])
            widest = max(widest, *(min(ems(text_of(value, column.kind)), LONGEST_CODE) for value in values))
        return (widest * BOLD + 0.2) * self.type.em + 2.2

    @cached_property
    def totals(self) -> Totals:
        return total_of(self.paper.columns, self.paper.lines)

    @cached_property
    def head_rows(self) -> list[list[Head]]:
        """The heads of the columns, in two rows where neighbours stand under a common one."""
        columns = self.paper.columns
        if not any(column.group for column in columns):
            return [[Head(column.head) for column in columns]]
        upper: list[Head] = []
        for name, members in groupby(columns, key=lambda column: column.group):
            group = list(members)
            upper += [Head(name, len(group))] if name else [Head(column.head, down=2) for column in group]
        return [upper, [Head(column.head) for column in columns if column.group]]

    @property
    def table_head(self) -> float:
        """Height of the heads, two lines where one does not hold the words."""
        if not self.paper.columns:
            return 0
        pairs = zip(self.paper.columns, self.column_widths, strict=True)
        lines = max(line_count(c.head, self.type.ems_in(w) / BOLD) for c, w in pairs)
        return max(TABLE_HEAD, self.type.height(lines)) + TABLE_HEAD * (
            len(self.head_rows) - 1 + bool(self.paper.lines_title)
        )

    @cached_property
    def fact_rows(self) -> list[tuple[Fact, ...]]:
        """The facts above a ledger's table, by line."""
        facts, size = self.paper.facts, self.paper.facts_per_row
        return [facts[i : i + size] for i in range(0, len(facts), size)] if self.paper.look is Look.LEDGER else []

    @cached_property
    def box_rows(self) -> list[BoxRow]:
        return list(_box_rows(self)) if self.paper.look is Look.FORM else []

    @property
    def title_css(self) -> str:
        return "long" if ems(self.paper.title) > (20 if not self.paper.landscape else 32) else ""

    def head(self, first: bool) -> float:
        """Height of everything above the table's own heads."""
        boxes = sum(row.height for row in self.box_rows) if first else 0
        return TITLE + META * (1 + len(self.fact_rows)) + boxes

    @property
    def tail(self) -> float:
        """Height of what stands only under the last line: capitals, notes, signatures."""
        return (CAPITALS if self.in_capitals else 0) + NOTE * self._note_lines + self.signatures

    @property
    def _note_lines(self) -> int:
        return sum(line_count(note, self.type.ems_in(self.width)) for note in self.paper.notes)

    @cached_property
    def signature_rows(self) -> list[tuple[Signature, ...]]:
        """Signatures in rows as even as can be, at most four or five in one."""
        boxes = self.paper.signatures
        rows = -(-len(boxes) // (BOXES_PER_ROW + self.paper.landscape))
        size = -(-len(boxes) // rows) if rows else 1
        return [boxes[i : i + size] for i in range(0, len(boxes), size)]

    @property
    def signatures(self) -> float:
        return len(self.signature_rows) * (SIGNATURE_BOX if self.paper.look is Look.FORM else SIGNATURE_LINE)

    @cached_property
    def day(self) -> str:
        label = self.paper.day_label or _("Date")
        return f"{label}：{long_date(self.paper.day)}" if self.paper.day or self.paper.look is Look.FORM else ""

    @cached_property
    def code(self) -> Code | None:
        return qr(self.paper.link) if self.paper.link else None

    @cached_property
    def in_capitals(self) -> str:
        amount = self.paper.capitals_of
        return "" if amount is None else _("Amount in capitals: %(amount)s") % {"amount": capitals(amount)}

    @cached_property
    def in_figures(self) -> str:
        return text_of(self.paper.capitals_of, Kind.MONEY)

    @cached_property
    def box_widths(self) -> list[float]:
        """Widths of the grid's columns: label and value by turns."""
        return [LABEL, self.value_width] * self.paper.facts_per_row

    @property
    def picture_box(self) -> str:
        """Size of the place beside the first boxes (CSS); empty without a picture."""
        rows = self.box_rows[: self.box_rows[0].picture_rows]
        height = sum(row.height for row in rows)
        size = f"width:{self.value_width + LABEL:.2f}mm;height:{height:.2f}mm;line-height:{height:.2f}mm"
        return size if rows else ""

    @property
    def value_width(self) -> float:
        per_row = self.paper.facts_per_row
        return round(self.inner / per_row - LABEL, 2)

    def room(self, first: bool) -> float:
        """Height left for rows."""
        return self.height - SPARE - self.head(first) - self.table_head


def _box_rows(layout: Layout) -> Iterator[BoxRow]:
    """Rows of boxes; the picture takes the place of the last box of the first rows."""
    per_row = layout.paper.facts_per_row
    groups = list(_grouped(layout.paper.facts, per_row, PICTURE_ROWS if layout.paper.picture and per_row > 1 else 0))
    beside = sum(1 for _group, is_beside in groups if is_beside)
    for index, (group, is_beside) in enumerate(groups):
        boxes, lines = _boxes(layout, group, per_row - is_beside)
        height = max(layout.type.height(lines) + 1, PICTURE_HEIGHT / beside if is_beside else 0)
        yield BoxRow(boxes, round(height, 2), beside if index == 0 else 0)


def _boxes(layout: Layout, group: tuple[Fact, ...], places: int) -> tuple[tuple[Box, ...], int]:
    """The boxes of one row, the last one stretched over the places left, and the lines they need."""
    left = places - len(group)
    boxes, most = [], 1
    for fact in group:
        more = left if fact is group[-1] else 0
        text, lines = fitted(fact.text, layout.type.ems_in(layout.value_width + more * (layout.value_width + LABEL)))
        boxes.append(Box(fact.label, text, 1 + 2 * more))
        most = max(most, lines, fact.lines, line_count(fact.label, layout.type.ems_in(LABEL)))
    return tuple(boxes), most


def _grouped(facts: Sequence[Fact], per_row: int, beside: int) -> Iterator[tuple[tuple[Fact, ...], bool]]:
    """The facts of each row, and whether it stands beside the picture: at most ``beside`` rows, no wide one."""
    rest = list(facts)
    while rest:
        if rest[0].wide:
            row, beside = rest[:1], 0
        else:
            narrow = list(takewhile(lambda fact: not fact.wide, rest))
            row = narrow[: per_row - (beside > 0)]
        yield tuple(row), beside > 0
        beside -= beside > 0
        rest = rest[len(row) :]


def fitted(text: str, ems: float) -> tuple[str, int]:
    """The text and its lines; a text longer than any cell may be is cut with an ellipsis."""
    count = line_count(text, ems)
    if count <= MOST_LINES_IN_CELL:
        return text, count
    return "\n".join(clamp(text, ems, MOST_LINES_IN_CELL)), MOST_LINES_IN_CELL
