"""From files to grids: every format, real cell positions, and what other programs make of a workbook."""

import codecs
import datetime as dt
import io

import openpyxl
import pytest
import xlwt

from logistics.importing.grids import ErrorValue, Limits, Merge, Uncalculated
from logistics.importing.reading import ReadingError, read_workbook
from tests.importing import corpus
from tests.importing.corpus import cell, listing, row, sheet, xlsx

pytestmark = pytest.mark.requirement("A02")
TABLE = "资产编号,资产名称,数量\nZC1,学生课桌,3\nZC2,饮水机,１台\n"
ROWS = ((1, ("资产编号", "资产名称", "数量")), (2, ("ZC1", "学生课桌", "3")), (3, ("ZC2", "饮水机", "１台")))


def rows_of(data: bytes, at: int = 0):
    return read_workbook(data).sheets[at].rows


# Text tables


@pytest.mark.parametrize(
    "encoded",
    [
        TABLE.encode(),
        codecs.BOM_UTF8 + TABLE.encode(),
        TABLE.encode("gb18030"),
        TABLE.encode("utf-16"),
        TABLE.replace(",", ";").encode("gb18030"),
        TABLE.replace(",", "\t").encode(),
        TABLE.replace("\n", "\r\n").encode(),
        ("sep=;\n" + TABLE.replace(",", ";")).encode(),
    ],
    ids=["utf-8", "bom", "gb18030", "utf-16", "semicolon", "tab", "crlf", "sep"],
)
def test_csv(encoded):
    rows = rows_of(encoded)
    assert [values for _, values in rows] == [values for _, values in ROWS]
    assert read_workbook(encoded).kind == "csv"


def test_csv_keeps_quoted_line_ends_and_row_numbers():
    rows = rows_of(b'a,"x\ny",c\n\n1,"2,5",3\n')
    assert rows == ((1, ("a", "x\ny", "c")), (3, ("1", "2,5", "3")))


def test_csv_of_one_column():
    assert rows_of("姓名\n张三\n李四\n".encode()) == ((1, ("姓名",)), (2, ("张三",)), (3, ("李四",)))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a,b\x00c\n", "foreign"),
        (b"a,b\x01\x02\n" * 9, "foreign"),
        (b"\xff\xff\xfe,abc\n", "encoding"),
        (b'"' + b"x" * 200_000, "damaged_text"),
        (b"x" * 200_000, "damaged_text"),
    ],
)
def test_text_that_is_no_table(data, code):
    with pytest.raises(ReadingError) as refusal:
        read_workbook(data)
    assert refusal.value.code == code


# Old workbooks


def test_xls():
    book = xlwt.Workbook()
    page = book.add_sheet("教学楼")
    page.write(2, 1, "名称")
    page.write(3, 1, dt.date(2019, 9, 1), xlwt.easyxf(num_format_str="yyyy-m-d"))
    page.write(3, 2, 4)
    page.write_merge(4, 6, 1, 1, "101室")
    for at in range(200):  # streams under 4096 bytes lie elsewhere in the file
        page.write(10 + at, 3, f"文字{at}")
    page.row(7).set_cell_error(1, 0x2A)
    book.add_sheet("空")
    hidden = book.add_sheet("藏")
    hidden.write(0, 0, "x")
    hidden.visibility = 1
    out = io.BytesIO()
    book.save(out)
    read = read_workbook(out.getvalue())
    first = read.sheets[0]
    assert read.kind == "xls"
    assert first.rows[:2] == ((3, (None, "名称")), (4, (None, dt.date(2019, 9, 1), 4)))
    assert first.merges == (Merge(5, 1, 7, 1),)
    assert dict(first.rows)[8] == (None, ErrorValue("#N/A"))
    assert read.sheets[1].rows == ()
    assert [s.hidden for s in read.sheets] == [False, False, True]


def test_xls_of_1904():
    book = xlwt.Workbook()
    book.dates_1904 = True
    page = book.add_sheet("a")
    page.write(0, 0, 42247)
    for at in range(300):
        page.write(1 + at, 0, f"文字{at}")
    out = io.BytesIO()
    book.save(out)
    assert read_workbook(out.getvalue()).date1904


# Modern workbooks


def test_rows_and_columns_are_those_of_excel():
    rows = rows_of(xlsx(row(7, (None, None, "名称", 3)) + row(9, (None, "x"))))
    assert rows == ((7, (None, None, "名称", 3)), (9, (None, "x")))


