"""A missing print font is found at start-up and said how to install."""

import subprocess

import pytest
from django.core.checks import run_checks

from logistics.printing import fonts


@pytest.mark.requirement("R03")
def test_the_font_is_here():
    assert fonts.check_font() == []


@pytest.mark.requirement("R03")
@pytest.mark.parametrize("found", ["DejaVu Sans", "Noto Sans CJK JP", ""])
def test_another_font_in_its_place_is_an_error(monkeypatch, found):
    monkeypatch.setattr(fonts, "fonts_found", lambda: found)
    errors = [error for error in run_checks() if error.id == "printing.E001"]
    assert len(errors) == 1
    assert "apt install fonts-noto-cjk" in errors[0].hint


@pytest.mark.parametrize("trouble", [FileNotFoundError("fc-match"), subprocess.TimeoutExpired("fc-match", 20)])
def test_without_fontconfig_no_font_is_found(monkeypatch, trouble):
    def fail(*args, **kwargs):
        raise trouble

    monkeypatch.setattr(fonts.subprocess, "run", fail)
    assert fonts.fonts_found() == ""
