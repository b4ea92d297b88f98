"""Cells to values: what is cleaned, and what stays a fault."""

import datetime as dt
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.importing.cleaning import (
    EXPECT_WHOLE,
    CellProblem,
    clean_bool,
    clean_choice,
    clean_code,
    clean_date,
    clean_integer,
    clean_money,
    clean_text,
    is_blank,
)
from logistics.importing.dates import EXPECT_CENTURY, EXPECT_MONTH, EXPECT_OCTOBER, EXPECT_REAL_DATE
from logistics.importing.grids import ErrorValue, MergedNumber, Uncalculated
from logistics.importing.texts import EXPECT_RESULT, EXPECT_SAVED

pytestmark = pytest.mark.requirement("A02")
CLEANERS = [clean_text, clean_code, clean_integer, clean_money, clean_date, clean_bool]
BLANKS = [None, "", " ", "\u3000", "\xa0", "\u200b", "\ufeff", "\n", "-", "—", "——", "－", "/", "／", "无", " 无 "]


@pytest.mark.parametrize("clean", [clean_text, clean_code, clean_integer, clean_money, clean_date])
@pytest.mark.parametrize("value", BLANKS)
def test_blank(clean, value):
    assert clean(value) is None
    assert is_blank(value)


@pytest.mark.parametrize("value", ["不详", "未知", "待查", "若干", "0", 0, False])
def test_not_blank(value):
    assert not is_blank(value)


@pytest.mark.parametrize(
    ("value", "pieces"),
    [
        ("3", 3), ("3台", 3), ("1组", 1), ("１", 1), ("５０", 50), ("1,200", 1200), ("1，200", 1200), (4.0, 4),
        (7, 7),
        ("3 台", 3), ("3（台）", 3), ("2.0", 2), ("-5", -5), ("'3", 3), (" 3\u3000", 3), ("10平方米", 10),
        ("2台套", 2),
        ("1 200", 1200), ("0", 0), ("12pcs", 12),
    ],
)  # fmt: skip
def test_integer(value, pieces):
    assert clean_integer(value) == pieces


@pytest.mark.parametrize(
    "value",
    ["若干", "一批", "三台", "3万", "50左右", "50多", "约50", "10+2", "3-5", "12,34", "1,20", "3台5", "1e3", "5k",
     "3坏1", "十几",
     "#N/A", "同上", "2019年1月", True, dt.date(2019, 9, 1), float("inf"), float("nan")],
)  # fmt: skip
def test_not_an_integer(value):
    with pytest.raises(CellProblem):
        clean_integer(value)


@pytest.mark.parametrize("value", [2.7, "2.7", "0.5台"])
def test_pieces_are_not_divided(value):
    with pytest.raises(CellProblem) as problem:
        clean_integer(value)
    assert problem.value.expected is EXPECT_WHOLE


@pytest.mark.parametrize(
    ("value", "yuan"),
    [
        ("¥1,200.00", "1200.00"), ("￥1200", "1200.00"), ("1200元", "1200.00"), ("1200元整", "1200.00"),
        ("1.2万元", "12000.00"), ("1.2万", "12000.00"), ("７２０．００", "720.00"), ("15,800.00", "15800.00"),
        ("168.00元", "168.00"), ("人民币1200圆", "1200.00"), ("RMB 20", "20.00"), ("(1,200.00)", "-1200.00"),
        ("-5.5", "-5.50"), (92.5, "92.50"), (92.50000000000001, "92.50"), (1299, "1299.00"), (".5", "0.50"),
        ("1280元/张", "1280.00"), ("0", "0.00"), (0.1 + 0.2, "0.30"),
    ],
)  # fmt: skip
def test_money(value, yuan):
    assert clean_money(value) == Decimal(yuan)
    assert str(clean_money(value)) == yuan


def test_money_in_the_unit_of_the_header():
    assert clean_money(1.5, unit="万元") == 15000
    assert clean_money("1.5", unit="万元") == 15000
    assert clean_money("300元", unit="万元") == 300  # the cell's own unit says more than the header's
    assert clean_money("2万", unit="万元") == 20000
    assert clean_money(300, unit="元") == 300


