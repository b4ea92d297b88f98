"""Lines of a form are added without reloading; without scripts there are empty ones to fill."""

import pytest
from playwright.sync_api import expect

from tests import cast

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.journey,
    pytest.mark.urls("tests.base.pages"),
]


def test_lines_are_added(visit, sound):
    page = visit("/lines/", cast.keeper())
    page.fill("[name=form-0-name]", "粉笔")
    page.click("[data-add-line]")
    expect(page.locator("[name=form-2-name]")).to_be_focused()
    page.fill("[name=form-2-name]", "黑板擦")
    sound(page)
    page.click("main button[type=submit]")
    expect(page.locator(".messages")).to_contain_text("粉笔, 黑板擦")


def test_added_lines_come_back_with_the_draft(visit):
    page = visit("/lines/", cast.keeper())
    page.click("[data-add-line]")
    page.fill("[name=form-2-name]", "黑板擦")
    page.goto("/")
    page.goto("/lines/")
    page.click("[data-draft-restore]")
    expect(page.locator("[name=form-2-name]")).to_have_value("黑板擦")


def test_without_scripts(visit):
    page = visit("/lines/", cast.keeper(), scripts=False)
    expect(page.locator("[data-add-line]")).to_be_hidden()
    page.fill("[name=form-1-name]", "粉笔")
    page.click("main button[type=submit]")
    expect(page.locator(".messages")).to_contain_text("粉笔")
