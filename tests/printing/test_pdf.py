"""PDF: our files only, the Chinese face, the same bytes, pages that hold."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from logistics.printing import rendering
from logistics.printing.fetching import ASSETS, OwnFilesFetcher
from logistics.printing.pdf import Piece, render_pdf, write_pdf
from logistics.printing.rendering import page_html, pages_of, papers_pdf
from tests.printing.printing import LONG_NAME, ledger, transfer
from tests.printing.reading import fonts, pages_text


@pytest.fixture
def small_pieces(monkeypatch):
    monkeypatch.setattr(rendering, "PAGES_IN_A_PIECE", 2)


def page(body: str) -> str:
    return f'<!doctype html><html lang="zh-CN"><link rel="stylesheet" href="print.css"><body>{body}</body></html>'


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "file:///etc/hostname?x",
        "FILE:///etc/hostname",
        f"file://{ASSETS}/../../logistics/settings.py",
        f"file://{ASSETS}/%2e%2e/%2e%2e/logistics/settings.py",
        f"file://example.org{ASSETS}/print.css",
        "http://127.0.0.1:9/x.png",
        "https://example.org/x.png",
        "ftp://example.org/x",
    ],
)
def test_nothing_else_of_disk_or_net_is_fetched(address):
    with pytest.raises(ValueError, match=r"not a print asset|disallowed protocol"):
        OwnFilesFetcher().fetch(address)


def test_own_assets_and_data_are_fetched():
    assert b"@page" in OwnFilesFetcher().fetch(f"file://{ASSETS}/print.css").read()
    assert OwnFilesFetcher().fetch("data:text/plain,x").read() == b"x"


def test_no_file_is_embedded_by_asking_for_it():
    asked = '<p>x</p><link rel="attachment" href="file:///etc/hostname"><img src="file:///etc/hostname">'
    made = write_pdf([Piece(lambda: page(asked), [(210, 297)])])
    assert b"EmbeddedFile" not in made
    assert pages_text(made)[0].split() == ["x"]


@pytest.mark.requirement("R03")
def test_everything_is_set_in_the_embedded_chinese_face():
    strange = "国土总账（六年级）“直角”关门 ①②㎡℃ ABC abc 0123 —…·×￥ αβ ⅣⅤ 〇々"
    found = fonts(papers_pdf([ledger(3, name=strange), transfer()]))
    assert found
    for name, *rest in found:
        assert "Noto-Sans-CJK-SC" in name
        assert rest[-5] == "yes"  # embedded


@pytest.mark.requirement("R03")
def test_the_same_facts_give_the_same_bytes():
    assert papers_pdf([ledger(30), transfer()]) == papers_pdf([ledger(30), transfer()])


@pytest.mark.requirement("R03")
def test_what_stands_on_a_form():
    (text,) = pages_text(papers_pdf([transfer()]))
    words = "".join(text.split())
    for expected in (
        "阳光小学",
        "固定资产调拨单",
        "编号：DB2026-00012",
        "单位：元",
        "调出部门",
        "合计人民币（大写）：伍万伍仟伍佰元整",
        "¥55,500.00",
        "2026年9月1日",
        "注：本单一式三份。",
        "第1页",
        "共1页",
    ):
        assert expected in words


@pytest.mark.requirement("R03")
@pytest.mark.usefixtures("small_pieces")
def test_a_long_ledger_repeats_its_heads_and_numbers_its_pages():
    texts = ["".join(text.split()) for text in pages_text(papers_pdf([ledger(80)]))]
    assert len(texts) > 2  # more than one piece
    for number, text in enumerate(texts, 1):
        assert "凭证号" in text
        assert f"第{number}页" in text
        assert f"共{len(texts)}页" in text
        assert ("承前页" in text) == (number > 1)
        assert ("过次页" in text) == (number < len(texts))
    assert "总务主任" in texts[-1]
    assert "总务主任" not in texts[0]


@pytest.mark.usefixtures("small_pieces")
def test_pieces_make_the_very_pages_of_one_document():
    pages = pages_of([ledger(80)])
    alone = pages_text(render_pdf("print/papers.html", {"pages": pages, "title": "x"}))
    assert pages_text(papers_pdf([ledger(80)])) == alone


@pytest.mark.parametrize(
    "name", [LONG_NAME * 3, "KFR-72LW/(72532)FNhAc-B3JY01 " * 6, "a" * 200, "（《“课桌椅”》），" * 20]
)
@pytest.mark.parametrize("landscape", [False, True])
def test_overlong_names_do_not_break_the_pages(name, landscape):
    paper = ledger(40, name=name, landscape=landscape)
    assert len(pages_text(papers_pdf([paper]))) == len(pages_of([paper]))


def test_mixed_papers_and_directions_stand_one_after_the_other():
    papers = [ledger(30, bookmark="六年级（2）班"), transfer(), ledger(3, landscape=True)]
    read = PdfReader(BytesIO(papers_pdf(papers)))
    sides = [(round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in read.pages]
    assert sides == [(595, 842)] * (len(sides) - 1) + [(842, 595)]
    assert [entry.title for entry in read.outline] == ["六年级（2）班"]


def test_a_line_higher_than_reckoned_still_prints_everything():
    """The layout engine has the last word: should it need one page more, none is lost."""
    pages = pages_of([ledger(3)])
    high = page_html(pages, "x").replace("课桌椅", "课桌椅<br>" * 90, 1)
    texts = pages_text(write_pdf([Piece(lambda: high, [(210, 297)]), Piece(lambda: page("<p>末</p>"), [(210, 297)])]))
    assert len(texts) > 2
    assert "末" in texts[-1]


def test_progress_counts_every_page():
    told: list[int] = []
    papers_pdf([ledger(40)], progress=told.append)
    assert told == list(range(1, len(pages_of([ledger(40)])) + 1))


def test_nothing_is_no_pdf():
    with pytest.raises(ValueError, match="nothing to print"):
        write_pdf([])


def test_markup_in_a_name_stays_text():
    (text,) = pages_text(papers_pdf([ledger(1, name='<b>粗</b><img src="x">')]))
    assert "<b>" in text
