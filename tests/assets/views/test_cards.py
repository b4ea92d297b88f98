"""The card list, one card, entering and describing it: who sees what, and every refusal."""

import datetime as dt
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from assets.choices import CardState, Condition
from assets.models import Card, Movement
from assets.services.cards import change_description
from assets.services.movements import transfer
from tests import cast
from tests.assets import stock

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A01")]

LIST = "/assets/cards/"


def numbers(answer) -> list[str]:
    return [card.number for card in answer.context["object_list"]]


@pytest.fixture
def three(keeper):
    """A computer in 六(2)班, twelve desks in the store, a piano whose keeper is 王琴."""
    return (
        stock.card(keeper, number="ZC1", room=cast.room("六年级(2)班"), property_class=stock.property_class()),
        stock.card(
            keeper,
            number="ZC2",
            name="课桌",
            quantity=12,
            unit="张",
            value=Decimal("2400"),
            room=cast.room("总务仓库"),
            acquired_on=dt.date(2020, 3, 1),
            property_class=stock.property_class("A05010203"),
        ),
        stock.card(
            keeper,
            number="ZC3",
            name="钢琴",
            brand="珠江",
            serial_number="P-77",
            condition=Condition.IDLE,
            custodian=cast.person("qin", "王琴"),
            department=cast.department("综合组"),
        ),
    )


def test_list_shows_everything_with_its_totals(as_person, keeper, three):
    answer = as_person(keeper).get(LIST)
    assert numbers(answer) == ["ZC1", "ZC2", "ZC3"]
    assert answer.context["page"].total == 3
    page = answer.content.decode()
    assert "11,560.00" in page
    assert ">14<" in page


@pytest.mark.requirement("R05")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "钢琴"}, ["ZC3"]),
        ({"q": "珠江"}, ["ZC3"]),
        ({"q": "p-77"}, ["ZC3"]),
        ({"q": "王琴"}, ["ZC3"]),
        ({"q": "ZC2"}, ["ZC2"]),
        ({"q": "仓库"}, ["ZC2"]),
        ({"q": "课桌 仓库"}, ["ZC2"]),
        ({"q": "课桌 六年级"}, []),
        ({"room": "六(2)班"}, ["ZC1"]),
        ({"custodian": "王琴"}, ["ZC3"]),
        ({"property_class": "A02010105"}, ["ZC1"]),
        ({"property_class": "A02010000"}, ["ZC1"]),
        ({"property_class": "A02000000"}, ["ZC1"]),
        ({"property_class": "A05000000"}, ["ZC2"]),
        ({"condition": "idle"}, ["ZC3"]),
        ({"acquired_to": "2020-12-31"}, ["ZC2"]),
        ({"acquired_from": "2020-12-31"}, ["ZC1", "ZC3"]),
        ({"value_from": "2400.01"}, ["ZC1", "ZC3"]),
        ({"value_to": "2400"}, ["ZC2"]),
        ({"sort": "-value", "value_to": "4580"}, ["ZC1", "ZC3", "ZC2"]),
        ({"sort": "name_sort"}, ["ZC3", "ZC2", "ZC1"]),
    ],
)
def test_search_filters_and_sorting(as_person, keeper, three, asked, found):
    assert numbers(as_person(keeper).get(LIST, asked)) == found


def test_filter_by_building_department_and_term(as_person, keeper, three):
    term = cast.term()
    client = as_person(keeper)
    assert numbers(client.get(LIST, {"building": three[0].room.building_id})) == ["ZC1", "ZC2"]
    assert numbers(client.get(LIST, {"department": three[2].department_id})) == ["ZC3"]
    assert numbers(client.get(LIST, {"term": term.pk})) == ["ZC1", "ZC3"]


def test_an_unknown_room_in_the_filter_names_the_nearest(as_person, keeper, three):
    page = as_person(keeper).get(LIST, {"room": "仓库"}).content.decode()
    assert "总务仓库" in page
    assert 'value="仓库"' in page


def test_cards_out_of_the_ledger_are_shown_only_when_asked_for(as_person, keeper, three):
    Card.objects.filter(pk=three[2].pk).update(state=CardState.WRITTEN_OFF, quantity=0, value=0)
    client = as_person(keeper)
    assert numbers(client.get(LIST)) == ["ZC1", "ZC2"]
    assert numbers(client.get(LIST, {"state": "written_off"})) == ["ZC3"]
    assert len(numbers(client.get(LIST, {"state": "all"}))) == 3


