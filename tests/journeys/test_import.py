"""The keeper uploads the school's own list, settles names, mends in the page, enters it, takes it back."""

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from assets.models import Card
from logistics.importing.choices import Verdict
from logistics.importing.models import ImportRow, ImportRun
from tests import cast
from tests.importing import lists

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.requirement("A02"),
]
SAMPLE = lists.DATA / "asset-list-2026.xlsx"
GOOD = sum(sheet["cards"] for sheet in lists.ANSWER["sheets"].values())
BAD = len(lists.ANSWER["problems"])


@pytest.fixture
def keeper(db):
    cast.school()
    cast.term()
    return cast.keeper()


def upload(page: Page, path: Path) -> None:
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="读取文件").click()


@pytest.mark.parametrize("screen", ["office", "phone"])
def test_from_the_schools_list_to_the_ledger_and_back(visit, keeper, sound, screen, tmp_path):
    page = visit("/imports/", keeper, screen=screen)
    sound(page)
    page.locator("a[href$='/imports/new/cards/']").click()
    sound(page)
    upload(page, SAMPLE)
    expect(page.locator("h1")).to_have_text("工作表与各列")
    sound(page)
    page.get_by_role("button", name="核对各行").click()

    # Nobody and no room of the list is known yet: they are created from here.
    page.get_by_role("link", name="统一处理这些名称").click()
    sound(page)
    page.get_by_role("button", name="按表中写法新建全部").click()
    expect(page.locator("#tabs [aria-current]")).to_have_text(f"要改 {BAD}")
    sound(page)
    run = ImportRun.objects.get()

    # A cell is mended in the page; while it is wrong, what was typed stays.
    row = ImportRow.objects.get(run=run, table=0, number=110)
    fault = page.locator(f"#row-{row.pk}")
    expect(fault).to_contain_text("若干")
    fault.get_by_label("数量").fill("很多")
    fault.get_by_role("button", name="改好").click()
    expect(fault).to_contain_text("现为 很多")
    expect(fault.get_by_label("数量")).to_have_value("很多")
    fault.get_by_label("数量").fill("３组")
    fault.get_by_role("button", name="改好").click()
    expect(fault).to_contain_text("新增")
    expect(page.locator("#tabs")).to_contain_text(f"要改 {BAD - 1}")
    sound(page)

    # The rest is mended in Excel, in the copy that says why.
    with page.expect_download() as download:
        page.get_by_role("link", name="下载标出问题的文件").click()
    copy = tmp_path / "marked.xlsx"
    download.value.save_as(copy)
    mend_in_excel(copy)
    page.get_by_role("link", name="上传改好的文件").click()
    upload(page, copy)
    expect(page.locator("#next-step")).to_contain_text(f"{GOOD + BAD} 行可以入账")

    page.get_by_role("link", name="全部入账").click()
    sound(page)
    page.get_by_role("button", name="全部入账").click()
    expect(page.locator("h1")).to_contain_text("已入账")
    sound(page)
    assert Card.objects.in_ledger().count() == GOOD + BAD

    page.get_by_role("link", name="撤销这次导入").click()
    sound(page)
    page.get_by_role("button", name="撤销", exact=True).click()
    expect(page.locator("h1")).to_contain_text("已撤销")
    assert not Card.objects.in_ledger().exists()


def mend_in_excel(path: Path) -> None:
    """What a person does in the marked copy: the faulty cells get sensible values."""
    book = openpyxl.load_workbook(path)
    places = {"资产编号": 2, "数量": 7, "购置日期": 10}
    for number, problem in enumerate(lists.ANSWER["problems"]):
        sheet = book[problem["sheet"]]
        value = {"资产编号": f"SY-NEW-{number}", "数量": 1, "购置日期": "2019-12"}[problem["column"]]
        if (problem["sheet"], problem["row"]) != ("教学楼", 110):  # mended in the page already
            sheet.cell(problem["row"], places[problem["column"]]).value = value
        if problem["column"] == "数量" and value == 1:
            sheet.cell(problem["row"], 9).value = None
    book.save(path)


def test_without_scripts_and_in_english(visit, keeper):
    page = visit("/imports/new/cards/", keeper, language="en", scripts=False)
    page.set_input_files("input[type=file]", SAMPLE)
    page.get_by_role("button", name="Read the file").click()
    page.get_by_role("button", name="Check the rows").click()
    run = ImportRun.objects.get()
    row = ImportRow.objects.filter(run=run, marks__contains="quantity:cell").first()
    page.goto(f"/imports/{run.pk}/rows/?tab=faulty&column=quantity")
    fault = page.locator(f"#row-{row.pk}")
    expect(fault).to_contain_text("expected: a whole number")
    fault.get_by_label("quantity").fill("2")
    fault.get_by_role("button", name="Mend").click()
    row.refresh_from_db()
    assert row.values["quantity"] == 2
    assert row.verdict in (Verdict.FAULTY, Verdict.NEW)
