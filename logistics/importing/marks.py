"""Cells of an .xlsx that the reader shows as blank although they are not: error values and formulas never calculated.

Also which part holds which sheet, and whether day numbers count from 1904.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator

from defusedxml.ElementTree import fromstring

from logistics.importing.grids import ErrorValue, Mark, Merge, Refused, Uncalculated, column_index
from logistics.importing.safety import Package

LONGEST_ROW = 8 << 20
Marks = dict[tuple[int, int], Mark]
REFERENCE = re.compile(rb'\sr="([A-Z]{1,3})(\d{1,7})"')
MERGE = re.compile(rb'mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
VALUE = re.compile(rb"v(?:\s[^>]*)?>([^<]*)<")


def formula_pattern(prefix: bytes) -> re.Pattern[bytes]:
    """A formula that its cell ends with, or that only an empty value follows."""
    return re.compile(
        rb"<%(p)sf(?:\s[^>]*)?(?:/>|>([^<]*)</%(p)sf>)\s*(<%(p)sv\s*/>|<%(p)sv\s*></%(p)sv>)?\s*</%(p)sc>"
        % {b"p": prefix}
    )


def row_pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes cut where rows begin, so that no cell is torn apart (a row of many megabytes may be)."""
    rest = b""
    for chunk in chunks:
        data = rest + chunk
        cut = max(data.rfind(b"<row"), data.rfind(b":row"))
        if cut <= 0 and len(data) < LONGEST_ROW:
            rest = data
            continue
        cut = cut if cut > 0 else len(data)
        yield data[:cut]
        rest = data[cut:]
    yield rest


def sheet_marks(chunks: Iterable[bytes]) -> Marks:
    """The marks of one sheet's XML, by (row from 1, column from 0)."""
    import html  # a thousand names of characters, for a file that is to be read by this process alone

    marks: Marks = {}
    pattern: re.Pattern[bytes] | None = None
    opening = b"<c "
    for data in row_pieces(chunks):
        if pattern is None:
            root = re.search(rb"<(\w+:)?worksheet\b", data[:4096])
            prefix = root[1] or b"" if root else b""
            pattern, opening = formula_pattern(prefix), b"<%sc " % prefix
        if b'"e"' in data:
            for found in re.finditer(rb'\bt="e"[^>]*>', data):
                start = data.rfind(b"<", 0, found.start())
                value = VALUE.search(data, found.end(), found.end() + 20_000)
                add(
                    marks,
                    data[start : found.end()],
                    ErrorValue(value[1].decode("utf-8", "replace") if value else "#N/A"),
                )
        if b"f>" in data or b"f " in data:
            for found in pattern.finditer(data):
                head = data[data.rfind(opening, 0, found.start()) : found.start()]
                if found[2] is None or b't="str"' not in head:  # an empty text is a result like any other
                    text = html.unescape((found[1] or b"").decode("utf-8", "replace"))
                    add(marks, head, Uncalculated(text))
    return marks


def add(marks: Marks, cell: bytes, mark: Mark) -> None:
    if place := REFERENCE.search(cell):
        marks[int(place[2]), column_index(place[1].decode())] = mark


def merged_ranges(data: bytes) -> tuple[Merge, ...]:
    """The merged ranges that a sheet's XML names; what is no range is left out."""
    found = (m.groups() for m in MERGE.finditer(data))
    return tuple(
        Merge(int(top), column_index(left.decode()), int(bottom), column_index(right.decode()))
        for left, top, right, bottom in found
    )


class Contents:
    """The table of contents of an .xlsx: its sheets' parts in order. Raises Refused where it cannot be read."""

    def __init__(self, package: Package) -> None:
        self.package = package
        root = self.parse(self.workbook_part())
        self.date1904 = any(
            node.get("date1904", "0").lower() in ("1", "true", "on")
            for node in root.iter()
            if local(node) == "workbookPr"
        )
        sheets = [node for node in root.iter() if local(node) == "sheet"]
        if not sheets:
            raise Refused("no_sheets")
        self.names = [node.get("name", "") for node in sheets]
        self.hidden = [node.get("state", "visible") != "visible" for node in sheets]
        targets = self.targets()
        self.parts = [targets.get(next((v for k, v in node.items() if k.endswith("}id")), ""), "") for node in sheets]

    def workbook_part(self) -> str:
        names = [name for name in self.package.parts if name.endswith("workbook.xml")]
        if not names:
            raise Refused("damaged")
        return min(names, key=len)

    def targets(self) -> dict[str, str]:
        """Relation id → part name, whether the target was written from the root or from the workbook."""
        folder, _, name = self.workbook_part().rpartition("/")
        rels = f"{folder}/_rels/{name}.rels".lstrip("/")
        if rels not in self.package.parts:
            raise Refused("damaged")
        found = {}
        for node in self.parse(rels):
            target = node.get("Target", "").replace("\\", "/").lower()
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[node.get("Id", "")] = path
        return found

    def parse(self, name: str):  # type: ignore[no-untyped-def]  # defusedxml's elements have no public type
        try:
            return fromstring(self.package.read(name), forbid_dtd=True)
        except Refused:
            raise
        except Exception as error:
            raise Refused("damaged") from error

    def marks(self, index: int) -> Marks:
        """Reads the whole part, which also proves its length and checksum. Raises Refused."""
        part = self.parts[index]
        return sheet_marks(self.package.chunks(part)) if part.endswith(".xml") else {}


def local(node) -> str:  # type: ignore[no-untyped-def]
    return str(node.tag).rpartition("}")[2]
