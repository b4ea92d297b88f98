"""The keeper's story: ./script/server, the school's own Excel list, every fault mended, the room's printed ledger."""

import re
import shutil
from itertools import count
from pathlib import Path

import openpyxl
import pytest
from django.utils import translation
from django.utils.translation import gettext as _
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.importing import lists
from tests.journeys.conftest import LANGUAGES, SCREENS, sign_in
from tests.served import PASSWORD, served

pytestmark = [pytest.mark.journey, pytest.mark.requirement("A01", "A02", "R03")]
SAMPLE = lists.DATA / "asset-list-2026.xlsx"
GOOD = sum(sheet["cards"] for sheet in lists.ANSWER["sheets"].values())
PROBLEMS = lists.ANSWER["problems"]
ROOM = "四年级(3)班"  # the sample writes it so or with wide brackets
ITS_CARD = "SY202600902"  # the second number given: to the sample's row 187, which stands in that room
PRICE, AMOUNT = 7, 8  # columns of the sample, from 0


@pytest.fixture(scope="module")
def first_start(tmp_path_factory) -> Path:
    """The data folder as the first start leaves it."""
    data = tmp_path_factory.mktemp("school") / "var"
    with served(data):
        pass
    return data


@pytest.fixture
def site(first_start, tmp_path):
    """A second start on a copy of that folder: it keeps what was there."""
    shutil.copytree(first_start, tmp_path / "var")
    with served(tmp_path / "var") as url:
        yield url


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_command_to_the_printed_ledger(visit, sound, language, screen, tmp_path):
    page = visit("/", language=language, screen=screen)
    sound(page)
    sign_in(page, "baoguan", PASSWORD)
    with translation.override(language):
        upload(page)
        sound(page)
        mend(page)
        sound(page)
        enter(page)
        sound(page)
        ledger = print_ledger(page, sound, tmp_path)
    text = "".join(ledger.split())
    assert ROOM in text
    assert ITS_CARD in text
    assert "55,800.00" in text


def upload(page: Page) -> None:
    page.goto("/imports/")
    page.locator("a[href$='/imports/new/cards/']").click()
    page.set_input_files("input[type=file]", SAMPLE)
    page.get_by_role("button", name=_("Read the file")).click()
    page.get_by_role("button", name=_("Check the rows")).click()
    expect(page.locator("article.fault")).to_have_count(len(PROBLEMS))
    expect(page.locator("#tabs")).to_contain_text(str(GOOD))


def mend(page: Page) -> None:
    """Each fault where it is shown, in the order of the file: a number of its own, a month, a count of pieces."""
    book, numbers = openpyxl.load_workbook(SAMPLE, data_only=True), count(901)
    for place, problem in enumerate(PROBLEMS):
        cells = [cell.value for cell in book[problem["sheet"]][problem["row"]]]
        right = {
            "资产编号": lambda: f"SY2026{next(numbers):05d}",
            "购置日期": lambda: "2019-12",
            "数量": lambda cells=cells: str(round(float(cells[AMOUNT]) / float(cells[PRICE]))),
        }[problem["column"]]()
        fault = page.locator("article.fault").nth(place)
        expect(fault).to_contain_text(str(problem["row"]))
        fault.locator("input.form-control").fill(right)
        fault.get_by_role("button", name=_("Mend"), exact=True).click()
        expect(fault).to_have_class(re.compile("fault-mended"))


def enter(page: Page) -> None:
    page.get_by_role("link", name=_("Enter all rows")).click()
    page.get_by_role("button", name=_("Enter all rows")).click()
    expect(page.locator("main")).to_contain_text(_("Rows entered"), timeout=60_000)
    expect(page.locator("main dl.facts")).to_contain_text(str(GOOD + len(PROBLEMS)))


def print_ledger(page: Page, sound, folder: Path) -> str:
    """The text of the PDF that the room's ledger is printed as."""
    page.goto("/assets/rooms/")
    page.locator("main input[name=q]").fill(ROOM)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=ROOM, exact=True).click()
    expect(page.locator("main")).to_contain_text(ITS_CARD)
    sound(page)
    page.get_by_role("link", name=_("Room ledger"), exact=True).click()
    sound(page)
    with page.expect_response(re.compile("/file/")) as answer:
        page.get_by_role("button", name=_("Print"), exact=True).click()
    assert answer.value.headers["content-type"] == "application/pdf"
    file = folder / "ledger.pdf"
    file.write_bytes(page.request.get(answer.value.url).body())
    return "".join(part.extract_text() for part in PdfReader(file).pages)