@pytest.mark.parametrize(
    "value",
    [
        "面议",
        "约300",
        "1.2.3",
        "元",
        "¥",
        "12元5角",
        "3-5元",
        "1,20.00",
        "1200.00.",
        True,
        dt.date(2019, 1, 1),
        "#REF!",
    ],
)
def test_not_money(value):
    with pytest.raises(CellProblem):
        clean_money(value)


@pytest.mark.parametrize("value", ["12.345", 33.333333, "0.001"])
def test_money_is_never_rounded(value):
    with pytest.raises(CellProblem):
        clean_money(value)
    assert clean_money("12.345", places=3) == Decimal("12.345")


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2019.9", "2019-09-01"), ("2019.10", "2019-10-01"), ("2019.1", "2019-01-01"), (2019.9, "2019-09-01"),
        (2019.11, "2019-11-01"), (2019.12, "2019-12-01"), (2019.01, "2019-01-01"), ("2019年9月", "2019-09-01"),
        ("2019年9月1日", "2019-09-01"), ("2019年09月份", "2019-09-01"), ("二〇一九年九月一日", "2019-09-01"),
        ("二○一九年十二月廿一日", "2019-12-21"), ("20190901", "2019-09-01"), (20190901, "2019-09-01"),
        (201909.0, "2019-09-01"),
        ("201909", "2019-09-01"), ("2019-9-1", "2019-09-01"), ("2019/9/1", "2019-09-01"),
        ("2019．９．１", "2019-09-01"),
        ("2019 年 9 月 1 日", "2019-09-01"), ("2019-09-01 00:00:00", "2019-09-01"), ("2019/9/1 8:05", "2019-09-01"),
        (43709, "2019-09-01"), (43709.0, "2019-09-01"), (43709.75, "2019-09-01"), ("43709", "2019-09-01"),
        (dt.date(2019, 9, 1), "2019-09-01"), (dt.datetime(2019, 9, 1, 8, 30), "2019-09-01"),
        ("2020-2-29", "2020-02-29"), ("2019—09—01", "2019-09-01"),
    ],
)  # fmt: skip
def test_date(value, date):
    assert clean_date(value) == dt.date.fromisoformat(date)


def test_day_numbers_of_1904():
    assert clean_date(42247, date1904=True) == dt.date(2019, 9, 1)
    assert clean_date("42247", date1904=True) == dt.date(2019, 9, 1)
    assert clean_date(dt.date(2019, 9, 1), date1904=True) == dt.date(2019, 9, 1)  # the reader has counted already


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2019年13月", EXPECT_REAL_DATE), ("2019年2月30日", EXPECT_REAL_DATE), ("2019-02-29", EXPECT_REAL_DATE),
        (20191301, EXPECT_REAL_DATE), (2019.13, EXPECT_REAL_DATE), ("2019.0", EXPECT_REAL_DATE),
        (dt.date(1850, 1, 1), EXPECT_REAL_DATE), (2019.1, EXPECT_OCTOBER), (2019, EXPECT_MONTH),
        ("2019", EXPECT_MONTH),
        ("2019年", EXPECT_MONTH), ("19.9.1", EXPECT_CENTURY), ("19年9月", EXPECT_CENTURY),
        (ErrorValue("#N/A"), EXPECT_RESULT),
    ],
)  # fmt: skip
def test_date_faults_say_what_is_wrong(value, expected):
    with pytest.raises(CellProblem) as problem:
        clean_date(value)
    assert problem.value.expected is expected


@pytest.mark.parametrize(
    "value", ["不详", "去年", "1/9/2019", "2019年9月1日购", 3, -5, 1e300, "九月", True, dt.time(8), "2019-9-1-2"]
)
def test_not_a_date(value):
    with pytest.raises(CellProblem):
        clean_date(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" 学生 课桌 ", "学生 课桌"), ("学生\n课桌", "学生 课桌"), ("\ufeff名\u200b称", "名称"),
        (20160007.0, "20160007"),
        (1.5, "1.5"), ("'=A1+1", "=A1+1"), ("'-5", "-5"), ("'+86", "+86"), ("'@x", "@x"), ("'007", "007"),
        ("O'Brien", "O'Brien"), ('="00123"', "00123"), ("'quoted'", "'quoted'"), ("a_x000D_b", "a b"),
        ("600×400×760mm", "600×400×760mm"),
        (dt.date(2019, 9, 1), "2019-09-01"), (dt.datetime(2019, 9, 1), "2019-09-01"), ("（双门）", "（双门）"),
    ],
)  # fmt: skip
def test_text(value, text):
    assert clean_text(value) == text


