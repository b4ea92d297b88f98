"""Papers → HTML in pieces of about ten pages → PDF."""

from collections.abc import Iterable, Iterator, Sequence

from django.template.loader import render_to_string

from logistics.printing.pages import Page, paginate
from logistics.printing.papers import Paper
from logistics.printing.pdf import Progress, write_pdf

PAGES_IN_A_PIECE = 10


def pages_of(papers: Iterable[Paper]) -> list[Page]:
    """All pages of ``papers`` one after the other; each paper is numbered by itself."""
    return [page for paper in papers for page in paginate(paper)]


def html_pieces(pages: Sequence[Page], title: str = "") -> Iterator[str]:
    """HTML documents that together are ``pages``."""
    for start in range(0, len(pages), PAGES_IN_A_PIECE):
        yield page_html(pages[start : start + PAGES_IN_A_PIECE], title)


def page_html(pages: Sequence[Page], title: str = "") -> str:
    """One HTML document with these pages."""
    return render_to_string("print/papers.html", {"pages": pages, "title": title or pages[0].paper.title})


def papers_pdf(papers: Iterable[Paper], *, title: str = "", progress: Progress | None = None) -> bytes:
    """``papers`` as one PDF. The same facts give the same bytes."""
    return write_pdf(html_pieces(pages_of(papers), title), progress)
