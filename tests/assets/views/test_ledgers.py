"""The ledgers on their pages: three depths, any day, every figure down to its papers, all agreeing."""

import datetime as dt
from decimal import Decimal

import pytest

from assets.models import Movement
from assets.queries.ledger import Amount
from assets.services.movements import correct, transfer
from tests import cast
from tests.assets import stock

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A01")]

LEDGERS = "/assets/ledgers/"
LATER = dt.date(2026, 9, 10)


@pytest.fixture
def moved(keeper):
    """A computer entered on 1 September in 六(2)班; on the 10th it went to 音乐室 and its value was put right."""
    room = cast.room("六年级(2)班")
    card = stock.card(keeper, number="ZC1", room=room, property_class=stock.property_class())
    transfer(person=keeper, cards=[card], room=cast.room("音乐室"), date=LATER)
    correct(person=keeper, card=card, quantity=1, value=Decimal("4600"), date=LATER, summary="发票金额")
    return card


@pytest.mark.parametrize(("by", "code"), [("top", "A02000000"), ("sub", "A02010000"), ("item", "A02010105")])
def test_three_depths_agree(as_person, keeper, moved, by, code):
    answer = as_person(keeper).get(LEDGERS, {"by": by})
    (head,) = answer.context["heads"]
    assert head.balance.code == code
    assert answer.context["total"] == Amount(1, Decimal("4600.00"))


@pytest.mark.parametrize("by", ["room", "department", "custodian"])
def test_divided_otherwise_it_is_the_same_sum(as_person, keeper, moved, by):
    assert as_person(keeper).get(LEDGERS, {"by": by}).context["total"] == Amount(1, Decimal("4600.00"))


def test_as_of_an_earlier_day(as_person, keeper, moved):
    client = as_person(keeper)
    answer = client.get(LEDGERS, {"by": "room", "on": "2026-09-09"})
    assert [(h.balance.label, h.balance.amount.value) for h in answer.context["heads"]] == [
        ("六年级(2)班", Decimal("4580.00"))
    ]
    assert not client.get(LEDGERS, {"on": "2026-08-31"}).context["heads"]


def test_every_figure_is_followed_down_to_its_paper(as_person, keeper, moved):
    client = as_person(keeper)
    (top,) = client.get(LEDGERS).context["heads"]
    (sub,) = client.get(top.deeper).context["heads"]
    (item,) = client.get(sub.deeper).context["heads"]
    lines = client.get(item.lines)
    assert [line.balance.value for line in lines.context["lines"]] == [Decimal("4580.00"), Decimal("4600.00")]
    for line in lines.context["lines"]:
        paper = Movement.objects.get(pk=line.movement_id)
        assert paper.get_absolute_url() in lines.content.decode()
        assert client.get(paper.get_absolute_url()).status_code == 200


def test_a_day_that_cannot_be_read_becomes_today_and_says_so(as_person, keeper, moved):
    answer = as_person(keeper).get(LEDGERS, {"on": "2026-02-30", "by": "nonsense"})
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_room_ledger_shows_what_came_and_left(as_person, keeper, moved):
    room = moved.entries.first().room
    answer = as_person(keeper).get(f"{LEDGERS}room/{room.pk}/")
    assert [(bool(line.came), bool(line.left)) for line in answer.context["lines"]] == [(True, False), (False, True)]
    assert answer.context["ledger"].closing == Amount()


def test_a_period_begins_with_what_was_brought_forward(as_person, keeper, moved):
    room = moved.entries.first().room
    answer = as_person(keeper).get(f"{LEDGERS}room/{room.pk}/", {"first": "2026-09-05"})
    assert answer.context["brought"] == Amount(1, Decimal("4580.00"))
    assert len(answer.context["lines"]) == 1


def test_a_period_that_ends_before_it_begins_is_pointed_out(as_person, keeper, moved):
    answer = as_person(keeper).get(f"{LEDGERS}room/{moved.room_id}/", {"first": "2026-09-05", "last": "2026-09-01"})
    assert answer.context["form"].errors


@pytest.mark.parametrize("kind", ["class", "room", "department", "person"])
def test_a_head_that_does_not_exist_is_not_found(as_person, keeper, kind):
    assert as_person(keeper).get(f"{LEDGERS}{kind}/999999/").status_code == 404


def test_the_ledger_of_a_person_and_a_department(as_person, keeper, teacher):
    office = cast.department()
    stock.card(keeper, custodian=teacher, department=office)
    client = as_person(keeper)
    for address in (f"person/{teacher.pk}/", f"department/{office.pk}/"):
        assert client.get(f"{LEDGERS}{address}").context["ledger"].closing.quantity == 1


def test_the_months_changes(as_person, keeper, moved):
    changes = as_person(keeper).get(f"{LEDGERS}changes/", {"month": "2026-09"}).context["changes"]
    assert [line.kind for line in changes.lines] == ["entry", "transfer", "correction"]
    assert changes.closing == Amount(1, Decimal("4600.00"))


def test_a_month_without_papers_says_so(as_person, keeper, moved):
    assert not as_person(keeper).get(f"{LEDGERS}changes/", {"month": "2026-08"}).context["changes"].lines


def test_a_month_that_cannot_be_read_is_pointed_out(as_person, keeper):
    assert as_person(keeper).get(f"{LEDGERS}changes/", {"month": "2026-13"}).context["form"].errors


@pytest.mark.parametrize("address", ["", "changes/", "room/1/", "class/1/", "department/1/", "person/1/"])
def test_ledgers_are_not_for_other_staff(as_person, teacher, address):
    assert as_person(teacher).get(f"{LEDGERS}{address}").status_code == 403


def test_what_stands_under_no_class_and_the_total_lead_to_their_papers_too(as_person, keeper, moved):
    stock.card(keeper, number="ZC2", name="未归类")
    client = as_person(keeper)
    page = client.get(LEDGERS)
    nothing = next(head for head in page.context["heads"] if head.balance.row is None)
    assert [line.card_number for line in client.get(nothing.lines).context["lines"]] == ["ZC2"]
    whole = client.get(page.context["all_lines"]).context["ledger"]
    assert whole.closing == page.context["total"] == Amount(2, Decimal("9180.00"))


def test_a_ledger_within_a_class_totals_that_class(as_person, keeper, moved):
    stock.card(keeper, number="ZC2")
    answer = as_person(keeper).get(LEDGERS, {"under": moved.property_class.parent_id, "by": "item"})
    assert answer.context["total"] == Amount(1, Decimal("4600.00"))
    assert as_person(keeper).get(answer.context["all_lines"]).context["ledger"].closing.quantity == 1


@pytest.mark.parametrize("address", ["whole/?first=0001-01-01", "?on=0001-01-01", "changes/?month=0001-01"])
def test_a_day_before_the_calendar_falls_back_to_the_usual(as_person, keeper, address):
    assert as_person(keeper).get(f"/assets/ledgers/{address}").status_code == 200


@pytest.mark.parametrize("what", [{"on": "0001-01-01"}, {"month": "0001-01"}, {"under": "9" * 30}])
def test_a_print_of_a_day_before_the_calendar_too(as_person, keeper, what):
    cast.school()
    stock.card(keeper)
    client = as_person(keeper)
    for paper in ("print/", "changes/print/"):
        assert client.post(f"/assets/ledgers/{paper}", {**what, "output": "xlsx"}).status_code in {302, 404}
