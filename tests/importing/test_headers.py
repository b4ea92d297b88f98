"""Likeness of header words: seen quickly where there is none, and never otherwise than by comparing in full."""

from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.importing.headers import PROPOSAL_RATIO, likeness

pytestmark = pytest.mark.requirement("A02")
WORDS = st.text("资产名称编号购置日期价值ab", max_size=8)


@given(WORDS, WORDS)
def test_a_quick_no_is_never_wrong(word, way):
    ratio = SequenceMatcher(None, word, way).ratio()
    assert likeness(SequenceMatcher(None, b=way), word) == (ratio if ratio >= PROPOSAL_RATIO else 0)
