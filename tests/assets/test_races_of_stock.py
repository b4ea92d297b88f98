"""Two people at once in the store: nothing accepted is entered twice, nothing leaves twice. Proved on PostgreSQL."""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import partial

import pytest
from django.db.models import Sum
from django.utils import timezone

from assets import checks
from assets.choices import IssueState, StockKind
from assets.models import Card, Issue, StockBalance, StockEntry, StockItem, StockPaper
from assets.rules.stock import later_papers
from assets.services import issues, stock
from assets.services.issues import Wanted
from assets.services.receipts import enter_as_cards, enter_in_store
from assets.services.stock import item_named
from finance.choices import AcceptanceState, Nature
from finance.models import AcceptanceLine
from finance.services import acceptances
from logistics.approvals.models import Route
from logistics.approvals.services.rules import enter_first_rules
from logistics.school.choices import Role
from logistics.school.models import Person
from tests import cast
from tests.approvals.test_races import fresh, says, told
from tests.assets import received
from tests.finance import goods, papers

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True), pytest.mark.requirement("F05")]
TOO_LITTLE = r"only \d+ .+ are in store\."


@pytest.fixture(autouse=True)
def _store(transactional_db):
    enter_first_rules()  # the tables are emptied after each test of this kind
    received.store()


def today():
    return timezone.localdate()


def stored(keeper: Person, line: AcceptanceLine, quantity: int) -> Callable[[], object]:
    """So much of the line into the store, from a page of one's own."""
    seen, room = AcceptanceLine.objects.get(pk=line.pk), received.store()
    lines = [(seen, Decimal(quantity))]
    return partial(enter_in_store, person=fresh(keeper), lines=lines, room=room, day=today())


def carded(keeper: Person, line: AcceptanceLine, pieces: int) -> Callable[[], object]:
    place = dict.fromkeys(("room", "custodian", "department"))
    seen, said = AcceptanceLine.objects.get(pk=line.pk), {"date": today(), "one_card_each": True, **place}
    return partial(enter_as_cards, person=fresh(keeper), line=seen, pieces=pieces, **said)


def slip(keeper: Person, recipient: Person, *lines: Wanted) -> Issue:
    return issues.write_issue(
        person=keeper, recipient=recipient, room=received.store(), purpose="教学用", lines=list(lines)
    )


def some(item: StockItem, quantity: int) -> Wanted:
    return Wanted(item=item, asked=Decimal(quantity), issued=Decimal(quantity))


def signs(issue: Issue) -> Callable[[], object]:
    return says(issue.recipient, Route.objects.of(issue).get())


def reverses(keeper: Person, paper: StockPaper) -> Callable[[], object]:
    seen = StockPaper.objects.get(pk=paper.pk)
    return partial(stock.reverse, person=fresh(keeper), paper=seen, day=today(), summary="记错")


def sound() -> bool:
    return not [problem for check in checks.CHECKS for problem in check.find()]


def one_told(pattern: str, *attempts: Callable[[], object]) -> object:
    """One wins and is given back, the others read ``pattern``; books, store and acceptance agree."""
    winners, refusals = told(*attempts)
    assert len(refusals) == len(attempts) - 1
    assert all(re.search(pattern, refusal) for refusal in refusals), refusals
    assert sound()
    return winners[0]


def in_stock() -> tuple[Decimal, Decimal]:
    balance = StockBalance.objects.get()
    return balance.quantity, balance.amount


@pytest.mark.parametrize(("each", "left"), [(10, 0), (6, 4)])
def test_a_line_enters_the_store_once(keeper, teacher, each, left):
    line = received.accepted(keeper, teacher, quantity=10, price="22.00")
    paper = one_told(r"only \d+ are accepted and not yet entered", *[stored(keeper, line, each)] * 2)
    assert StockPaper.objects.get() == paper
    assert paper.number.endswith("-00001")
    line.refresh_from_db()
    assert line.accepted - line.stored == left
    assert in_stock() == (each, Decimal(22 * each))


def test_two_parts_of_a_line_enter_at_once_and_no_fen_is_lost(keeper, teacher):
    line = received.accepted(keeper, teacher, quantity=3, price="33.34", amount="100.00")
    winners, refusals = told(stored(keeper, line, 2), stored(keeper, line, 1))
    assert (len(winners), refusals) == (2, [])
    line.refresh_from_db()
    assert line.stored == 3
    assert in_stock() == (3, Decimal("100.00"))
    assert sorted(StockPaper.objects.values_list("number", flat=True))[-1].endswith("-00002")
    assert sound()


