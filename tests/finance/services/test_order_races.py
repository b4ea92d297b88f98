"""Two people at once: a line is ordered once, a last piece accepted once, a quote chosen once. Proved on PostgreSQL."""

from decimal import Decimal

import pytest

from finance import checks
from finance.choices import ComparisonState, Nature, OrderState
from finance.models import Acceptance, Comparison, Order, OrderLine, RequestLine
from finance.rules import Refused
from finance.services import acceptances, comparisons, orders
from finance.services.acceptances import Delivered
from logistics.approvals.models import Route
from logistics.school.choices import Role
from tests.assets.services.test_races import at_once
from tests.finance import goods, papers

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True), pytest.mark.requirement("F05", "F06")]


def refusals(results) -> int:
    assert all(result is None or isinstance(result, Refused) or result.pk for result in results)
    return sum(isinstance(result, Refused) for result in results)


def sound() -> bool:
    return not [problem for check in checks.CHECKS for problem in check.find()]


@pytest.fixture
def bought(teacher):
    return papers.request(teacher, [("足球", 10, "85.00")], approved=True)


def test_two_orders_from_one_line(bought):
    buyer, seller = goods.part(Role.PURCHASER), goods.supplier()
    seen = [RequestLine.objects.select_related("request").get(request=bought) for _ in range(2)]
    results = at_once(
        *(
            lambda line=line: orders.place_order(person=buyer, supplier=seller, lines=[(line, Decimal(6), Decimal(85))])
            for line in seen
        )
    )
    assert refusals(results) == 1
    assert RequestLine.objects.get().ordered == 6
    bought.refresh_from_db()
    assert bought.ordered == Order.objects.get().amount == Decimal(510)
    assert sound()


def test_two_acceptances_of_the_last_piece(bought):
    placed, keeper = goods.order(bought), goods.part(Role.KEEPER)
    goods.delivery(placed, good=9)
    seen = [OrderLine.objects.select_related("order", "request_line").get() for _ in range(2)]
    results = at_once(
        *(
            lambda line=line: acceptances.accept(
                person=keeper, order=line.order, lines=[Delivered(line, Decimal(1), Nature.CONSUMABLE)]
            )
            for line in seen
        )
    )
    assert refusals(results) == 1
    placed.refresh_from_db()
    assert (placed.state, placed.accepted) == (OrderState.DONE, Decimal(850))
    assert Acceptance.objects.count() == Route.objects.filter(kind=acceptances.KIND).count() == 2
    assert sound()


def test_a_delivery_while_the_order_is_ended(bought):
    placed, keeper, buyer = goods.order(bought), goods.part(Role.KEEPER), goods.part(Role.PURCHASER)
    line = OrderLine.objects.select_related("order", "request_line").get()
    came = [Delivered(line, Decimal(4), Nature.CONSUMABLE)]
    results = at_once(
        lambda: acceptances.accept(person=keeper, order=line.order, lines=came),
        lambda: orders.close_order(person=buyer, order=placed, reason="厂家停产"),
    )
    placed.refresh_from_db()
    assert placed.state == OrderState.CLOSED
    assert placed.accepted == placed.amount == Decimal(0 if refusals(results) else 340)
    assert sound()


def test_pieces_are_entered_in_the_books_once(bought):
    line = goods.delivery(goods.order(bought), good=4).lines.get()
    results = at_once(*(lambda: acceptances.take_in(line=line, quantity=Decimal(3)) for _ in range(2)))
    assert refusals(results) == 1
    line.refresh_from_db()
    assert line.stored == 3


def test_two_of_the_group_choose_at_once(bought):
    made = comparisons.open_comparison(
        person=goods.part(Role.PURCHASER), lines=[(bought.lines.get(), Decimal(10))], title="足球"
    )
    for number, price in enumerate((84, 82, 83), 1):
        comparisons.set_quote(
            person=made.asked_by,
            comparison=made,
            supplier=goods.supplier(f"店{number}"),
            prices={made.lines.get().pk: Decimal(price)},
        )
    quote, seen = made.quotes.order_by("amount").first(), [Comparison.objects.get() for _ in range(2)]
    results = at_once(
        *(
            lambda person=person, one=one: comparisons.choose(person=person, comparison=one, quote=quote)
            for person, one in zip(goods.group(), seen, strict=True)
        )
    )
    assert refusals(results) == 1
    made.refresh_from_db()
    assert made.state == ComparisonState.RUNNING
    assert Route.objects.of(made).get().signatures.count() == 1
