"""The shell in a real browser: signing in, menu, search, language, drafts; axe finds nothing; works without scripts."""

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.journeys.conftest import LANGUAGES, SCREENS, sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


@pytest.fixture
def somebody():
    cast.school()
    cast.term()
    return cast.keeper()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing(visit, sound, somebody, language, screen):
    page = visit("/login/", language=language, screen=screen)
    sound(page)
    page.click("main button[type=submit]")  # nothing filled in: the summary of errors
    page.wait_for_selector(".summary")
    sound(page)
    page.goto("/nowhere/")
    sound(page)
    sign_in(page, somebody.username)
    for path in ("/", "/search/?q=飞船", "/password/", "/nowhere/"):
        page.goto(path)
        sound(page)


def test_the_error_summary_is_where_one_starts_and_leads_to_the_field(visit, somebody):
    page = visit("/password/", somebody)
    page.click("main button[type=submit]")
    expect(page.locator(".summary")).to_be_focused()
    page.click(".summary a >> nth=0")
    expect(page.locator("#id_old_password")).to_be_in_viewport()


def test_the_menu_opens_on_a_phone_without_scripts(visit, somebody):
    page = visit("/", somebody, screen="phone", scripts=False)
    expect(page.locator("#menu")).to_be_hidden()
    page.click(".top-menu")
    expect(page.locator("#menu")).to_be_visible()
    page.click("#menu a[href='/']")
    expect(page.locator("#menu")).to_be_hidden()


def test_the_keyboard_gets_to_the_content_and_out_of_the_person_menu(visit, somebody):
    page = visit("/", somebody)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.focus(".person-menu summary")
    page.keyboard.press("Enter")
    expect(page.locator(".person-menu > div")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".person-menu > div")).to_be_hidden()


def test_language_and_signing_out_from_the_person_menu(visit, somebody):
    page = visit("/password/", somebody)
    page.click(".person-menu summary")
    page.click("text=English")
    expect(page.locator("h1")).to_have_text("Change password")
    page.click(".person-menu summary")
    page.click("text=Sign out")
    expect(page.locator("h1")).to_have_text("Sign in")


@pytest.mark.requirement("R05")
def test_search_from_the_header(visit, somebody):
    page = visit("/", somebody, screen="phone")
    page.fill(".top-search input", "飞船")
    page.press(".top-search input", "Enter")
    expect(page.locator("h1")).to_have_text("搜索“飞船”")


@pytest.mark.parametrize("screen", SCREENS)
def test_any_page_prints_without_what_one_clicks(visit, somebody, screen):
    page = visit("/password/", somebody, screen=screen)
    page.emulate_media(media="print")
    expect(page.locator(".top")).to_be_hidden()
    expect(page.locator("#menu")).to_be_hidden()
    expect(page.locator(".btn:visible")).to_have_count(0)
    expect(page.locator("h1")).to_be_visible()


def test_on_a_phone_a_list_starts_with_its_rows_and_filters_unfold(visit, somebody):
    page = visit("/school/people/", somebody, screen="phone", scripts=False)
    expect(page.locator(".filters .filter").first).to_be_hidden()
    page.click(".filters-unfold")
    expect(page.locator(".filters .filter").first).to_be_visible()
