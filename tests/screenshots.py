"""The pictures of README and guides, taken of the demo school in a real browser."""

import re
import subprocess
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.conftest import CHROMIUM, SCREENS, sign_in
from tests.served import PASSWORD, ROOT, served

PICTURES = ROOT / "docs" / "pictures"
GUIDE = ROOT / "static" / "guide"
SAMPLE = ROOT / "tests" / "importing" / "data" / "asset-list-2026.xlsx"
COLOURS = 64  # of a picture: a page has few, and the file stays small


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "var") as url, sync_playwright() as driver:
        browser = driver.chromium.launch(**CHROMIUM)
        keeper = opened(browser, url, "office")
        take(keeper, "home")
        the_import(keeper)
        the_ledger(keeper, Path(folder))
        the_phone(opened(browser, url, "phone"))
        the_guides(browser, url)
        browser.close()


def opened(browser: Browser, url: str, screen: str, username: str = "baoguan") -> Page:
    """A page of the keeper, or of somebody else, signed in."""
    page = browser.new_context(base_url=url, viewport=SCREENS[screen], locale="zh-CN").new_page()
    sign_in(page, username, PASSWORD)
    return page


def take(page: Page, name: str, folder: Path = PICTURES) -> None:
    """The window as it stands, without the hand on a button."""
    page.wait_for_load_state("networkidle")
    page.mouse.move(0, 0)
    path = folder / f"{name}.png"
    page.screenshot(path=path)
    make_small(path)


def make_small(path: Path) -> None:
    Image.open(path).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def the_import(page: Page) -> None:
    """Upload, columns, preview with what has to be mended, entering."""
    page.goto("/imports/new/cards/")
    page.set_input_files("input[type=file]", SAMPLE)
    take(page, "upload")
    page.get_by_role("button", name="读取文件").click()
    page.wait_for_url(re.compile("/columns/"))
    take(page, "columns")
    page.get_by_role("button", name="核对各行").click()
    page.wait_for_selector("article.fault")
    take(page, "preview")
    page.locator("#next-step a").click()
    take(page, "enter")
    page.locator("main form button[type=submit]").click()
    page.wait_for_selector("main dl.facts")
    take(page, "entered")


def the_ledger(page: Page, folder: Path) -> None:
    """A room with its property, and the first page of its printed ledger."""
    page.goto("/assets/rooms/?q=四年级(3)班")
    page.get_by_role("link", name="四年级(3)班").click()
    take(page, "room")
    page.get_by_role("link", name="分室账").first.click()
    with page.expect_response(re.compile("/file/")) as answer:
        page.get_by_role("button", name="打印", exact=True).click()
    pdf = folder / "ledger.pdf"
    pdf.write_bytes(page.request.get(answer.value.url).body())
    target = PICTURES / "ledger"
    subprocess.run(["pdftoppm", "-png", "-singlefile", "-r", "80", pdf, target], check=True)
    make_small(target.with_suffix(".png"))


def the_phone(page: Page) -> None:
    """What opens when a label is scanned."""
    page.goto("/assets/cards/?q=台式计算机")
    page.locator("main tbody a").first.click()
    take(page, "card-phone")


def the_guides(browser: Browser, url: str) -> None:
    """What the guides of the teacher, the principal and the calendar show, on a phone."""
    GUIDE.mkdir(exist_ok=True)
    teacher = opened(browser, url, "phone", "banzhuren")
    teacher.goto("/finance/purchases/new/")
    teacher.fill("#id_purpose", "五年级科学课")
    teacher.locator("[name='lines-0-name']").fill("放大镜")
    teacher.locator("[name='lines-0-quantity']").fill("20")
    teacher.locator("[name='lines-0-price']").fill("6.50")
    teacher.wait_for_selector("#kept b")
    take(teacher, "teacher-new", GUIDE)
    teacher.goto("/finance/purchases/mine/?q=语文组秋季教学用品")
    teacher.locator("main tbody a").first.click()
    take(teacher, "teacher-story", GUIDE)
    principal = opened(browser, url, "phone", "xiaozhang")
    principal.goto("/approvals/")
    take(principal, "principal-inbox", GUIDE)
    principal.get_by_role("link", name=re.compile("申购单")).last.click()
    take(principal, "principal-sign", GUIDE)
    director = opened(browser, url, "phone", "zongwu")
    director.goto("/calendar/")
    take(director, "calendar-sheet", GUIDE)
    director.goto("/calendar/checklists/")
    director.get_by_role("link", name="各部门工作计划").click()
    take(director, "calendar-checklist", GUIDE)


if __name__ == "__main__":
    main()
