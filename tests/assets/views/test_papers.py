"""Property on official paper: every form as PDF and as Excel, for those who may see what stands in it."""

import datetime as dt
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from assets.services import confirmations
from assets.services.movements import transfer
from logistics.printing.models import PrintJob
from tests import cast
from tests.assets import stock

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R03")]


def sheet_of(answer):
    """The sheet of the Excel file that a print leads to."""
    return load_workbook(BytesIO(answer.content)).active


@pytest.fixture
def places(keeper, teacher):
    """What each address needs: a card that went from 六(2)班 to 音乐室, whose teacher was asked and disagreed."""
    cast.school()
    card = stock.card(keeper, number="ZC1", room=cast.room("六年级(2)班"), department=cast.department())
    music = cast.room("音乐室", responsible=teacher)
    paper = transfer(person=keeper, cards=[card], room=music, date=dt.date(2026, 9, 10), custodian=teacher)
    (asked,) = confirmations.ask(person=keeper, rooms=[music])
    confirmations.dispute(person=teacher, confirmation=asked, note="少一台")
    return {
        "card": card.pk,
        "room": music.pk,
        "paper": paper.pk,
        "asked": asked.pk,
        "class": stock.property_class().pk,
        "office": card.department_id,
        "teacher": teacher.pk,
    }


OWN = [
    ("/assets/cards/{card}/print/", {}, "固定资产卡片"),
    ("/assets/cards/print/", {"pk": "{card}"}, "固定资产卡片"),
    ("/assets/movements/{paper}/print/", {}, "调拨单"),
    ("/assets/rooms/{room}/list/", {}, "清单"),
    ("/assets/confirmations/{asked}/print/", {}, "清单"),
]
LEDGERS = [
    ("/assets/ledgers/print/", {"by": "item", "on": "2026-09-30"}, "总账"),
    ("/assets/ledgers/class/{class}/print/", {"last": "2026-09-30"}, "分类账"),
    ("/assets/ledgers/room/{room}/print/", {"first": "2026-09-01", "last": "2026-09-30"}, "分室账"),
    ("/assets/ledgers/department/{office}/print/", {}, "账"),
    ("/assets/ledgers/person/{teacher}/print/", {}, "账"),
    ("/assets/ledgers/changes/print/", {"month": "2026-09"}, "变动"),
    ("/assets/rooms/lists/", {"pk": "{room}"}, "清单"),
    ("/assets/rooms/ledgers/", {"pk": "{room}"}, "分室账"),
]


def press(client, address: str, given: dict[str, str], places: dict[str, int], **more: str):
    typed = {name: value.format(**places) for name, value in given.items()}
    return client.post(address.format(**places), {**typed, **more})


@pytest.mark.parametrize(("address", "given", "title"), OWN + LEDGERS)
def test_prints(as_person, keeper, places, address, given, title):
    client = as_person(keeper)
    file = client.get(press(client, address, given, places).url)
    assert file["Content-Type"] == "application/pdf"
    assert title in PdfReader(BytesIO(file.content)).pages[0].extract_text()


@pytest.mark.parametrize(("address", "given", "title"), OWN + LEDGERS)
def test_the_same_as_excel(as_person, keeper, places, address, given, title):
    client = as_person(keeper)
    file = client.get(press(client, address, given, places, output="xlsx").url)
    cells = [str(cell) for row in load_workbook(BytesIO(file.content)).active.values for cell in row if cell]
    assert any(title in cell for cell in cells)


@pytest.mark.parametrize(("address", "given", "title"), OWN)
def test_who_answers_for_it_prints_it(as_person, teacher, places, address, given, title):
    assert "/file/" in press(as_person(teacher), address, given, places).url


@pytest.mark.parametrize(("address", "given", "title"), OWN)
def test_what_others_answer_for_is_not_found(as_person, stranger, places, address, given, title):
    assert press(as_person(stranger), address, given, places).status_code == 404
    assert not PrintJob.objects.exists()


@pytest.mark.parametrize(("address", "given", "title"), LEDGERS)
def test_ledgers_are_not_for_other_staff(as_person, teacher, places, address, given, title):
    assert press(as_person(teacher), address, given, places).status_code == 403


@pytest.mark.parametrize(("address", "given", "title"), OWN + LEDGERS)
def test_printing_takes_a_button(as_person, keeper, places, address, given, title):
    assert as_person(keeper).get(address.format(**places)).status_code in {404, 405}


