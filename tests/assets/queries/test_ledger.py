"""General and sub-ledgers agree at every moment, whatever papers were written, and no value is lost or made."""

import contextlib
import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.checks import cards_unlike_entries
from assets.choices import CardState, MovementKind
from assets.models import Card, LedgerEntry, Movement
from assets.queries.changes import changes, month
from assets.queries.depreciation import totals
from assets.queries.ledger import Amount, By, Scope, balance, balances, ledger, total
from assets.queries.turnover import turnover
from assets.rules import Refused
from assets.services.movements import change_custodian, correct, reclassify, reverse, split, transfer
from tests import cast
from tests.assets import stock

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A01")]
DAY = dt.date(2026, 9, 1)
OCTOBER = dt.date(2026, 10, 8)
NOVEMBER = dt.date(2026, 11, 5)


def amount(quantity: int, value: str) -> Amount:
    return Amount(quantity, Decimal(value))


@pytest.fixture
def room(db):
    return cast.room("六年级(1)班")


@pytest.fixture
def store(db):
    return cast.room("总务仓库")


@pytest.fixture
def story(keeper, teacher, room, store):
    """Forty chairs enter, ten go to the store, one is corrected away; a computer enters and changes keeper."""
    chairs = stock.card(
        keeper, name="学生椅", quantity=40, value=Decimal("3680.00"), room=room, custodian=teacher, unit="把",
        property_class=stock.property_class("A05010304"), summary="期初",
    )  # fmt: skip
    computer = stock.card(keeper, room=room, custodian=teacher, property_class=stock.property_class())
    part = split(person=keeper, card=chairs, quantity=10, date=OCTOBER)
    transfer(person=keeper, cards=[part], room=store, date=OCTOBER, custodian=keeper, summary="多余")
    correct(person=keeper, card=chairs, quantity=29, value=Decimal("2668.00"), date=NOVEMBER, summary="少一把")
    change_custodian(person=keeper, cards=[computer], custodian=keeper, date=NOVEMBER)
    return chairs, computer, part


def test_the_general_ledger_in_its_three_depths(story):
    def codes(by: By) -> dict[str, Amount]:
        return {row.code: row.amount for row in balances(by, on=NOVEMBER)}

    assert codes(By.TOP) == {"A02000000": amount(1, "4580.00"), "A05000000": amount(39, "3588.00")}
    assert codes(By.SUB) == {"A02010000": amount(1, "4580.00"), "A05010000": amount(39, "3588.00")}
    assert codes(By.ITEM) == {"A02010105": amount(1, "4580.00"), "A05010304": amount(39, "3588.00")}


def test_the_sub_ledgers(story, keeper, teacher, room, store):
    rooms = {row.label: row.amount for row in balances(By.ROOM, on=NOVEMBER)}
    keepers = {row.label: row.amount for row in balances(By.CUSTODIAN, on=NOVEMBER)}

    assert rooms == {"六年级(1)班": amount(30, "7248.00"), "总务仓库": amount(10, "920.00")}
    assert keepers == {keeper.name: amount(11, "5500.00"), teacher.name: amount(29, "2668.00")}
    assert balances(By.DEPARTMENT, on=NOVEMBER)[0].label == ""
    assert balances(By.ROOM, on=NOVEMBER, scope=Scope(property_class=stock.property_class("A05000000")))[0].amount == (
        amount(29, "2668.00")
    )
    assert balance(on=NOVEMBER, scope=Scope(without="department")) == amount(40, "8168.00")


def test_a_ledger_as_of_any_day(story, store):
    assert balance(on=dt.date(2026, 8, 31)) == Amount()
    assert balance(on=DAY) == balance(on=OCTOBER) == amount(41, "8260.00")
    assert balance(on=dt.date(2026, 10, 7), scope=Scope(room=store)) == Amount()
    assert balances(By.ROOM, on=dt.date(2026, 8, 31)) == []


