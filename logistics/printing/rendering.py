"""Papers → HTML in pieces of about ten pages → PDF."""

from collections.abc import Iterable, Sequence
from functools import partial

from django.template.loader import render_to_string

from logistics.printing.pages import Page, paginate
from logistics.printing.papers import Paper
from logistics.printing.pdf import Piece, Progress, write_pdf

PAGES_IN_A_PIECE = 10
A4, A3 = (210, 297), (297, 420)


def pages_of(papers: Iterable[Paper]) -> list[Page]:
    """All pages of ``papers`` one after the other; each paper is numbered by itself."""
    return [page for paper in papers for page in paginate(paper)]


def page_html(pages: Sequence[Page], title: str) -> str:
    """One HTML document with these pages."""
    return render_to_string("print/papers.html", {"pages": pages, "title": title})


def pages_pdf(pages: Sequence[Page], *, title: str, progress: Progress | None = None) -> bytes:
    """``pages`` as one PDF. The same facts give the same bytes."""
    starts = range(0, len(pages), PAGES_IN_A_PIECE)
    return write_pdf([_piece(pages[i : i + PAGES_IN_A_PIECE], title) for i in starts], progress)


def _piece(pages: Sequence[Page], title: str) -> Piece:
    return Piece(partial(page_html, pages, title), [_size(page.paper) for page in pages])


def _size(paper: Paper) -> tuple[int, int]:
    """Width and height in mm."""
    short, long = A3 if paper.large else A4
    return (long, short) if paper.landscape else (short, long)


def papers_pdf(papers: Iterable[Paper], *, title: str = "", progress: Progress | None = None) -> bytes:
    """``papers`` as one PDF. The same facts give the same bytes."""
    pages = pages_of(papers)
    return pages_pdf(pages, title=title or pages[0].paper.title, progress=progress)
