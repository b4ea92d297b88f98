"""The admin site in a browser: axe finds nothing, and nothing in it is left in the libraries' English."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests import cast
from tests.assets import stock
from tests.journeys.conftest import LANGUAGES, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.requirement("O01")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_the_admin_site(browser: Browser, site, language):
    cast.school()
    boss = cast.person("boss", "管理员", is_superuser=True, is_staff=True)
    card = stock.card(cast.keeper(), room=cast.room(), property_class=None)
    page = browser.new_context(base_url=site).new_page()
    page.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    sign_in(page, boss.username)
    for path in (
        "",
        "assets/card/",
        f"assets/card/{card.pk}/change/",
        "school/room/add/",
        f"school/room/{card.room_id}/history/",
        f"school/person/{boss.pk}/change/",
        "school/limit/add/",
        "axes/accesslog/",
        "django_tasks_database/dbtaskresult/",
    ):
        page.goto(f"/admin/{path}")
        page.wait_for_load_state("networkidle")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        if language == "zh-hans":
            assert not {"Axes", "Access", "Task"} & set(page.inner_text("body").split()), path
    page.context.close()