def test_the_lines_of_a_room(story, room, teacher):
    chairs, computer, _part = story
    whole = ledger(first=DAY, last=NOVEMBER, scope=Scope(room=room))
    lines = [(line.paper, line.card_number, line.came, line.left, line.balance) for line in whole.lines]

    # The change of keeper and what the split left in the room are no change of the room's ledger as a whole.
    assert lines == [
        ("RZ2026-00001", chairs.number, amount(40, "3680.00"), Amount(), amount(40, "3680.00")),
        ("RZ2026-00002", computer.number, amount(1, "4580.00"), Amount(), amount(41, "8260.00")),
        ("CF2026-00001", "ZC2026-00001", Amount(), amount(10, "920.00"), amount(31, "7340.00")),
        ("CF2026-00001", "ZC2026-00003", amount(10, "920.00"), Amount(), amount(41, "8260.00")),
        ("DB2026-00001", "ZC2026-00003", Amount(), amount(10, "920.00"), amount(31, "7340.00")),
        ("GZ2026-00001", chairs.number, Amount(), amount(1, "92.00"), amount(30, "7248.00")),
    ]
    assert whole.lines[0].custodian == teacher.name
    assert whole.lines[0].came.unit_price == Decimal("92.00")
    assert whole.closing == balance(on=NOVEMBER, scope=Scope(room=room)) == amount(30, "7248.00")


def test_what_was_before_is_brought_forward(story, room):
    november = ledger(first=dt.date(2026, 11, 1), last=NOVEMBER, scope=Scope(room=room))

    assert november.opening == amount(31, "7340.00")
    assert [line.paper for line in november.lines] == ["GZ2026-00001"]
    assert november.opening + november.came - november.left == november.closing


def test_a_month_of_changes(story):
    october, november = changes(*month(2026, 10)), changes(*month(2026, 11))

    assert [(line.number, line.cards, line.moved) for line in october.lines] == [
        ("CF2026-00001", 2, amount(10, "920.00")),
        ("DB2026-00001", 1, amount(10, "920.00")),
    ]
    assert october.opening == october.closing
    assert (november.left, november.came) == (amount(1, "92.00"), Amount())
    assert november.closing == balance(on=NOVEMBER)
    assert [label for label, _lines in november.by_kind()] == [
        MovementKind.CUSTODY.label,
        MovementKind.CORRECTION.label,
    ]


def test_the_turnover_of_a_period(story, room, store):
    rooms = {row.head.label: row for row in turnover(By.ROOM, first=dt.date(2026, 10, 1), last=NOVEMBER)}

    here, there = rooms["六年级(1)班"], rooms["总务仓库"]
    assert (here.opening, here.left) == (amount(41, "8260.00"), amount(21, "1932.00"))
    assert (here.came, here.closing) == (amount(10, "920.00"), amount(30, "7248.00"))
    assert (there.opening, there.came, there.left) == (Amount(), amount(10, "920.00"), Amount())
    (furniture,) = turnover(By.SUB, first=OCTOBER, last=OCTOBER, scope=Scope(room=store))
    assert (furniture.head.code, furniture.came) == ("A05010000", amount(10, "920.00"))


def test_a_reversed_entry_leaves_the_month(keeper):
    stock.card(keeper)
    reverse(person=keeper, movement=Movement.objects.get(), date=OCTOBER)

    assert changes(*month(2026, 10)).left == amount(1, "4580.00")


@pytest.mark.parametrize(("number", "last"), [(2, 28), (12, 31), (9, 30)])
def test_a_month_ends_on_its_last_day(number: int, last: int):
    assert month(2026, number) == (dt.date(2026, number, 1), dt.date(2026, number, last))


def test_no_query_for_each_row(keeper, room, django_assert_max_num_queries):
    for _ in range(12):
        stock.card(keeper, room=room, property_class=stock.property_class())
    with django_assert_max_num_queries(2):
        ledger(first=DAY, last=OCTOBER)
    for by in By:
        with django_assert_max_num_queries(2):
            balances(by, on=OCTOBER)
    with django_assert_max_num_queries(2):
        changes(DAY, OCTOBER)
    with django_assert_max_num_queries(2):
        list(cards_unlike_entries())


def test_a_card_that_says_otherwise_is_found(story):
    assert list(cards_unlike_entries()) == []
    Card.objects.filter(pk=story[0].pk).update(quantity=30)
    Card.objects.filter(pk=story[1].pk).update(room=None)
    assert [problem.text.split()[0] for problem in cards_unlike_entries()] == [story[0].number, story[1].number]


def test_a_card_without_entries_is_found(keeper):
    Card.objects.create(number="X-1", name="无凭证")
    assert len(list(cards_unlike_entries())) == 1


# Any sequence of papers, some refused: at the end and at every day in between all ledgers agree.

