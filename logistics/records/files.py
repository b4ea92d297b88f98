"""What an uploaded file really is, and pictures made fit to keep. Nothing here touches the database."""

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFile, ImageOps

LONGEST_SIDE = 2000  # pixels of a kept picture: a label on it is still readable, a term of photos still fits
THUMBNAIL_SIDE = 320
MOST_PIXELS = 40_000_000  # opened in memory at once: about 160 MiB
FORMATS = {"JPEG": ("image/jpeg", "jpg"), "PNG": ("image/png", "png"), "WEBP": ("image/webp", "webp")}
UNWANTED_IN_NAMES = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
WHAT_IS_TAKEN = _("This is neither a picture (JPEG, PNG, WebP) nor a PDF. Photograph or scan it, or save it as PDF.")


@dataclass(frozen=True)
class Kept:
    """A file as it is kept: its bytes, type and ending, and the thumbnail (JPEG; none for a PDF)."""

    content: bytes
    media_type: str
    ending: str
    thumbnail: bytes = b""


def made_fit(content: bytes) -> Kept:
    """The file as it may be kept, judged by its content and not by its name.

    A picture is turned upright, made at most 2000 pixels long and written anew, so that place, camera and whatever
    else stood in it are gone. A PDF stays as it is. Raises ValidationError for anything else.
    """
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    return _picture(content)


def clean_name(name: str, ending: str) -> str:
    """The file's name without path and control characters, with the ending of what it is; at most 120 characters."""
    stem = PurePath(UNWANTED_IN_NAMES.sub(" ", name.replace("\\", "/").rsplit("/", 1)[-1])).stem.strip(" .")
    return f"{stem[: 119 - len(ending)] or 'file'}.{ending}"


def _pdf(content: bytes) -> Kept:
    if b"%%EOF" not in content[-2048:]:
        raise ValidationError(_("This PDF is not complete. Save or download it once more."))
    if b"/Encrypt" in content:
        raise ValidationError(_("This PDF is locked with a password. Save it without one."))
    if re.search(rb"/(JavaScript|JS|Launch|EmbeddedFile)\b", content):
        raise ValidationError(_("This PDF holds programs or other files. Print it to a new PDF and upload that."))
    return Kept(content, "application/pdf", "pdf")


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
    kind = str(image.format)
    media_type, ending = FORMATS[kind]
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is read at half, quarter or eighth size straight away
    if image.width * image.height > MOST_PIXELS:
        raise ValidationError(_("This picture has too many pixels."))
    upright = ImageOps.exif_transpose(image)
    clear = kind != "JPEG" and upright.has_transparency_data
    picture = upright.convert("RGBA" if clear else "RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
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
