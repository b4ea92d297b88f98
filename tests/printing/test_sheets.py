"""The same papers as Excel: figures are figures, dates are dates, text is never a formula."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest

from logistics.printing.papers import Column, Kind, Line, LineKind
from logistics.printing.sheets import papers_xlsx, rows_xlsx
from tests.printing.printing import ledger, transfer

pytestmark = [pytest.mark.requirement("R03")]


def workbook(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content))


def values(sheet):
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_a_ledger_as_sheet_reads_like_the_paper():
    sheet = workbook(papers_xlsx([ledger(3)])).active
    rows = values(sheet)
    assert rows[0][0] == "阳光小学"
    assert rows[1][0] == "固定资产总账"
    assert rows[4][:5] == ["日期", "凭证号", "摘要", "增加", None]
    assert rows[5][3:7] == ["数量", "金额", "数量", "金额"]
    assert rows[6][:5] == [dt.datetime(2026, 9, 1), "ZC2026-00001", "课桌椅", 2, 1234.56]
    assert rows[9][0] == "合计"
    assert rows[9][3:7] == [6, 3703.68, 6, 3703.68]
    assert [cell.number_format for cell in sheet[7]][:5] == ["yyyy-mm-dd", "General", "General", "#,##0", "#,##0.00"]
    assert "制表人：钱保华" in rows[-1]


def test_it_is_set_up_to_print_on_a4():
    sheet = workbook(papers_xlsx([ledger(3, landscape=True)])).active
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$5:$6"
    assert sheet.freeze_panes == "A7"


def test_a_form_has_its_boxes_capitals_and_signatures():
    words = [str(cell) for row in values(workbook(papers_xlsx([transfer()])).active) for cell in row if cell]
    for expected in ("调出部门：总务处", "编号：DB2026-00012", "经手人：钱保华", "注：本单一式三份。"):
        assert expected in words
    assert any("伍万伍仟伍佰元整" in word and "55,500.00" in word for word in words)


def test_several_papers_stand_on_sheets_with_different_names():
    names = workbook(papers_xlsx([ledger(1), ledger(1), ledger(1, bookmark="六/2[班]" + "长" * 40)])).sheetnames
    assert len(set(names)) == 3
    assert names[:2] == ["固定资产总账", "固定资产总账 (2)"]
    assert all(len(name) <= 31 for name in names)


def test_the_same_facts_give_the_same_bytes():
    assert papers_xlsx([ledger(5), transfer()]) == papers_xlsx([ledger(5), transfer()])


@pytest.mark.parametrize("text", ["=1+1", "+86 571", "-", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x", "007"])
def test_text_is_text(text):
    columns = (Column("名称"), Column("金额", kind=Kind.MONEY))
    paper = ledger(
        columns=columns, lines=(Line((text, Decimal("-1.50"))), Line((text,), LineKind.HEADING)), notes=(text,)
    )
    sheets = [
        workbook(papers_xlsx([paper])).active,
        workbook(rows_xlsx(columns, [[text, Decimal("-1.50")]], title="x")).active,
    ]
    for sheet in sheets:
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert not [cell for cell in cells if cell.data_type == "f"]
        assert any(cell.value in (text, f"'{text}") and cell.data_type == "s" for cell in cells)
        assert any(cell.value == -1.5 and cell.data_type == "n" for cell in cells)
        assert not sheet._hyperlinks


def test_a_list_can_be_filtered():
    columns = (Column("资产编号", 14), Column("日期", kind=Kind.DATE))
    sheet = workbook(rows_xlsx(columns, ([f"ZC{i}", dt.date(2026, 1, 2)] for i in range(1000)), title="清单")).active
    assert sheet.auto_filter.ref == "A1:B1001"
    assert sheet.freeze_panes == "A2"
    assert values(sheet)[1] == ["ZC0", dt.datetime(2026, 1, 2)]


def test_an_empty_list_has_its_heads():
    assert values(workbook(rows_xlsx((Column("资产编号"),), [], title="清单")).active) == [["资产编号"]]
