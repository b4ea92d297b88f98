"""Rooms with their property, handing one over, asking and answering for it."""

import datetime as dt
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from assets.choices import ConfirmationState, MovementKind
from assets.models import Card, Movement, RoomConfirmation
from assets.services import confirmations as services
from assets.services.movements import transfer
from assets.views.rooms import Inside
from logistics.school.models import Room
from tests import cast
from tests.assets import stock

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A01", "A03")]

ROOMS = "/assets/rooms/"
ASKED = "/assets/confirmations/"
DAY = dt.date(2026, 9, 10)


@pytest.fixture
def classroom(keeper, teacher):
    """六年级(2)班 of 郑小燕 with forty desks and a computer."""
    room = cast.room("六年级(2)班", responsible=teacher)
    stock.card(keeper, number="ZC1", name="课桌", quantity=40, value=Decimal("6720"), room=room, custodian=teacher)
    stock.card(keeper, number="ZC2", room=room)
    return room


@pytest.fixture
def question(keeper, classroom):
    (asked,) = services.ask(person=keeper, rooms=[classroom], reason="开学清点")
    return asked


def test_rooms_with_what_stands_in_them(as_person, keeper, classroom):
    cast.room("空教室")
    rows = {room.name: room for room in as_person(keeper).get(ROOMS).context["object_list"]}
    full, empty = rows["六年级(2)班"], rows["空教室"]
    assert full.inside == Inside(2, 41, Decimal("11300.00"))
    assert empty.inside == Inside()


def test_the_list_of_rooms_as_excel(as_person, keeper, classroom):
    answer = as_person(keeper).get(ROOMS, {"export": "xlsx"})
    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[1][:6] == ("六年级(2)班", "教学楼", "郑小燕", 2, 41, 11300)


def test_rooms_by_the_state_of_their_last_confirmation(as_person, keeper, question):
    cast.room("空教室")
    client = as_person(keeper)
    names = [room.name for room in client.get(ROOMS, {"confirmation": "waiting"}).context["object_list"]]
    assert names == ["六年级(2)班"]
    assert not client.get(ROOMS, {"confirmation": "confirmed"}).context["object_list"]


def test_the_list_of_rooms_is_not_for_other_staff(as_person, teacher):
    assert as_person(teacher).get(ROOMS).status_code == 403


def test_a_room_shows_its_cards_and_who_answers(as_person, keeper, classroom):
    answer = as_person(keeper).get(f"{ROOMS}{classroom.pk}/")
    assert [card.number for card in answer.context["object_list"]] == ["ZC1", "ZC2"]
    assert "郑小燕" in answer.content.decode()
    assert "11,300.00" in answer.content.decode()


def test_who_answers_for_a_room_sees_it_and_may_not_move_anything(as_person, teacher, classroom):
    answer = as_person(teacher).get(f"{ROOMS}{classroom.pk}/")
    assert answer.status_code == 200
    assert not answer.context["bulk_actions"]
    assert "hand-over" not in answer.content.decode()


def test_the_homeroom_teacher_answers_for_his_class_room(as_person, keeper, teacher):
    cast.term()
    room = cast.room("五年级(1)班")
    cast.school_class(homeroom=teacher, place=room)
    assert as_person(teacher).get(f"{ROOMS}{room.pk}/").status_code == 200


def test_other_rooms_are_not_found(as_person, stranger, classroom):
    assert as_person(stranger).get(f"{ROOMS}{classroom.pk}/").status_code == 404


