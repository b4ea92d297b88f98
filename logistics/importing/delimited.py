"""Text tables: the encoding (UTF-8, GB18030, UTF-16 with its mark) and the delimiter are found from the content."""

import csv
import io

from logistics.importing.grids import Limits, Line, Refused, Sheet, filled_lines

DELIMITERS = ",\t;|"
LONGEST_CELL = 100_000
SAMPLE_LINES = 50


def decoded(data: bytes) -> str:
    """The text of the file. Raises Refused where it is no text or in none of the known encodings."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace").lstrip("\ufeff")
    if data.count(0):
        raise Refused("foreign")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Almost any bytes are some GB18030, but control characters are in nobody's table.
        if any(ord(c) < 32 and c not in "\t\r\n\f\v\x1a" for c in set(text)):
            raise Refused("foreign")
        return text.rstrip("\x1a")
    raise Refused("encoding")


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