def test_openpyxl_dates_merges_and_hidden_sheets():
    book = openpyxl.Workbook()
    page = book.active
    page["B2"], page["B3"], page["C3"] = dt.datetime(2019, 9, 1), dt.date(2019, 9, 2), True
    page.merge_cells("B5:D6")
    page["B5"] = "合并"
    book.create_sheet("藏").sheet_state = "veryHidden"
    out = io.BytesIO()
    book.save(out)
    read = read_workbook(out.getvalue())
    assert read.sheets[0].rows[0] == (2, (None, dt.date(2019, 9, 1)))
    assert read.sheets[0].merges == (Merge(5, 1, 6, 3),)
    assert read.sheets[1].hidden


CHINESE_FORMATS = (
    f"<styleSheet {corpus.NAMESPACES}>"
    "<numFmts><numFmt numFmtId='180' formatCode='yyyy&quot;年&quot;m&quot;月&quot;;@'/></numFmts>"
    "<cellXfs>" + "".join(f"<xf numFmtId='{n}'/>" for n in (0, 14, 27, 31, 57, 180)) + "</cellXfs></styleSheet>"
)


@pytest.mark.parametrize(("properties", "number"), [("", 43709), ('<workbookPr date1904="1"/>', 42247)])
def test_dates_by_format(properties, number):
    cells = "".join(f'<c r="{c}1" s="{s}"><v>{number}</v></c>' for s, c in enumerate("ABCDEF"))
    read = read_workbook(xlsx(f'<row r="1">{cells}</row>', styles=CHINESE_FORMATS, properties=properties))
    assert read.sheets[0].rows[0][1] == (number, *[dt.date(2019, 9, 1)] * 5)
    assert read.date1904 == bool(properties)


def test_errors_and_formulas_without_results_are_marked():
    cells = (
        cell("A1", "x")
        + '<c r="B1" t="e"><v>#N/A</v></c><c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D1"><f>A1*2</f></c>'
        + '<c r="E1"><f>A1&amp;"y"</f><v></v></c><c r="F1"><f>A1*2</f><v/></c><c r="G1"><f>1+1</f><v>2</v></c>'
        + '<c r="H1" t="str"><f>""</f><v></v></c><c r="I1"><f t="shared" si="0"/></c><c r="J1"/>'
    )
    (_, values), *_ = rows_of(xlsx(f'<row r="1">{cells}</row>'))
    assert values == (
        "x", ErrorValue("#N/A"), ErrorValue("#DIV/0!"), Uncalculated("A1*2"), Uncalculated('A1&"y"'),
        Uncalculated("A1*2"), 2, None, Uncalculated(""),
    )  # fmt: skip


def test_marks_are_found_under_a_prefix_too():
    xml = (
        f'<x:worksheet xmlns:x="{corpus.MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c>'
        '<x:c r="B1"><x:f>A1</x:f></x:c><x:c t="e" r="C1"><x:v>#REF!</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    assert rows_of(xlsx(xml)) == ((1, (1, Uncalculated("A1"), ErrorValue("#REF!"))),)


def test_marks_are_found_across_a_large_sheet():
    rows = "".join(f'<row r="{n}">{cell(f"A{n}", "文" * 90)}<c r="B{n}"><f>A{n}</f></c></row>' for n in range(1, 9001))
    found = rows_of(xlsx(rows))
    assert all(values[1] == Uncalculated(f"A{number}") for number, values in found)
    assert len(found) == 9000


def without_references(name, content):
    return name, content.replace(b' r="A', b' x="A').replace(b' r="B', b' x="B') if "sheet1" in name else content


READABLE = {
    "strict": corpus.strict(xlsx(listing())),
    "backslashes": corpus.reworked(xlsx(listing()), lambda n, c: (n.replace("/", "\\"), c)),
    "absolute targets": xlsx(listing(), relations=corpus.relation(1, "worksheet", "/xl/worksheets/sheet1.xml")),
    "capitals": corpus.reworked(xlsx(listing()), lambda n, c: (n.replace("worksheets", "Worksheets"), c)),
    "rows out of order": xlsx(row(3, ("ZC2", "b", 2)) + row(1, corpus.HEADER) + row(2, ("ZC1", "a", 1))),
    "overlapping merges": xlsx(
        sheet(
            listing(),
            '<mergeCells><mergeCell ref="A2:B3"/><mergeCell ref="B3:C4"/><mergeCell ref="C4:A2"/></mergeCells>',
        )
    ),
    "wrong dimension": xlsx(sheet(listing(), before='<dimension ref="A1:XFD1048576"/>')),
    "protected sheet": xlsx(sheet(listing(), '<sheetProtection password="CC2A" sheet="1" objects="1"/>')),
    "macros": xlsx(listing(), extra={"xl/vbaProject.bin": b"\0" * 100}),
    "double names": xlsx(listing(), row(1, ("x",)), names=["表", "表"]),
    "no references": corpus.reworked(xlsx(row(1, ("资产编号", "资产名称")) + row(2, ("a", "b"))), without_references),
    "chart sheet": xlsx(
        listing(),
        row(1, ("x",)),
        relations=corpus.relation(1, "worksheet", "worksheets/sheet1.xml")
        + corpus.relation(2, "chartsheet", "chartsheets/sheet1.xml"),
        extra={"xl/chartsheets/sheet1.xml": f"<chartsheet {corpus.NAMESPACES}/>"},
    ),
    "formatted to the end": xlsx(
        listing() + "".join(f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(5, 300_000))
    ),
    "a cell far down": xlsx(listing() + row(1_048_576, ("x",))),
}


@pytest.mark.parametrize("name", READABLE)
def test_odd_but_readable(name):
    rows = rows_of(READABLE[name])
    assert rows[0] == (1, corpus.HEADER[: len(rows[0][1])])
    assert rows[1][0] == 2
    assert len(rows) >= 2


def test_double_names_keep_their_own_rows():
    assert [s.rows[0][1][0] for s in read_workbook(READABLE["double names"]).sheets] == ["资产编号", "x"]


def test_strict_dates():
    cells = '<c r="A1" t="d"><v>2019-09-01T00:00:00</v></c>'
    (_, values), *_ = rows_of(corpus.strict(xlsx(f'<row r="1">{cells}</row>')))
    assert values[0] in (dt.datetime(2019, 9, 1), dt.date(2019, 9, 1))


def test_rich_text_and_phonetics():
    strings = "<si><r><t>学生</t></r><r><t>课桌</t></r><rPh sb='0' eb='1'><t>ke</t></rPh></si>"
    assert rows_of(xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=strings)) == ((1, ("学生课桌",)),)


