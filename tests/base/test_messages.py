"""Building the translations."""

import os

import pytest
from django.core.management import call_command
from django.utils.translation import gettext, override
from django.utils.translation.reloader import translation_file_changed

ENTRY = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "A trial"\nmsgstr "{}"\n'


@pytest.fixture
def source(settings, tmp_path):
    """A place for messages of its own."""
    messages = tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po"
    messages.parent.mkdir(parents=True)
    settings.LOCALE_PATHS = [tmp_path]
    yield messages
    translation_file_changed(None, messages.with_suffix(".mo"))


def test_built_messages_are_used_at_once(source):
    """The command that builds them goes on to write the demo school in the same process."""
    for wanted in ("一试", "再试"):
        source.write_text(ENTRY.format(wanted))
        with override("zh-hans"):
            before = gettext("A trial")
        if (built := source.with_suffix(".mo")).exists():
            os.utime(built, (1, 1))
        call_command("build_messages")
        with override("zh-hans"):
            assert (before, gettext("A trial")) == ("A trial" if wanted == "一试" else "一试", wanted)
