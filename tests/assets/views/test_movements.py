"""Writing papers in two steps, reading them, taking them back."""

import datetime as dt
from decimal import Decimal

import pytest

from assets.choices import MovementKind
from assets.models import Card, Movement
from assets.services import movements as services
from logistics.school.models import Term
from tests import cast
from tests.assets import stock

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A01")]

PAPERS = "/assets/movements/"
DAY = "2026-09-10"


@pytest.fixture
def desks(keeper):
    """Forty desks in one room for 6,720 yuan."""
    return stock.card(
        keeper, number="ZC1", name="课桌", quantity=40, unit="张", value=Decimal("6720"), room=cast.room("六年级(2)班")
    )


@pytest.fixture
def music():
    return cast.room("音乐室")


def write(client, kind: str, cards: list[Card], **typed):
    """Fill in, look, confirm: the answer to the last step."""
    keys = [card.pk for card in cards]
    seen = client.get(f"{PAPERS}{kind}/", {"pk": keys}).context["seen"]
    return client.post(f"{PAPERS}{kind}/", {"pk": keys, "seen": seen, "step": "write", **typed})


def test_a_transfer_is_looked_at_before_it_is_written(as_person, keeper, desks, music):
    client = as_person(keeper)
    answer = client.post(f"{PAPERS}transfer/", {"pk": desks.pk, "room": "音乐室", "date": DAY, "summary": "调整"})
    page = answer.content.decode()
    assert "六年级(2)班" in page
    assert "音乐室" in page
    assert 'name="summary" value="调整"' in page
    assert Movement.objects.filter(kind=MovementKind.TRANSFER).count() == 0


def test_back_from_the_look_keeps_what_was_typed(as_person, keeper, desks, music):
    typed = {"pk": desks.pk, "room": "音乐室", "date": DAY, "summary": "调整", "step": "back"}
    assert 'value="调整"' in as_person(keeper).post(f"{PAPERS}transfer/", typed).content.decode()


def test_transfer_of_several_cards_is_one_paper(as_person, keeper, desks, music):
    other = stock.card(keeper, number="ZC2")
    answer = write(as_person(keeper), "transfer", [desks, other], room="音乐室", custodian="钱保华", date=DAY)
    paper = Movement.objects.get(kind=MovementKind.TRANSFER)
    assert answer.url == paper.get_absolute_url()
    assert set(Card.objects.values_list("room", "custodian")) == {(music.pk, keeper.pk)}
    page = as_person(keeper).get(answer.url).content.decode()
    assert paper.number in page
    assert f"{answer.url}print/" in page
    assert f"{answer.url}reverse/" in page


def test_change_of_keeper(as_person, keeper, desks, teacher):
    write(as_person(keeper), "custody", [desks], custodian="郑小燕", date=DAY)
    desks.refresh_from_db()
    assert desks.custodian == teacher


def test_change_of_class(as_person, keeper, desks):
    write(as_person(keeper), "reclassification", [desks], property_class="A05010203", reason="归错类", date=DAY)
    desks.refresh_from_db()
    assert desks.property_class.code == "A05010203"
    assert Movement.objects.get(kind=MovementKind.RECLASSIFICATION).summary == "归错类"


def test_correction_shows_old_and_new_and_keeps_the_reason(as_person, keeper, desks):
    client = as_person(keeper)
    typed = {"quantity": "38", "value": "6384.00", "reason": "清点少两张", "date": DAY}
    page = client.post(f"{PAPERS}correction/", {"pk": desks.pk, **typed}).content.decode()
    for text in ("40", "38", "6,720.00", "6,384.00", "清点少两张"):
        assert text in page
    write(client, "correction", [desks], **typed)
    desks.refresh_from_db()
    assert (desks.quantity, desks.value) == (38, Decimal("6384.00"))


def test_split_goes_to_another_room_at_once(as_person, keeper, desks, music):
    answer = write(as_person(keeper), "split", [desks], quantity="10", room="音乐室", date=DAY)
    desks.refresh_from_db()
    part = desks.parts.get()
    assert (desks.quantity, part.quantity, part.room) == (30, 10, music)
    assert desks.value + part.value == Decimal("6720")
    assert answer.url == Movement.objects.get(kind=MovementKind.SPLIT).get_absolute_url()


