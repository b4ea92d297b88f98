"""Attachments: what is taken, how it is kept, who gets it back."""

import io
import struct
import zlib

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.http import Http404
from django.test import RequestFactory
from PIL import Image, ImageFile

from logistics.base.history import acting
from logistics.records import attachments
from logistics.records.files import clean_name
from logistics.school.models import Limit
from tests import cast
from tests.records.pictures import PDF, photo, upload

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A01")]


@pytest.fixture
def room(db):
    return cast.room()


@pytest.fixture
def attach(keeper, room):
    return lambda content, name="IMG_0001.JPG": attachments.attach(
        person=keeper, record=room, upload=upload(content, name)
    )


def stored(attachment) -> Image.Image:
    with attachment.file.open("rb") as file:
        return Image.open(io.BytesIO(file.read()))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_kept_upright_small_and_without_its_place(attach, kind):
    made = attach(photo(turned=6, kind=kind))
    picture = stored(made)
    assert picture.size == (667, 2000)
    red = picture.convert("RGB").getpixel((300, 50))
    assert red[0] > 200
    assert red[1] < 60
    assert not picture.getexif()
    content = made.file.open("rb").read()
    assert b"SecretCamera" not in content
    assert b"at home" not in content
    assert made.size == len(content)


def test_a_thumbnail_is_made(attach):
    with attach(photo()).thumbnail.open("rb") as file:
        assert max(Image.open(file).size) == 320


def test_a_small_picture_is_not_blown_up(attach):
    assert stored(attach(photo(40, 30))).size == (40, 30)


def test_a_drawing_keeps_its_clear_ground(attach):
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    assert stored(attach(out.getvalue(), "a.png")).getpixel((5, 5))[3] == 0


def test_a_pdf_is_kept_as_it_is(attach):
    made = attach(PDF, "说明书.pdf")
    assert (made.name, made.media_type, made.file.open("rb").read()) == ("说明书.pdf", "application/pdf", PDF)
    assert not made.thumbnail


def test_the_content_decides_not_the_name(attach):
    made = attach(photo(40, 30, kind="PNG"), "photo.exe")
    assert (made.name, made.media_type) == ("photo.png", "image/png")


def png_of(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def pdf_with_packed(objects: bytes) -> bytes:
    return PDF.replace(b"trailer", b"2 0 obj<</Type/ObjStm>>stream\n" + objects + b"endstream trailer")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"MZ\x90\x00" * 50,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a" + b"\0" * 50,
        b"PK\x03\x04" + b"\0" * 50,
        photo()[:2000],
        photo(kind="PNG")[:60],
        png_of(20_000, 20_000),
        png_of(8_000, 8_000),
        PDF.replace(b"%%EOF", b""),
        PDF.replace(b"trailer<<", b"trailer<</Encrypt 2 0 R"),
        PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(x)>>"),
        PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/Java#53cript/J#53(x)>>"),
        PDF.replace(
            b"trailer", b"2 0 obj<</Type/ObjStm>>stream\n" + zlib.compress(b"<</JS(x)>>") + b"endstream trailer"
        ),
        pdf_with_packed(zlib.compress(b"<</JS(x)>>")),
        pdf_with_packed(b"<</JS(x)>>\n"),
        pdf_with_packed(zlib.compress(bytes(2**25))),
        b"\n" * 10 + PDF,
    ],
    ids=lambda content: repr(content[:12]),
)
def test_what_is_not_taken(attach, room, content):
    with pytest.raises(ValidationError):
        attach(content)
    assert not attachments.of(room).exists()


def test_letters_that_turn_up_in_a_scan_are_no_program(attach):
    assert attach(PDF.replace(b"trailer", b"2 0 obj<<>>stream\n\x07/JS \x01endstream trailer")).media_type


