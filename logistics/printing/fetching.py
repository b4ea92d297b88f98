"""What a printed document may load: our print assets and its own ``data:``, nothing else of disk or net."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from weasyprint.urls import URLFetcher, URLFetcherResponse

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