@pytest.mark.parametrize(
    ("kind", "typed", "field"),
    [
        ("transfer", {"room": "没有的房间", "date": DAY}, "room"),
        ("transfer", {"room": "", "date": DAY}, "room"),
        ("transfer", {"room": "音乐室", "date": "2026-13-01"}, "date"),
        ("custody", {"custodian": "没有的人", "date": DAY}, "custodian"),
        ("split", {"quantity": "40", "date": DAY}, "quantity"),
        ("split", {"quantity": "0", "date": DAY}, "quantity"),
        ("correction", {"quantity": "38", "value": "1", "reason": "", "date": DAY}, "reason"),
        ("correction", {"quantity": "40", "value": "6720", "reason": "没变", "date": DAY}, "__all__"),
        ("reclassification", {"property_class": "A99", "reason": "x", "date": DAY}, "property_class"),
        ("reclassification", {"property_class": "A05010203", "reason": "", "date": DAY}, "reason"),
        ("transfer", {"room": "六年级(2)班", "date": DAY}, "__all__"),
        ("transfer", {"room": "音乐室", "date": "2999-01-01"}, "__all__"),
        ("transfer", {"room": "音乐室", "date": "2026-08-01"}, "__all__"),
        ("split", {"quantity": "3", "number": "ZC1", "date": DAY}, "__all__"),
    ],
)
def test_refused_with_a_reason_beside_what_was_typed(as_person, keeper, desks, music, kind, typed, field):
    answer = write(as_person(keeper), kind, [desks], **typed)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert Movement.objects.count() == 1


def test_a_card_moved_meanwhile_is_refused_and_says_what_happened(as_person, keeper, director, desks, music):
    client = as_person(keeper)
    seen = client.get(f"{PAPERS}transfer/", {"pk": desks.pk}).context["seen"]
    gym = cast.room("体育馆")
    other = services.transfer(person=director, cards=[desks], room=gym, date=dt.date(2026, 9, 9))
    typed = {"pk": desks.pk, "seen": seen, "step": "write", "room": "音乐室", "date": DAY}
    page = client.post(f"{PAPERS}transfer/", typed).content.decode()
    assert other.number in page
    assert "周国强" in page
    assert "体育馆" in page
    desks.refresh_from_db()
    assert desks.room == gym


def test_pressing_twice_writes_once(as_person, keeper, desks, music):
    client = as_person(keeper)
    seen = client.get(f"{PAPERS}transfer/", {"pk": desks.pk}).context["seen"]
    typed = {"pk": desks.pk, "seen": seen, "step": "write", "room": "音乐室", "date": DAY}
    client.post(f"{PAPERS}transfer/", typed)
    client.post(f"{PAPERS}transfer/", typed)
    assert Movement.objects.filter(kind=MovementKind.TRANSFER).count() == 1


@pytest.mark.parametrize("kind", ["transfer", "custody", "split", "correction", "reclassification"])
def test_without_a_card_one_is_sent_to_the_list(as_person, keeper, kind):
    assert as_person(keeper).get(f"{PAPERS}{kind}/").url == "/assets/cards/"


@pytest.mark.parametrize("kind", ["split", "correction"])
def test_with_two_cards_a_paper_for_one_says_so(as_person, keeper, desks, kind):
    other = stock.card(keeper, number="ZC2")
    answer = as_person(keeper).get(f"{PAPERS}{kind}/", {"pk": [desks.pk, other.pk]}, follow=True)
    assert [str(said) for said in answer.context["messages"]] == ["更正和拆分一次只能办一张卡片，请只勾选一张。"]


@pytest.mark.parametrize("kind", ["transfer", "custody", "split", "correction", "reclassification"])
def test_papers_are_written_by_the_keeper_alone(as_person, principal, keeper, desks, kind):
    client = as_person(principal)
    assert client.get(f"{PAPERS}{kind}/", {"pk": desks.pk}).status_code == 403
    assert client.post(f"{PAPERS}{kind}/", {"pk": desks.pk}).status_code == 403


def test_the_list_finds_a_paper_by_kind_day_and_number(as_person, keeper, desks, music):
    services.transfer(person=keeper, cards=[desks], room=music, date=dt.date(2026, 9, 9))
    client = as_person(keeper)
    assert len(client.get(PAPERS).context["object_list"]) == 2
    for asked in ({"kind": "transfer"}, {"q": "DB2026"}, {"date_from": "2026-09-09"}):
        assert [p.kind for p in client.get(PAPERS, asked).context["object_list"]] == ["transfer"]


def test_the_list_is_for_those_who_see_the_ledger(as_person, teacher):
    assert as_person(teacher).get(PAPERS).status_code == 403


def test_who_answers_for_a_card_reads_its_paper_and_no_other_line(as_person, teacher, keeper, desks, music):
    other = stock.card(keeper, number="ZC2")
    paper = services.transfer(person=keeper, cards=[desks, other], room=music, date=dt.date(2026, 9, 9))
    services.change_custodian(person=keeper, cards=[desks], custodian=teacher, date=dt.date(2026, 9, 9))
    page = as_person(teacher).get(paper.get_absolute_url()).content.decode()
    assert "ZC1" in page
    assert "ZC2" not in page
    assert "reverse" not in page


def test_other_papers_are_not_found(as_person, teacher, desks):
    assert as_person(teacher).get(Movement.objects.get().get_absolute_url()).status_code == 404


