"""The text of an uploaded plan: .txt in the encodings schools have, .docx with its lists and tables.

The old Word format (.doc) and .wps are refused with the way out: no kept library reads them.
"""

import io
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from logistics.importing.grids import Limits, Refused
from logistics.importing.safety import OLE, Package
from logistics.workcalendar.reading.plans import MOST_LETTERS, TooLong

MOST_BYTES = 10 * 2**20
MOST_UNPACKED = 60 * 2**20
MOST_TEXT_PART = 12 * 2**20  # of the part with the text: 200,000 letters are 2 MB with their marks
PRINTED = {qn("w:t"): "", qn("w:tab"): "  ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
ELSEWHERE = {qn("w:txbxContent"), qn("w:moveFrom"), qn("w:del")}
DIGITS = "〇一二三四五六七八九"
CIRCLED = ord("①") - 1


def text_of(content: bytes) -> str:
    """The text of a file, told by its content. Cells of a table's row are parted by tabs, their lines by ``\\v``.

    Raises ValidationError: empty, too large, of another kind, damaged.
    """
    if len(content) > MOST_BYTES:
        raise ValidationError(_("The file is larger than %(most)d MB."), params={"most": MOST_BYTES >> 20})
    if not content.strip(b"\0 \t\r\n"):
        raise ValidationError(_("The file is empty."))
    if content.startswith(OLE) or content.startswith(b"{\\rtf"):
        raise ValidationError(
            _(
                "This is the old Word format. Open it in Word or WPS, choose “Save as” and the type .docx, and upload "
                "that."
            )
        )
    text = _docx(content) if content.startswith(b"PK") else _plain(content)
    if not text.strip():
        raise ValidationError(_("There is no text in this file. A scanned plan has to be typed or pasted."))
    if len(text) > MOST_LETTERS:
        raise ValidationError(too_long())
    return text


def too_long() -> str:
    return _("This is more than a plan of a school. Give it in parts.")


def _plain(content: bytes) -> str:
    """Text in UTF-8, UTF-16 with a mark, or GB18030."""
    marked = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "gb18030"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(ord(letter) < 32 and letter not in "\t\r\n\f\v" for letter in text):
            return text
    raise ValidationError(_("This is neither a text (.txt) nor a Word document (.docx)."))


def _docx(content: bytes) -> str:
    """Raises ValidationError for what is no sound Word document of a sensible size."""
    try:
        package = Package(content, Limits(unpacked_bytes=MOST_UNPACKED))
        if "word/document.xml" not in package.parts:
            raise ValidationError(_("This is neither a text (.txt) nor a Word document (.docx)."))
        if package.parts["word/document.xml"].file_size > MOST_TEXT_PART:
            raise ValidationError(too_long())
        package.read("word/document.xml")  # refuses what unpacks to more than it says, and entities
        return "\n".join(_lines(Document(io.BytesIO(content))))
    except Refused as error:
        if error.code == "encrypted":
            raise ValidationError(_("This file is locked with a password. Save it without one.")) from error
        raise ValidationError(_("This file is damaged. Open it in Word or WPS and save it once more.")) from error
    except (ValidationError, TooLong):
        raise
    except Exception as error:  # whatever a broken document makes its reader raise
        raise ValidationError(_("This file is damaged. Open it in Word or WPS and save it once more.")) from error


def _lines(document: Word) -> Iterator[str]:
    numbers = _Numbers(document)
    for block in _blocks(document, document.element.body):
        if isinstance(block, Table):
            for row in block.rows:
                seen: list[int] = []  # a cell across two columns comes twice
                cells = [cell for cell in row.cells if id(cell._tc) not in seen and not seen.append(id(cell._tc))]  # type: ignore[func-returns-value]
                yield "\t".join("\v".join(_texts(cell.paragraphs, numbers)) for cell in cells)
        else:
            yield from _texts([block], numbers)


def _blocks(document: Word, parent: Any) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables in their order, also those in content controls."""
    for child in parent.iterchildren():
        if child.tag == qn("w:p"):
            yield Paragraph(child, document._body)
        elif child.tag == qn("w:tbl"):
            yield Table(child, document._body)
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent")):
            yield from _blocks(document, child)


def _texts(paragraphs: list[Paragraph], numbers: "_Numbers") -> Iterator[str]:
    for paragraph in paragraphs:
        if text := _text(paragraph).strip():
            yield from f"{numbers.of(paragraph)}{text}".split("\n")  # a line may be broken within its paragraph
        yield from _texts(list(_in_boxes(paragraph)), numbers)


def _text(paragraph: Paragraph) -> str:
    """What a paragraph says with its changes accepted: what was inserted, not what was struck out or moved away."""
    said: list[str] = []
    for node in paragraph._p.iter(*PRINTED):
        above = list(takewhile(lambda parent: parent is not paragraph._p, node.iterancestors()))
        if above and above[0].tag == qn("w:r") and not any(parent.tag in ELSEWHERE for parent in above):
            said.append(PRINTED[node.tag] or node.text or "")
    return "".join(said)


def _in_boxes(paragraph: Paragraph) -> Iterator[Paragraph]:
    """What stands in text boxes at a paragraph; Word writes each a second time for programs that know none."""
    for box in paragraph._p.iter(qn("w:txbxContent")):
        if not any(parent.tag.endswith("}Fallback") for parent in box.iterancestors()):
            yield from (Paragraph(each, paragraph._parent) for each in box.iterchildren(qn("w:p")))


class _Numbers:
    """The numbers Word puts before the paragraphs of a list; they stand in no text."""

    def __init__(self, document: Word) -> None:
        self.counts: dict[str, Counter[int]] = {}
        self.styles = document.styles
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            root = None
        self.looks: dict[tuple[str, int], tuple[str, str]] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: object) -> None:
        """The format and pattern of each level of each list."""
        levels: dict[str, list[tuple[int, str, str]]] = {}
        for abstract in root.findall(qn("w:abstractNum")):  # type: ignore[attr-defined]
            levels[abstract.get(qn("w:abstractNumId"))] = [
                (int(level.get(qn("w:ilvl"), "0")), _value(level, "w:numFmt"), _value(level, "w:lvlText"))
                for level in abstract.findall(qn("w:lvl"))
            ]
        for number in root.findall(qn("w:num")):  # type: ignore[attr-defined]
            for depth, look, pattern in levels.get(_value(number, "w:abstractNumId"), []):
                self.looks[number.get(qn("w:numId")), depth] = (look, pattern)

    def of(self, paragraph: Paragraph) -> str:
        """``1、`` or what else stands before this paragraph; nothing for one of no list."""
        found = self._place(paragraph)
        if found is None or found not in self.looks:
            return ""
        number, depth = found
        counts = self.counts.setdefault(number, Counter())
        counts[depth] += 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        look, pattern = self.looks[found]
        if look in ("bullet", "none", ""):
            return "• " if look == "bullet" else ""
        written = _written(counts[depth], look)
        tail = pattern.rpartition("%")[2][1:] if "%" in pattern else ""
        head = "（" if pattern.startswith(("（", "(")) else ""
        return f"{head}{written}{tail or '、'}" if tail.strip(" .．、)）") == "" else f"{head}{written}、"

    def _place(self, paragraph: Paragraph) -> tuple[str, int] | None:
        """The list and level of a paragraph, by itself or by its style."""
        style = paragraph.style
        for properties in (paragraph._p.pPr, style.element.pPr if style is not None else None):
            marks: Any = properties.numPr if properties is not None else None
            if marks is not None and marks.numId is not None:
                number = str(marks.numId.val)
                return (number, int(marks.ilvl.val) if marks.ilvl is not None else 0) if number != "0" else None
        return None


def _value(element: object, name: str) -> str:
    child = element.find(qn(name))  # type: ignore[attr-defined]
    return "" if child is None else str(child.get(qn("w:val"), ""))


def _written(count: int, look: str) -> str:
    """A number in the list's way of writing, as far as plans use it."""
    if "hinese" in look or "deographDigital" in look or look == "ideographTraditional" or "japaneseCounting" in look:
        tens, ones = divmod(count, 10)
        return f"{DIGITS[tens] if tens > 1 else ''}{'十' if tens else ''}{DIGITS[ones] if ones or not tens else ''}"
    if look == "decimalEnclosedCircle" and count <= 20:
        return chr(CIRCLED + count)
    return str(count)
