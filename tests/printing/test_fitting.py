"""Widths, line breaks and cuts reckoned without a layout engine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.printing.fitting import clamp, ems, line_count

TEXT = st.text(alphabet="课桌椅（）、，。 -/ABCxyz0189W", max_size=60)


@pytest.mark.parametrize(("text", "width"), [("", 0), ("课桌", 2), ("10", 1.11), ("￥", 1), ("é", 1)])
def test_widths_in_em(text, width):
    assert ems(text) == pytest.approx(width)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, 1),
        ("课桌椅", 3, 1),
        ("课桌椅", 2, 2),
        ("课桌椅，", 3, 2),  # the comma takes its character along
        ("联想 ThinkCentre", 7, 2),
        ("ABCDEFGHIJKLMNOP", 4, 4),  # a word longer than the line is broken
        ("一\n二", 5, 2),
    ],
)
def test_line_counts(text, width, lines):
    assert line_count(text, width) == lines


@given(TEXT, st.integers(3, 30), st.integers(1, 4))
def test_clamped_text_fits(text, width, lines):
    found = clamp(text, width, lines)
    assert 1 <= len(found) <= lines
    assert all(ems(line) <= width for line in found)
    if not found[-1].endswith("…"):
        assert "".join(found) == " ".join(text.split())


def test_what_is_cut_says_so():
    assert clamp("希沃交互智能平板一体机", 5, 2) == ["希沃交互智", "能平板一…"]
