"""Both languages are complete: every message of the sources stands in the .po file, translated, and no other does."""

import os
import shutil
import string
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
CHINESE = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
SOURCES = ("logistics", "assets", "canteen", "safety", "finance", "templates")


@pytest.fixture(scope="module")
def kept() -> polib.POFile:
    return polib.pofile(str(CHINESE))


@pytest.fixture(scope="module")
def extracted(tmp_path_factory) -> polib.POFile:
    """The messages of the sources as they are now, extracted beside the project."""
    if not shutil.which("xgettext"):
        pytest.fail("xgettext is missing: apt-get install gettext")
    folder = tmp_path_factory.mktemp("messages")
    for name in SOURCES:
        (folder / name).symlink_to(ROOT / name)
    (folder / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "-l", "zh_Hans", "--symlinks", "--no-wrap"]
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return polib.pofile(str(folder / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"))


def keys(messages: polib.POFile) -> set[tuple[str | None, str]]:
    return {(entry.msgctxt, entry.msgid) for entry in messages if not entry.obsolete}


def test_every_message_is_in_the_file(kept, extracted):
    assert sorted(key[1] for key in keys(extracted) - keys(kept)) == []


def test_every_message_is_translated(kept):
    assert [entry.msgid for entry in kept.untranslated_entries()] == []


def test_no_translation_is_a_guess_or_left_over(kept, extracted):
    assert [entry.msgid for entry in kept.fuzzy_entries()] == []
    assert [entry.msgid for entry in kept.obsolete_entries()] == []
    assert sorted(key[1] for key in keys(kept) - keys(extracted)) == []


def placeholders(text: str) -> set[str]:
    """What is filled in: ``%(name)s`` and, where there are no percent signs, ``{name}``."""
    percent = {part.split(")")[0] for part in text.split("%(")[1:]}
    braces = {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}
    return percent or braces


def test_what_is_filled_in_is_the_same(kept):
    """A counted Chinese sentence may leave the number out; nothing else is lost or invented."""
    for entry in kept.translated_entries():
        for translated in (entry.msgstr, *entry.msgstr_plural.values()):
            if translated:
                given = placeholders(entry.msgid) | placeholders(entry.msgid_plural)
                assert placeholders(translated) <= given, entry.msgid
                assert entry.msgid_plural or placeholders(translated) == given, entry.msgid


def test_the_placeholders_check_can_fail():
    assert placeholders("%(a)s of %(b)s") == {"a", "b"}
    assert placeholders("{a} of {b}") == {"a", "b"}
    assert placeholders("100 %") == set()
