"""Tables found in sheets as schools draw them, and columns matched to what the caller wants."""

import json
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from logistics.importing.cleaning import CellProblem, clean_code, clean_date, clean_integer, clean_money
from logistics.importing.grids import Merge, MergedNumber, Sheet, Uncalculated
from logistics.importing.headers import Vocabulary, match_columns
from logistics.importing.layout import REASONS, WHY_EMPTY, WHY_HIDDEN, WHY_NO_HEADER, Table, find_tables
from logistics.importing.reading import read_workbook
from logistics.importing.rowkinds import RowKind
from tests.importing.columns import COLUMNS, VOCABULARY, Column

pytestmark = pytest.mark.requirement("A02")
DATA = Path(__file__).parent / "data"
HEAD = ("序号", "资产编号", "资产名称", "数量", "单价", "存放地点", "保管人")
GOOD = (1, "ZC001", "学生课桌", 3, 168.5, "101室", "李秀英")
MORE = (2, "ZC002", "饮水机", 1, 560, "102室", "王芳")


def page(*rows, merges=(), hidden=False, first=1) -> Sheet:
    lines = tuple(
        (n, tuple(values)) for n, values in enumerate(rows, start=first) if any(v is not None for v in values)
    )
    return Sheet("表", lines, tuple(merges), hidden)


def only(sheet: Sheet, **choice) -> Table:
    layout = find_tables(sheet, VOCABULARY, **choice)
    assert len(layout.tables) == 1
    return layout.tables[0]


def numbers(table: Table) -> list[int]:
    return [row.number for row in table.rows]


def reasons(table: Table) -> dict[int, str]:
    return {number: str(why) for number, why in table.skipped}


def matched(table: Table) -> dict[str, str]:
    return {match.name: match.head.letter for match in match_columns(table.columns, COLUMNS)}


# The sample


@pytest.fixture(scope="module")
def answer():
    return json.loads((DATA / "answer.json").read_text())


def judged(table: Table, seen: set) -> tuple[Counter, list[tuple[int, str]]]:
    """Counts of the good rows and the faults of the others, by a reader that only cleans."""
    at = {match.name: table.columns.index(match.head) for match in match_columns(table.columns, COLUMNS)}
    heads = {match.name: match.head for match in match_columns(table.columns, COLUMNS)}
    sums, faults = Counter(), []

    def take(row, clean, name):
        try:
            return clean(row.cells[at[name]])
        except CellProblem:
            faults.append((row.number, heads[name].parts[-1]))
            return None

    for row in table.rows:
        before = len(faults)
        number, pieces = take(row, clean_code, "number"), take(row, clean_integer, "quantity")
        price, _ = take(row, clean_money, "price"), take(row, clean_date, "acquired")
        if number in seen:
            faults.append((row.number, heads["number"].parts[-1]))
        seen.add(number)
        if len(faults) == before:
            sums.update(cards=1, pieces=pieces, value=pieces * price)
    return sums, faults


def test_the_sample_gives_exactly_its_answer(answer):
    found, sheets, seen = [], {}, set()
    for sheet in read_workbook(DATA / answer["file"]).sheets:
        layout = find_tables(sheet, VOCABULARY)
        for table in layout.tables:
            sums, faults = judged(table, seen)
            sheets[sheet.name] = {**sums, "value": str(sums["value"])}
            found += [{"sheet": sheet.name, "row": row, "column": column} for row, column in faults]
        if not layout.tables:
            assert sheet.name == "填表说明"
            assert layout.why is WHY_NO_HEADER
    assert sheets == answer["sheets"]
    expected = [{key: problem[key] for key in ("sheet", "row", "column")} for problem in answer["problems"]]
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_the_sample_is_filled_down_and_explained(answer):
    layout = find_tables(read_workbook(DATA / answer["file"]).sheets[0], VOCABULARY)
    (table,) = layout.tables
    assert table.header_rows == (3, 4)
    assert {row.cells[11] for row in table.rows if 5 <= row.number <= 20} == {None, "一年级(1)班"} - {None}
    assert {row.cells[12] for row in table.rows if 5 <= row.number <= 20} == {"欧阳雪梅"}
    assert dict(table.skipped)[21] is REASONS[RowKind.SUBTOTAL]
    assert {303, 302, 301, 300, 22} <= set(reasons(table))
    assert [column.text for column in table.columns][6:9] == ["账面 数量", "账面 单价(元)", "账面 金额(元)"]
    assert table.columns[7].unit == "元"
    assert Decimal(0) < clean_money(table.rows[0].cells[8])


