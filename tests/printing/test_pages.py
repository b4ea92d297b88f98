"""Papers cut into pages: nothing lost, nothing twice, everything fits."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logistics.printing.layout import Layout
from logistics.printing.pages import paginate
from logistics.printing.papers import Carry, Column, Fact, Kind, Line, LineKind, Look, Paper, Signature
from tests.printing.printing import LONG_NAME, ledger, transfer


def words(page):
    return [[cell.text for cell in row.cells] for row in page.rows]


@pytest.mark.requirement("R03")
def test_a_short_ledger_is_one_page_with_its_total():
    (page,) = paginate(ledger(3))
    assert (page.number, page.count) == (1, 1)
    assert words(page)[-1] == ["合计", "6", "3,703.68", "6", "3,703.68", ""]
    assert not any("承前页" in row or "本页小计" in row for row in words(page))


@pytest.mark.requirement("R03")
def test_totals_are_carried_from_page_to_page():
    first, second, *_rest = pages = paginate(ledger(100))
    lines = [len(page.rows) for page in pages]
    assert words(first)[-1][0] == "过次页"
    assert words(first)[-2][0] == "本页小计"
    assert words(second)[0][0] == "承前页"
    assert words(second)[0][1:] == words(first)[-1][1:]
    assert words(pages[-1])[-1] == ["合计", "200", "123,456.00", "200", "123,456.00", ""]
    assert sum(lines) == 100 + 3 * len(pages) - 1  # brought forward, this page, carried; none before the first
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))


def test_a_form_holds_at_most_the_lines_it_may():
    pages = paginate(ledger(60, per_page=25, columns=(Column("序号"),), lines=tuple(Line((i,)) for i in range(60))))
    assert [len(page.rows) for page in pages] == [25, 25, 10]


def test_empty_lines_fill_a_form_up():
    (page,) = paginate(transfer())
    assert len(page.rows) == 6 + 1
    assert words(page)[3:6] == [[""] * 5] * 3


def test_every_copy_is_numbered_by_itself():
    pages = paginate(ledger(100, copies=("校长留存", "总务处留存")))
    half = len(pages) // 2
    assert [page.copy for page in pages] == ["校长留存"] * half + ["总务处留存"] * half
    assert pages[half].number == 1


def test_a_heading_is_not_left_behind_at_the_foot():
    lines = [Line((f"{i}",)) for i in range(100)]
    for at in range(20, 60):
        mixed = (*lines[:at], Line(("类别",), LineKind.HEADING), *lines[at:])
        for page in paginate(ledger(0, columns=(Column("摘要"),), lines=mixed))[:-1]:
            assert page.rows[-1].css != "heading"


def test_signatures_do_not_stand_alone():
    for count in range(20, 70):
        *_before, last = paginate(ledger(count))
        assert len(last.rows) > 2 + (last.count > 1)


def test_without_lines_there_is_still_a_page():
    (page,) = paginate(ledger(0))
    assert words(page) == [["合计", "", "", "", "", ""]]


def test_what_must_not_break_gets_the_width_it_needs():
    paper = ledger(
        3, columns=(Column("摘要", 100), Column("金额", 1, Kind.MONEY)), lines=(Line(("x", Decimal(10**9))),)
    )
    assert Layout(paper).column_widths[1] > 20
    assert sum(Layout(paper).column_widths) == pytest.approx(Layout(paper).inner, abs=0.1)


def test_heads_stand_in_groups():
    upper, lower = Layout(ledger(1)).head_rows
    assert [(head.text, head.span, head.down) for head in upper] == [
        ("日期", 1, 2),
        ("凭证号", 1, 2),
        ("摘要", 1, 2),
        ("增加", 2, 1),
        ("结存", 2, 1),
        ("保管人", 1, 2),
    ]
    assert [head.text for head in lower] == ["数量", "金额", "数量", "金额"]


def test_a_text_without_end_is_cut_to_a_page():
    (page,) = paginate(ledger(1, name="很长" * 3000))
    assert page.rows[0].cells[2].text.endswith("…")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["课桌椅", LONG_NAME, LONG_NAME * 4, "KFR-72LW/(72532)FNhAc-B3JY01"]), max_size=120),
    st.booleans(),
    st.booleans(),
    st.integers(0, 30),
)
def test_every_line_is_printed_once_and_no_page_is_too_full(names, landscape, dense, most):
    columns = (Column("名称"), Column("数量", kind=Kind.COUNT, carry=Carry.SUM))
    paper = Paper(
        title="清单",
        school="阳光小学",
        landscape=landscape,
        dense=dense,
        per_page=most,
        look=Look.FORM,
        facts=(Fact("原因", LONG_NAME, wide=True),),
        columns=columns,
        lines=tuple(Line((name, i)) for i, name in enumerate(names)),
        signatures=(Signature("校长"),),
    )
    layout, pages = Layout(paper), paginate(paper)
    printed = [row for page in pages for row in page.rows if row.css == "" and row.cells[1].text]
    assert [int(row.cells[1].text) for row in printed] == list(range(len(names)))
    for page in pages:
        used = sum(row.height for row in page.rows) + (layout.tail if page.is_last else 0)
        assert used <= layout.room(first=page.is_first) + 0.01


def form(count: int, **fields) -> Layout:
    facts = tuple(Fact(f"栏{i}", f"值{i}") for i in range(count))
    return Layout(Paper(title="卡片", school="阳光小学", look=Look.FORM, facts=facts, **fields))


def test_boxes_fill_their_rows():
    rows = form(7, facts_per_row=3).box_rows
    assert [[box.label for box in row.boxes] for row in rows] == [["栏0", "栏1", "栏2"], ["栏3", "栏4", "栏5"], ["栏6"]]
    assert [sum(1 + box.span for box in row.boxes) for row in rows] == [6, 6, 6]


def test_a_picture_stands_beside_the_first_boxes():
    layout = form(16, facts_per_row=3, picture="data:image/png;base64,")
    assert [len(row.boxes) for row in layout.box_rows] == [2, 2, 2, 2, 2, 3, 3]
    assert [row.picture_rows for row in layout.box_rows] == [5, 0, 0, 0, 0, 0, 0]
    assert sum(row.height for row in layout.box_rows[:5]) >= 50
    assert layout.picture_box.startswith("width:59.17mm;height:5")


def test_a_picture_ends_before_a_wide_box():
    facts = (Fact("名称", "x"), Fact("备注", "x", wide=True), Fact("数量", 1))
    layout = Layout(Paper(title="x", school="x", look=Look.FORM, facts=facts, facts_per_row=2, picture="data:,"))
    assert [row.picture_rows for row in layout.box_rows] == [1, 0, 0]
    assert layout.box_rows[0].height == 50


@pytest.mark.parametrize("fields", [{}, {"picture": "data:,", "facts_per_row": 1}])
def test_without_room_or_picture_there_is_no_place_for_it(fields):
    assert form(3, **fields).picture_box == ""