@pytest.mark.requirement("F07")
@pytest.mark.parametrize(("each", "left"), [(3, 0), (2, 1)])
def test_a_line_becomes_cards_once(keeper, teacher, each, left):
    line = received.accepted(
        keeper, teacher, name="投影仪", quantity=3, price="33.34", amount="100.00", nature=Nature.PROPERTY
    )
    one_told(r"only \d+ are accepted and not yet entered", *(carded(keeper, line, each) for _tab in range(2)))
    line.refresh_from_db()
    assert Card.objects.count() == line.stored == 3 - left
    numbers = sorted(Card.objects.values_list("number", flat=True))
    assert [number[-5:] for number in numbers] == [f"{at:05d}" for at in range(1, each + 1)]
    assert Card.objects.aggregate(sum=Sum("value"))["sum"] == (Decimal(100) if not left else Decimal("66.67"))


def test_entered_while_its_nature_changes(keeper, teacher):
    """It enters as what it was, or is told that it became something else."""
    line = received.accepted(keeper, teacher)
    changes = partial(acceptances.change_nature, person=fresh(keeper), line=line, nature=Nature.PROPERTY)
    one_told(r"some of it is entered already|is marked as ", stored(keeper, line, 10), changes)
    line.refresh_from_db()
    assert (line.nature == Nature.CONSUMABLE) == (line.stored == 10) == StockPaper.objects.exists()


def test_entered_while_the_delivery_is_taken_back(teacher):
    bought = papers.request(teacher, [("足球", 10, "8.50")], approved=True)
    accepted, keeper = goods.delivery(goods.order(bought)), goods.part(Role.KEEPER)
    line = accepted.lines.get()
    one_told(
        r"is void\.|in the books|entered",
        stored(keeper, line, 10),
        partial(acceptances.withdraw, person=fresh(keeper), acceptance=type(accepted).objects.get()),
    )
    accepted.refresh_from_db()
    line.refresh_from_db()
    assert (accepted.state == AcceptanceState.VOID) == (line.stored == 0) == (not StockPaper.objects.exists())


def test_a_new_item_is_made_once():
    winners, refusals = told(*(partial(item_named, name, "70g", "包") for name in ("A4复印纸", " a4复印纸 ") * 2))
    assert refusals == []
    assert set(winners) == {StockItem.objects.get()}


def test_new_items_in_another_order_do_not_lock_each_other_out(teacher):
    """Two deliveries of the same new goods, listed the other way round, are entered by two at once."""
    names, keeper = [f"用品{at}" for at in range(8)], goods.part(Role.KEEPER)
    entered = []
    for listed in (names, names[::-1]):
        bought = papers.request(teacher, [(name, 2, "3.00") for name in listed], approved=True)
        lines = goods.delivery(goods.order(bought)).lines.order_by("pk")
        said = {"lines": [(line, Decimal(2)) for line in lines], "room": received.store(), "day": today()}
        entered.append(partial(enter_in_store, person=fresh(keeper), **said))
    winners, refusals = told(*entered)
    assert (len(winners), refusals) == (2, [])
    assert StockItem.objects.count() == 8
    assert set(StockBalance.objects.values_list("quantity", "amount")) == {(Decimal(4), Decimal(12))}
    assert sound()


@pytest.fixture
def item(keeper, teacher) -> StockItem:
    """Three pieces, 10.00 yuan in all."""
    stored(keeper, received.accepted(keeper, teacher, quantity=3, price="3.34", amount="10.00"), 3)()
    return StockItem.objects.get()


@pytest.mark.parametrize(("each", "left"), [(3, (0, "0.00")), (2, (1, "3.33"))])
def test_the_last_stock_is_issued_once(keeper, item, each, left):
    people = [cast.person(f"wants_{at}", f"领用人{at}") for at in range(4)]
    slips = [slip(keeper, person, some(item, each)) for person in people]
    winner = one_told(TOO_LITTLE, *(signs(issue) for issue in slips))
    states = {issue.recipient: issue.state for issue in Issue.objects.all()}
    assert states.pop(winner.person) == IssueState.SIGNED
    assert set(states.values()) == {IssueState.WAITING}
    assert StockPaper.objects.get(kind=StockKind.OUT).issue.recipient == winner.person
    assert in_stock() == (left[0], Decimal(left[1]))


def test_what_is_there_for_both_both_receive(keeper, teacher, stranger, item):
    slips = [slip(keeper, teacher, some(item, 2)), slip(keeper, stranger, some(item, 1))]
    winners, refusals = told(*(signs(issue) for issue in slips))
    assert (len(winners), refusals) == (2, [])
    assert in_stock() == (0, 0)
    assert sound()