# Where the header is


def test_titles_and_a_form_line_above():
    table = only(page(("固定资产明细表",), ("填表单位:总务处", None, "使用部门", "总务处"), HEAD, GOOD, MORE))
    assert table.header_rows == (3,)
    assert numbers(table) == [4, 5]


def test_two_header_rows_with_merged_cells():
    table = only(
        page(
            ("序号", "资产编号", "资产名称", "账面", None, None, "存放地点"),
            (None, None, None, "数量", "单价(元)", "金额(元)"),
            GOOD,
            merges=[Merge(1, 3, 1, 5), *(Merge(1, c, 2, c) for c in (0, 1, 2, 6))],
        )
    )
    assert table.header_rows == (1, 2)
    assert matched(table) == {"number": "B", "name": "C", "quantity": "D", "price": "E", "value": "F", "room": "G"}


def test_two_header_rows_without_merged_cells():
    table = only(
        page(
            ("序号", "资产编号", "资产名称", "账面", None, None, "存放地点"),
            (None, None, None, "数量", "单价", "金额"),
            GOOD,
        )
    )
    assert table.header_rows == (1, 2)
    assert [c.text for c in table.columns] == [
        "序号", "资产编号", "资产名称", "账面 数量", "账面 单价", "账面 金额", "存放地点",
    ]  # fmt: skip


def test_three_header_rows():
    table = only(
        page(
            ("资产信息", None, None, "价值情况", None, None),
            ("资产编号", "资产名称", "规格型号", "账面", None, "备注"),
            (None, None, None, "数量", "单价"),
            ("ZC1", "课桌", "600×400", 3, 168.5),
            merges=[
                Merge(1, 0, 1, 2),
                Merge(1, 3, 1, 5),
                Merge(2, 3, 2, 4),
                *(Merge(2, c, 3, c) for c in (0, 1, 2, 5)),
            ],
        )
    )
    assert table.header_rows == (1, 2, 3)
    assert table.columns[4].parts == ("价值情况", "账面", "单价")
    assert matched(table)["quantity"] == "D"


def test_three_header_rows_without_merged_cells():
    table = only(
        page(
            ("资产信息", None, "价值情况", None, "备注"),
            ("资产编号", "资产名称", "账面", None, None),
            (None, None, "数量", "单价", None),
            ("ZC1", "课桌", 3, 168.5, "旧"),
        )
    )
    assert table.header_rows == (1, 2, 3)
    assert matched(table)["note"] == "E"


def test_a_wide_list_of_another_system():
    own = tuple(f"扩展{n}甲" for n in range(60))
    table = only(page((*HEAD, *own), (*GOOD, *own), (*MORE, *own)))
    assert numbers(table) == [2, 3]


def test_headers_in_traditional_characters():
    table = only(page(("資產編號", "資產名稱", "數量", "單價", "存放地點"), GOOD[1:6]))
    assert set(matched(table)) == {"number", "name", "quantity", "price", "room"}


def test_group_words_above_the_known_ones():
    sheet = page(
        ("资产清查表", None, None, None, None),
        ("编号", "资产名称", "账面", None, "清查", None),
        (None, None, "数量", "金额", "数量", "金额"),
        ("ZC1", "课桌", 3, 505.5, 3, 505.5),
        merges=[Merge(1, 0, 1, 5), Merge(2, 0, 3, 0), Merge(2, 1, 3, 1), Merge(2, 2, 2, 3), Merge(2, 4, 2, 5)],
    )
    table = only(sheet)
    assert table.header_rows == (2, 3)
    assert matched(table)["quantity"] == "C"  # 账面数量 is named in full; 清查数量 only ends like it


def test_a_person_may_choose_the_header_row():
    sheet = page(("a", "b", "c"), ("资产编号", "资产名称", "数量"), ("ZC1", "课桌", 1))
    assert only(sheet).header_rows == (2,)
    table = only(sheet, header_row=1)
    assert [c.text for c in table.columns] == ["a", "b", "c"]
    assert numbers(table) == [2, 3]
    assert only(sheet, header_row=1, header_rows=2).columns[0].text == "a 资产编号"
    assert find_tables(sheet, VOCABULARY, header_row=9).tables == ()


def test_sheets_without_a_list():
    assert find_tables(page(), VOCABULARY).why is WHY_EMPTY
    note = page(("1. 单价在1000元以上的逐件登记;2. 存放地点填写到室。",), ("说明",))
    assert find_tables(note, VOCABULARY).why is WHY_NO_HEADER
    hidden = find_tables(page(HEAD, GOOD, hidden=True), VOCABULARY)
    assert hidden.why is WHY_HIDDEN
    assert hidden.tables
    assert not hidden.proposed


