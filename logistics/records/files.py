"""What an uploaded file really is, and pictures made fit to keep. Nothing here touches the database."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFile, ImageOps
from PIL.ExifTags import Base

LONGEST_SIDE = 2000  # pixels of a kept picture: a label on it is still readable, a term of photos still fits
THUMBNAIL_SIDE = 320
ORIENTATION = Base.Orientation
MOST_PIXELS = 40_000_000  # opened in memory at once: about 160 MiB
FORMATS = {"JPEG": ("image/jpeg", "jpg"), "PNG": ("image/png", "png"), "WEBP": ("image/webp", "webp")}
IPHONE = re.compile(rb".{4}ftyp(heic|heix|hevc|mif1|msf1|avif)", re.DOTALL)
PROGRAMS = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile)\b")
MOST_UNPACKED = 16 * 1024 * 1024  # bytes of a PDF's packed objects that are looked through
UNWANTED_IN_NAMES = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OFFICE = {  # by the part that only this kind has: its ending and type
    "word/document.xml": ("docx", "wordprocessingml.document"),
    "xl/workbook.xml": ("xlsx", "spreadsheetml.sheet"),
    "ppt/presentation.xml": ("pptx", "presentationml.presentation"),
}
MOST_PARTS = 3_000
MOST_OFFICE = 300 * 1024 * 1024  # bytes unpacked; whoever opens it has to hold that
WHAT_OFFICE_TAKES = _("This is neither Word, Excel, PowerPoint (.docx, .xlsx, .pptx), nor a PDF or picture.")
WHAT_IS_TAKEN = _("This is neither a picture (JPEG, PNG, WebP) nor a PDF. Photograph or scan it, or save it as PDF.")


@dataclass(frozen=True)
class Kept:
    """A file as it is kept: its bytes, type and ending, and the thumbnail (JPEG; none for a PDF)."""

    content: bytes
    media_type: str
    ending: str
    thumbnail: bytes = b""


def made_fit(content: bytes, *, office: bool = False) -> Kept:
    """The file as it may be kept, judged by its content and not by its name.

    A picture is turned upright, made at most 2000 pixels long and written anew, so that place, camera and whatever
    else stood in it are gone. A PDF stays as it is, and so does, where ``office`` says so, a Word, Excel or PowerPoint
    file without macros. Raises ValidationError for anything else.
    """
    if office and content.startswith(b"PK"):
        return _office(content)
    if office and content.startswith(OLD_OFFICE):
        raise ValidationError(
            _("This is an old Office format or locked with a password. Save it as .docx, .xlsx or .pptx without one.")
        )
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if IPHONE.match(content):
        raise ValidationError(
            _("This is an iPhone photo (HEIC). In its camera settings choose “Most Compatible”, or save as JPEG.")
        )
    return _picture(content)


def _office(content: bytes) -> Kept:
    """A Word, Excel or PowerPoint file; nothing of it is unpacked, its table of contents tells."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise ValidationError(_("This file is damaged. Save it once more and upload that.")) from error
    names = {part.filename for part in parts}
    kind = next((OFFICE[main] for main in OFFICE if main in names), None)
    if kind is None or "[Content_Types].xml" not in names:
        raise ValidationError(WHAT_OFFICE_TAKES)
    if any(name.lower().endswith(("vbaproject.bin", ".exe", ".dll", ".js")) or "/activex/" in name for name in names):
        raise ValidationError(_("This file holds macros. Save it without them (.docx, .xlsx, .pptx)."))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_OFFICE:
        raise ValidationError(_("This file unpacks to more than a paper of a school. Make its pictures smaller."))
    return Kept(content, f"application/vnd.openxmlformats-officedocument.{kind[1]}", kind[0])


def clean_name(name: str, ending: str) -> str:
    """The file's name without path and control characters, with the ending of what it is; at most 120 characters."""
    stem = PurePath(UNWANTED_IN_NAMES.sub(" ", name.replace("\\", "/").rsplit("/", 1)[-1])).stem.strip(" .")
    return f"{stem[: 119 - len(ending)] or 'file'}.{ending}"


def _pdf(content: bytes) -> Kept:
    if b"%%EOF" not in content[-2048:]:
        raise ValidationError(_("This PDF is not complete. Save or download it once more."))
    if b"/Encrypt" in content:
        raise ValidationError(_("This PDF is locked with a password. Save it without one."))
    if any(PROGRAMS.search(_plain_names(part)) for part in _objects(content)):
        raise ValidationError(_("This PDF holds programs or other files. Print it to a new PDF and upload that."))
    return Kept(content, "application/pdf", "pdf")


def _plain_names(content: bytes) -> bytes:
    """With ``/J#53`` written as ``/JS``: a name may hide its letters."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda match: bytes.fromhex(match[1].decode()), content)


def _objects(content: bytes) -> Iterator[bytes]:
    """A PDF's objects without what only fills streams (in a scan any letters turn up), then those packed in streams.

    Raises ValidationError when they unpack to more than anybody writes.
    """
    yield re.sub(rb"stream\r?\n.*?endstream", b"", content, flags=re.DOTALL)
    left = MOST_UNPACKED
    for match in re.finditer(rb"/ObjStm\b.{0,400}?stream\r?\n", content, re.DOTALL):
        packed = content[match.end() :].partition(b"endstream")[0]
        try:
            unpacked = zlib.decompressobj().decompress(packed, left)
        except zlib.error:
            unpacked = packed
        left -= len(unpacked)
        if left <= 0:
            raise ValidationError(_("This PDF is packed too tightly. Print it to a new PDF and upload that."))
        yield unpacked


def _picture(content: bytes) -> Kept:
    try:
        with warnings.catch_warnings(), _whole_pictures_only():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the size is judged below
            with Image.open(io.BytesIO(content), formats=tuple(FORMATS)) as look:
                look.verify()
            with Image.open(io.BytesIO(content), formats=tuple(FORMATS)) as image:
                return _written_anew(image)
    except Image.DecompressionBombError as error:
        raise ValidationError(_("This picture has too many pixels.")) from error
    except ValidationError:
        raise
    except Exception as error:  # whatever a broken picture makes the decoder raise
        raise ValidationError(WHAT_IS_TAKEN) from error


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """A picture cut short is refused. WeasyPrint lets them pass for the whole process once it is imported."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _written_anew(image: Image.Image) -> Kept:
    kind = "JPEG" if image.format == "MPO" else str(image.format)  # phones add a second picture behind the first
    media_type, ending = FORMATS[kind]
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is read at half, quarter or eighth size straight away
    if image.width * image.height > MOST_PIXELS:
        raise ValidationError(_("This picture has too many pixels."))
    clear = kind != "JPEG" and image.has_transparency_data
    mode = "RGBA" if clear else "RGB"
    turned = image.getexif().get(ORIENTATION)
    picture = image if image.mode == mode else image.convert(mode)  # one copy of a large picture, not three
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    picture.getexif()[ORIENTATION] = turned or 1
    picture = ImageOps.exif_transpose(picture)
    small = Image.new("RGB", picture.size, "white")
    small.paste(picture, mask=picture if clear else None)
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Kept(_bytes(picture, kind), media_type, ending, _bytes(small, "JPEG"))


def _bytes(picture: Image.Image, kind: str) -> bytes:
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)  # pixels only: what the file said besides stays behind
    out = io.BytesIO()
    bare.save(out, kind, **({"optimize": True} if kind == "PNG" else {"quality": 85}))
    return out.getvalue()
