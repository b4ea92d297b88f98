"""Workbooks made by hand, part by part, so that each can be broken in the way that real and hostile ones are."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterable

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMESPACES = f'xmlns="{MAIN}" xmlns:r="{RELATIONS}"'
HEADER = ("资产编号", "资产名称", "数量", "单价", "存放地点")


def cell(place: str, value: object) -> str:
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def row(number: int, values: Iterable[object]) -> str:
    cells = (cell(f"{'ABCDEFGHIJ'[at]}{number}", value) for at, value in enumerate(values) if value is not None)
    return f'<row r="{number}">{"".join(cells)}</row>'


def sheet(rows: str, after: str = "", before: str = "") -> str:
    return f"<worksheet {NAMESPACES}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def listing(count: int = 3) -> str:
    """A header and ``count`` good rows."""
    rows = [row(1, HEADER)]
    rows += [row(n, (f"ZC{n:05}", "学生课桌", n, 168.5, "101室")) for n in range(2, count + 2)]
    return "".join(rows)


def relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'


def xlsx(
    *sheets: str,
    names: list[str] | None = None,
    states: list[str] | None = None,
    properties: str = "",
    strings: str = "",
    styles: str = "",
    relations: str = "",
    extra: dict[str, str | bytes] | None = None,
) -> bytes:
    """An .xlsx of the given sheets (whole XML, or the rows alone)."""
    names = names or [f"Sheet{at}" for at in range(1, len(sheets) + 1)]
    states = states or ["visible"] * len(sheets)
    listed = "".join(
        f'<sheet name="{name}" sheetId="{at}" state="{state}" r:id="rId{at}"/>'
        for at, (name, state) in enumerate(zip(names, states, strict=True), start=1)
    )
    relations = relations or "".join(
        [relation(at, "worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(sheets) + 1)]
        + ([relation(901, "sharedStrings", "sharedStrings.xml")] if strings else [])
        + ([relation(902, "styles", "styles.xml")] if styles else [])
    )
    root = relation(1, "officeDocument", "xl/workbook.xml")
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
        ),
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{root}</Relationships>',
        "xl/workbook.xml": f"<workbook {NAMESPACES}>{properties}<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>',
    }
    for at, content in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{at}.xml"] = content if "worksheet" in content else sheet(content)
    if strings:
        parts["xl/sharedStrings.xml"] = f"<sst {NAMESPACES}>{strings}</sst>"
    if styles:
        parts["xl/styles.xml"] = styles
    return zipped({**parts, **(extra or {})})


def zipped(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def reworked(data: bytes, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> bytes:
    """The same archive with every part passed through ``change``; None drops the part."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [change(name, archive.read(name)) for name in archive.namelist()]
    return zipped(dict(part for part in parts if part))


def strict(data: bytes) -> bytes:
    """The same workbook in the strict variant of the format."""
    names = [
        (MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    ]

    def change(name: str, content: bytes) -> tuple[str, bytes]:
        for old, new in names:
            content = content.replace(old.encode(), new.encode())
        return name, content

    return reworked(data, change)


def with_bomb(megabytes: int, name: str = "xl/sharedStrings.xml") -> bytes:
    """A workbook one part of which unpacks to so many megabytes."""
    out = io.BytesIO(xlsx(listing()))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w", force_zip64=True) as part:
        for _ in range(megabytes):
            part.write(b" " * 2**20)
    return out.getvalue()


def lying_bomb(megabytes: int) -> bytes:
    """The same with headers that promise a hundred bytes."""
    return with_bomb(megabytes).replace(struct.pack("<I", megabytes << 20), struct.pack("<I", 100))


def ole(*names: str, size: int = 8192) -> bytes:
    """The shell of an OLE file with the given entries in its directory, and nothing sensible behind them."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<III", header, 44, 1, 1, 0)
    struct.pack_into("<I", header, 56, 4096)
    struct.pack_into("<IIII", header, 60, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    directory = b""
    for name in ("Root Entry", *names):
        entry = bytearray(128)
        raw = name.encode("utf-16-le") + b"\0\0"
        entry[: len(raw)] = raw
        struct.pack_into("<HBB", entry, 64, len(raw), 5 if name == "Root Entry" else 2, 1)
        directory += bytes(entry)
    return bytes(header) + fat + directory.ljust(512, b"\0") + b"\0" * size


def cfb(stream: bytes, name: str = "Workbook") -> bytes:
    """An OLE file that holds one stream."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // 512)
    data = bytearray(ole(name, size=0))
    struct.pack_into("<II", data, 1024 + 128 + 116, 2, len(stream))
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    data[512:1024] = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    struct.pack_into("<I", data, 1024 + 76, 1)
    return bytes(data) + stream.ljust(sectors * 512, b"\0")


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def old_encrypted() -> bytes:
    """An .xls whose stream says right at its start that it has a password."""
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    return cfb(begin + record(0x2F, struct.pack("<HHHH", 1, 1, 1, 4) + b"\1" * 48) + record(0x0A))
