"""What kind of file this is, told by its content and never by its name, and whether its archive may be unpacked."""

import io
import re
import zipfile
from collections.abc import Iterator

from logistics.importing.grids import Limits, Refused

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_PARTS = 5_000
CHUNK = 1 << 20

FOREIGN = (
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"%PDF", "pdf"),
    (b"{\\rtf", "word"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"\x09\x00", "old"),
    (b"\x09\x02", "old"),
    (b"\x09\x04", "old"),
)


def kind_of(data: bytes) -> str:
    """``zip``, ``ole``, ``html``, ``xml``, ``ods`` (all in one XML) or ``text``. Raises Refused for no spreadsheet."""
    if not data.strip(b"\0 \t\r\n"):
        raise Refused("empty")
    if data.startswith(OLE):
        return "ole"
    if data.startswith(b"PK"):
        return "zip"
    for start, code in FOREIGN:
        if data.startswith(start) and not (start == b"BM" and b"\0" not in data[:64]):
            raise Refused(code)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise Refused("picture")
    return markup_kind(data) or "text"


def markup_kind(data: bytes) -> str:
    """``html``, ``xml`` or ``ods`` where the text is marked up: what many programs write under the name .xls."""
    head = data[:4096]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "ignore").encode()
    head = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head and b"<workbook" in head:
        return "xml"
    if b"urn:oasis:names:tc:opendocument" in head and b"<office:document" in head:
        return "ods"
    if re.match(rb"(?:[\w-]+:.*\n)*mime-version:", head):
        raise Refused("mhtml")
    if re.match(rb"<(!doctype html|html|head|meta|body|table|style|div|!--)", head) or b"<table" in head[:2048]:
        return "html"
    if head.startswith(b"<"):
        if b"<html" in head:
            return "html"
        raise Refused("entities" if b"<!doctype" in head or b"<!entity" in head else "foreign")
    return ""


def ole_kind(data: bytes) -> None:
    """Raises Refused for an OLE file that is not a readable .xls: encrypted, Word, PowerPoint."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        raise Refused("encrypted")
    if not (holds("Workbook") or holds("Book")):
        if not holds("Root Entry"):
            raise Refused("damaged")
        raise Refused("word" if holds("WordDocument") else "foreign")


class Package:
    """A zip archive opened within limits: no part is unpacked that the rest of the reading does not need."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
            parts = self.zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, KeyError, EOFError) as error:
            raise Refused("damaged") from error
        if any(part.flag_bits & 1 for part in parts):
            raise Refused("encrypted")
        self.limit = limits.unpacked_bytes
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > self.limit:
            raise Refused("unpacked", limit=self.limit >> 20)
        self.parts = {part.filename.replace("\\", "/").lower().lstrip("/"): part for part in parts}
        self.unpacked = 0

    def kind(self) -> str:
        """``xlsx`` or ``ods``. Raises Refused for every other archive."""
        if any(name.endswith("workbook.bin") for name in self.parts):
            raise Refused("xlsb")
        if any(name.startswith("word/") for name in self.parts):
            raise Refused("word")
        if "content.xml" in self.parts:
            return self.opendocument()
        if any(name.startswith("xl/") or name.endswith("workbook.xml") for name in self.parts):
            return "xlsx"
        raise Refused("foreign" if "[content_types].xml" in self.parts else "archive")

    def opendocument(self) -> str:
        mimetype = self.read("mimetype")[:100] if "mimetype" in self.parts else b""
        if "meta-inf/manifest.xml" in self.parts and b"encryption-data" in self.read("meta-inf/manifest.xml"):
            raise Refused("encrypted")
        if mimetype and b"spreadsheet" not in mimetype:
            raise Refused("foreign")
        return "ods"

    def chunks(self, name: str) -> Iterator[bytes]:
        """The part unpacked piece by piece; counts what really comes out. Raises Refused."""
        try:
            with self.zip.open(self.parts[name]) as part:
                first = True
                while chunk := part.read(CHUNK):
                    self.unpacked += len(chunk)
                    if self.unpacked > self.limit:
                        raise Refused("unpacked", limit=self.limit >> 20)
                    if first and (b"<!DOCTYPE" in chunk[:65536] or b"<!ENTITY" in chunk[:65536]):
                        raise Refused("entities")
                    first = False
                    yield chunk
        except Refused:
            raise
        except Exception as error:  # zipfile lets zlib.error, struct.error, BadZipFile and others through
            raise Refused("damaged") from error

    def read(self, name: str) -> bytes:
        return b"".join(self.chunks(name))
