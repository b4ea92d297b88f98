"""Reading a PDF back, with poppler's tools."""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image


def _run(content: bytes, *command: str) -> str:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(content)
        asked = [part.replace("PDF", str(path)) for part in command]
        return subprocess.run(asked, capture_output=True, check=True, text=True).stdout


def pages_text(content: bytes) -> list[str]:
    """The text of each page, laid out as it stands."""
    return _run(content, "pdftotext", "-layout", "PDF", "-").split("\f")[:-1]


def fonts(content: bytes) -> list[list[str]]:
    """Name, type, … of each font of the document."""
    return [line.split() for line in _run(content, "pdffonts", "PDF").splitlines()[2:]]


def picture(content: bytes, page: int = 1, dpi: int = 300) -> Image.Image:
    with TemporaryDirectory() as folder:
        path, out = Path(folder) / "paper.pdf", Path(folder) / "page"
        path.write_bytes(content)
        pages = ["-f", str(page), "-l", str(page)]
        subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", "-singlefile", *pages, path, out], check=True)
        with Image.open(f"{out}.pgm") as image:
            return image.copy()