@pytest.mark.parametrize("address", ["/assets/cards/print/", "/assets/rooms/lists/", "/assets/rooms/ledgers/"])
def test_with_nothing_ticked_one_is_sent_back(as_person, keeper, address):
    assert as_person(keeper).post(address).status_code == 302
    assert not PrintJob.objects.exists()


@pytest.mark.parametrize("address", ["/assets/ledgers/class/999999/print/", "/assets/ledgers/planet/1/print/"])
def test_a_ledger_of_nothing_is_not_found(as_person, keeper, address):
    assert as_person(keeper).post(address).status_code == 404


def test_every_page_has_the_buttons_of_its_papers(as_person, keeper, places):
    client = as_person(keeper)
    for page, button in [
        ("/assets/cards/{card}/", "/assets/cards/{card}/print/"),
        ("/assets/movements/{paper}/", "/assets/movements/{paper}/print/"),
        ("/assets/rooms/{room}/", "/assets/rooms/{room}/list/"),
        ("/assets/rooms/", "/assets/rooms/lists/"),
        ("/assets/confirmations/{asked}/", "/assets/confirmations/{asked}/print/"),
        ("/assets/ledgers/", "/assets/ledgers/print/"),
        ("/assets/ledgers/room/{room}/", "/assets/ledgers/room/{room}/print/"),
        ("/assets/ledgers/changes/", "/assets/ledgers/changes/print/"),
    ]:
        assert button.format(**places) in client.get(page.format(**places)).content.decode()


def test_the_filtered_list_as_a_form(as_person, keeper):
    cast.school()
    stock.card(keeper, number="ZC1", name="课桌", quantity=3, value=Decimal("300"))
    stock.card(keeper, number="ZC2", name="钢琴")
    client = as_person(keeper)
    assert 'name="q" value="课桌"' in client.get("/assets/cards/", {"q": "课桌"}).content.decode()
    answer = client.post("/assets/cards/list/print/", {"q": "课桌", "output": "xlsx"}, follow=True)
    texts = [cell for row in sheet_of(answer).iter_rows(values_only=True) for cell in row if cell is not None]
    assert {"固定资产清单", "ZC1", 3, 300} <= set(texts)
    assert "搜索：课桌" in texts
    assert "ZC2" not in texts


def test_ticked_cards_as_a_list(as_person, keeper):
    cast.school()
    one, _other = stock.card(keeper, number="ZC1"), stock.card(keeper, number="ZC2")
    answer = as_person(keeper).post("/assets/cards/list/print/", {"pk": one.pk, "output": "xlsx"}, follow=True)
    texts = {cell for row in sheet_of(answer).iter_rows(values_only=True) for cell in row}
    assert "ZC1" in texts
    assert "ZC2" not in texts


def test_the_list_is_for_those_who_see_all_property(as_person, teacher):
    assert as_person(teacher).post("/assets/cards/list/print/").status_code == 403


@pytest.mark.parametrize("address", ["whole/0", "room/0", "class/0", "department/0", "person/0"])
def test_all_lines_and_those_without_a_head_are_printed_too(as_person, keeper, address):
    cast.school()
    stock.card(keeper, number="ZC1")
    page = as_person(keeper).get(f"/assets/ledgers/{address.replace('whole/0', 'whole')}/").content.decode()
    assert f'action="/assets/ledgers/{address}/print/"' in page
    answer = as_person(keeper).post(f"/assets/ledgers/{address}/print/", {"output": "xlsx"}, follow=True)
    assert any(4580 in row for row in sheet_of(answer).iter_rows(values_only=True))


def test_labels_as_excel(as_person, keeper):
    cast.school()
    card = stock.card(keeper, number="ZC1", name="=课桌", room=cast.room("音乐室"))
    asked = {"pk": card.pk, "form": "a4-3x8", "start": "1", "print": "xlsx"}
    answer = as_person(keeper).post("/assets/labels/", asked, follow=True)
    _heads, row = sheet_of(answer).iter_rows(values_only=True)
    assert row == ("'=课桌", "ZC1", "音乐室", "http://testserver/a/ZC1")


def test_a_list_that_nobody_reads_on_paper_is_refused(as_person, keeper, monkeypatch):
    cast.school()
    monkeypatch.setattr("assets.printing.MOST_ON_A_LIST", 1)
    stock.card(keeper, number="ZC1")
    stock.card(keeper, number="ZC2")
    answer = as_person(keeper).post("/assets/cards/list/print/", follow=True)
    assert "2" in str(next(iter(answer.context["messages"])))
    assert not PrintJob.objects.exists()