def test_hand_over_moves_the_cards_and_asks_the_new_one(as_person, keeper, stranger, classroom):
    answer = as_person(keeper).post(f"{ROOMS}{classroom.pk}/hand-over/", {"to": "冯一平", "date": DAY})
    assert answer.url == f"{ROOMS}{classroom.pk}/"
    classroom.refresh_from_db()
    assert classroom.responsible == stranger
    assert Card.objects.get(number="ZC1").custodian == stranger
    assert Card.objects.get(number="ZC2").custodian is None
    assert RoomConfirmation.objects.get().person == stranger
    assert Movement.objects.filter(kind=MovementKind.CUSTODY).count() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"to": "没有的人", "date": "2026-09-10"}, "to"),
        ({"to": "郑小燕", "date": "2026-09-10"}, "__all__"),
        ({"to": "冯一平", "date": "2999-01-01"}, "__all__"),
    ],
)
def test_hand_over_refused(as_person, keeper, stranger, teacher, classroom, typed, field):
    answer = as_person(keeper).post(f"{ROOMS}{classroom.pk}/hand-over/", typed)
    assert list(answer.context["form"].errors) == [field]
    classroom.refresh_from_db()
    assert classroom.responsible == teacher


def test_hand_over_is_the_keepers(as_person, teacher, classroom):
    assert as_person(teacher).get(f"{ROOMS}{classroom.pk}/hand-over/").status_code == 403


def test_asking_one_room(as_person, keeper, teacher, classroom):
    client = as_person(keeper)
    assert "郑小燕" in client.get(f"{ASKED}ask/", {"pk": classroom.pk}).content.decode()
    client.post(f"{ASKED}ask/", {"pk": classroom.pk, "reason": "开学清点"})
    asked = RoomConfirmation.objects.get()
    assert (asked.person, asked.reason, asked.asked_by) == (teacher, "开学清点", keeper)


def test_asking_all_leaves_out_empty_rooms_and_those_nobody_answers_for(as_person, keeper, teacher, classroom):
    cast.room("空教室", responsible=teacher)
    stock.card(keeper, room=cast.room("旧仓库"))
    client = as_person(keeper)
    answer = client.get(f"{ASKED}ask/", {"all": "1"})
    assert [room.name for room in answer.context["nobody"]] == ["旧仓库"]
    client.post(f"{ASKED}ask/", {"pk": [room.pk for room, _ in answer.context["asked"]]})
    assert RoomConfirmation.objects.get().room == classroom


def test_rooms_to_ask_stand_in_the_order_of_the_list_of_rooms(as_person, keeper, teacher):
    for grade, door in {"六": "301", "一": "101", "三": "201", "二": "102"}.items():
        room = cast.room(f"{grade}年级(1)班", responsible=teacher)
        Room.objects.filter(pk=room.pk).update(number=door)
        stock.card(keeper, number=f"ZC-{door}", room=room)
    asked = [room.name for room, _ in as_person(keeper).get(f"{ASKED}ask/", {"all": "1"}).context["asked"]]
    assert [name[0] for name in asked] == ["一", "二", "三", "六"]


def test_asking_is_the_keepers(as_person, teacher, classroom):
    assert as_person(teacher).post(f"{ASKED}ask/", {"pk": classroom.pk}).status_code == 403


def test_the_keeper_sees_who_has_not_answered(as_person, keeper, question):
    answer = as_person(keeper).get(ASKED, {"state": "waiting"})
    assert [row.pk for row in answer.context["object_list"]] == [question.pk]
    assert "郑小燕" in answer.content.decode()


def test_the_list_of_confirmations_is_not_for_other_staff(as_person, teacher):
    assert as_person(teacher).get(ASKED).status_code == 403


def test_my_property_leads_to_what_waits_for_me(as_person, teacher, question):
    assert question.get_absolute_url() in as_person(teacher).get("/assets/cards/mine/").content.decode()


def test_the_person_responsible_signs(as_person, teacher, question):
    client = as_person(teacher)
    page = client.get(question.get_absolute_url())
    assert "课桌" in page.content.decode()
    answer = client.post(f"{question.get_absolute_url()}answer/", {"seen": page.context["seen"], "confirm": "1"})
    question.refresh_from_db()
    assert question.state == ConfirmationState.CONFIRMED
    assert question.quantity == 41
    signed = client.get(answer.url).content.decode()
    assert "郑小燕" in signed
    assert "课桌" in signed
    assert 'name="confirm"' not in signed


