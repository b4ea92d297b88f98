"""Text tables: the encoding (UTF-8, GB18030, UTF-16) and the delimiter are found from the content."""

import csv
import io

from logistics.importing.grids import Limits, Line, Refused, Sheet, filled_lines

DELIMITERS = ",\t;|"
LONGEST_CELL = 100_000
SAMPLE_LINES = 50
LOST = "\ufffd"
TEXT_TO_LOST = 50  # one lost character in so many: a slip in a text, not another encoding


def decoded(data: bytes) -> str:
    """The text of the file. Raises Refused where it is no text or in none of the known encodings."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace").lstrip("\ufeff")
    text = unmarked(data) if data.count(0) else in_bytes(data)
    # Almost any bytes are some GB18030, but control characters are in nobody's table.
    if any(ord(c) < 32 and c not in "\t\r\n\f\v\x1a" for c in set(text)):
        raise Refused("foreign")
    if text.count(LOST) * TEXT_TO_LOST > len(text):
        raise Refused("encoding")
    return text.rstrip("\x1a")


def in_bytes(data: bytes) -> str:
    """UTF-8, even with a torn character in it, else GB18030: of that hardly any two characters are UTF-8 as well."""
    text = data.decode("utf-8-sig", "replace")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return data.decode("gb18030", "replace") if beyond_ascii < 11 * text.count(LOST) else text


def unmarked(data: bytes) -> str:
    """UTF-16 without its mark, known by its line ends. Raises Refused for what is no text."""
    for encoding in ("utf-16-le", "utf-16-be"):
        if (end := "\n".encode(encoding)) in data and data.index(end) % 2 == 0:
            return data.decode(encoding, "replace")
    raise Refused("foreign")


def delimiter_of(text: str) -> str:
    """The delimiter that most lines hold, and hold in the greatest number; a comma where there is none."""
    lines = [line for line in text[:100_000].splitlines() if line.strip()][:SAMPLE_LINES]
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) == 5:
        return lines[0][4]

    def weight(mark: str) -> tuple[int, int]:
        counts = [len(next(csv.reader([line], delimiter=mark))) - 1 for line in lines if len(line) < LONGEST_CELL]
        return sum(count > 0 for count in counts), sum(counts)

    return max(DELIMITERS, key=lambda mark: (weight(mark), -DELIMITERS.index(mark)))


def read_delimited(data: bytes, limits: Limits) -> Sheet:
    """The one sheet that a text table is. Raises Refused."""
    text = decoded(data).replace("\0", "")
    lines: list[Line] = []
    try:
        csv.field_size_limit(LONGEST_CELL)
        delimiter = delimiter_of(text)
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            if any(row) and not (number == 1 and row[0].lower().startswith("sep=") and text[4:5] == delimiter):
                lines.append((number, tuple(row)))
                if len(lines) > limits.rows:
                    break
    except csv.Error as error:
        raise Refused("damaged_text") from error
    return Sheet(name="CSV", rows=filled_lines(lines, "CSV", limits))
