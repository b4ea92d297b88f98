"""Columns matched to what the caller wants: spellings, units, certainty, and what was corrected before."""

from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.importing.headers import (
    PROPOSAL_RATIO,
    Certainty,
    ColumnHead,
    likeness,
    match_columns,
    normalise_header,
)
from tests.importing.columns import COLUMNS

pytestmark = pytest.mark.requirement("A02")
WORDS = st.text("资产名称编号购置日期价值ab", max_size=8)


def heads(*texts: str) -> list[ColumnHead]:
    return [ColumnHead(at, tuple(text.split("|"))) for at, text in enumerate(texts)]


@pytest.mark.parametrize(
    "text",
    [
        "备  注",
        "备注：",
        "＊备注",
        "备\n注",
        "*备注",
        "备注（选填）",
        "备注(可不填)",
        "【备注】",
        "备 注 ",
        "\ufeff备注",
    ],
)
def test_one_header_in_many_spellings(text):
    (match,) = match_columns(heads(text), COLUMNS)
    assert (match.name, match.certainty) == ("note", Certainty.EXACT)


def test_units_in_headers():
    price, value = heads("单价（元）", "金额(万元)")
    assert [price.unit, value.unit] == ["元", "万元"]
    assert {m.name for m in match_columns([price, value], COLUMNS)} == {"price", "value"}


def test_no_column_is_given_twice():
    found = match_columns(heads("数量", "账面数量", "清查数量"), COLUMNS)
    assert [match.name for match in found].count("quantity") == 1
    assert len({match.head for match in found}) == len(found)


def test_exact_goes_before_contained():
    found = {m.head.text: m for m in match_columns(heads("固定资产名称", "资产名称"), COLUMNS)}
    assert found["资产名称"].name == "name"
    assert found["资产名称"].certainty == Certainty.EXACT
    alone = match_columns(heads("固定资产名称"), COLUMNS)
    assert (alone[0].name, alone[0].certainty) == ("name", Certainty.CONTAINED)


def test_likeness_is_only_a_proposal():
    (match,) = match_columns(heads("资产名"), COLUMNS)
    assert (match.name, match.certainty) == ("name", Certainty.WEAK)
    assert match_columns(heads("照片"), COLUMNS) == []


def test_what_was_corrected_is_remembered():
    columns = heads("资产名称", "物件", "备注")
    remembered = {normalise_header("物件"): "name", normalise_header("备注"): ""}
    found = {m.head.text: m for m in match_columns(columns, COLUMNS, remembered)}
    assert found["物件"].name == "name"
    assert found["物件"].certainty == Certainty.REMEMBERED
    assert "备注" not in found
    assert "资产名称" not in found or found["资产名称"].name != "name"


def test_a_remembered_column_that_is_no_more():
    (match,) = match_columns(heads("资产名称", "物件"), COLUMNS, {"物件": "gone"})
    assert match.name == "name"


@given(WORDS, WORDS)
def test_a_quick_no_is_never_wrong(word, way):
    """Likeness is seen quickly where there is none, and never otherwise than by comparing in full."""
    ratio = SequenceMatcher(None, word, way).ratio()
    assert likeness(SequenceMatcher(None, b=way), word) == (ratio if ratio >= PROPOSAL_RATIO else 0)