def test_what_was_signed_stays_as_it_was(as_person, keeper, teacher, question):
    client = as_person(teacher)
    seen = client.get(question.get_absolute_url()).context["seen"]
    client.post(f"{question.get_absolute_url()}answer/", {"seen": seen, "confirm": "1"})
    transfer(person=keeper, cards=[Card.objects.get(number="ZC1")], room=cast.room("体育馆"), date=DAY)
    assert "课桌" in client.get(question.get_absolute_url()).content.decode()


def test_he_says_what_is_not_right(as_person, teacher, question):
    as_person(teacher).post(f"{question.get_absolute_url()}answer/", {"dispute": "1", "note": "少一台电脑"})
    question.refresh_from_db()
    assert (question.state, question.note) == (ConfirmationState.DISPUTED, "少一台电脑")


def test_without_saying_what_it_is_refused(as_person, teacher, question):
    answer = as_person(teacher).post(f"{question.get_absolute_url()}answer/", {"dispute": "1", "note": " "})
    assert list(answer.context["form"].errors) == ["note"]
    question.refresh_from_db()
    assert question.state == ConfirmationState.WAITING


def test_a_list_that_changed_meanwhile_is_not_signed_and_the_remark_stays(as_person, keeper, teacher, question):
    client = as_person(teacher)
    seen = client.get(question.get_absolute_url()).context["seen"]
    transfer(person=keeper, cards=[Card.objects.get(number="ZC1")], room=cast.room("体育馆"), date=DAY)
    answer = client.post(
        f"{question.get_absolute_url()}answer/", {"seen": seen, "confirm": "1", "note": "都在，桌面有划痕"}
    )
    assert "都在，桌面有划痕" in answer.content.decode()
    assert answer.context["form"].non_field_errors()
    question.refresh_from_db()
    assert question.state == ConfirmationState.WAITING


def test_nobody_signs_for_another(as_person, keeper, question):
    client = as_person(keeper)
    page = client.get(question.get_absolute_url())
    assert not page.context["may_answer"]
    answer = client.post(f"{question.get_absolute_url()}answer/", {"seen": page.context["seen"], "confirm": "1"})
    assert answer.status_code == 403


def test_other_peoples_questions_are_not_found(as_person, stranger, question):
    client = as_person(stranger)
    assert client.get(question.get_absolute_url()).status_code == 404
    assert client.post(f"{question.get_absolute_url()}answer/", {"confirm": "1"}).status_code == 404


def test_the_keeper_withdraws_a_question(as_person, keeper, question):
    as_person(keeper).post(f"{question.get_absolute_url()}withdraw/")
    question.refresh_from_db()
    assert question.state == ConfirmationState.WITHDRAWN


def test_an_answered_question_is_not_withdrawn(as_person, keeper, teacher, question):
    services.dispute(person=teacher, confirmation=question, note="少一台")
    as_person(keeper).post(f"{question.get_absolute_url()}withdraw/")
    question.refresh_from_db()
    assert question.state == ConfirmationState.DISPUTED


def test_withdrawing_is_the_keepers_and_by_button_only(as_person, teacher, keeper, question):
    assert as_person(teacher).post(f"{question.get_absolute_url()}withdraw/").status_code == 403
    assert as_person(keeper).get(f"{question.get_absolute_url()}withdraw/").status_code == 405


def test_a_dispute_leads_the_keeper_on(as_person, keeper, teacher, question):
    as_person(teacher).post(f"{question.get_absolute_url()}answer/", {"note": "少一张", "dispute": "1"})
    page = as_person(keeper).get(question.get_absolute_url()).content.decode()
    assert f"/assets/confirmations/ask/?pk={question.room_id}" in page
    assert "/assets/confirmations/ask/" not in as_person(teacher).get(question.get_absolute_url()).content.decode()


def test_signing_twice_says_that_it_is_signed(as_person, teacher, question):
    client = as_person(teacher)
    seen = client.get(question.get_absolute_url()).context["seen"]
    answers = [
        client.post(f"{question.get_absolute_url()}answer/", {"seen": seen, "confirm": "1"}, follow=True)
        for _time in range(2)
    ]
    assert "已确认" in str(list(answers[1].context["messages"])[-1])