# Marked-up tables


def test_html_named_xls():
    html = """<html><head><meta charset="gb2312"></head><body><p>标题</p>
    <table><tr><th rowspan="2">名称</th><th colspan="2">账面</th></tr><tr><td>数量<td>单价</tr>
    <tr><td>课桌&nbsp;椅<td>3<br>台</td><td></td></tr></table><table><tr><td>二</td></tr></table></body></html>"""
    read = read_workbook(html.encode("gb18030"))
    first, second = read.sheets
    assert read.kind == "html"
    assert first.rows == ((1, ("名称", "账面")), (2, (None, "数量", "单价")), (3, ("课桌 椅", "3\n台")))
    assert first.merges == (Merge(1, 0, 2, 0), Merge(1, 1, 1, 2))
    assert second.rows == ((1, ("二",)),)


def test_excel_xml_of_2003():
    xml = """<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>
    <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
    xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
    <Worksheet ss:Name="表"><Table><Row ss:Index="3"><Cell ss:MergeDown="1"><Data ss:Type="String">名称</Data></Cell>
    <Cell ss:Index="4"><Data ss:Type="Number">3.5</Data></Cell></Row><Row><Cell ss:Index="2" ss:MergeAcross="1">
    <Data ss:Type="DateTime">2019-09-01T00:00:00.000</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell></Row>
    </Table></Worksheet></Workbook>"""
    read = read_workbook(xml.encode())
    assert read.kind == "xml"
    assert read.sheets[0].rows == (
        (3, ("名称", None, None, 3.5)),
        (4, (None, dt.datetime(2019, 9, 1), None, ErrorValue("#N/A"))),
    )
    assert read.sheets[0].merges == (Merge(3, 0, 4, 0), Merge(4, 1, 4, 2))


OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def ods(tables: str, styles: str = "") -> bytes:
    spaces = " ".join(f'xmlns:{n}="{OFFICE}:{n}:1.0"' for n in ("office", "table", "text", "style"))
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return corpus.zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def text(value: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{value}</text:p></table:table-cell>'


ODS_TABLES = f"""
<table:table table:name="教学楼">
<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
<table:table-row>{text("名称")}{text("合并", 'table:number-rows-spanned="2" table:number-columns-spanned="2"')}
<table:covered-table-cell/>{text("x", 'table:number-columns-repeated="2"')}</table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="1280.5"><text:p>1,280.50</text:p>
</table:table-cell><table:covered-table-cell table:number-columns-repeated="2"/>
<table:table-cell office:value-type="date" office:date-value="2019-09-01"><text:p>2019年</text:p>
<office:annotation><text:p>批注</text:p></office:annotation></table:table-cell>{text("#N/A")}
<table:table-cell table:number-columns-repeated="16000"/></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>
</table:table-row></table:table>
<table:table table:name="藏" table:style-name="h"/>"""


def test_ods():
    styles = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    read = read_workbook(ods(ODS_TABLES, styles))
    assert read.kind == "ods"
    assert read.sheets[0].rows == (
        (3, ("名称", "合并", None, "x", "x")),
        (4, (1280.5, None, None, dt.datetime(2019, 9, 1), ErrorValue("#N/A"))),
    )
    assert read.sheets[0].merges == (Merge(3, 1, 4, 2),)
    assert read.sheets[1].hidden


# Limits are parameters


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(file_bytes=100), "size"),
        (Limits(rows=2), "long"),
        (Limits(cells=5), "long"),
        (Limits(columns=4), "wide"),
        (Limits(sheets=1), "sheets"),
        (Limits(unpacked_bytes=1000), "unpacked"),
        (Limits(seconds=0.001), "slow"),
    ],
)
def test_limits(limits, code):
    with pytest.raises(ReadingError) as refusal:
        read_workbook(xlsx(listing(), listing()), limits)
    assert refusal.value.code == code
    assert "{" not in str(refusal.value)


def test_from_a_path_and_a_stream(tmp_path):
    path = tmp_path / "list.txt"
    path.write_bytes(TABLE.encode())
    assert read_workbook(path).sheets[0].rows == ROWS
    with path.open("rb") as file:
        assert read_workbook(file).sheets[0].rows == ROWS


# What a collection of strangers' files has shown


def test_flat_open_document():
    table = '<table:table table:name="A"><table:table-row><table:table-cell office:value-type="string">\n  <text:p>名称'
    end = "</text:p>\n  </table:table-cell></table:table-row></table:table>"
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in PREFIXES)
    flat = f"<?xml version='1.0'?><office:document {names}>{table}{end}</office:document>"
    read = read_workbook(flat.encode())
    assert (read.kind, read.sheets[0].rows) == ("ods", ((1, ("名称",)),))


PREFIXES = ("office", "table", "text")


def test_excel_xml_in_a_chinese_encoding():
    text = '<?xml version="1.0" encoding="gb2312"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
    text += (
        '<Worksheet><Table><Row><Cell><Data Type="String">资产名称</Data></Cell></Row></Table></Worksheet></Workbook>'
    )
    assert rows_of(text.encode("gb18030")) == ((1, ("资产名称",)),)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark(encoding):
    assert [values for _, values in rows_of(TABLE.encode(encoding))] == [values for _, values in ROWS]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_one_torn_character_spoils_one_cell(encoding):
    table = TABLE + "ZC4,办公椅子,1\n" * 9
    torn = table.encode(encoding).replace("学生课桌".encode(encoding), "学生课桌".encode(encoding)[:-1])
    rows = rows_of(torn)
    assert rows[0][1] == ROWS[0][1]
    assert [number for number, values in rows if any("\ufffd" in str(value) for value in values)] in ([2], [])
    assert len(rows) == 12


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (corpus.ole("Workbook", size=0)[:900], "damaged"),
        (b"From: x\nMIME-Version: 1.0\n\n<table>", "mhtml"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", "foreign"),
        ("<html><body>登录超时，请重新登录</body></html>".encode(), "page"),
    ],
    ids=["cut", "mail", "svg", "page"],
)
def test_said_plainly(data, code):
    with pytest.raises(ReadingError) as refusal:
        read_workbook(data)
    assert refusal.value.code == code


def test_a_stray_element_is_a_damaged_file():
    with pytest.raises(ReadingError) as refusal:
        read_workbook(ods('<table:table table:name="x"><table:table-row/></table:table><table:table-cell/></a>'))
    assert refusal.value.code == "damaged"
    with pytest.raises(ReadingError) as refusal:
        read_workbook(ods('<table:table table:name="x"><office:annotation></office:annotation></table:table>'))
    assert refusal.value.code == "damaged"


def test_a_filled_row_repeated_to_the_end_is_not_cut_short():
    line = f'<table:table-row table:number-rows-repeated="{{}}">{text("x")}</table:table-row>'
    row = f'<table:table table:name="A">{line}</table:table>'
    assert len(rows_of(ods(row.format(3_000)))) == 3_000
    with pytest.raises(ReadingError) as refusal:
        read_workbook(ods(row.format(1_048_576)))
    assert refusal.value.code == "long"


def test_the_rows_of_all_sheets_count():
    with pytest.raises(ReadingError) as refusal:
        read_workbook(xlsx(*[listing()] * 3), Limits(rows=5))
    assert refusal.value.code == "long_file"
