"""Cells that must not become formulas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.base.cells import DANGEROUS, neutral, plain


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "'=1"])
def test_what_could_be_a_formula_gets_an_apostrophe(text):
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "讲台", "3-5", "'90年代", "a=b"])
def test_other_text_stays(text):
    assert neutral(text) == text


@given(st.text(alphabet="'=+-@课桌", max_size=6))
def test_read_in_again_it_is_the_same_text(text):
    assert plain(neutral(text)) == text
    assert neutral(text).startswith("'") or not DANGEROUS.match(neutral(text))
