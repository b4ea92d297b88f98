"""Accepted goods become cards or stock, never more than was accepted, never a fen lost; slips take them out."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.choices import CardState, IssueState
from assets.models import Card, Issue, StockBalance, StockEntry, StockPaper
from assets.rules import Refused
from assets.services import issues, movements, stock
from assets.services.issues import Wanted
from assets.services.receipts import enter_as_cards, enter_in_store
from finance.choices import Nature
from finance.rules import Refused as NotAccepted
from logistics.approvals.choices import Verdict
from logistics.approvals.models import Route
from logistics.approvals.services import routes
from tests import cast
from tests.assets import received

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F05")]


@pytest.fixture
def keeper():
    return cast.keeper()


@pytest.fixture
def teacher():
    return cast.teacher()


def today():
    return timezone.localdate()


def as_cards(keeper, line, pieces, **fields):
    place = {"room": None, "custodian": None, "department": None, "one_card_each": True, "date": today()}
    return enter_as_cards(person=keeper, line=line, pieces=pieces, **{**place, **fields})


def in_store(keeper, line, quantity, day=None):
    room = received.store()
    return enter_in_store(person=keeper, lines=[(line, Decimal(quantity))], room=room, day=day or today())


def slip(keeper, recipient, item, quantity):
    line = Wanted(item=item, asked=Decimal(quantity), issued=Decimal(quantity))
    return issues.write_issue(person=keeper, recipient=recipient, room=received.store(), purpose="教学用", lines=[line])


def sign(issue, person, verdict=Verdict.APPROVE, note=""):
    route = Route.objects.of(issue).get()
    routes.sign(person=person, route=route, verdict=verdict, seen=route.facts_hash, note=note)
    issue.refresh_from_db()


@pytest.mark.requirement("F07")
def test_pieces_become_cards_whose_values_add_up_to_what_was_accepted(keeper, teacher):
    line = received.accepted(
        keeper, teacher, name="投影仪", quantity=3, price="33.34", amount="100.00", nature=Nature.PROPERTY
    )
    as_cards(keeper, line, 2)
    as_cards(keeper, line, 1, one_card_each=False)
    cards = Card.objects.filter(acceptance_line=line)
    assert cards.count() == 3
    assert sum(card.value for card in cards) == Decimal("100.00")
    line.refresh_from_db()
    assert line.stored == 3
    assert {card.dealer for card in cards} == {"文具店"}


def test_no_more_cards_than_were_accepted(keeper, teacher):
    line = received.accepted(keeper, teacher, quantity=3, nature=Nature.PROPERTY)
    as_cards(keeper, line, 2)
    with pytest.raises(NotAccepted), transaction.atomic():
        as_cards(keeper, line, 2)
    assert Card.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        type(line).objects.filter(pk=line.pk).update(stored=4)


def test_a_reversed_entry_is_to_be_entered_again_and_no_fen_is_lost(keeper, teacher):
    line = received.accepted(keeper, teacher, quantity=3, price="33.34", amount="100.00", nature=Nature.PROPERTY)
    papers = [as_cards(keeper, line, 1) for _piece in range(3)]
    movements.reverse(person=keeper, movement=papers[1], date=today())
    line.refresh_from_db()
    assert line.stored == 2
    as_cards(keeper, line, 1)
    held = Card.objects.filter(acceptance_line=line, state=CardState.IN_LEDGER)
    assert (held.count(), sum(card.value for card in held)) == (3, Decimal("100.00"))


def test_only_the_keeper_enters_and_not_before_it_was_accepted(keeper, teacher):
    line = received.accepted(keeper, teacher)
    with pytest.raises(Refused):
        in_store(teacher, line, 1)
    with pytest.raises(Refused):
        in_store(keeper, line, 1, today() - dt.timedelta(days=1))
    with pytest.raises(Refused):
        as_cards(keeper, line, 1)
    assert not StockPaper.objects.exists()


def test_the_recipient_signs_and_the_goods_leave_at_the_average(keeper, teacher):
    in_store(keeper, received.accepted(keeper, teacher, quantity=2, price="10.00"), 2)
    in_store(keeper, received.accepted(keeper, teacher, quantity=1, price="10.01"), 1)
    balance = StockBalance.objects.get()
    issue = slip(keeper, teacher, balance.item, 1)
    balance.refresh_from_db()
    assert (issue.state, balance.quantity) == (IssueState.WAITING, 3)
    sign(issue, teacher)
    balance.refresh_from_db()
    assert (issue.state, balance.quantity, balance.amount) == (IssueState.SIGNED, 2, Decimal("20.01"))
    sign(slip(keeper, teacher, balance.item, 2), teacher)
    balance.refresh_from_db()
    assert (balance.quantity, balance.amount) == (0, 0)


def test_two_slips_for_the_last_piece_one_is_refused_at_the_signature(keeper, teacher):
    in_store(keeper, received.accepted(keeper, teacher, quantity=1), 1)
    item = StockBalance.objects.get().item
    first, second = slip(keeper, teacher, item, 1), slip(keeper, teacher, item, 1)
    sign(first, teacher)
    with pytest.raises(Refused), transaction.atomic():
        sign(second, teacher)
    second.refresh_from_db()
    assert second.state == IssueState.WAITING
    issues.cancel(person=keeper, issue=second)
    assert second.state == IssueState.CANCELLED


def test_nobody_issues_to_himself_and_nobody_else_signs(keeper, teacher):
    in_store(keeper, received.accepted(keeper, teacher), 5)
    item = StockBalance.objects.get().item
    with pytest.raises(Refused):
        slip(keeper, keeper, item, 1)
    with pytest.raises(Refused):
        slip(teacher, keeper, item, 1)
    with pytest.raises(Refused):
        slip(keeper, teacher, item, 6)
    issue = slip(keeper, teacher, item, 1)
    for other in (keeper, cast.stranger()):
        with pytest.raises(ValidationError), transaction.atomic():
            sign(issue, other)
    assert Issue.objects.get().state == IssueState.WAITING


@pytest.mark.requirement("F07")
def test_a_card_handed_over_comes_into_the_recipients_keeping(keeper, teacher):
    line = received.accepted(keeper, teacher, quantity=1, nature=Nature.PROPERTY)
    as_cards(keeper, line, 1)
    card = Card.objects.get()
    issue = issues.write_issue(
        person=keeper, recipient=teacher, room=received.store(), purpose="教学用", lines=[Wanted(card=card)]
    )
    sign(issue, teacher)
    card.refresh_from_db()
    assert card.custodian == teacher


def test_a_paper_of_the_store_is_reversed_only_when_none_stands_on_it(keeper, teacher):
    line = received.accepted(keeper, teacher)
    came = in_store(keeper, line, 5)
    issue = slip(keeper, teacher, StockBalance.objects.get().item, 2)
    sign(issue, teacher)
    with pytest.raises(Refused), transaction.atomic():
        stock.reverse(person=keeper, paper=came, day=today(), summary="记错")
    stock.reverse(person=keeper, paper=issue.stock_paper, day=today(), summary="退回")
    stock.reverse(person=keeper, paper=came, day=today(), summary="记错")
    line.refresh_from_db()
    assert (line.stored, StockBalance.objects.get().quantity) == (0, 0)
    with pytest.raises(Refused), transaction.atomic():
        stock.reverse(person=keeper, paper=came, day=today(), summary="再来")


def test_the_database_refuses_stock_below_zero(keeper, teacher):
    in_store(keeper, received.accepted(keeper, teacher), 5)
    with pytest.raises(IntegrityError), transaction.atomic():
        StockBalance.objects.update(quantity=-1)


STEPS = st.lists(st.tuples(st.sampled_from(["in", "out", "undo"]), st.integers(1, 7)), max_size=12)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_whatever_is_done_the_store_is_what_its_entries_say_and_never_below_zero(steps):
    with transaction.atomic():
        keeper, teacher = cast.keeper(), cast.teacher()
        lines = [received.accepted(keeper, teacher, quantity=9, price=price) for price in ("3.33", "0.01")]
        for what, number in steps:
            try:
                with transaction.atomic():
                    _do(keeper, teacher, lines[number % 2], what, number)
            except (Refused, NotAccepted):
                pass
            _sums_hold(lines)
        transaction.set_rollback(True)


def _do(keeper, teacher, line, what, number):
    if what == "in":
        in_store(keeper, line, number)
    elif what == "undo":
        if paper := StockPaper.objects.order_by("-pk").first():
            stock.reverse(person=keeper, paper=paper, day=today(), summary="冲销")
    elif balance := StockBalance.objects.first():
        sign(slip(keeper, teacher, balance.item, number), teacher)


def _sums_hold(lines):
    for balance in StockBalance.objects.all():
        quantity, amount = Decimal(0), Decimal(0)
        for entry in StockEntry.objects.filter(item=balance.item).order_by("paper_id", "pk"):
            quantity, amount = quantity + entry.quantity, amount + entry.amount
            assert quantity >= 0
            assert amount >= 0
        assert (quantity, amount) == (balance.quantity, balance.amount)
    for line in lines:
        line.refresh_from_db()
        stored = StockEntry.objects.filter(acceptance_line=line).aggregate(sum=Sum("quantity"))["sum"] or 0
        assert stored == line.stored <= line.accepted
