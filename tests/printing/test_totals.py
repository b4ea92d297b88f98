"""What is carried from page to page adds up to the fen."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.printing.papers import Carry, Column, Kind, Line, LineKind
from logistics.printing.totals import portions, total_of

COLUMNS = (
    Column("摘要"),
    Column("增加", kind=Kind.MONEY, carry=Carry.SUM),
    Column("结存", kind=Kind.MONEY, carry=Carry.LAST),
)
AMOUNT = st.integers(-(10**10), 10**10).map(lambda fen: Decimal(fen).scaleb(-2))
LINES = st.lists(st.tuples(st.just("x"), st.none() | AMOUNT, st.none() | AMOUNT).map(Line), max_size=40)


@given(LINES, st.integers(1, 7))
def test_each_page_begins_where_the_last_ended(lines, size):
    pieces = [lines[i : i + size] for i in range(0, len(lines), size)] or [[]]
    found = portions(COLUMNS, pieces)
    assert found[0].brought is None
    for before, after in pairwise(found):
        assert after.brought.values == before.carried.values
    assert found[-1].carried.values == total_of(COLUMNS, lines).values
    assert sum(p.own.values[1] or 0 for p in found) == sum(line.cells[1] or 0 for line in lines)


def test_a_balance_is_the_last_one_and_a_subtotal_is_not_counted_again():
    lines = [
        Line(("一", Decimal("1.10"), Decimal("1.10"))),
        Line(("小计", Decimal("1.10"), None), LineKind.SUBTOTAL),
        Line(("二", Decimal("2.20"), Decimal("3.30"))),
        Line(("类别",), LineKind.HEADING),
    ]
    assert total_of(COLUMNS, lines).values == [None, Decimal("3.30"), Decimal("3.30")]


def test_nothing_counted_is_no_zero():
    assert total_of(COLUMNS, []).without_balances().values == [None, None, None]


@pytest.mark.parametrize("cells", [(), ("x",), ("x", 1, 2, 3)])
def test_a_line_has_as_many_cells_as_columns(cells):
    from logistics.printing.papers import Paper

    with pytest.raises(ValueError, match="cells under 3 columns"):
        Paper(title="x", school="x", columns=COLUMNS, lines=(Line(cells),))
