"""Signatures drawn on the screen: checked by content, made small and black, kept if wanted."""

import base64
import binascii
import io
import warnings

from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from logistics.approvals.models import Drawing
from logistics.approvals.rules import Refused
from logistics.school.models import Person

HEAD = "data:image/png;base64,"
MOST_BYTES = 300_000
MOST_PIXELS = 2_000_000
SIZE = (480, 160)  # of what is kept
LEAST_INK = 40  # pixels: a dot is no signature


@transaction.atomic
def keep_drawing(*, person: Person, data_url: str, keep: bool) -> Drawing:
    """A drawn signature from the canvas's data URL; ``keep`` offers it again next time. Raises Refused."""
    return Drawing.objects.create(person=person, png=cleaned(data_url), keep=keep)


def kept_drawing(person: Person) -> Drawing | None:
    """The one offered again: the person's latest, unless he kept none since."""
    latest: Drawing | None = Drawing.objects.filter(person=person).order_by("-pk").first()
    return latest if latest and latest.keep else None


@transaction.atomic
def drop_drawing(*, person: Person) -> None:
    """Offer no drawing any more; what was signed with it stays."""
    latest = kept_drawing(person)
    if latest:
        Drawing.objects.create(person=person, png=bytes(latest.png), keep=False)


def cleaned(data_url: str) -> bytes:
    """The drawing as a small PNG, black on nothing, cut to its ink. Raises Refused for anything else."""
    wrong = Refused(_("The drawn signature could not be read. Draw it once more."))
    if not data_url.startswith(HEAD) or len(data_url) > MOST_BYTES:
        raise wrong
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(base64.b64decode(data_url[len(HEAD) :], validate=True)), formats=("PNG",))
            if image.width * image.height > MOST_PIXELS:
                raise wrong
            ink = image.convert("RGBA").getchannel("A")
    except (binascii.Error, OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError) as error:
        raise wrong from error
    if sum(ink.histogram()[128:]) < LEAST_INK:
        raise Refused(_("Draw your signature first."))
    ink = ImageOps.contain(ink.crop(ink.getbbox()), SIZE)
    drawn = Image.new("RGBA", ink.size, (0, 0, 0, 0))
    drawn.putalpha(ink)
    out = io.BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return out.getvalue()