def test_slips_of_several_items_do_not_lock_each_other_out(keeper, teacher, stranger, item):
    stored(keeper, received.accepted(keeper, teacher, name="粉笔", quantity=3), 3)()
    both = [some(one, 2) for one in StockItem.objects.order_by("pk")]
    slips = [slip(keeper, teacher, *both), slip(keeper, stranger, *reversed(both))]
    one_told(TOO_LITTLE, *(signs(issue) for issue in slips))
    assert list(StockBalance.objects.values_list("quantity", flat=True)) == [1, 1]


def test_a_slip_is_signed_once(keeper, teacher, item):
    issue = slip(keeper, teacher, some(item, 1))
    one_told(r"is no longer being signed: it is approved\.", *(signs(issue) for _tab in range(2)))
    assert in_stock() == (2, Decimal("6.67"))


def test_a_slip_is_signed_or_cancelled(keeper, teacher, item):
    issue = slip(keeper, teacher, some(item, 3))
    seen = Issue.objects.get()
    one_told(
        r"is no longer being signed: it is (approved|withdrawn)\.",
        signs(issue),
        partial(issues.cancel, person=fresh(keeper), issue=seen),
    )
    issue.refresh_from_db()
    assert issue.state in {IssueState.SIGNED, IssueState.CANCELLED}
    assert in_stock()[0] == (0 if issue.state == IssueState.SIGNED else 3)


def test_goods_are_issued_or_their_entry_reversed(keeper, teacher, item):
    came, issue = StockPaper.objects.get(), slip(keeper, teacher, some(item, 1))
    one_told(TOO_LITTLE + r"|Later papers stand on ", signs(issue), reverses(keeper, came))
    issue.refresh_from_db()
    line = AcceptanceLine.objects.get()
    if issue.state == IssueState.SIGNED:
        assert later_papers(came) == [issue.stock_paper]
        assert (in_stock(), line.stored) == ((2, Decimal("6.67")), 3)
    else:
        assert (in_stock(), line.stored) == ((0, 0), 0)


def test_what_one_gives_back_another_receives(keeper, teacher, stranger, item):
    """A slip for what lies on another slip: it is given back first, or the recipient is told."""
    second = slip(keeper, stranger, some(item, 3))
    first = slip(keeper, teacher, some(item, 3))
    signs(first)()
    winners, refusals = told(reverses(keeper, first.stock_paper), signs(second))
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.state == IssueState.REVERSED
    assert second.state == (IssueState.WAITING if refusals else IssueState.SIGNED)
    assert all(re.search(TOO_LITTLE, refusal) for refusal in refusals)
    assert len(winners) == 2 - len(refusals)
    assert in_stock() == ((3, Decimal("10.00")) if refusals else (0, 0))
    assert sound()


def test_a_paper_of_the_store_is_reversed_once(keeper, item):
    one_told(r"is a reversal, or has been reversed\.", *[reverses(keeper, StockPaper.objects.get())] * 2)
    assert (in_stock(), AcceptanceLine.objects.get().stored) == ((0, 0), 0)


def test_a_part_is_reversed_while_the_rest_is_entered(keeper, teacher):
    """Whichever comes first, the acceptance knows what is in the books; no reversal reaches under a later paper."""
    line = received.accepted(keeper, teacher, quantity=10, price="1.00")
    came = stored(keeper, line, 4)()
    winners, refusals = told(reverses(keeper, came), stored(keeper, line, 6))
    assert len(winners) + len(refusals) == 2
    assert all("Later papers stand on" in refusal for refusal in refusals)
    line.refresh_from_db()
    assert line.stored == in_stock()[0] == (10 if refusals else 6)
    assert StockEntry.objects.aggregate(sum=Sum("amount"))["sum"] == line.stored
    assert sound()


@pytest.mark.requirement("F07")
def test_one_card_is_handed_to_two(keeper, teacher, stranger):
    """Both slips were written while it stood in the store: one takes it, the other comes after or is told."""
    carded(keeper, received.accepted(keeper, teacher, quantity=1, nature=Nature.PROPERTY), 1)()
    card = Card.objects.get()
    slips = [slip(keeper, person, Wanted(card=card)) for person in (teacher, stranger)]
    winners, refusals = told(*(signs(issue) for issue in slips))
    assert all("has been changed by somebody else meanwhile" in refusal for refusal in refusals)
    signed = set(Issue.objects.filter(state=IssueState.SIGNED).values_list("recipient", flat=True))
    assert signed == {winner.person_id for winner in winners}
    card.refresh_from_db()
    assert card.custodian_id in signed
    assert sound()
