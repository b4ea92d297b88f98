"""Uploaded plans: text in the encodings schools have, Word with lists and tables; all else refused in plain words."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from docx import Document
from docx.oxml import parse_xml

from logistics.workcalendar.reading.documents import MOST_BYTES, text_of
from logistics.workcalendar.reading.plans import MOST_LETTERS, read_plan

pytestmark = pytest.mark.requirement("K03")

PLAN = "九月份：\n1、发放教材\n2、检查消防器材\n十月份：\n1、食堂体检"
TITLES = ["发放教材", "检查消防器材", "食堂体检"]


def word(build) -> bytes:
    document, out = Document(), io.BytesIO()
    build(document)
    document.save(out)
    return out.getvalue()


def titles(content: bytes) -> list[str]:
    return [item.title for item in read_plan(text_of(content)).items]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encodings(encoding: str) -> None:
    assert titles(PLAN.encode(encoding)) == TITLES


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n\n"])
def test_line_ends(ending: str) -> None:
    assert titles(PLAN.replace("\n", ending).encode()) == TITLES


def test_word_with_typed_numbers() -> None:
    assert titles(word(lambda document: [document.add_paragraph(line) for line in PLAN.split("\n")])) == TITLES


def test_word_with_its_own_numbers_and_bullets() -> None:
    """The numbers of a list stand in no paragraph; without them its points would run together with the prose."""

    def build(document) -> None:
        document.add_paragraph("九月份")
        document.add_paragraph("发放教材", style="List Number")
        document.add_paragraph("检查消防器材", style="List Number")
        document.add_paragraph("我们将努力做好本学期的各项工作。")
        document.add_paragraph("十月份")
        document.add_paragraph("食堂体检", style="List Bullet")

    content = word(build)
    assert text_of(content).splitlines()[1:3] == ["1.发放教材", "2.检查消防器材"]
    assert titles(content) == TITLES


def test_word_with_changes_and_content_controls() -> None:
    """What was inserted counts, what was struck out does not; a template's fields are text like all other."""
    name = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = (
        f"<w:sdt {name}><w:sdtContent><w:p><w:r><w:t>九月份：</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:tabs><w:tab w:val='left' w:pos='420'/></w:tabs></w:pPr>"
        "<w:r><w:t>1、</w:t><w:tab/><w:t>发放</w:t></w:r>"
        "<w:del w:id='1'><w:r><w:delText>旧课本</w:delText></w:r></w:del>"
        "<w:ins w:id='2'><w:r><w:t>教材</w:t></w:r></w:ins></w:p>"
        "<w:p><w:moveFrom w:id='3'><w:r><w:t>2、搬走的事</w:t></w:r></w:moveFrom></w:p></w:sdtContent></w:sdt>"
    )

    def build(document) -> None:
        document.element.body.insert(0, parse_xml(body))
        document.add_paragraph("2、检查消防器材")

    assert titles(word(build)) == ["发放教材", "检查消防器材"]


def test_word_with_text_boxes() -> None:
    """Word writes a box twice, for itself and for older programs; it is read once."""
    names = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in PLAN.split("\n"))
    box = f"<w:txbxContent>{lines}</w:txbxContent>"
    drawn = (
        f'<w:r {names}><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx></mc:Choice>'
        f"<mc:Fallback><v:textbox>{box}</v:textbox></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert titles(word(lambda document: document.add_paragraph("工作计划")._p.append(parse_xml(drawn)))) == TITLES


def test_word_with_a_table() -> None:
    def build(document) -> None:
        table = document.add_table(rows=4, cols=3)
        for row, cells in zip(
            table.rows,
            [
                ("月份", "工作内容", "责任人"),
                ("九月", "1、发放教材\n2、检查消防器材", "李秀英"),
                ("", "核对财产", "马占军"),
                ("十月", "食堂体检", ""),
            ],
            strict=True,
        ):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        table.cell(1, 0).merge(table.cell(2, 0))

    content = word(build)
    read = read_plan(text_of(content)).items
    assert [(item.title, item.owners, item.when.months) for item in read] == [
        ("发放教材", ("李秀英",), (9,)),
        ("检查消防器材", ("李秀英",), (9,)),
        ("核对财产", ("马占军",), (9,)),
        ("食堂体检", (), (10,)),
    ]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * (80 * 2**20))
    return out.getvalue()


def with_entities() -> bytes:
    plain, out = word(lambda document: document.add_paragraph("九月")), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as source, zipfile.ZipFile(out, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "word/document.xml":
                content = content.replace(b"?>", b'?><!DOCTYPE d [<!ENTITY a "aaaa">]>', 1)
            target.writestr(part.filename, content)
    return out.getvalue()


def archive_of_something_else() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return out.getvalue()


WORD = word(lambda document: document.add_paragraph("九月"))
REFUSED = [
    (b"", "空"),
    (b" \r\n\t", "空"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, ".docx"),
    (b"{\\rtf1 abc}", ".docx"),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "Word"),
    (b"%PDF-1.7\n\0\1\2", "Word"),
    (archive_of_something_else(), "Word"),
    (bomb(), "损坏"),
    (with_entities(), "损坏"),
    (WORD[: len(WORD) // 2], "损坏"),
    (word(lambda document: None), "没有文字"),
    (b"a" * (MOST_BYTES + 1), "10"),
    ("一".encode() * (MOST_LETTERS + 1), "分"),
]


@pytest.mark.parametrize(("content", "said"), REFUSED)
def test_what_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        text_of(content)
    assert said in "".join(refusal.value.messages)


def test_any_damage_is_said_and_never_a_fault() -> None:
    """Bytes changed anywhere: it is read or refused, nothing else happens."""
    for at in range(0, len(WORD), 997):
        try:
            text_of(WORD[:at] + bytes([WORD[at] ^ 0x55]) + WORD[at + 1 :])
        except ValidationError:
            continue
