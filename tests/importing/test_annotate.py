"""The marked copy: faults coloured and said, all else as it was, and the same list when it comes back."""

import io
from pathlib import Path

import openpyxl
import pytest
import xlwt
from django.utils import translation

from logistics.importing import annotate as module
from logistics.importing.annotate import AnnotationError, Problem, annotate
from logistics.importing.grids import ErrorValue, Uncalculated
from logistics.importing.layout import Table, find_tables
from logistics.importing.reading import read_workbook
from tests.importing import corpus
from tests.importing.columns import VOCABULARY
from tests.importing.corpus import listing, sheet, xlsx

pytestmark = pytest.mark.requirement("A02")
SAMPLE = (Path(__file__).parent / "data" / "asset-list-2026.xlsx").read_bytes()


@pytest.fixture(autouse=True)
def _in_chinese():
    with translation.override("zh-hans"):
        yield


def tables_of(data: bytes) -> list[Table]:
    return [table for page in read_workbook(data).sheets for table in find_tables(page, VOCABULARY).tables]


def marked(data: bytes, *problems: Problem) -> bytes:
    return annotate(data, read_workbook(data), tables_of(data), problems)


def opened(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))


FAULTS = [
    Problem("教学楼", 102, 9, "应为日历上有的日期"),
    Problem("教学楼", 110, 6, "应为整数"),
    Problem("教学楼", 110, 9, "日期不对"),
    Problem("教学楼", 96, None, "编号重复"),
    Problem("综合楼", 23, 6, "=应为整数"),
]


@pytest.fixture(scope="module")
def copy() -> bytes:
    with translation.override("zh-hans"):
        return marked(SAMPLE, *FAULTS)


def test_faults_are_coloured_commented_and_said(copy):
    page = opened(copy)["教学楼"]
    assert page["J102"].comment.text == "应为日历上有的日期"
    assert page["J102"].fill.fgColor.rgb == "FFFFC7CE"
    assert page["J103"].comment is None
    assert page["O3"].value == "问题"
    assert page["O110"].value == "应为整数；日期不对"
    assert page["O96"].value == "编号重复"
    assert page["O97"].value is None
    assert page["J102"].value == "2019年13月"


def test_no_text_becomes_a_formula(copy):
    page = opened(copy)["综合楼"]
    assert page["O23"].data_type == "s"
    assert page["O23"].value == "=应为整数"


def test_all_else_is_kept(copy):
    before, after = opened(SAMPLE), opened(copy)
    assert before.sheetnames == after.sheetnames
    for page in before:
        other = after[page.title]
        assert {str(r) for r in page.merged_cells.ranges} == {str(r) for r in other.merged_cells.ranges}
        assert [[c.value for c in row] for row in page.iter_rows(max_col=14)] == [
            [c.value for c in row] for row in other.iter_rows(max_col=14, max_row=page.max_row)
        ]
        assert (page["A1"].font.b, page["A1"].font.sz) == (other["A1"].font.b, other["A1"].font.sz)


def test_the_copy_reads_as_the_same_list(copy):
    assert tables_of(copy) == tables_of(SAMPLE)


def test_marking_again_forgets_what_was_said_before(copy):
    again = marked(copy, Problem("教学楼", 110, 6, "应为整数"))
    page = opened(again)["教学楼"]
    assert page["O110"].value == "应为整数"
    assert page["O3"].value == "问题"
    assert page["P3"].value is None
    assert page["O102"].value is None
    assert page["J102"].comment is None
    assert page["J102"].fill.fill_type is None
    assert tables_of(again) == tables_of(SAMPLE)


def test_results_of_formulas_survive():
    cells = (
        '<row r="5"><c r="A5" t="inlineStr"><is><t>ZC9</t></is></c><c r="B5" t="str"><f>"学桌"</f><v>学桌</v></c>'
        '<c r="C5"><f>1+2</f><v>3</v></c><c r="D5" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E5"><f>A1</f></c></row>'
    )
    data = xlsx(listing() + cells)
    copy = marked(data, Problem("Sheet1", 5, 3, "错误值"))
    assert tables_of(copy) == tables_of(data)
    assert tables_of(copy)[0].rows[-1].cells == ("ZC9", "学桌", 3, ErrorValue("#DIV/0!"), Uncalculated("A1"))
    assert opened(copy)["Sheet1"]["C5"].value == "=1+2"


def test_a_fault_under_a_merged_cell_is_shown_on_it():
    data = xlsx(sheet(listing(), '<mergeCells><mergeCell ref="E2:E4"/></mergeCells>'))
    page = opened(marked(data, Problem("Sheet1", 4, 4, "没有这个房间")))["Sheet1"]
    assert page["E2"].comment.text == "没有这个房间"
    assert page["F4"].value == "没有这个房间"


HTML = """<table><tr><td>资产编号<td>资产名称<td>数量</tr>
<tr><td>1<td rowspan=2>课桌<td>2</tr><tr><td>2<td>3</tr></table>"""


@pytest.mark.parametrize("kind", ["csv", "xls", "html", "strange names"])
def test_other_formats_become_a_new_workbook(kind):
    data = {
        "csv": "资产编号,资产名称,数量\nZC1,=1+1,3台\n\nZC2,'=2,若干\n".encode("gb18030"),
        "html": HTML.encode(),
        "xls": old_list(),
        "strange names": xlsx(listing(), names=["a/b*c?[d]:e" * 5]),
    }[kind]
    book, tables = read_workbook(data), tables_of(data)
    fault = Problem(book.sheets[0].name, tables[0].rows[-1].number, 2, "应为整数")
    copy = annotate(data, book, tables, [fault])
    again = tables_of(copy)
    assert [(t.header_rows, t.rows, t.columns) for t in again] == [(t.header_rows, t.rows, t.columns) for t in tables]
    page = opened(copy).worksheets[0]
    assert page.cell(fault.row, 3).comment.text == "应为整数"


def old_list() -> bytes:
    book = xlwt.Workbook()
    page = book.add_sheet("表")
    for at, values in enumerate(
        [("资产编号", "资产名称", "数量"), ("ZC1", "课桌", 3), ("ZC2", "椅子", "若干")], start=2
    ):
        for column, value in enumerate(values):
            page.write(at, column, value)
    page.write_merge(0, 0, 0, 2, "标题")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_what_openpyxl_cannot_open_is_rebuilt():
    odd = corpus.reworked(xlsx(listing()), lambda n, c: (n.replace("/", "\\"), c))
    copy = marked(odd, Problem("Sheet1", 2, 2, "应为整数"))
    assert tables_of(copy) == tables_of(odd)


def test_nothing_wrong_adds_only_the_head():
    page = opened(marked(xlsx(listing())))["Sheet1"]
    assert page["F1"].value == "问题"
    assert page["F2"].value is None


def test_it_gives_up_with_its_own_error(monkeypatch):
    monkeypatch.setattr(module, "run_child", lambda *args: None)
    with pytest.raises(AnnotationError):
        marked(SAMPLE)