def test_a_phones_photo_with_a_second_picture_behind_it_is_taken(attach):
    first, out = Image.new("RGB", (300, 200), "red"), io.BytesIO()
    first.save(out, "MPO", save_all=True, append_images=[first])
    kept = attach(out.getvalue())
    assert (kept.media_type, kept.name) == ("image/jpeg", "IMG_0001.jpg")


def test_an_iphones_own_kind_of_photo_is_told_what_to_do(attach):
    with pytest.raises(ValidationError, match="HEIC"):
        attach(b"\0\0\0\x18ftypheic" + bytes(200))


def test_what_follows_a_picture_does_not_stay_with_it(attach):
    kept = attach(photo() + b"<script>alert(1)</script>")
    assert b"script" not in kept.file.read()


def test_a_photo_cut_short_is_not_taken_after_something_was_printed(attach, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as importing WeasyPrint leaves it
    with pytest.raises(ValidationError):
        attach(photo()[:2000])
    assert ImageFile.LOAD_TRUNCATED_IMAGES


def test_the_limit_is_a_setting(attach):
    Limit.objects.filter(key="upload.megabytes").update(value="0.01")
    with pytest.raises(ValidationError, match=r"0\.01"):
        attach(photo())


def test_the_same_file_is_attached_once(attach, room):
    attach(PDF)
    with pytest.raises(ValidationError):
        attach(PDF, "again.pdf")
    assert attachments.of(room).count() == 1


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\zhang\\发票.jpg", "发票.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie  x.pdf"),
        ("\u202egpj.exe", "gpj.pdf"),
        ("a\u2028b.pdf", "a b.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_names_are_made_harmless(given, kept):
    assert clean_name(given, "pdf") == kept


def test_the_place_on_the_disk_says_nothing(attach):
    made = attach(PDF, "发票.pdf")
    assert "发票" not in made.file.name
    assert str(settings.PRIVATE_ROOT) in made.file.path
    assert str(settings.STATIC_ROOT) not in made.file.path


@pytest.mark.requirement("O05")
def test_what_is_taken_off_is_kept(attach, room, keeper):
    made = attach(PDF)
    with acting(keeper):
        attachments.remove(attachment=made)
    assert not attachments.of(room).exists()
    made.refresh_from_db()
    assert made.file.storage.exists(made.file.name)
    assert made.history.first().history_user == keeper
    with pytest.raises(Http404):
        attachments.serve(RequestFactory().get("/"), made)


@pytest.mark.requirement("O02")
def test_served_as_what_it_is(attach):
    get = RequestFactory().get
    made = attach(photo(40, 30), "教室.JPG")
    answer = attachments.serve(get("/"), made)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"]
    assert answer["Content-Disposition"].startswith("inline")
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
    assert attachments.serve(get("/", headers={"If-None-Match": answer["ETag"]}), made).status_code == 304
    small = attachments.serve(get("/"), made, thumbnail=True)
    assert small["ETag"] != answer["ETag"]
    small.close()


def test_a_pdf_is_saved_and_has_no_thumbnail(attach):
    made = attach(PDF)
    answer = attachments.serve(RequestFactory().get("/"), made)
    assert answer["Content-Disposition"].startswith("attachment")
    answer.close()
    with pytest.raises(Http404):
        attachments.serve(RequestFactory().get("/"), made, thumbnail=True)


def test_a_lost_file_is_not_found(attach):
    made = attach(PDF)
    made.file.storage.delete(made.file.name)
    with pytest.raises(Http404):
        attachments.serve(RequestFactory().get("/"), made)
    made.file.storage.save(made.file.name, ContentFile(PDF))


def test_attachments_are_listed_for_a_page(attach, room):
    attach(photo(40, 30), "教室.jpg")
    attach(PDF, "发票.pdf")
    listed = attachments.shown(room, lambda a: f"/{a.pk}", lambda a: f"/{a.pk}/small")
    assert [(s.name, s.is_picture, bool(s.thumbnail_url)) for s in listed] == [
        ("教室.jpg", True, True),
        ("发票.pdf", False, False),
    ]
