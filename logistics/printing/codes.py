"""QR codes as one SVG path, drawn by runs of dark modules."""

from collections.abc import Iterator
from dataclasses import dataclass

import segno


@dataclass(frozen=True)
class Code:
    """``path`` in a square view box of ``size``; the quiet zone of two modules is inside it."""

    size: int
    path: str


QUIET = 2


def qr(address: str) -> Code:
    """The smallest QR code of medium error correction that holds ``address``."""
    matrix = segno.make(address, error="m", micro=False, boost_error=False).matrix
    return Code(len(matrix) + 2 * QUIET, "".join(_runs(matrix)))


def _runs(matrix: tuple[bytearray, ...]) -> Iterator[str]:
    for y, row in enumerate(matrix, QUIET):
        x = 0
        while (start := row.find(1, x)) >= 0:
            end = row.find(0, start)
            x = len(row) if end < 0 else end
            yield f"M{start + QUIET} {y}h{x - start}v1h-{x - start}z"
