"""The store in a browser: goods go in in parts, out on a slip signed on the phone; who may not is told on the page."""

import re
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assets.models import Issue, StockBalance
from logistics.school.choices import Role, RoomKind
from tests import cast
from tests.finance import goods, papers

pytestmark = [pytest.mark.journey, pytest.mark.requirement("F05", "F06", "F07")]
SEND = "main form.page-form button[type=submit]"


@pytest.fixture
def request_of_paper(transactional_db):
    """Ten packs of paper a teacher asked for, ordered, not come yet; a term that runs, a store room."""
    cast.school()
    cast.term(timezone.localdate().replace(day=1), timezone.localdate())
    cast.room("总务仓库", kind=RoomKind.STORE)
    made = papers.request(cast.teacher(), [("A4复印纸", 10, "22.00"), ("白板笔", 30, "2.50")], approved=True)
    goods.order(made)
    return made


def test_into_the_store_in_parts_and_out_on_a_signed_slip(visit, request_of_paper, sound):
    placed = request_of_paper.lines.first().orders.get().order
    buyer = visit(placed.get_absolute_url(), goods.part(Role.PURCHASER))
    expect(buyer.locator("a[href$='/accept/']")).to_have_count(0)
    buyer.goto(f"/finance/orders/{placed.pk}/accept/")
    expect(buyer.locator("main")).to_contain_text("没有权限")  # who bought does not accept
    goods.delivery(placed)
    keeper = visit("/assets/store/to-enter/", goods.part(Role.KEEPER))
    sound(keeper)
    keeper.locator("main a[href$='/store/']").first.click()
    keeper.wait_for_url(re.compile(r"/store/$"))
    keeper.fill("[name=lines-0-quantity]", "11")
    keeper.locator(SEND).click()
    expect(keeper.locator("main")).to_contain_text("10")  # no more than was accepted; what was typed is there
    expect(keeper.locator("[name=lines-0-quantity]")).to_have_value("11")
    sound(keeper)
    keeper.fill("[name=lines-0-quantity]", "6")
    keeper.locator(SEND).click()
    keeper.wait_for_url(re.compile(r"/papers/\d+/$"))
    sound(keeper)
    keeper.goto(request_of_paper.get_absolute_url())
    keeper.get_by_role("link", name="填领用单").click()
    expect(keeper.locator("[name=lines-0-item]")).to_have_value(re.compile("A4复印纸"))
    expect(keeper.locator("[name=lines-0-asked]")).to_have_value("6")
    keeper.fill("[name=lines-0-asked]", "8")
    for field in ("item", "asked", "issued"):
        keeper.fill(f"[name=lines-1-{field}]", "")
    fieldset = keeper.locator("fieldset[data-lines=lines]")
    fieldset.locator("[data-add-line]").click()
    last = fieldset.locator("tbody tr").last
    last.locator("[name$=-item]").fill("白板")
    expect(last.locator("datalist option[value*=白板笔]")).to_have_count(1)
    last.locator("[name$=-item]").fill("白板笔（个）")
    last.locator("[name$=-asked]").fill("5")
    sound(keeper)
    keeper.locator(SEND).click()
    keeper.wait_for_url(re.compile(r"/issues/\d+/$"))
    slip = Issue.objects.get()
    assert [(line.asked, line.issued) for line in slip.lines.order_by("pk")][:1] == [(Decimal(8), Decimal(6))]
    teacher = visit("/", slip.recipient, screen="phone")
    teacher.locator(".duties a", has_text=slip.number).click()
    sound(teacher)
    teacher.locator("button[name=verdict][value=approve]").click()
    teacher.wait_for_url("**/approvals/")
    balances = {str(row.item): row.quantity for row in StockBalance.objects.select_related("item")}
    assert balances == {"A4复印纸": 0, "白板笔": Decimal(25)}
    keeper.goto("/assets/store/")
    expect(keeper.locator("main")).not_to_contain_text("A4复印纸")
    sound(keeper)
    keeper.get_by_role("link", name="白板笔").click()
    expect(keeper.locator("main")).to_contain_text(slip.number)
    sound(keeper)
