"""What was typed is never lost: session gone, connection gone, another page opened by mistake."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from logistics.school.models import Limit
from tests import cast
from tests.journeys.conftest import sign_in

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.journey,
    pytest.mark.urls("tests.base.pages"),
]
FORM = "/limits/new/"
OFFER = "[data-draft-restore]"


@pytest.fixture
def filled(visit):
    """The form, half filled by the keeper."""
    page = visit(FORM, cast.keeper())
    page.fill("#id_key", "some.key")
    page.fill("#id_source", "校务会 2026-09-01")
    return page


def restored(page) -> None:
    page.click(OFFER)
    expect(page.locator("#id_key")).to_have_value("some.key")
    expect(page.locator("#id_source")).to_have_value("校务会 2026-09-01")


def test_after_opening_another_page(filled):
    filled.goto("/")
    filled.goto(FORM)
    restored(filled)


def test_after_the_session_ran_out(filled):
    Session.objects.all().delete()
    filled.click("main button[type=submit]")
    filled.wait_for_url("**/login/**")
    filled.fill("#id_username", "keeper")
    filled.fill("#id_password", "password")
    filled.press("#id_password", "Enter")
    filled.wait_for_url(f"**{FORM}")
    restored(filled)


def test_after_the_connection_dropped(filled):
    filled.context.set_offline(True)
    filled.click("main button[type=submit]", no_wait_after=True)
    filled.wait_for_timeout(300)
    filled.context.set_offline(False)
    filled.goto(FORM)
    restored(filled)


def test_a_refused_form_is_not_offered_over_itself(filled):
    filled.click("main button[type=submit]")
    filled.wait_for_selector(".summary")
    expect(filled.locator("#id_key")).to_have_value("some.key")
    expect(filled.locator(OFFER)).to_have_count(0)
    filled.goto(FORM)
    restored(filled)


def test_nothing_is_left_after_saving(filled):
    filled.fill("#id_value", "3")
    filled.fill("#id_in_force_from", "2099-09-01")
    filled.click("main button[type=submit]")
    filled.wait_for_url(lambda url: FORM not in url)
    assert Limit.objects.filter(key="some.key").exists()
    filled.goto(FORM)
    expect(filled.locator(OFFER)).to_have_count(0)


def test_dropped_for_good(filled):
    filled.goto("/")
    filled.goto(FORM)
    filled.click("[data-draft-drop]")
    filled.goto(FORM)
    expect(filled.locator(OFFER)).to_have_count(0)


@pytest.mark.requirement("O02")
def test_nobody_else_sees_it_in_the_same_window(filled):
    filled.click(".person-menu summary")
    filled.click(".person-menu form:not(.language) button")
    filled.wait_for_url("**/login/")
    cast.teacher()
    sign_in(filled, "teacher")
    filled.goto(FORM)
    expect(filled.locator(OFFER)).to_have_count(0)
    assert "some.key" not in filled.evaluate("JSON.stringify(sessionStorage)")
