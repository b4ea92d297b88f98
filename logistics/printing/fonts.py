"""The check at start-up that the print font is there; without it every Chinese character would be an empty box."""

import subprocess
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.utils.translation import gettext_lazy as _

FACE = "Noto Sans CJK SC"


def fonts_found() -> str:
    """What fontconfig gives when it is asked for the print font; empty where fontconfig itself is missing."""
    try:
        asked = ["fc-match", "--format=%{family}", FACE]
        return subprocess.run(asked, capture_output=True, text=True, timeout=20, check=True).stdout  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ""


@register("printing")
def check_font(**kwargs: Any) -> list[CheckMessage]:
    """An error when papers would be printed without a Chinese font."""
    if FACE in fonts_found():
        return []
    return [
        Error(
            str(_("The print font Noto Sans CJK SC is not installed: Chinese would be printed as empty boxes.")),
            hint=str(_("On Debian or Ubuntu: apt install fonts-noto-cjk fontconfig — then start again.")),
            id="printing.E001",
        )
    ]
