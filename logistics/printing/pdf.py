"""HTML → PDF: one way, with our own fonts and files only. Long documents come in pieces and need little memory."""

import gc
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from logistics.base.collecting import collecting_later

if TYPE_CHECKING:  # it takes a second and a half to import, and most processes never print
    from weasyprint import Document
    from weasyprint.text.fonts import FontConfiguration

Progress = Callable[[int], None]
PIXELS = 96 / 25.4  # in a millimetre


def lay_out(html: str, fonts: "FontConfiguration") -> "Document":
    """The pages of one HTML document, not yet painted."""
    from weasyprint import HTML

    from logistics.printing.fetching import ASSETS, OwnFilesFetcher

    return HTML(string=html, base_url=f"{ASSETS}/", url_fetcher=OwnFilesFetcher()).render(font_config=fonts)


def render_pdf(template: str, context: Mapping[str, Any]) -> bytes:
    """One template of the ``print/`` tree as PDF, the same bytes for the same facts."""
    from weasyprint.text.fonts import FontConfiguration

    return bytes(lay_out(render_to_string(template, dict(context)), FontConfiguration()).write_pdf())


class WrongPages(Exception):
    """A piece did not make as many pages as it was said to."""


class Piece:
    """A part of a long document: ``make`` gives the HTML of exactly these pages, of ``sizes`` in mm."""

    def __init__(self, make: Callable[[], str], sizes: Sequence[tuple[float, float]]) -> None:
        self.make = make
        self.sizes = sizes
        self.laid_out: Document | None = None

    def document(self, fonts: "FontConfiguration") -> "Document":
        if self.laid_out is None:
            self.laid_out = lay_out(self.make(), fonts)
            if len(self.laid_out.pages) != len(self.sizes):
                raise WrongPages
        return self.laid_out


class LaterPage:
    """Stands for a page in WeasyPrint's list; laid out with its piece when it is painted, dropped after the last.

    So the boxes of one piece only are in memory at a time: 3,000 lines need no more than 300.
    """

    def __init__(self, piece: Piece, index: int, fonts: "FontConfiguration", painted: Callable[[], None]) -> None:
        self.piece, self.index, self.fonts, self.painted = piece, index, fonts, painted
        self.width, self.height = (round(side * PIXELS, 6) for side in piece.sizes[index])
        self.bleed = dict.fromkeys(("top", "right", "bottom", "left"), 0)
        self.links: list[Any] = []
        self.anchors: dict[str, Any] = {}
        self.bookmarks: list[Any] = []
        self.forms: dict[None, list[Any]] = {None: []}

    def paint(self, stream: Any, scale: float = 1) -> None:
        page = self.piece.document(self.fonts).pages[self.index]
        page.paint(stream, scale)
        self.bookmarks = page.bookmarks
        if self.index == len(self.piece.sizes) - 1:
            self.piece.laid_out = None
            gc.collect(0)
        self.painted()


@collecting_later()  # what a piece leaves behind is all young: collecting the youngest generation frees it
def write_pdf(pieces: Sequence[Piece], progress: Progress | None = None) -> bytes:
    """The pages of ``pieces`` as one PDF, the same bytes for the same HTML; no links between pages.

    ``progress`` is told the number of finished pages after each.
    """
    if not pieces:
        raise ValueError("nothing to print")
    from weasyprint import Document
    from weasyprint.text.fonts import FontConfiguration

    fonts, done = FontConfiguration(), 0

    def painted() -> None:
        nonlocal done
        done += 1
        if progress:
            progress(done)

    try:
        first = pieces[0].document(fonts)
        pages = [LaterPage(piece, i, fonts, painted) for piece in pieces for i in range(len(piece.sizes))]
        whole = Document(pages, first.metadata, first.url_fetcher, fonts, first.color_profiles, first.output_intent)
        return bytes(whole.write_pdf())
    except WrongPages:  # a line higher than reckoned: lay everything out first and take the pages as they fall
        documents = [lay_out(piece.make(), fonts) for piece in pieces]
        return bytes(documents[0].copy([page for d in documents for page in d.pages]).write_pdf())