def test_an_empty_list_says_what_to_do_first(as_person, keeper):
    page = as_person(keeper).get(LIST).content.decode()
    assert "/imports/" in page


def test_the_list_is_not_for_other_staff(as_person, teacher):
    assert as_person(teacher).get(LIST).status_code == 403


@pytest.mark.requirement("R03")
def test_export_is_what_is_filtered(as_person, keeper, three):
    answer = as_person(keeper).get(LIST, {"export": "xlsx", "q": "课桌"})
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    rows = list(book.active.values)
    assert "资产编号" in rows[0]
    assert [row[rows[0].index("资产编号")] for row in rows[1:]] == ["ZC2"]


def test_export_is_refused_without_the_permission(as_person, teacher, three):
    assert as_person(teacher).get(LIST, {"export": "xlsx"}).status_code == 403


def test_my_property_is_what_i_answer_for(as_person, keeper, teacher, three):
    three[0].room.responsible = teacher
    three[0].room.save()
    assert numbers(as_person(teacher).get("/assets/cards/mine/")) == ["ZC1"]


def test_my_property_can_be_empty(as_person, stranger, three):
    assert numbers(as_person(stranger).get("/assets/cards/mine/")) == []


def test_card_reads_like_the_paper(as_person, keeper, three):
    answer = as_person(keeper).get(three[0].get_absolute_url())
    page = answer.content.decode()
    for text in ("ZC1", "台式计算机", "4,580.00", "六年级(2)班", "A02010105", three[0].entries.get().movement.number):
        assert text in page
    assert [line.value for line in answer.context["papers"]] == [Decimal("4580.00")]
    assert answer.context["schedule"][0].first_day == dt.date(2026, 9, 1)


def test_who_answers_for_a_card_reads_it_and_may_change_nothing(as_person, teacher, keeper, three):
    three[0].room.responsible = teacher
    three[0].room.save()
    client = as_person(teacher)
    answer = client.get(three[0].get_absolute_url())
    assert answer.status_code == 200
    assert answer.context["actions"] == []
    assert client.get(f"{three[0].get_absolute_url()}edit/").status_code == 403


def test_other_peoples_cards_are_not_found(as_person, teacher, three):
    assert as_person(teacher).get(three[1].get_absolute_url()).status_code == 404


def entered(**fields) -> dict[str, str]:
    plain = {
        "name": "饮水机",
        "property_class": "A02061803",
        "quantity": "2",
        "value": "1120.50",
        "unit": "台",
        "condition": "in_use",
        "acquisition": "purchase",
        "acquired_on": "2026-09-02",
        "value_kind": "cost",
        "date": "2026-09-03",
        "room": "六(2)班",
        "custodian": "钱保华",
    }
    return {**plain, **fields}


def test_new_card_enters_the_ledger(as_person, keeper):
    room = cast.room()
    stock_class = stock.property_class()
    answer = as_person(keeper).post(f"{LIST}new/", entered(property_class=stock_class.code))
    card = Card.objects.get()
    assert answer.url == card.get_absolute_url()
    assert (card.number, card.quantity, card.value) == ("ZC2026-00001", 2, Decimal("1120.50"))
    assert (card.room, card.custodian, card.property_class) == (room, keeper, stock_class)
    assert card.entries.get().movement.made_by == keeper


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"name": ""}, "name", ""),
        ({"quantity": "0"}, "quantity", ""),
        ({"value": "-1"}, "value", ""),
        ({"value": "12.345"}, "value", ""),
        ({"room": "七(9)班"}, "room", "七(9)班"),
        ({"property_class": "B999"}, "property_class", "B999"),
        ({"acquired_on": "2999-01-01"}, "acquired_on", ""),
        ({"in_use_from": "2020-01-01"}, "in_use_from", ""),
        ({"date": "2999-01-01"}, None, "2999"),
        ({"number": "ZC9"}, None, "ZC9"),
        ({"date": "0026-09-03"}, None, "0026"),
        ({"acquired_on": "0026-09-02"}, "acquired_on", "0026"),
        ({"booked_on": "9999-12-31"}, "booked_on", ""),
        ({"life_months": "120000"}, "life_months", "1200"),
        ({"life_months": "71"}, "life_months", "72"),
        ({"life_months": "0"}, "life_months", "72"),
        ({"fiscal_funds": "600", "other_funds": "520.51"}, "other_funds", "1,120.50"),
        ({"fiscal_funds": "1120.51"}, "fiscal_funds", "1,120.50"),
    ],
)
def test_new_card_refused_and_what_was_typed_comes_back(as_person, keeper, fields, field, says):
    cast.room()
    stock.card(keeper, number="ZC9")
    answer = as_person(keeper).post(f"{LIST}new/", entered(property_class="A02010105") | fields)
    assert answer.status_code == 200
    errors = answer.context["form"].errors
    assert list(errors) == [field or "__all__"]
    assert says in str(errors)
    assert 'value="1120.50"' in answer.content.decode() or "value" in fields
    assert Card.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "months"),
    [
        ({"life_months": "72"}, 72),
        ({"life_months": "96"}, 96),
        ({"life_months": "12", "value_kind": "nominal"}, 12),
        ({"life_months": "0", "property_class": "A04010101"}, 0),
    ],
)
def test_a_useful_life_entered_by_hand(as_person, keeper, typed, months):
    cast.room()
    answer = as_person(keeper).post(f"{LIST}new/", entered(property_class="A02010105") | typed)
    assert answer.status_code == 302, answer.context["form"].errors
    assert Card.objects.get().life_months == months