@pytest.mark.parametrize(
    "value", [1e15, 123456789012345678, "同上", "〃", "#REF!", ErrorValue("#VALUE!"), float("nan"), "课\ufffd"]
)
def test_text_faults(value):
    with pytest.raises(CellProblem):
        clean_text(value)


def test_code():
    assert clean_code("ＳＹ 2016－0001") == "SY2016-0001"
    assert clean_code(20160001.0) == "20160001"


@pytest.mark.parametrize("clean", CLEANERS)
@pytest.mark.parametrize("mark", [ErrorValue("#N/A"), Uncalculated("G7*H7"), MergedNumber(10, "G5"), "#DIV/0!"])
def test_marks_are_faults_everywhere(clean, mark):
    with pytest.raises(CellProblem) as problem:
        clean(mark)
    if isinstance(mark, Uncalculated):
        assert problem.value.expected is EXPECT_SAVED


def test_choice():
    states = {"在用": "used", "闲置": "idle", "In use": "used"}
    assert clean_choice(" 在 用 ", states) == "used"
    assert clean_choice("IN USE", states) == "used"
    assert clean_choice("", states) is None
    with pytest.raises(CellProblem) as problem:
        clean_choice("在使用", states)
    assert "在用、闲置" in str(problem.value)


def test_bool():
    assert [clean_bool(v) for v in ("是", "√", "Y", True, 1, 1.0)] == [True] * 6
    assert [clean_bool(v) for v in ("否", "无", "×", "no", False, 0)] == [False] * 6
    assert clean_bool("") is None
    for odd in ("x", "也许", 2):
        with pytest.raises(CellProblem):
            clean_bool(odd)


anything = st.one_of(
    st.none(), st.text(max_size=40), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(),
    st.times(), st.timedeltas(),
    st.text(alphabet="0123456789０１２.,，-/年月日万元台¥ '()", max_size=14),
)  # fmt: skip


@given(anything)
def test_nothing_but_a_problem_is_ever_raised(value):
    for clean in CLEANERS:
        try:
            clean(value)
        except CellProblem:
            continue


@given(st.integers(-(10**12), 10**12))
def test_integers_come_back(number):
    assert clean_integer(number) == clean_integer(f"{number}台") == clean_integer(f"{number:,}") == number
    full = str(number).translate(str.maketrans("0123456789-", "０１２３４５６７８９－"))
    assert clean_integer(full) == number


@given(st.integers(0, 10**13))
def test_money_comes_back_to_the_fen(fen):
    yuan = Decimal(fen) / 100
    for written in (f"{yuan:.2f}", f"¥{yuan:,.2f}", f"{yuan:.2f}元", f"'{yuan:.2f}"):
        assert clean_money(written) == yuan


@given(st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31)))
def test_dates_come_back(date):
    y, m, d = date.year, date.month, date.day
    written = [
        date.isoformat(),
        f"{y}/{m}/{d}",
        f"{y}.{m}.{d}",
        f"{y}年{m}月{d}日",
        f"{y}{m:02}{d:02}",
        int(f"{y}{m:02}{d:02}"),
    ]
    assert {clean_date(value) for value in written} == {date}
    assert clean_date((date - dt.date(1899, 12, 30)).days) == date
    assert {clean_date(value) for value in (f"{y}年{m}月", f"{y}.{m:02}", f"{y}{m:02}")} == {date.replace(day=1)}


@pytest.mark.parametrize("clean", [clean_integer, clean_money, clean_date])
def test_texts_without_end_are_faults_at_once(clean):
    begun = time.process_time()
    for text in ("1" + "0, " * 20_000 + "x", "0" * 60_000, "2019年" + " 9" * 30_000):
        with pytest.raises(CellProblem):
            clean(text)
    assert time.process_time() - begun < 1
