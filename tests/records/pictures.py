"""Files for the tests, made on the spot."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def photo(width: int = 3000, height: int = 1000, turned: int = 1, kind: str = "JPEG") -> bytes:
    """A photo with camera, place and orientation (1: upright, 6: lying) in its EXIF; its left half is red."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("red", (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (30.0, 15.0, 7.0)
    out = io.BytesIO()
    image.save(out, kind, exif=exif, comment=b"at home") if kind == "JPEG" else image.save(out, kind, exif=exif)
    return out.getvalue()


def upload(content: bytes, name: str = "IMG_0001.JPG") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/x-whatever")