def test_a_form_sent_twice_enters_one_card(as_person, keeper):
    cast.room()
    client = as_person(keeper)
    typed = entered(property_class="A02010105", key=client.get(f"{LIST}new/").context["form"]["key"].value())
    first, second = (client.post(f"{LIST}new/", typed) for _time in range(2))
    assert second.url == first.url == Card.objects.get().get_absolute_url()
    other = client.post(f"{LIST}new/", typed | {"name": "圆凳"})  # back, and another thing typed
    assert other.url != first.url
    assert Card.objects.count() == 2


def test_new_card_is_for_the_keeper(as_person, principal):
    assert as_person(principal).get(f"{LIST}new/").status_code == 403


def described(card: Card, client, **fields) -> dict[str, str]:
    form = client.get(f"{card.get_absolute_url()}edit/").context
    shown = {name: form["form"][name].value() for name in form["form"].fields}
    kept = {name: value for name, value in shown.items() if value is not None}
    return {**kept, "seen": form["seen"], **fields}


def test_description_is_changed_with_its_reason(as_person, keeper, three):
    client = as_person(keeper)
    answer = client.post(
        f"{three[0].get_absolute_url()}edit/", described(three[0], client, serial_number="SN1", reason="补录")
    )
    assert answer.url == three[0].get_absolute_url()
    three[0].refresh_from_db()
    assert three[0].serial_number == "SN1"
    assert three[0].history.latest().history_change_reason == "补录"
    assert three[0].quantity == 1


def test_a_description_changed_meanwhile_is_refused_and_says_what(as_person, keeper, director, three):
    client = as_person(keeper)
    typed = described(three[0], client, serial_number="SN1")
    change_description(person=director, card=three[0], brand="联想")
    answer = client.post(f"{three[0].get_absolute_url()}edit/", typed)
    page = answer.content.decode()
    assert "联想" in page
    assert "周国强" in page
    three[0].refresh_from_db()
    assert (three[0].brand, three[0].serial_number) == ("联想", "")
    assert 'value="SN1"' in page


def test_a_card_moved_meanwhile_is_refused_too(as_person, keeper, three):
    client = as_person(keeper)
    typed = described(three[0], client, serial_number="SN1")
    transfer(person=keeper, cards=[three[0]], room=cast.room("音乐室"), date=dt.date(2026, 9, 5))
    assert "音乐室" in client.post(f"{three[0].get_absolute_url()}edit/", typed).content.decode()


def test_a_written_off_card_is_not_changed(as_person, keeper, three):
    Card.objects.filter(pk=three[0].pk).update(state=CardState.WRITTEN_OFF, quantity=0, value=0)
    assert as_person(keeper).get(f"{three[0].get_absolute_url()}edit/").status_code == 404


@pytest.mark.requirement("R05")
def test_the_header_search_finds_cards_and_papers_one_may_see(as_person, keeper, teacher, three):
    client = as_person(keeper)
    assert "钢琴" in client.get("/search/", {"q": "王琴"}).content.decode()
    paper = Movement.objects.first()
    assert paper.get_absolute_url() in client.get("/search/", {"q": paper.number}).content.decode()
    assert "ZC3" not in as_person(teacher).get("/search/", {"q": "钢琴"}).content.decode()
