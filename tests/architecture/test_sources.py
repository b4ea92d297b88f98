"""House rules of the text itself: docstrings, no inline script or style, nothing from other hosts."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("logistics", "assets", "canteen", "safety", "finance")
SOURCES = [path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py")) if "migrations" not in path.parts]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if "print" not in path.relative_to(ROOT / "templates").parts]
ASSETS = [
    path
    for ending in ("*.css", "*.js")
    for path in sorted((ROOT / "static").rglob(ending))
    if "vendor" not in path.parts
]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_every_module_says_what_lives_in_it(path):
    tree = ast.parse(path.read_text())
    if tree.body:
        said = ast.get_docstring(tree)
        assert said, "no module docstring"
        assert len(said.splitlines()) <= 6


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_files_stay_short(path):
    """300 lines is the measure; what is a little over is not cut in a bad place for it."""
    assert len(path.read_text().splitlines()) <= 320


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_pages_have_no_inline_script_or_style(path):
    text = path.read_text()
    assert not re.search(r"<style\b|\sstyle\s*=", text)
    assert not re.search(r"<script\b(?![^>]*\bsrc=)", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']|javascript:", text)


@pytest.mark.parametrize("path", [*TEMPLATES, *ASSETS], ids=name)
def test_nothing_comes_from_another_host(path):
    text = path.read_text()
    assert not re.search(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", text)
    assert not re.search(r"url\(\s*[\"']?(?:https?:)?//|@import", text)


def test_vendored_assets_name_their_licence():
    for folder in (ROOT / "static" / "vendor").iterdir():
        if folder.is_dir():
            assert any("licen" in path.name.lower() for path in folder.rglob("*")), folder.name
