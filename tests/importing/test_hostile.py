"""Broken and hostile files end in one plain sentence, whatever they hold, within their memory and time."""

import io
import json
import random
import subprocess
import sys
import zipfile
from dataclasses import asdict
from pathlib import Path

import openpyxl
import pytest
import xlwt
from django.utils import translation
from PIL import Image

from logistics.importing import reading
from logistics.importing.child import ROOT
from logistics.importing.grids import Limits, Workbook, column_letter
from logistics.importing.layout import find_tables
from logistics.importing.reading import SENTENCES, ReadingError, read_workbook
from tests.importing import corpus
from tests.importing.columns import VOCABULARY
from tests.importing.corpus import cell, listing, ole, row, sheet, xlsx

pytestmark = pytest.mark.requirement("A02")
SAMPLE = (Path(__file__).parent / "data" / "asset-list-2026.xlsx").read_bytes()
PART = "xl/worksheets/sheet1.xml"
MEBIBYTES_512 = 512 * 1024  # as the kernel counts: in KiB
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (200, 200), "red").save(out, kind)
    return out.getvalue()


def without(data: bytes, part: str) -> bytes:
    return corpus.reworked(data, lambda name, content: None if part in name else (name, content))


def replaced(data: bytes, part: str, content: str | bytes) -> bytes:
    raw = content.encode() if isinstance(content, str) else content
    return corpus.reworked(data, lambda name, old: (name, raw if part in name else old))


def locked_zip() -> bytes:
    """An archive whose entries say that they are encrypted."""
    data = bytearray(xlsx(listing()))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        offsets = [entry.header_offset for entry in archive.infolist()]
    for offset in offsets:
        data[offset + 6] |= 1
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def damaged_bytes() -> bytes:
    data = bytearray(SAMPLE)
    with zipfile.ZipFile(io.BytesIO(SAMPLE)) as archive:
        start = archive.getinfo(PART).header_offset + 200
    data[start : start + 40] = b"\xaa" * 40
    return bytes(data)


def xls_of_nothing() -> bytes:
    book = xlwt.Workbook()
    book.add_sheet("a")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