def test_reversal_puts_things_back(as_person, keeper, desks, music):
    paper = services.transfer(person=keeper, cards=[desks], room=music, date=dt.date(2026, 9, 9))
    client = as_person(keeper)
    assert paper.number in client.get(f"{paper.get_absolute_url()}reverse/").content.decode()
    answer = client.post(f"{paper.get_absolute_url()}reverse/", {"reason": "写错房间", "date": DAY})
    desks.refresh_from_db()
    assert desks.room.name == "六年级(2)班"
    assert Movement.objects.get(reverses=paper).get_absolute_url() == answer.url
    assert f"{paper.get_absolute_url()}reverse/" not in client.get(paper.get_absolute_url()).content.decode()


def test_reversal_needs_a_reason(as_person, keeper, desks, music):
    paper = services.transfer(person=keeper, cards=[desks], room=music, date=dt.date(2026, 9, 9))
    answer = as_person(keeper).post(f"{paper.get_absolute_url()}reverse/", {"reason": "", "date": DAY})
    assert list(answer.context["form"].errors) == ["reason"]


def test_reversal_is_refused_naming_the_later_paper(as_person, keeper, desks, music):
    first = services.transfer(person=keeper, cards=[desks], room=music, date=dt.date(2026, 9, 9))
    later = services.transfer(person=keeper, cards=[desks], room=cast.room("体育馆"), date=dt.date(2026, 9, 9))
    answer = as_person(keeper).post(f"{first.get_absolute_url()}reverse/", {"reason": "x", "date": DAY})
    assert later.number in str(answer.context["form"].errors)


def test_reversal_is_the_keepers(as_person, principal, keeper, desks, music):
    paper = services.transfer(person=keeper, cards=[desks], room=music, date=dt.date(2026, 9, 9))
    assert as_person(principal).post(f"{paper.get_absolute_url()}reverse/").status_code == 403


@pytest.mark.parametrize("kind", ["transfer", "split"])
def test_what_the_rules_forbid_is_said_before_one_confirms(as_person, keeper, desks, music, kind):
    typed = {"pk": desks.pk, "room": "音乐室", "quantity": "3", "date": "2026-08-31", "summary": "调整"}
    answer = as_person(keeper).post(f"{PAPERS}{kind}/", typed)
    page = answer.content.decode()
    assert "2026-08-31" in str(answer.context["form"].non_field_errors())
    assert 'value="调整"' in page
    assert 'value="write"' not in page
    assert Movement.objects.count() == 1


def test_looking_writes_nothing_and_shows_the_cards_as_they_are(as_person, keeper, desks):
    answer = as_person(keeper).post(f"{PAPERS}split/", {"pk": desks.pk, "quantity": "3", "date": DAY})
    assert (40, 37) in [row[1:] for row in answer.context["plans"][0].rows]
    assert Movement.objects.count() == Card.objects.count() == 1
    paper = write(as_person(keeper), "split", [desks], quantity="3", date=DAY)
    assert Movement.objects.get(kind=MovementKind.SPLIT).number == "CF2026-00001"
    assert paper.status_code == 302


def test_a_card_that_left_meanwhile_is_named(as_person, keeper, desks):
    services.reverse(person=keeper, movement=Movement.objects.get(), date=dt.date(2026, 9, 10))
    answer = as_person(keeper).post(f"{PAPERS}transfer/", {"pk": desks.pk, "room": "音乐室", "date": DAY}, follow=True)
    assert "ZC1" in str(next(iter(answer.context["messages"])))


@pytest.mark.requirement("O01")
def test_the_list_of_papers_says_which_term_it_shows(as_person, keeper):
    autumn = cast.term()
    stock.card(keeper, date=autumn.first_day)
    stock.card(keeper, date=dt.date(2026, 9, 20))
    client = as_person(keeper)
    assert "当前显示：全部学期" in client.get("/assets/movements/").content.decode()
    narrowed = client.get("/assets/movements/", {"term": autumn.pk})
    assert f"当前显示：{autumn}" in narrowed.content.decode()
    assert len(narrowed.context["object_list"]) == 2
    other = Term.objects.create(year=autumn.year, number=2, first_day="2027-02-15", last_day="2027-07-10")
    assert not client.get("/assets/movements/", {"term": other.pk}).context["object_list"]


@pytest.mark.parametrize(("asked", "found"), [("课桌", 2), ("ZC1", 2), ("课桌 调整", 1), ("钱保华", 3), ("没有", 0)])
def test_papers_are_found_by_the_cards_on_them(as_person, keeper, desks, music, asked, found):
    stock.card(keeper, number="ZC2")
    services.transfer(person=keeper, cards=[desks], room=music, date=dt.date(2026, 9, 10), summary="调整")
    assert as_person(keeper).get(PAPERS, {"q": asked}).context["page"].total == found