def test_a_list_of_one_column():
    names = Vocabulary.of([Column("name", ("姓名",))])
    layout = find_tables(page(("姓名",), ("张三",), ("李四",)), names)
    assert [row.cells for row in layout.tables[0].rows] == [("张三",), ("李四",)]


def test_english_headers():
    table = only(page(("Asset Number", "Asset name", "Quantity", "Unit price"), ("ZC1", "Desk", 3, 168.5)))
    assert matched(table) == {"number": "A", "name": "B", "quantity": "C", "price": "D"}


# What stands in the body


@pytest.mark.parametrize(
    "row",
    [
        (None, None, "小计", 4, 728.5), (None, None, "合  计", None, 728.5), ("合计", None, None, 4, 728.5),
        ("本页合计：", None, None, 4), ("总计", None, "——", "4件", "728.50元"), ("一年级小计", None, None, 4),
        (None, "累计", None, 4, 728.5), ("合计(大写)", "柒佰贰拾捌元伍角整"), ("Total", None, None, 4, 728.5),
        ("过次页", None, None, None, 728.5), ("人民币（大写）", None, "柒佰贰拾捌元伍角整"),
        (3, None, "合计", 4, 728.5),
    ],
)  # fmt: skip
def test_subtotals(row):
    table = only(page(HEAD, GOOD, MORE, row))
    assert numbers(table) == [2, 3]
    assert dict(table.skipped)[4] is REASONS[RowKind.SUBTOTAL]


@pytest.mark.parametrize(
    "row",
    [
        (3, "ZC003", "流量累计", 1, 900, "101室", "李秀英"), (3, "ZC003", "总计数器", 1, 900, "101室"),
        (3, "ZC003", "签字笔", 10, 2, "校长室", "王校长"), (None, "ZC003", "主任办公桌", 1, 900, "主任室", "王主任"),
        (3, "ZC003", "注:射器", 1, 900, "101室"), (None, None, "课桌"), (3, None, None, 5),
    ],
)  # fmt: skip
def test_data_that_only_looks_like_something_else(row):
    assert numbers(only(page(HEAD, GOOD, row))) == [2, 3]


@pytest.mark.parametrize(
    "row",
    [
        (None, "制表人:", None, None, "总务主任:", None, "校长:"), ("制表人：张三    审核人：李四   校长：王五",),
        ("单位负责人（签字）：", None, None, "经办人：", "王芳"), ("制表人", None, None, "校长"),
        ("保管人签字:", None, "日期:"),
        ("填表日期：2026年9月1日",), ("年  月  日",), ("2026年9月1日",),
    ],
)  # fmt: skip
def test_signatures(row):
    table = only(page(HEAD, GOOD, MORE, row))
    assert numbers(table) == [2, 3]
    assert 4 in reasons(table)


@pytest.mark.parametrize(
    "row",
    [
        ("注：本表一式两份",), ("备注: 1.单价1000元以上逐件登记", None), ("第1页 共3页",), ("一、教学楼",),
        ("（二）综合楼",),
        ("1.本表由各室管理员按实际情况逐项填写",), ("第一部分 专用设备",), (None, "以下空白"), ("2、一式两份",),
        ("本表由总务处汇总后报校长审阅，并留存一份。",), ("序号自动编号，请勿删除",),
    ],
)  # fmt: skip
def test_notes_and_headings(row):
    table = only(page(HEAD, GOOD, row, MORE))
    assert numbers(table) == [2, 4]
    assert 3 in reasons(table)


def test_a_heading_merged_over_the_table():
    table = only(page(HEAD, ("教学楼一层",), GOOD, merges=[Merge(2, 0, 2, 6)]))
    assert numbers(table) == [3]


def test_numbered_columns_examples_and_prepared_rows():
    sheet = page(
        HEAD,
        ("1", "2", "3", "4", "5", "6", "7"),
        ("例", "ZC000", "示例课桌", 1, 100),
        GOOD,
        (2,),
        (3, None, None, Uncalculated("D5*E5")),
    )
    table = only(sheet)
    assert numbers(table) == [4]
    assert set(reasons(table)) == {2, 3, 5, 6}
    stems = only(page(HEAD, ("甲", "乙", "丙", 1, 2, "3=1×2"), GOOD))
    assert numbers(stems) == [3]


