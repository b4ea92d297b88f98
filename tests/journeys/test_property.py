"""The keeper enters a card, moves it, prints its label and asks for confirmation; the teacher signs on a phone."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from assets.choices import ConfirmationState
from assets.models import Card, Movement, RoomConfirmation
from assets.services import confirmations
from assets.services.movements import transfer
from tests import cast
from tests.assets import stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(db):
    """The keeper, the homeroom teacher and the two rooms of the story."""
    cast.school()
    cast.term()
    keeper, teacher = cast.keeper(), cast.teacher()
    cast.room("六年级(2)班", responsible=teacher)
    cast.room("总务仓库")
    return keeper, teacher


def look_up(page: Page, field: str, typed: str, offered: str) -> None:
    """Type the beginning and take what is offered."""
    page.fill(f"#id_{field}", typed)
    expect(page.locator(f'#id_{field}_options option[value="{offered}"]')).to_have_count(1)
    page.fill(f"#id_{field}", offered)


@pytest.mark.requirement("A01", "A03", "A12")
def test_from_the_card_to_the_teachers_signature(visit, people):
    keeper, teacher = people
    page = visit("/assets/cards/", keeper)
    page.get_by_role("link", name="新建卡片").click()
    page.fill("#id_name", "交互式一体机")
    look_up(page, "property_class", "A0201010", "A02010105 台式计算机")
    look_up(page, "room", "仓库", "总务仓库")
    page.fill("#id_quantity", "3")
    page.fill("#id_value", "13500")
    page.fill("#id_acquired_on", "2026-09-01")
    page.fill("#id_date", "2026-09-02")
    page.get_by_role("button", name="入账").click()
    expect(page.locator("h1")).to_contain_text("交互式一体机")
    card = Card.objects.get()

    page.get_by_role("link", name="拆分", exact=True).click()
    page.fill("#id_quantity", "1")
    look_up(page, "room", "六", "六年级(2)班")
    page.fill("#id_date", "2026-09-03")
    page.get_by_role("button", name="下一步").click()
    expect(page.locator("main")).to_contain_text("4,500.00")
    page.get_by_role("button", name="确认办理").click()
    expect(page.locator("h1")).to_contain_text(Movement.objects.get(kind="split").number)
    part = card.parts.get()
    assert part.room.name == "六年级(2)班"

    page.goto(part.get_absolute_url())
    page.get_by_role("link", name="打印标签").click()
    page.select_option("#id_form", "60x40")
    page.get_by_role("button", name="预览").click()
    expect(page.locator(".label-preview svg").first).to_be_visible()
    with page.expect_response(re.compile("/file/")) as file:
        page.get_by_role("button", name="生成 PDF").click()
    assert file.value.headers["content-type"] == "application/pdf"

    page.goto(f"/assets/rooms/{part.room_id}/")
    page.get_by_role("link", name="请责任人确认").click()
    page.fill("#id_reason", "开学清点")
    page.get_by_role("button", name="请责任人确认").click()
    expect(page.locator("table")).to_contain_text("郑小燕")

    phone = visit("/", teacher, screen="phone")
    phone.get_by_role("link", name=re.compile("六年级")).first.click()
    expect(phone.locator("main")).to_contain_text("交互式一体机")
    phone.get_by_role("button", name="清点无误").click()
    expect(phone.locator("main")).to_contain_text("已确认")
    signed = RoomConfirmation.objects.get()
    assert (signed.state, signed.value) == (ConfirmationState.CONFIRMED, Decimal("4500.00"))

    page.goto("/assets/confirmations/")
    expect(page.locator("table")).to_contain_text("已确认")


@pytest.mark.requirement("A12")
def test_scanning_on_a_phone(visit, people):
    keeper, teacher = people
    card = stock.card(keeper, number="总/1 号", room=cast.room("音乐室", responsible=teacher))
    phone = visit("/", keeper, screen="phone")
    phone.goto("/a/总/1 号")
    for button in phone.locator(".scan-actions a").all():
        assert button.bounding_box()["height"] >= 44
    phone.get_by_role("link", name="调拨").click()
    look_up(phone, "room", "仓库", "总务仓库")
    phone.get_by_role("button", name="下一步").click()
    phone.get_by_role("button", name="确认办理").click()
    card.refresh_from_db()
    assert card.room.name == "总务仓库"


@pytest.mark.requirement("A01")
def test_without_scripts_names_are_typed_and_nearest_ones_named(visit, people):
    keeper, _teacher = people
    card = stock.card(keeper, number="ZC1")
    page = visit(f"/assets/movements/transfer/?pk={card.pk}", keeper, scripts=False)
    page.fill("#id_room", "仓库")
    page.get_by_role("button", name="下一步").click()
    expect(page.locator("main")).to_contain_text("总务仓库")
    expect(page.locator("#id_room")).to_have_value("仓库")
    page.fill("#id_room", "六(2)班")
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="确认办理").click()
    card.refresh_from_db()
    assert card.room.name == "六年级(2)班"


@pytest.mark.requirement("A01")
def test_a_ledger_figure_is_clicked_down_to_its_paper(visit, people):
    keeper, _teacher = people
    stock.card(keeper, number="ZC1", property_class=stock.property_class())
    page = visit("/assets/ledgers/", keeper)
    for name in ("设备", "信息化设备", "台式计算机"):
        page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("link", name=Movement.objects.get().number).click()
    expect(page.locator("h1")).to_contain_text(Movement.objects.get().number)
    page.get_by_role("link", name="ZC1").click()
    expect(page.locator("h1")).to_contain_text("台式计算机")


@pytest.mark.requirement("R03")
@pytest.mark.parametrize(("language", "screen"), [("zh-hans", "office"), ("zh-hans", "phone"), ("en", "phone")])
def test_every_page_is_sound(visit, people, sound, language, screen):
    keeper, teacher = people
    room = cast.room("音乐室", responsible=teacher)
    card = stock.card(keeper, number="ZC1", quantity=4, room=room, property_class=stock.property_class())
    paper = transfer(person=keeper, cards=[card], room=cast.room("体育馆", teacher), date=dt.date(2026, 9, 3))
    (asked,) = confirmations.ask(person=keeper, rooms=[card.room])
    page = visit("/assets/cards/", keeper, language=language, screen=screen)
    for path in (
        "cards/",
        "cards/?q=nothing",
        "cards/mine/",
        "cards/new/",
        f"cards/{card.pk}/",
        f"cards/{card.pk}/edit/",
        f"cards/{card.pk}/files/add/",
        "movements/",
        f"movements/{paper.pk}/",
        f"movements/{paper.pk}/reverse/",
        *(
            f"movements/{kind}/?pk={card.pk}"
            for kind in ("transfer", "custody", "split", "correction", "reclassification")
        ),
        "ledgers/",
        "ledgers/whole/",
        f"ledgers/room/{room.pk}/",
        "ledgers/changes/?month=2026-09",
        "rooms/",
        f"rooms/{card.room_id}/",
        f"rooms/{card.room_id}/hand-over/",
        "confirmations/",
        "confirmations/ask/?all=1",
        f"confirmations/{asked.pk}/",
        "classes/",
        f"classes/{card.property_class_id}/",
        "classes/new/",
        "classes/lives/",
        "classes/lives/new/",
        f"labels/?pk={card.pk}",
    ):
        page.goto(f"/assets/{path}")
        sound(page)
    page.goto("/a/ZC1")
    sound(page)
    page.goto(f"/assets/movements/transfer/?pk={card.pk}")
    page.fill("#id_room", "音乐室")
    page.locator("button[type=submit].btn-primary").click()
    sound(page)
    mine = visit(f"/assets/confirmations/{asked.pk}/", teacher, language=language, screen=screen)
    sound(mine)
    mine.goto("/assets/cards/mine/")
    sound(mine)
