"""Pages of the store answer to those who keep or see it, and say what cannot be."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from assets.choices import IssueState
from assets.models import Card, Issue, StockBalance, StockPaper
from assets.services.receipts import enter_as_cards, enter_in_store
from finance.choices import Nature
from logistics.approvals.choices import Verdict
from logistics.approvals.models import Route
from logistics.approvals.services import routes
from tests import cast
from tests.assets import received

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F05", "F07")]


@pytest.fixture
def store(keeper):
    return received.store()


@pytest.fixture
def goods(keeper, teacher, store):
    """Ten packs of paper, accepted today."""
    return received.accepted(keeper, teacher)


@pytest.fixture
def stocked(keeper, goods, store):
    """The same in the store; the paper that brought them."""
    return enter_in_store(person=keeper, lines=[(goods, Decimal(10))], room=store, day=timezone.localdate())


def lines(prefix: str, *rows: dict[str, object]) -> dict[str, object]:
    sent: dict[str, object] = {
        f"{prefix}-TOTAL_FORMS": len(rows),
        f"{prefix}-INITIAL_FORMS": len([row for row in rows if "line" in row]),
    }
    return sent | {f"{prefix}-{at}-{name}": value for at, row in enumerate(rows) for name, value in row.items()}


def slip(recipient, store, *goods, cards=(), **head) -> dict[str, object]:
    head = {"recipient": recipient.name, "room": store.pk, "purpose": "教学用", **head}
    return head | lines("lines", *goods) | lines("cards", *cards)


def sign(person, issue, verdict=Verdict.APPROVE, note=""):
    route = Route.objects.of(issue).get()
    routes.sign(person=person, route=route, verdict=verdict, seen=route.facts_hash, note=note)


def said(answer) -> str:
    return answer.content.decode()


def test_part_goes_into_the_store_and_the_rest_waits(client, keeper, goods, store):
    client.force_login(keeper)
    page = reverse("assets:enter-store", args=[goods.acceptance_id])
    assert "10 个待入库" in said(client.get(page))
    head = {"room": store.pk, "day": timezone.localdate().isoformat()}
    answer = client.post(page, head | lines("lines", {"line": goods.pk, "quantity": "4"}), follow=True)
    assert "A4复印纸" in said(answer)
    assert StockBalance.objects.get().quantity == 4
    assert "6 个待入库" in said(client.get(page))
    answer = client.post(page, head | lines("lines", {"line": goods.pk, "quantity": "7"}))
    assert 'value="7"' in said(answer)
    assert StockPaper.objects.count() == 1
    answer = client.post(page, head | lines("lines", {"line": goods.pk, "quantity": ""}))
    assert StockPaper.objects.count() == 1
    client.post(page, head | lines("lines", {"line": goods.pk, "quantity": "6"}))
    answer = client.get(page, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("assets:to-enter")
    assert "其中已有入库的" in said(answer)


def test_cards_are_proposed_from_the_request(client, keeper, teacher, teaching_room):
    client.force_login(keeper)
    line = received.accepted(keeper, teacher, name="投影仪", price="3200", quantity=2, nature=Nature.PROPERTY)
    page = reverse("assets:enter-cards", args=[line.pk])
    for proposed in (teacher.name, teaching_room.name):
        assert proposed in said(client.get(page))
    head = {"pieces": 2, "one_card_each": "on", "date": timezone.localdate().isoformat(), "room": teaching_room.name}
    answer = client.post(page, {**head, "numbers": "TY-001"})
    assert "每张卡片填一个编号" in said(answer)
    assert not Card.objects.exists()
    client.post(page, {**head, "numbers": "TY-001\nTY-002"})
    assert {card.number for card in Card.objects.all()} == {"TY-001", "TY-002"}
    assert {card.room for card in Card.objects.all()} == {teaching_room}


@pytest.fixture
def teaching_room(teacher):
    return cast.room("301教室", responsible=teacher)


def test_a_slip_is_proposed_from_the_request(client, keeper, teacher, stocked, store, goods):
    line = received.accepted(keeper, teacher, name="投影仪", price="3200", quantity=1, nature=Nature.PROPERTY)
    place = {"room": None, "custodian": None, "department": None}
    enter_as_cards(person=keeper, line=line, pieces=1, date=timezone.localdate(), one_card_each=True, **place)
    client.force_login(keeper)
    for bought, named in ((goods, "A4复印纸（个）"), (line, "投影仪")):
        asked = bought.order_line.request_line.request
        assert reverse("assets:issue-new") in said(client.get(asked.get_absolute_url()))
        page = said(client.get(reverse("assets:issue-new"), {"purchase": asked.pk}))
        assert named in page
        assert teacher.name in page
    assert client.get(reverse("assets:issue-new"), {"purchase": 99999}).status_code == 404


def test_goods_and_cards_go_on_one_slip(client, keeper, teacher, stocked, store):
    line = received.accepted(keeper, teacher, name="投影仪", price="3200", quantity=1, nature=Nature.PROPERTY)
    place = {"room": None, "custodian": keeper, "department": None}
    enter_as_cards(person=keeper, line=line, pieces=1, date=timezone.localdate(), one_card_each=True, **place)
    card = Card.objects.get()
    asked = line.order_line.request_line.request
    client.force_login(keeper)
    sent = slip(teacher, store, {"item": "A4复印纸", "asked": "3", "issued": ""}, cards=[{"card": card.number}])
    client.post(f"{reverse('assets:issue-new')}?purchase={asked.pk}", sent)
    issue = Issue.objects.get()
    assert issue.purchase == asked
    sign(teacher, issue)
    card.refresh_from_db()
    assert card.custodian == teacher
    assert StockBalance.objects.get().quantity == 7
    assert issue.stock_paper.number in said(client.get(issue.get_absolute_url()))


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"item": "A4复印纸（个）", "asked": "11"}, "10"),
        ({"item": "没有的东西", "asked": "1"}, "没有的东西"),
        ({"item": "A4复印纸（个）", "asked": ""}, "多少"),
        ({"item": "", "asked": "2"}, "什么"),
        ({"item": "A4复印纸（个）", "asked": "1", "issued": "2"}, "不超过"),
    ],
)
def test_what_cannot_be_issued_is_said_and_comes_back(client, keeper, teacher, stocked, store, row, told):
    client.force_login(keeper)
    answer = client.post(reverse("assets:issue-new"), slip(teacher, store, row))
    assert answer.status_code == 200
    assert told in said(answer)
    assert "教学用" in said(answer)
    assert not Issue.objects.exists()


def test_nobody_issues_to_himself(client, keeper, stocked, store):
    client.force_login(keeper)
    answer = client.post(reverse("assets:issue-new"), slip(keeper, store, {"item": "A4复印纸", "asked": "1"}))
    assert answer.status_code == 200
    assert not Issue.objects.exists()


def test_a_reversed_slip_says_so_and_the_goods_lie_there_again(client, keeper, teacher, stocked, store):
    client.force_login(keeper)
    client.post(reverse("assets:issue-new"), slip(teacher, store, {"item": "A4复印纸", "asked": "4"}))
    issue = Issue.objects.get()
    sign(teacher, issue)
    page = reverse("assets:stock-paper-reverse", args=[issue.stock_paper.pk])
    assert (
        "请填写" in said(client.post(page, {"date": timezone.localdate().isoformat()}))
        or StockPaper.objects.count() == 2
    )
    incoming = reverse("assets:stock-paper-reverse", args=[stocked.pk])
    assert issue.number in said(client.post(incoming, {"reason": "写错", "date": timezone.localdate().isoformat()}))
    client.post(page, {"reason": "多领了", "date": timezone.localdate().isoformat()})
    issue.refresh_from_db()
    assert issue.state == IssueState.REVERSED
    assert StockBalance.objects.get().quantity == 10
    assert "已退回仓库" in said(client.get(issue.get_absolute_url()))
    client.post(incoming, {"reason": "写错", "date": timezone.localdate().isoformat()})
    assert StockBalance.objects.get().quantity == 0
    answer = client.post(page, {"reason": "再来", "date": timezone.localdate().isoformat()})
    assert answer.status_code == 200
    assert StockPaper.objects.count() == 4


def test_a_waiting_slip_is_taken_back_and_issues_nothing(client, keeper, teacher, stocked, store):
    client.force_login(keeper)
    client.post(reverse("assets:issue-new"), slip(teacher, store, {"item": "A4复印纸", "asked": "4"}))
    issue = Issue.objects.get()
    client.post(reverse("assets:issue-cancel", args=[issue.pk]))
    issue.refresh_from_db()
    assert issue.state == IssueState.CANCELLED
    assert StockBalance.objects.get().quantity == 10


def test_the_book_says_what_was_left_after_each_paper(client, keeper, teacher, stocked, store):
    client.force_login(keeper)
    client.post(reverse("assets:issue-new"), slip(teacher, store, {"item": "A4复印纸", "asked": "4"}))
    sign(teacher, Issue.objects.get())
    answer = client.get(stocked.entries.get().item.get_absolute_url())
    assert [(entry.quantity, entry.left) for entry in answer.context["book"]] == [(-4, 6), (10, 10)]


def test_lists_are_searched_and_go_to_excel(client, keeper, teacher, stocked, store):
    client.force_login(keeper)
    client.post(reverse("assets:issue-new"), slip(teacher, store, {"item": "A4复印纸", "asked": "4"}, purpose="=1+1"))
    issue = Issue.objects.get()
    sign(teacher, issue)
    received.accepted(keeper, teacher, name="粉笔")
    pages = {
        "stock-list": "A4复印纸",
        "stock-paper-list": stocked.number,
        "issue-list": issue.number,
        "to-enter": "粉笔",
    }
    for name, there in pages.items():
        address = reverse(f"assets:{name}")
        assert there in said(client.get(address, {"q": "粉笔" if name == "to-enter" else "A4"}))
        assert there not in said(client.get(address, {"q": "查无此物"}))
        sheet = openpyxl.load_workbook(io.BytesIO(client.get(address, {"export": "xlsx"}).getvalue())).active
        cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
        assert any(there in str(cell.value) for cell in cells)
        assert not any(cell.data_type == "f" for cell in cells)


def test_used_up_goods_are_shown_when_asked_for(client, keeper, teacher, stocked, store):
    client.force_login(keeper)
    client.post(reverse("assets:issue-new"), slip(teacher, store, {"item": "A4复印纸", "asked": "10"}))
    sign(teacher, Issue.objects.get())
    assert "A4复印纸" not in said(client.get(reverse("assets:stock-list")))
    assert "A4复印纸" in said(client.get(reverse("assets:stock-list"), {"empty": "all"}))


def test_what_it_becomes_is_changed_while_nothing_is_entered(client, keeper, teacher, goods, store):
    client.force_login(keeper)
    page = reverse("finance:acceptance-nature", args=[goods.pk])
    assert client.get(page).status_code == 200
    client.post(page, {"nature": Nature.PROPERTY})
    goods.refresh_from_db()
    assert goods.nature == Nature.PROPERTY
    assert "达不到固定资产标准" in said(client.get(reverse("assets:to-enter")))
    place = {"room": None, "custodian": None, "department": None}
    enter_as_cards(person=keeper, line=goods, pieces=1, date=timezone.localdate(), one_card_each=True, **place)
    assert "已有一部分" in said(client.post(page, {"nature": Nature.CONSUMABLE}))
    client.force_login(teacher)
    assert client.post(page, {"nature": Nature.CONSUMABLE}).status_code == 403
    client.force_login(cast.person("outside", "局外人"))
    assert client.get(page).status_code == 404


def test_others_see_only_their_own_slips(client, keeper, teacher, stocked, store):
    client.force_login(keeper)
    client.post(reverse("assets:issue-new"), slip(teacher, store, {"item": "A4复印纸", "asked": "1"}))
    issue = Issue.objects.get()
    client.force_login(teacher)
    assert client.get(issue.get_absolute_url()).status_code == 200
    assert issue.number in said(client.get(reverse("assets:issue-list")))
    for name, args in [("stock-list", []), ("stock-paper-list", []), ("to-enter", []), ("issue-new", [])]:
        assert client.get(reverse(f"assets:{name}", args=args)).status_code == 403
    assert client.post(reverse("assets:stock-paper-reverse", args=[stocked.pk])).status_code == 403
    client.force_login(cast.person("outside", "局外人"))
    assert client.get(issue.get_absolute_url()).status_code == 404
    assert issue.number not in said(client.get(reverse("assets:issue-list")))
    sheet = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("assets:issue-list"), {"export": "xlsx"}).getvalue())
    ).active
    assert sheet.max_row == 1
    assert timezone.localdate() == issue.day
