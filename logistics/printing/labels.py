"""Label sheets: the formats as data, what stands on a label, where it goes on the sheet. No queries."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from logistics.printing.codes import Code, qr
from logistics.printing.fitting import clamp, ems
from logistics.printing.pdf import Piece, Progress, write_pdf

POINT = 0.3528  # mm
LABELS_IN_A_PIECE = 240


@dataclass(frozen=True)
class LabelFormat:
    """A sheet of labels; all measures in mm. The margins are to the first label's corner."""

    key: str
    name: str | Promise
    width: float
    height: float
    columns: int = 1
    rows: int = 1
    page: tuple[float, float] = (210, 297)
    left: float = 0
    top: float = 0
    gap_x: float = 0
    gap_y: float = 0

    @property
    def per_page(self) -> int:
        return self.columns * self.rows

    def position(self, place: int) -> tuple[float, float]:
        """Left and top of the label at ``place`` on its page, counted along the rows from 0."""
        row, column = divmod(place, self.columns)
        return (
            round(self.left + column * (self.width + self.gap_x), 2),
            round(self.top + row * (self.height + self.gap_y), 2),
        )

    # How a label of this size is divided: the code at the left, the words beside it.
    @property
    def padding(self) -> float:
        return 1.5 if self.height < 30 else 2.5

    @property
    def code_side(self) -> float:
        return round(min(self.height - 2 * self.padding, self.width * 0.42, 34), 2)

    @property
    def code_top(self) -> float:
        return round((self.height - self.code_side) / 2, 2)

    @property
    def text_left(self) -> float:
        return round(self.padding + self.code_side + 1, 2)

    @property
    def text_width(self) -> float:
        return round(self.width - self.text_left - self.padding, 2)

    @property
    def name_size(self) -> float:
        """Size of the name in points; the other words are four fifths of it."""
        return 6.5 if self.height < 24 else 8 if self.height < 34 else 10 if self.height < 50 else 12


FORMATS = {
    row.key: row
    for row in (
        LabelFormat("a4-3x7", _("A4, 21 labels of 70 × 42.3 mm"), 70, 42.3, 3, 7),
        LabelFormat("a4-3x8", _("A4, 24 labels of 70 × 36 mm"), 70, 36, 3, 8, top=4.5),
        LabelFormat("a4-3x8-37", _("A4, 24 labels of 70 × 37 mm"), 70, 37, 3, 8, top=0.5),
        LabelFormat("a4-2x5", _("A4, 10 labels of 105 × 57 mm"), 105, 57, 2, 5, top=6),
        LabelFormat("a4-4x10", _("A4, 40 labels of 48.5 × 25.4 mm"), 48.5, 25.4, 4, 10, left=8, top=21.5),
        LabelFormat("a4-5x13", _("A4, 65 labels of 38.1 × 21.2 mm"), 38.1, 21.2, 5, 13, left=4.75, top=10.7, gap_x=2.5),
        LabelFormat("60x40", _("Label printer, 60 × 40 mm"), 60, 40, page=(60, 40)),
        LabelFormat("50x30", _("Label printer, 50 × 30 mm"), 50, 30, page=(50, 30)),
    )
}


@dataclass(frozen=True)
class Label:
    """What stands on one label; ``address`` is absolute, a phone opens it."""

    name: str
    number: str
    room: str
    address: str


@dataclass(frozen=True)
class LabelSheet:
    """Labels in one format. ``start``: places already used on the first sheet are left empty."""

    title: str
    school: str
    form: LabelFormat
    labels: tuple[Label, ...]
    start: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.form.per_page:
            raise ValueError("the first label must be on the first sheet")

    @property
    def page_count(self) -> int:
        return -(-(self.start + len(self.labels)) // self.form.per_page)


@dataclass(frozen=True)
class Placed:
    """A label as printed: its corner (CSS), its words cut to size, its code."""

    corner: str
    school: str
    name: list[str]
    number: list[str]
    room: str
    code: Code


def _placed(sheet: LabelSheet, label: Label, place: int, mask: int | None) -> Placed:
    form = sheet.form
    left, top = form.position(place)
    big = form.text_width / (form.name_size * POINT) / 1.06
    small = form.text_width / (form.name_size * 0.8 * POINT)
    return Placed(
        f"left:{left}mm;top:{top}mm",
        clamp(sheet.school, small, 1)[0],
        clamp(label.name, big, 2),
        [label.number] if ems(label.number) <= small else clamp(label.number, small, 2),
        clamp(label.room, small, 1)[0],
        qr(label.address, mask),
    )


def label_pages(sheet: LabelSheet) -> Iterator[list[Placed]]:
    """The labels of each page with their places."""
    page: list[Placed] = []
    mask = None
    for index, label in enumerate(sheet.labels, sheet.start):
        page.append(_placed(sheet, label, index % sheet.form.per_page, mask))
        mask = page[-1].code.mask
        if len(page) + (sheet.start if index < sheet.form.per_page else 0) == sheet.form.per_page:
            yield page
            page = []
    if page:
        yield page


def labels_html(sheet: LabelSheet, pages: Sequence[list[Placed]]) -> str:
    """One HTML document with these pages of labels."""
    return render_to_string(
        "print/labels.html", {"title": sheet.title, "sheet": sheet, "form": sheet.form, "pages": pages}
    )


def labels_pdf(sheet: LabelSheet, progress: Progress | None = None) -> bytes:
    """The sheet as PDF. The same labels give the same bytes."""
    pages = list(label_pages(sheet))
    size = max(LABELS_IN_A_PIECE // sheet.form.per_page, 1)
    parts = [pages[i : i + size] for i in range(0, len(pages), size)]
    return write_pdf(
        [Piece(partial(labels_html, sheet, part), [sheet.form.page] * len(part)) for part in parts], progress
    )
