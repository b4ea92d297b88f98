"""A real browser over a live server: Debian's Chromium, both languages, the office PC's and the phone's screen."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Error, Page

SCREENS = {"office": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
LANGUAGES = ("zh-hans", "en")
CHROMIUM: dict[str, object] = {
    "executable_path": "/usr/bin/chromium",
    "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
}


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return CHROMIUM


@pytest.fixture
def site(live_server) -> str:
    """The address of the pages; a story that needs the whole program puts its own in place."""
    return live_server.url


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Open a page: ``visit("/", person)``, signed in with the cast's password, in a language, on a screen.

    Whatever the browser complains of (a script error, something the content policy refused) fails the test.
    """
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(path: str = "/", person=None, *, language="zh-hans", screen="office", scripts=True) -> Page:
        context = browser.new_context(
            base_url=site, viewport=SCREENS[screen], java_script_enabled=scripts, accept_downloads=True
        )
        context.add_cookies([{"name": "django_language", "value": language, "url": site}])
        context.set_default_timeout(10_000)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if _is_complaint(said) else None)
        if person is not None:
            sign_in(page, person.username)
        page.goto(path)
        return page

    yield open_page
    for context in opened:
        context.close()
    assert complaints == []


def _is_complaint(said) -> bool:
    """An error but for two kinds: an answer that is a refusal, and a suggestion given up because the page was left."""
    mere = ("Failed to load resource: the server responded", "htmx:afterRequest", "htmx:sendAbort")
    return said.type == "error" and not said.text.startswith(mere)


def sign_in(page: Page, username: str, password: str = "password") -> None:
    page.goto("/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", password)
    page.press("#id_password", "Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


@pytest.fixture
def sound() -> Callable[[Page], None]:
    """Assert that axe finds nothing and that the page, not only a box in it, fits the screen's width."""

    def look(page: Page) -> None:
        try:
            found = Axe().run(page)
        except Error:  # a click's new page came while axe ran on the old one
            page.wait_for_load_state()
            found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= page.viewport_size["width"], f"{page.url} is {width} wide"

    return look
