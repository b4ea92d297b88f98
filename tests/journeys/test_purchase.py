"""A purchase from a teacher's request to a paid, stored, carded thing: nine people, each in a browser of his own."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.utils import timezone, translation
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from assets.models import Card
from finance.models import Claim, Comparison, Order, PurchaseRequest
from logistics.approvals.services.rules import enter_first_rules
from logistics.school.choices import Role
from logistics.school.models import RoleAssignment
from tests import cast
from tests.finance import goods, papers
from tests.records.pictures import photo

pytestmark = [
    pytest.mark.journey,
    pytest.mark.requirement("F01", "F02", "F04", "F05", "F06", "F07", "F08", "F12", "R01", "O02"),
]
PIECE = Decimal("2000.00")


@pytest.fixture
def school(transactional_db):
    """The people by their parts; the leader is away this week and the academic director stands in for him."""
    with translation.override("zh-hans"):
        enter_first_rules()
    cast.school()
    today = timezone.localdate()
    cast.term(today - dt.timedelta(days=60), today + dt.timedelta(days=60))
    people = {"teacher": cast.person("teacher", "郑小燕", department=cast.department("综合组"))}
    parts = {
        "leader": ("徐分管", Role.LEADER),
        "deputy": ("王代理", Role.ACADEMIC),
        "director": ("周总务", Role.DIRECTOR),
        "principal": ("林校长", Role.PRINCIPAL),
        "buyer": ("刘采购", Role.PURCHASER),
        "first": ("组员甲", Role.PURCHASING_GROUP),
        "second": ("组员乙", Role.PURCHASING_GROUP),
        "keeper": ("钱保管", Role.KEEPER),
        "bookkeeper": ("吴会计", Role.BOOKKEEPER),
        "cashier": ("赵出纳", Role.CASHIER),
    }
    people |= {name: cast.person(name, *part) for name, part in parts.items()}
    people["room"] = cast.room("科学实验室", responsible=people["teacher"])
    people["line"] = papers.budget_line("设备购置费", amount=Decimal(50_000))
    for name in ("甲", "乙", "丙"):
        goods.supplier(f"教具店{name}", account="6200 0000")
    return people


@pytest.fixture
def at(visit, school):
    """A page for each person, opened when first asked for and kept; the teacher's and the principal's are phones."""
    pages: dict[str, Page] = {}

    def page_of(name: str, path: str = "/") -> Page:
        screen = "phone" if name in {"teacher", "principal"} else "office"
        if name not in pages:
            pages[name] = visit(path, school[name], screen=screen)
        else:
            pages[name].goto(path)
        return pages[name]

    return page_of


def test_from_the_request_to_the_paid_card(at, school, sound, tmp_path):
    request = file_request(at, school, sound)
    leader_returns_it(at, request)
    teacher_mends_it(at, request, sound)
    everybody_signs(at, school, request, sound)
    order = compare_and_order(at, request, sound)
    accept_in_parts(at, school, order, sound)
    card = enter_cards(at, school, sound)
    claim = claim_and_sign(at, order, tmp_path, sound)
    pay(at, claim, sound)
    from_the_card_back(at, card, request)
    the_budget_adds_up(at, school)
    the_paper_names_who_signed(at, request, tmp_path)


def file_request(at, school, sound) -> PurchaseRequest:
    """On the phone, with two lines; the second is added by the button."""
    page = at("teacher", "/finance/purchases/new/")
    page.select_option("#id_category", "equipment")
    page.fill("#id_purpose", "科学课演示设备")
    line(page, 0, "数码显微镜", "4", "2000")
    page.locator("[data-add-line]").click()
    line(page, page.locator("[name$='-name']").count() - 1, "载玻片", "20", "5")
    page.fill("#id_needed_by", (timezone.localdate() + dt.timedelta(days=20)).isoformat())
    page.select_option("#id_budget_line", str(school["line"].pk))
    expect(page.locator("#kept")).to_contain_text("8,100.00")  # kept while it is typed
    sound(page)
    page.locator("button[name=look]").click()
    expect(page.locator("main")).to_contain_text("8,100.00")
    expect(page.locator("main")).to_contain_text("捌仟壹佰元整")
    expect(page.locator(".way")).to_contain_text("林校长")
    sound(page)
    page.locator("main form button.btn-primary").click()
    expect(page.locator("main")).to_contain_text("徐分管")
    sound(page)
    return PurchaseRequest.objects.get()


def line(page: Page, number: int, name: str, quantity: str, price: str) -> None:
    for field, value in (("name", name), ("quantity", quantity), ("price", price)):
        page.locator(f"[name='lines-{number}-{field}']").fill(value)


def sign(at, name: str, verdict: str = "approve", note: str = "", sound=None) -> Page:
    """From home to the card and back: what waits for this person is signed."""
    page = at(name)
    page.locator(".duties a[href^='/approvals/']").first.click()
    if sound:
        sound(page)
    if note:
        page.fill("#id_note", note)
    page.locator(f"button[name=verdict][value={verdict}]").click()
    page.wait_for_url("**/approvals/")
    return page


def leader_returns_it(at, request) -> None:
    page = at("leader")
    page.locator(".duties a[href^='/approvals/']").first.click()
    page.locator("button[name=verdict][value=return]").click()
    expect(page.locator("main")).to_contain_text("请写明原因")  # nothing is lost, nothing is signed
    page.fill("#id_note", "显微镜三台够用，请减少一台")
    page.locator("button[name=verdict][value=return]").click()
    page.wait_for_url("**/approvals/")
    request.refresh_from_db()
    assert request.state == "returned"


def teacher_mends_it(at, request, sound) -> None:
    page = at("teacher")
    page.locator(".duties a", has_text=request.number).click()
    expect(page.locator("main")).to_contain_text("显微镜三台够用")
    page.goto(f"/finance/purchases/{request.pk}/edit/")
    page.locator("[name='lines-0-quantity']").fill("3")
    expect(page.locator("#kept")).to_contain_text("6,100.00")
    page.locator("button[name=look]").click()
    page.locator("main form button.btn-primary").click()
    expect(page.locator("main")).to_contain_text("第 1 版")
    sound(page)


def everybody_signs(at, school, request, sound) -> None:
    """The leader is away now: a deputy signs for him; the card says what changed."""
    RoleAssignment.objects.create(
        person=school["deputy"],
        role=Role.LEADER,
        deputy_for=school["leader"],
        first_day=timezone.localdate(),
        last_day=timezone.localdate() + dt.timedelta(days=3),
    )
    page = at("deputy")
    page.locator(".duties a[href^='/approvals/']").first.click()
    expect(page.locator(".changed")).to_contain_text("数码显微镜")
    sound(page)
    page.locator("button[name=verdict][value=approve]").click()
    page.wait_for_url("**/approvals/")
    sign(at, "director", sound=sound)
    sign(at, "principal", sound=sound)
    request.refresh_from_db()
    assert request.state == "approved"
    page = at("teacher", f"/finance/purchases/{request.pk}/")
    expect(page.locator(".story")).to_contain_text("代徐分管")


def compare_and_order(at, request, sound) -> Order:
    page = at("buyer", "/finance/orders/to-buy/")
    sound(page)
    for box in page.locator("tbody input[name=pk]").all():
        box.check()
    page.get_by_role("button", name="下单").click()
    page.select_option("#id_supplier", label="教具店甲")
    page.locator("main form.page-form button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("先比价")  # not without three quotes
    page.goto("/finance/orders/to-buy/")
    for box in page.locator("tbody input[name=pk]").all():
        box.check()
    page.get_by_role("button", name="比价").click()
    sound(page)
    page.locator("main form.page-form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/comparisons/\d+/"))
    for name, prices in (("甲", ("2100", "5")), ("乙", ("1950", "4")), ("丙", ("2050", "5"))):
        page.locator("a[href$='/quotes/new/']").click()
        page.select_option("#id_supplier", label=f"教具店{name}")
        for field, price in zip(page.locator("[name^=price_]").all(), prices, strict=True):
            field.fill(price)
        page.locator("main form.page-form button[type=submit]").click()
        page.wait_for_url(re.compile(r"/comparisons/\d+/$"))
    sound(page)
    expect(page.locator("a[href$='/choose/']")).to_have_count(0)  # who asked the prices does not choose
    comparison = Comparison.objects.get()
    page = at("first")
    page.locator(".duties a", has_text="数码显微镜").click()
    page.locator("a[href$='/choose/']").click()
    sound(page)
    page.locator("main form.page-form button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("组员乙")
    sign(at, "second", sound=sound)
    page = at("buyer", comparison.get_absolute_url())
    page.get_by_role("link", name="下单").click()
    sound(page)
    page.locator("main form.page-form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/orders/\d+/$"))
    sound(page)
    expect(page.locator("a[href$='/accept/']")).to_have_count(0)  # who buys does not accept
    return Order.objects.get()


def accept_in_parts(at, school, order, sound) -> None:
    """Two of three microscopes come, one of them broken; the rest later."""
    page = at("keeper", f"/finance/orders/{order.pk}/")
    page.locator("a[href$='/accept/']").click()
    sound(page)
    page.locator("[name='lines-0-delivered']").fill("2")
    page.locator("[name='lines-0-rejected']").fill("1")
    page.locator("main form.page-form button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("拒收原因")  # what was typed comes back
    expect(page.locator("[name='lines-0-delivered']")).to_have_value("2")
    page.locator("[name='lines-0-reason']").fill("目镜破裂")
    page.select_option("[name='lines-0-disposal']", "replace")
    page.select_option("[name='lines-1-nature']", "consumable")
    page.locator("main form.page-form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/acceptances/\d+/$"))
    expect(page.locator("main")).to_contain_text("目镜破裂")
    sound(page)
    page.goto(f"/finance/orders/{order.pk}/accept/")
    expect(page.locator("[name='lines-0-delivered']")).to_have_value("2")
    page.locator("main form.page-form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/acceptances/\d+/$"))
    order.refresh_from_db()
    assert order.state == "done"
    sign(at, "buyer")
    sign(at, "teacher", sound=sound)


def enter_cards(at, school, sound) -> Card:
    """The two deliveries become cards of their own."""
    for _n in range(2):
        page = at("keeper", "/assets/store/to-enter/")
        sound(page)
        page.locator("main a[href$='/cards/']").first.click()
        sound(page)
        page.fill("#id_room", "科学实验室")
        page.locator("main form.page-form button[type=submit]").click()
        page.wait_for_url(re.compile(r"/movements/\d+/$"))
    cards = Card.objects.filter(name="数码显微镜")
    assert sum(card.quantity for card in cards) == 3
    assert sum(card.value for card in cards) == 3 * Decimal(1950)
    return cards.first()


def claim_and_sign(at, order, folder, sound) -> Claim:
    """One invoice with its picture; the same number a second time is refused."""
    picture = folder / "发票.jpg"
    picture.write_bytes(photo(60, 40))
    page = at("buyer", f"/finance/orders/{order.pk}/")
    page.locator("a[href*='/claims/new/']").click()
    page.locator("main form.page-form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/claims/\d+/$"))
    page.locator("a[href$='/invoices/new/']").click()
    sound(page)
    page.set_input_files("#id_file", picture)
    page.fill("#id_number", "2633 0000 0000 0000 0001")
    page.fill("#id_day", timezone.localdate().isoformat())
    page.fill("#id_amount", "5930.00")
    page.locator("main form.page-form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/claims/\d+/$"))
    sound(page)
    page.locator("a[href$='/submit/']").click()
    expect(page.locator("main")).to_contain_text("伍仟玖佰叁拾元整")
    page.locator("main form.page-form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/claims/\d+/$"))
    made = Claim.objects.get()
    for name in ("keeper", "bookkeeper"):
        sign(at, name)
    sign(at, "principal", sound=sound)
    made.refresh_from_db()
    assert made.state == "approved"
    return made


def pay(at, claim, sound) -> None:
    page = at("cashier")
    page.locator(".duties a[href$='/to-pay/']").click()
    sound(page)
    page.get_by_role("link", name=claim.number).click()
    page.locator("a[href$='/pay/']").click()
    sound(page)
    page.fill("#id_amount", "6000")
    page.locator("main form.page-form button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("最多可付 ¥5,930.00")
    page.fill("#id_amount", "5930")
    page.locator("main form.page-form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/claims/\d+/$"))
    claim.refresh_from_db()
    assert claim.state == "paid"


def from_the_card_back(at, card, request) -> None:
    """One click leads from the card to each paper behind it."""
    for part in ("/acceptances/", "/orders/", "/comparisons/", f"/purchases/{request.pk}/"):
        page = at("keeper", f"/assets/cards/{card.pk}/")
        page.locator(f"main dl.facts a[href*='{part}']").click()
        expect(page).to_have_url(re.compile(re.escape(part)))


def the_budget_adds_up(at, school) -> None:
    line = school["line"]
    line.refresh_from_db()
    assert (line.spent, line.committed) == (Decimal("5930.00"), Decimal("0.00"))
    assert line.committed + line.spent + line.available == line.total
    page = at("bookkeeper", "/finance/budget/")
    expect(page.locator("main")).to_contain_text("5,930.00")


def the_paper_names_who_signed(at, request, folder) -> None:
    """The official form, with the deputy's name and for whom."""
    page = at("principal", f"/finance/purchases/{request.pk}/")
    with page.expect_response(re.compile("/file/")) as answer:
        page.get_by_role("button", name="打印").click()
    file = folder / "request.pdf"
    file.write_bytes(page.request.get(answer.value.url).body())
    pages = PdfReader(file).pages
    text = "".join("".join(part.extract_text() for part in pages).split())
    assert len(pages) == 2
    for said in ("校长留存", "总务采购", "王代理（代徐分管）", "林校长", "数码显微镜"):
        assert said in text