def test_the_header_repeated_on_every_page():
    table = only(page(("资产明细表",), HEAD, GOOD, ("资产明细表",), HEAD, MORE))
    assert numbers(table) == [3, 6]
    assert set(reasons(table)) == {4, 5}


def test_two_header_rows_repeated():
    head = [("资产编号", "资产名称", "账面", None), (None, None, "数量", "单价")]
    merges = [Merge(r, c, r + 1, c) for r in (1, 4) for c in (0, 1)] + [Merge(1, 2, 1, 3), Merge(4, 2, 4, 3)]
    table = only(page(*head, ("ZC1", "a", 1, 2), *head, ("ZC2", "b", 1, 2), merges=merges))
    assert numbers(table) == [3, 6]
    assert set(reasons(table)) == {4, 5}


def test_tables_one_under_the_other():
    sheet = page(HEAD, GOOD, (None,), ("附表",), ("姓名", "资产名称", "数量", "备注"), ("张三", "课桌", 2, "新"))
    first, second = find_tables(sheet, VOCABULARY).tables
    assert numbers(first) == [2]
    assert second.header_rows == (5,)
    assert numbers(second) == [6]


def test_tables_side_by_side():
    head = ("序号", "资产名称", "数量")
    sheet = page((*head, None, *head), (1, "课桌", 3, None, 2, "椅子", 4))
    left, right = find_tables(sheet, VOCABULARY).tables
    assert left.rows[0].cells == (1, "课桌", 3)
    assert right.rows[0].cells == (2, "椅子", 4)
    assert right.columns[0].letter == "E"


def test_merged_cells_fill_only_their_own_range():
    table = only(
        page(HEAD, GOOD, (2, "ZC2", "b", 1, 2), (3, "ZC3", "c", 1, 2), merges=[Merge(2, 5, 3, 5), Merge(2, 6, 3, 6)])
    )
    assert [row.cells[5] for row in table.rows] == ["101室", "101室", None]


def test_merged_numbers_are_not_multiplied():
    table = only(page(HEAD, GOOD, (2, "ZC2", "b", None, 2), merges=[Merge(2, 3, 3, 3)]))
    assert table.rows[0].cells[3] == 3
    assert table.rows[1].cells[3] == MergedNumber(3, "D2")
    with pytest.raises(CellProblem):
        clean_integer(table.rows[1].cells[3])


@pytest.mark.parametrize(
    "merge", [Merge(2, 5, 1_048_576, 5), Merge(1, 0, 1_048_576, 16383), Merge(2, 300, 5, 310), Merge(9, 9, 2, 2)]
)
def test_absurd_merges_do_no_harm(merge):
    table = only(page(HEAD, GOOD, MORE, merges=[merge] * 3))
    assert numbers(table) == [2, 3]


def test_the_marking_column_is_no_part_of_the_list():
    table = only(page((*HEAD, "问题"), (*GOOD, "数量不对")))
    assert len(table.columns) == 7
    assert table.rows[0].cells == GOOD


# Lists that are many, and sheets that are hostile


def test_a_row_that_stands_in_two_tables_stands_in_both():
    head = ("资产名称", "数量", "单价")
    tables = find_tables(
        Sheet(
            "表",
            (
                (1, head),
                (2, ("课桌", 1, 5)),
                (4, (*head, "存放地点", "备注")),
                (5, ("课桌", 1, 5)),
                (6, ("讲台", 1, 6)),
            ),
        ),
        VOCABULARY,
    ).tables
    assert [numbers(table) for table in tables] == [[2], [5, 6]]


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD, GOOD] * 20_000,
        [row for n in range(10_000) for row in (("资产名称", f"甲{n}", f"乙{n}", "单价"), ("课桌", 1, 1, 5))],
        [("资产名称", "数量", "单价") * 80] * 5_000,
    ],
    ids=["one header over and over", "always another header", "header words everywhere"],
)
def test_headers_without_end_take_no_endless_time(rows):
    begun = time.process_time()
    layout = find_tables(page(*rows), VOCABULARY)
    assert time.process_time() - begun < 8  # was minutes
    assert len(layout.tables) <= 100


def test_overlapping_merges_without_end_take_no_endless_time():
    rows = [HEAD, *[(n, f"ZC{n}", None, 1, 5, "101室") for n in range(1, 10_001)]]
    merges = [Merge(top, 2, 1_048_576, 2) for top in range(2, 5_002)]
    begun = time.process_time()
    only(page(*rows, merges=merges))
    assert time.process_time() - begun < 5
