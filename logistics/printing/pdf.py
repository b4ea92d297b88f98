"""HTML → PDF: one way, with our own fonts and files only, in pieces so that long papers fit into memory."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

Progress = Callable[[int], None]
ASSETS = Path(settings.BASE_DIR) / "static" / "print"


class OwnFilesFetcher(URLFetcher):
    """Gives a document our print assets and what it carries itself as ``data:``; nothing else of disk or net."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["file", "data"], allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        if parts.scheme.lower() == "file" and not self._is_own(parts.netloc, unquote(parts.path)):
            raise ValueError(f"not a print asset: {url}")
        return super().fetch(url, headers)

    def _is_own(self, host: str, path: str) -> bool:
        return not host and Path(path).resolve().is_relative_to(ASSETS.resolve())


def write_pdf(documents: Iterable[str], progress: Progress | None = None) -> bytes:
    """The pages of HTML ``documents`` as one PDF, the same bytes for the same HTML.

    Each document is laid out by itself (documents of about ten pages keep memory down); ``progress`` is told
    the number of pages laid out so far.
    """
    fonts, laid_out, pages = FontConfiguration(), [], []
    for html in documents:
        document = HTML(string=html, base_url=f"{ASSETS}/", url_fetcher=OwnFilesFetcher()).render(font_config=fonts)
        laid_out.append(document)
        pages += document.pages
        if progress:
            progress(len(pages))
    if not laid_out:
        raise ValueError("nothing to print")
    return bytes(laid_out[0].copy(pages).write_pdf())


def render_pdf(template: str, context: Mapping[str, Any], *, progress: Progress | None = None) -> bytes:
    """One template of the ``print/`` tree as PDF."""
    return write_pdf([render_to_string(template, dict(context))], progress)
