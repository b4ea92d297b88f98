"""Pages of purchase requests: a teacher files one, sees where it is, mends it; and who gets which page."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from finance.choices import Category, PurchaseState
from finance.models import PurchaseRequest
from finance.queries.purchases import route_of
from logistics.approvals.choices import Verdict
from logistics.records.attachments import attach
from logistics.school.choices import Role
from tests import cast
from tests.finance import papers
from tests.records.pictures import photo, upload

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F01")]


def form_data(*lines, **more):
    data = {
        "category": Category.TEACHING,
        "purpose": "五年级科学课",
        "needed_by": timezone.localdate().isoformat(),
        "budget_line": papers.budget_line().pk,
        "once": "11111111-2222-3333-4444-555555555555",
        "lines-TOTAL_FORMS": len(lines),
        "lines-INITIAL_FORMS": 0,
    }
    for number, (name, quantity, price) in enumerate(lines):
        for field, value in {"name": name, "quantity": quantity, "price": price}.items():
            data[f"lines-{number}-{field}"] = value
    return {**data, **more}


def address(name, purchase=None, *more):
    return reverse(f"finance:{name}", args=[purchase.pk, *more] if purchase else [])


def test_from_an_empty_form_to_the_way(as_person, teacher):
    client = as_person(teacher)
    assert client.get(address("purchase-create")).status_code == 200
    data = form_data(("放大镜", "20", "6.5"), ("", "", ""), look="1")
    answer = client.post(address("purchase-create"), data | {"photos": upload(photo(40, 30), "样品.jpg")})
    made = PurchaseRequest.objects.get()
    assert answer.url == address("purchase-submit", made)
    assert papers.files_of(made) == ["样品.jpg"]
    look = client.get(answer.url).content.decode()
    assert "壹佰叁拾元整" in look
    assert "130.00" in look
    assert client.post(answer.url).url == made.get_absolute_url()
    made.refresh_from_db()
    assert (made.state, made.total) == (PurchaseState.RUNNING, Decimal(130))
    page = client.get(made.get_absolute_url()).content.decode()
    assert made.number in page
    assert "放大镜" in page


def test_while_typing_the_draft_is_kept_once(as_person, teacher):
    client = as_person(teacher)
    first = client.post(address("purchase-keep"), form_data(("放大镜", "20", "")))
    second = client.post(address("purchase-keep"), form_data(("放大镜", "20", "6.5"), ("磁铁", "", "")))
    assert "130.00" in second.content.decode()
    assert "0.00" in first.content.decode()
    made = PurchaseRequest.objects.get()
    assert [line.name for line in made.lines.all()] == ["放大镜"]
    client.post(address("purchase-create"), form_data(("放大镜", "20", "6.5"), look="1"))
    assert PurchaseRequest.objects.count() == 1, "the form goes on with the draft it kept"


def test_nothing_typed_is_not_kept(as_person, teacher):
    as_person(teacher).post(address("purchase-keep"), form_data(purpose=""))
    assert not PurchaseRequest.objects.exists()


@pytest.mark.parametrize("bad", [("放大镜", "", "6"), ("", "3", "6"), ("放大镜", "-1", "6"), ("放大镜", "x", "6")])
def test_a_line_that_cannot_be_read_is_said(as_person, teacher, bad):
    answer = as_person(teacher).post(address("purchase-create"), form_data(bad))
    assert answer.status_code == 200
    assert 'class="wrong"' in answer.content.decode()
    assert not PurchaseRequest.objects.exists()


def test_what_is_missing_is_asked_for_only_before_it_goes(as_person, teacher):
    client = as_person(teacher)
    data = form_data(("放大镜", "20", "6.5"), purpose="")
    assert client.post(address("purchase-create"), data | {"look": "1"}).status_code == 200
    assert client.post(address("purchase-create"), data).status_code == 302


def test_names_are_offered_with_their_last_price(as_person, teacher):
    papers.submitted(teacher, [("足球", 5, "85.50")])
    offered = as_person(teacher).get(address("purchase-names"), {"lines-0-name": "足"}).content.decode()
    assert 'value="足球"' in offered
    assert 'data-price="85.50"' in offered


@pytest.mark.requirement("F12")
def test_over_the_budget_the_look_over_asks_why(as_person, teacher):
    made = papers.request(teacher, [("足球", 5, 85)], line=papers.budget_line("体育", amount=Decimal(100)))
    client = as_person(teacher)
    assert client.post(address("purchase-submit", made)).status_code == 200
    client.post(address("purchase-submit", made), {"overspend_reason": "校运会"})
    made.refresh_from_db()
    assert (made.state, made.overspend_reason) == (PurchaseState.RUNNING, "校运会")


@pytest.mark.requirement("F04")
def test_splitting_is_pointed_out_before_it_goes(as_person, teacher, stranger):
    first = papers.submitted(stranger, [("投影仪", 1, 3000)])
    made = papers.request(teacher, [("投影仪", 1, 2900)])
    page = as_person(teacher).get(address("purchase-submit", made)).content.decode()
    assert first.number in page
    assert "5,900.00" in page


@pytest.mark.requirement("F02")
def test_returned_mended_and_sent_again(as_person, teacher):
    made = papers.submitted(teacher, [("足球", 5, 85)])
    papers.sign(made, papers.signer(Role.LEADER), Verdict.RETURN, "少买两个")
    client = as_person(teacher)
    assert "少买两个" in client.get("/").content.decode(), "home says that it came back"
    data = form_data(("足球", "3", "85"), look="1", category=Category.OFFICE)
    assert client.post(address("purchase-update", made), data).status_code == 302
    client.post(address("purchase-submit", made))
    assert route_of(made).version == 2
    assert client.get(made.get_absolute_url()).status_code == 200


@pytest.mark.requirement("F02")
def test_withdraw_take_back_copy_and_close(as_person, teacher):
    client = as_person(teacher)
    running = papers.submitted(teacher)
    client.post(address("purchase-withdraw", running))
    running.refresh_from_db()
    assert running.state == PurchaseState.WITHDRAWN
    approved = papers.approved_request(teacher)
    assert client.post(address("purchase-close", approved)).status_code == 200, "a reason is asked for"
    client.post(address("purchase-take-back", approved))
    approved.refresh_from_db()
    assert approved.state == PurchaseState.WITHDRAWN
    copied = client.post(address("purchase-copy", approved))
    made = PurchaseRequest.objects.latest("pk")
    assert copied.url == address("purchase-update", made)
    assert made.lines.get().name == "A4复印纸"


def test_signing_card_and_detail_for_who_signs(as_person, teacher):
    made = papers.submitted(teacher, [("足球", 5, 85)])
    attach(person=teacher, record=made, upload=upload(photo(40, 30), "样品.jpg"))
    client = as_person(papers.signer(Role.LEADER))
    card = client.get(route_of(made).get_absolute_url()).content.decode()
    assert "肆佰贰拾伍元整" in card
    assert "样品.jpg" in card
    assert client.get(made.get_absolute_url()).status_code == 200
    file = made_file(made)
    assert client.get(address("purchase-file", made, file)).status_code == 200


def made_file(made):
    from logistics.records import attachments

    return attachments.of(made).get().pk


@pytest.mark.requirement("O02")
@pytest.mark.parametrize("name", ["detail", "update", "submit", "withdraw", "take-back", "close", "file-add"])
def test_what_is_others_is_not_there(as_person, teacher, stranger, name):
    made = papers.submitted(teacher)
    assert as_person(stranger).get(address(f"purchase-{name}", made)).status_code == 404


@pytest.mark.requirement("O02")
def test_a_submitted_request_takes_no_file(as_person, teacher):
    made = papers.submitted(teacher)
    client = as_person(teacher)
    assert client.get(address("purchase-file-add", made)).status_code == 404
    assert client.get(address("purchase-update", made)).status_code == 302


@pytest.mark.requirement("R03")
def test_lists_exports_and_the_register(as_person, teacher, principal):
    made = papers.submitted(teacher, [("足球", 5, 85), ("排球", 5, 75)])
    client = as_person(principal)
    assert made.number in client.get(address("purchase-list"), {"q": "排球"}).content.decode()
    assert made.number not in client.get(address("purchase-list"), {"q": "篮球"}).content.decode()
    for stage in ("to_order", "ordered", "partly", "delivered", "paid"):
        assert client.get(address("purchase-list"), {"stage": stage}).status_code == 200
    assert client.get(address("purchase-list"), {"export": "xlsx"}).status_code == 200
    register = client.get(address("purchase-register")).content.decode()
    assert "800.00" in register
    for output in ("pdf", "xlsx"):
        assert client.post(address("purchase-register-print"), {"output": output}).status_code == 302
    assert as_person(teacher).get(address("my-purchases"), {"state": "running"}).status_code == 200


@pytest.mark.requirement("R03")
@pytest.mark.parametrize("state", ["draft", "running", "approved"])
def test_the_form_is_printed_as_it_stands(as_person, teacher, state):
    make = {"draft": papers.request, "running": papers.submitted, "approved": papers.approved_request}[state]
    made = make(teacher, [("足球", 5, 85)])
    for output in ("pdf", "xlsx"):
        assert as_person(teacher).post(address("purchase-print", made), {"output": output}).status_code == 302


def test_search_finds_by_what_was_asked_for(as_person, teacher, stranger):
    papers.submitted(teacher, [("足球", 5, 85)], purpose="体育课")
    assert "体育课" in as_person(teacher).get("/search/", {"q": "足球"}).content.decode()
    assert "体育课" not in as_person(cast.keeper() and stranger).get("/search/", {"q": "足球"}).content.decode()
