"""Labels and where their codes lead: the card, with what this person may do."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from assets.choices import CardState
from assets.labels import address_of
from assets.models import Card
from logistics.printing.models import PrintJob
from tests import cast
from tests.assets import stock

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A12")]

LABELS = "/assets/labels/"


@pytest.fixture
def cards(keeper):
    room = cast.room("六年级(2)班")
    return [stock.card(keeper, number=f"总{n}", room=room if n < 3 else None) for n in range(5)]


def test_ticked_cards_are_shown_on_their_sheet(as_person, keeper, cards):
    answer = as_person(keeper).get(LABELS, {"pk": [cards[0].pk, cards[4].pk]})
    assert {label.number[0] for _left, _top, label in answer.context["preview"]} == {"总0", "总4"}
    assert answer.context["count"] == 2


def test_labels_of_what_is_filtered(as_person, keeper, cards):
    assert as_person(keeper).get(LABELS, {"room": "六(2)班"}).context["count"] == 3


def test_they_begin_where_the_sheet_is_unused(as_person, keeper, cards):
    answer = as_person(keeper).get(LABELS, {"pk": cards[0].pk, "form": "a4-3x7", "start": "5"})
    ((left, top, _label),) = answer.context["preview"]
    assert (left, top) == answer.context["sheet"].form.position(4)


def test_the_pdf_has_a_label_for_each(as_person, keeper, cards):
    cast.school()
    client = as_person(keeper)
    typed = {"pk": [c.pk for c in cards], "form": "60x40", "start": "1", "print": "1"}
    answer = client.get(client.post(LABELS, typed).url)
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    assert len(pages) == 5
    assert "台式计算机" in pages[0].extract_text()


@pytest.mark.parametrize("typed", [{"form": "a4-3x7", "start": "22"}, {"start": "0"}, {"form": "none"}])
def test_a_place_that_the_sheet_does_not_have_is_refused(as_person, keeper, cards, typed):
    answer = as_person(keeper).post(LABELS, {"pk": cards[0].pk, "print": "1", **typed})
    assert answer.context["form"].errors
    assert not PrintJob.objects.exists()


def test_without_cards_one_is_sent_to_the_list(as_person, keeper, cards):
    client = as_person(keeper)
    assert client.get(LABELS).url == "/assets/cards/"
    assert client.post(LABELS, {"print": "1"}).url == "/assets/cards/"


def test_labels_are_the_keepers(as_person, principal, cards):
    client = as_person(principal)
    assert client.get(LABELS, {"pk": cards[0].pk}).status_code == 403
    assert client.post(LABELS, {"pk": cards[0].pk, "print": "1"}).status_code == 403


@pytest.mark.parametrize("number", ["ZC2026-00001", "总务/2019 第1号", "A?b=c#d&e", "10%", "(甲)+乙"])
def test_any_number_on_a_label_opens_its_card(as_person, keeper, number):
    card = stock.card(keeper, number=number)
    address = address_of(card, "https://school.example")
    answer = as_person(keeper).get(address.removeprefix("https://school.example"))
    assert answer.status_code == 200
    assert answer.context["card"] == card


def test_the_keeper_gets_the_actions(as_person, keeper, cards):
    page = as_person(keeper).get("/a/总0").content.decode()
    assert f"/assets/movements/transfer/?pk={cards[0].pk}" in page


def test_who_answers_for_it_gets_the_card_without_them(as_person, teacher, cards):
    cards[0].room.responsible = teacher
    cards[0].room.save()
    page = as_person(teacher).get("/a/总0").content.decode()
    assert cards[0].get_absolute_url() in page
    assert "/assets/movements/" not in page


def test_other_staff_read_name_and_place_only(as_person, stranger, cards):
    page = as_person(stranger).get("/a/总0").content.decode()
    assert "台式计算机" in page
    assert "六年级(2)班" in page
    assert "4,580" not in page
    assert cards[0].get_absolute_url() not in page


def test_a_stranger_signs_in_first_and_comes_back(client, cards):
    assert client.get("/a/总0").url.startswith("/login/?next=/a/")


def test_an_unknown_or_void_number_is_not_found(as_person, keeper, cards):
    Card.objects.filter(pk=cards[1].pk).update(state=CardState.VOID, quantity=0, value=0)
    client = as_person(keeper)
    assert client.get("/a/没有").status_code == 404
    assert client.get("/a/总1").status_code == 404


def test_a_written_off_card_says_so(as_person, keeper, cards):
    Card.objects.filter(pk=cards[1].pk).update(state=CardState.WRITTEN_OFF, quantity=0, value=0)
    answer = as_person(keeper).get("/a/总1")
    assert answer.context["actions"] == []
    assert answer.status_code == 200