LARGE = ["zip bomb", "zip bomb in a sheet", "XML bomb in a sheet", "strings without end", "last cell of all"]
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
WIDE = "".join(cell(f"{column_letter(at)}1", 1) for at in range(300))
CELLS = "<c t='s'><v>0</v></c>" * 40
REFUSED: dict[str, tuple[str, bytes]] = {
    "nothing": ("empty", b""),
    "zeros": ("empty", bytes(5000)),
    "line ends": ("empty", b"\r\n\r\n  "),
    "encrypted workbook": ("encrypted", ole("EncryptionInfo", "EncryptedPackage")),
    "encrypted old workbook": ("encrypted", corpus.old_encrypted()),
    "encrypted archive": ("encrypted", locked_zip()),
    "binary workbook": ("xlsb", corpus.zipped({"[Content_Types].xml": "<x/>", "xl/workbook.bin": b"\0" * 99})),
    "PNG": ("picture", picture("PNG")),
    "JPEG": ("picture", picture("JPEG")),
    "GIF": ("picture", picture("GIF")),
    "BMP": ("picture", picture("BMP")),
    "WebP": ("picture", picture("WEBP")),
    "PDF": ("pdf", b"%PDF-1.7\n1 0 obj"),
    "Word": ("word", corpus.zipped({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})),
    "old Word": ("word", ole("WordDocument")),
    "PowerPoint": ("foreign", corpus.zipped({"[Content_Types].xml": "<x/>", "ppt/presentation.xml": "<x/>"})),
    "other OLE": ("foreign", ole("Something")),
    "OLE shell only": ("no_sheets", ole("Workbook")),
    "OLE cut short": ("foreign", ole("Workbook")[:700]),
    "archive": ("archive", corpus.zipped({"a.txt": "x"})),
    "RAR": ("archive", b"Rar!\x1a\x07\x00" + bytes(50)),
    "OpenDocument text": ("foreign", corpus.zipped({"mimetype": "opendocument.text", "content.xml": "<x/>"})),
    "encrypted OpenDocument": (
        "encrypted",
        corpus.zipped({"META-INF/manifest.xml": "<encryption-data/>", "content.xml": b"\x01\x02"}),
    ),
    "OpenDocument with entities": (
        "entities",
        corpus.zipped({"mimetype": "spreadsheet", "content.xml": f"{BOMB}<x>&i;</x>"}),
    ),
    "program": ("foreign", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 9),
    "zip bomb": ("unpacked", corpus.with_bomb(600)),
    "zip bomb in a sheet": ("unpacked", corpus.with_bomb(600, "xl/worksheets/sheet9.xml")),
    "zip bomb that lies": ("damaged", corpus.lying_bomb(600)),
    "XML bomb in a sheet": ("entities", xlsx(BOMB + sheet(row(1, ("&i;",))))),
    "XML bomb in the workbook": (
        "entities",
        replaced(xlsx(listing()), "xl/workbook.xml", f"{BOMB}<workbook>&i;</workbook>"),
    ),
    "XML bomb in the strings": (
        "entities",
        replaced(xlsx(listing(), strings="<si/>"), "sharedStrings", f"{BOMB}<sst>&i;</sst>"),
    ),
    "outside entity": ("entities", xlsx(OUTSIDE + sheet(row(1, ("&e;",))))),
    "bare XML with entities": ("entities", f'<?xml version="1.0"?>{BOMB}<x>&i;</x>'.encode()),
    "bare XML": ("foreign", b'<?xml version="1.0"?><invoice/>'),
    "Excel XML with entities": (
        "entities",
        f'<?xml version="1.0"?>{BOMB}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'.encode(),
    ),
    "half an archive": ("damaged", SAMPLE[: len(SAMPLE) // 2]),
    "archive head": ("damaged", b"PK\x03\x04" + bytes(40)),
    "overwritten bytes": ("damaged", damaged_bytes()),
    "no workbook part": ("damaged", without(SAMPLE, "xl/workbook.xml")),
    "no relations": ("damaged", without(SAMPLE, "workbook.xml.rels")),
    "relations to nowhere": (
        "damaged",
        xlsx(listing(), relations=corpus.relation(1, "worksheet", "worksheets/none.xml")),
    ),
    "no shared strings": ("damaged", xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')),
    "string out of range": (
        "damaged",
        xlsx('<row r="1"><c r="A1" t="s"><v>9</v></c></row>', strings="<si><t>x</t></si>"),
    ),
    "broken sheet": ("damaged", xlsx(f"<worksheet {corpus.NAMESPACES}><sheetData><row r='1'><c r='A1'><v>1</v></c>")),
    "broken workbook": ("damaged", replaced(xlsx(listing()), "xl/workbook.xml", "<workbook><sheets>")),
    "row far outside": ("memory", xlsx(row(1, ("x",)) + row(99_999_999_999, ("x",)))),
    "cell without a row": ("damaged", xlsx('<row r="1"><c r="1A"><v>1</v></c></row>')),
    "merge of nothing": ("damaged", xlsx(sheet(listing(), '<mergeCells><mergeCell ref="nowhere"/></mergeCells>'))),
    "300 columns": ("wide", xlsx(f"<row>{WIDE}</row>")),
    "last cell of all": ("wide", xlsx(row(1, ("x",)) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    "no sheets": ("no_sheets", xlsx()),
    "empty workbook": ("no_sheets", xlsx("")),
    "empty old workbook": ("no_sheets", xls_of_nothing()),
    "101 sheets": ("sheets", xlsx(*["" for _ in range(101)])),
    "strings without end": (
        "memory",
        xlsx(
            f"<row>{CELLS}</row>" * 8000,
            strings=f"<si><t>{'字' * 3000}</t></si>",
        ),
    ),
    "text with zeros": ("foreign", b"a,b\0,c\n1,2,3\n"),
    "one enormous line": ("damaged_text", b"x," + b"y" * 3_000_000),
    "60,000 lines": ("long", b"a,b\n" * 60_000),
    "web archive": ("mhtml", b"MIME-Version: 1.0\nContent-Type: multipart/related\n"),
    "web page without a table": ("no_sheets", b"<html><body>404 Not Found</body></html>"),
    "table spans without end": (
        "wide",
        b"<table><tr><td colspan=99999999>a</td><td rowspan=99999999>b</td></tr><tr><td>c</td></tr></table>",
    ),
    "very old Excel": ("old", b"\x09\x02\x06\x00\x00\x00\x10\x00" + bytes(99)),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_sentence(name):
    code, data = REFUSED[name]
    with pytest.raises(ReadingError) as refusal:
        read_workbook(data)
    assert refusal.value.code == code
    sentence = str(refusal.value)
    assert sentence.endswith((".", "。"))
    assert not set("{}<>_") & set(sentence)


def peak(data: bytes, folder: Path) -> int:
    """The memory of reading a file in KiB, asked of a process that has itself used little."""
    path = folder / "file"
    path.write_bytes(data)
    script = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run([sys.executable, '-m', 'logistics.importing.reading_worker', sys.argv[2]],"
        " stdin=open(sys.argv[1], 'rb'), stdout=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    options = json.dumps({**asdict(Limits()), "sparse": False})
    command = [sys.executable, "-c", script, str(path), options]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, timeout=60)
    return int(done.stdout)


@pytest.mark.parametrize("name", LARGE)
def test_memory_stays_small(name, tmp_path):
    assert peak(REFUSED[name][1], tmp_path) < MEBIBYTES_512


def test_every_row_of_excel_formatted_and_empty(tmp_path):
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>' for n in range(5, 1_048_577))
    data = xlsx(listing() + rows)
    assert len(read_workbook(data).sheets[0].rows) == 4
    assert peak(data, tmp_path) < MEBIBYTES_512


def test_circular_and_overlapping_merges():
    merges = "".join(
        f'<mergeCell ref="{ref}"/>' for ref in ("A1:E9", "B2:C4", "C3:B2", "A1:E9", "A1:XFD1048576", "D4:D2")
    )
    book = read_workbook(xlsx(sheet(listing(), f"<mergeCells>{merges}</mergeCells>")))
    assert len(book.sheets[0].merges) == 6
    find_tables(book.sheets[0], VOCABULARY)


def test_only_hidden_sheets():
    book = read_workbook(xlsx(listing(), states=["hidden"]))
    assert not find_tables(book.sheets[0], VOCABULARY).proposed


def test_thousands_of_styled_formulas_without_results():
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="3"><f>SUM(B{n}:Z{n})</f></c></row>' for n in range(1, 30_000))
    book = read_workbook(xlsx(rows))
    assert str(book.sheets[0].rows[0][1][0]) == "=SUM(B1:Z1)"


def test_the_clock_ends_it():
    with pytest.raises(ReadingError) as refusal:
        read_workbook(SAMPLE, Limits(seconds=0.01))
    assert refusal.value.code == "slow"


def test_the_memory_ends_it():
    with pytest.raises(ReadingError) as refusal:
        read_workbook(xlsx(listing(30_000)), Limits(memory_bytes=32 << 20))
    assert refusal.value.code == "memory"


def test_a_child_that_says_nothing_is_a_refusal(monkeypatch):
    monkeypatch.setattr(reading, "run_child", lambda *args: None)
    with pytest.raises(ReadingError):
        read_workbook(SAMPLE)


def test_every_sentence_stands_in_chinese():
    with translation.override("zh-hans"):
        chinese = {code: str(sentence) for code, sentence in SENTENCES.items()}
    assert [code for code, text in chinese.items() if text.isascii()] == []


def old_workbook() -> bytes:
    book = xlwt.Workbook()
    page = book.add_sheet("a")
    for n in range(120):
        for c in range(5):
            page.write(n, c, f"文{n}" if c % 2 else n * 1.5)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def modern_workbook() -> bytes:
    book = openpyxl.Workbook()
    for n in range(60):
        book.active.append([f"文{n}", n, n * 1.5, None, "=A1"])
    book.active.merge_cells("A3:B5")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def harmed(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them changed, moved, doubled or cut off."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at, length = chance.randrange(len(out)), chance.randint(1, 60)
        match chance.randrange(5):
            case 0:
                out[at] = chance.randrange(256)
            case 1:
                del out[at : at + length]
            case 2:
                out[at:at] = out[max(0, at - length) : at]
            case 3:
                out[at : at + length] = bytes(chance.randrange(256) for _ in range(length))
            case _:
                out = out[: max(at, 200)]
    return bytes(out)


def harmed_inside(data: bytes, chance: random.Random) -> bytes:
    """A package one part of which was harmed before it was packed again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        victim = chance.choice(archive.namelist())
    return corpus.reworked(
        data, lambda name, content: (name, harmed(content, chance) if name == victim and content else content)
    )


@pytest.mark.parametrize("seed", range(60))
def test_harmed_files_end_in_a_workbook_or_a_sentence(seed):
    chance = random.Random(seed)
    modern = modern_workbook()
    data = [
        lambda: harmed_inside(modern, chance), lambda: harmed(modern, chance), lambda: harmed(old_workbook(), chance),
        lambda: harmed("资产编号,名称\n1,课桌\n".encode("gb18030") * 9, chance),
    ][seed % 4]()  # fmt: skip
    try:
        book = read_workbook(data, Limits(seconds=5))
    except ReadingError as refusal:
        assert str(refusal)  # noqa: PT017
    else:
        assert isinstance(book, Workbook)
        for page in book.sheets:
            find_tables(page, VOCABULARY)