STEP = st.tuples(
    st.sampled_from(["enter", "transfer", "custody", "split", "correct", "reclassify", "reverse"]),
    st.integers(0, 7),
    st.integers(0, 7),
    st.integers(1, 9),
    st.integers(0, 5),
)


class Story:
    """Writes random papers; ``expected`` is what the general ledger has to say."""

    def __init__(self, keeper, rooms, people, classes):
        self.keeper, self.rooms, self.people, self.classes = keeper, rooms, people, classes
        self.day = DAY
        self.expected = Amount()

    def step(self, verb: str, which: int, where: int, pieces: int, days: int) -> None:
        self.day = min(self.day + dt.timedelta(days=days), NOVEMBER)
        cards = list(Card.objects.in_ledger())
        if verb == "enter" or not cards:
            self.enter(where, pieces)
            return
        card = cards[which % len(cards)]
        with contextlib.suppress(Refused):
            getattr(self, verb)(card, where, pieces)

    def enter(self, where: int, pieces: int) -> None:
        value = Decimal(f"{where * 331 + pieces}.{pieces}{where}")
        fields = {"room": self.rooms[where % 3], "property_class": self.classes[where % 4], "quantity": pieces}
        stock.card(self.keeper, date=self.day, value=value, custodian=self.people[where % 3], **fields)
        self.expected += Amount(pieces, value)

    def transfer(self, card: Card, where: int, pieces: int) -> None:
        transfer(person=self.keeper, cards=[card], room=self.rooms[where % 2], date=self.day)

    def custody(self, card: Card, where: int, pieces: int) -> None:
        change_custodian(person=self.keeper, cards=[card], custodian=self.people[where % 3], date=self.day)

    def reclassify(self, card: Card, where: int, pieces: int) -> None:
        new = self.classes[where % 3]
        reclassify(person=self.keeper, cards=[card], property_class=new, date=self.day)

    def split(self, card: Card, where: int, pieces: int) -> None:
        split(person=self.keeper, card=card, quantity=pieces, date=self.day)

    def correct(self, card: Card, where: int, pieces: int) -> None:
        before, value = Amount(card.quantity, card.value), Decimal(f"{where}.0{pieces}")
        correct(person=self.keeper, card=card, quantity=pieces, value=value, date=self.day, summary="x")
        self.expected += Amount(pieces, value) - before

    def reverse(self, card: Card, where: int, pieces: int) -> None:
        paper = Movement.objects.filter(entries__card=card).latest("pk")
        reverse(person=self.keeper, movement=paper, date=self.day)
        entries = LedgerEntry.objects.filter(movement=paper)
        self.expected -= total(Amount(entry.quantity, entry.value) for entry in entries)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEP, min_size=1, max_size=14))
def test_general_and_sub_ledgers_and_cards_agree(keeper, teacher, room, store, steps):
    with transaction.atomic():
        codes = ("A02010105", "A05010304", "A02000000")
        classes = [*(stock.property_class(code) for code in codes), None]
        story = Story(keeper, [room, store, None], [keeper, teacher, None], classes)
        for step in steps:
            story.step(*step)

        assert balance(on=NOVEMBER) == story.expected
        for day in {NOVEMBER, *LedgerEntry.objects.values_list("date", flat=True)}:
            for by in By:
                assert total(row.amount for row in balances(by, on=day)) == balance(on=day)
                rows = turnover(by, first=day, last=NOVEMBER)
                assert {row.head.key: row.closing for row in rows if row.closing} == {
                    row.key: row.amount for row in balances(by, on=NOVEMBER)
                }
        for by, name in ((By.ROOM, "room"), (By.TOP, "property_class"), (By.CUSTODIAN, "custodian")):
            for row in balances(by, on=NOVEMBER):
                scope = Scope(**{name: row.row}) if row.row else Scope(without=name)
                assert ledger(last=NOVEMBER, scope=scope).closing == row.amount
        cards = totals(Card.objects.filter(state=CardState.IN_LEDGER), NOVEMBER)
        assert Amount(cards.quantity, cards.value) == story.expected
        assert list(cards_unlike_entries()) == []
        transaction.set_rollback(True)


def test_the_entries_hold_whole_fen(keeper):
    stock.card(keeper, value=Decimal("0.07"), quantity=3)
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM assets_ledgerentry")
        assert cursor.fetchone() == (7,)
