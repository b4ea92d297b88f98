"""Ordering: never more than approved, quotes where the rule asks for them, small orders seen together."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from finance.choices import Category, OrderState
from finance.models import Order, OrderLine, PurchaseRequest, RequestLine
from finance.rules import Refused
from finance.rules.purchases import why_not_taken_back
from finance.services import orders
from logistics.school.choices import Role
from tests import cast
from tests.finance import goods, papers

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F05", "F06")]


@pytest.fixture
def request_of(teacher):
    def build(lines=(("足球", 10, "85.00"),), **fields):
        return papers.request(teacher, lines, approved=True, **fields)

    return build


def place(purchase, *, quantity=1, price="85.00", **fields):
    line = purchase.lines.first()
    wanted = [(line, Decimal(quantity), Decimal(price))]
    given = {"person": goods.part(Role.PURCHASER), "supplier": goods.supplier(), "lines": wanted, **fields}
    return orders.place_order(**given)


def test_lines_of_several_requests_in_one_order(request_of):
    first, second = request_of(), request_of((("跳绳", 5, "12.50"),))
    lines = [(p.lines.get(), p.lines.get().quantity, p.lines.get().price) for p in (first, second)]
    made = orders.place_order(person=goods.part(Role.PURCHASER), supplier=goods.supplier(), lines=lines)
    assert made.number.startswith("DD")
    assert made.amount == Decimal("912.50")
    for purchase in (first, second):
        purchase.refresh_from_db()
        assert purchase.ordered == purchase.total
    assert [line["name"] for line in made.facts["lines"]] == ["足球", "跳绳"]


def test_not_more_than_was_approved(request_of):
    purchase = request_of()
    place(purchase, quantity=7)
    with pytest.raises(Refused, match="3"):
        place(purchase, quantity=4)
    place(purchase, quantity=3)
    line = purchase.lines.get()
    assert line.ordered == line.quantity == 10


def test_not_for_more_yuan_than_was_approved(request_of):
    with pytest.raises(Refused, match="850"):
        place(request_of(), quantity=10, price="85.01")


def test_the_database_holds_it_too(request_of):
    line = request_of().lines.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        RequestLine.objects.filter(pk=line.pk).update(ordered=11)
    made = place(line.request)
    with pytest.raises(IntegrityError), transaction.atomic():
        OrderLine.objects.filter(order=made).update(accepted=2)


@pytest.mark.parametrize("state", ["draft", "running", "returned", "rejected", "withdrawn", "closed"])
def test_only_what_is_approved_is_ordered(request_of, state):
    purchase = request_of()
    purchase.state = state
    purchase.save()
    with pytest.raises(Refused):
        place(purchase)


def test_only_who_buys_orders(request_of, teacher, director):
    purchase = request_of()
    admin = cast.person("root", "管理员", is_superuser=True, is_staff=True)
    for person in (teacher, director, cast.keeper(), admin):
        with pytest.raises(Refused):
            place(purchase, person=person)


def test_canteen_goods_stand_on_their_own_paper(request_of):
    first, second = request_of(), request_of((("大米", 50, "5.20"),), category=Category.CANTEEN)
    lines = [(p.lines.get(), Decimal(1), Decimal(1)) for p in (first, second)]
    with pytest.raises(Refused):
        orders.place_order(person=goods.part(Role.PURCHASER), supplier=goods.supplier(), lines=lines)


def test_a_line_stands_on_an_order_once(request_of):
    line = request_of().lines.get()
    with pytest.raises(Refused):
        orders.place_order(
            person=goods.part(Role.PURCHASER), supplier=goods.supplier(), lines=[(line, Decimal(1), Decimal(1))] * 2
        )


@pytest.mark.requirement("F04")
def test_where_the_rule_asks_for_quotes_they_are_compared_first(teacher):
    purchase = papers.approved_request(teacher, [("投影仪", 2, "4000.00")], category=Category.EQUIPMENT)
    with pytest.raises(Refused, match="3"):
        goods.order(purchase)
    comparison = goods.compared(purchase, ["3990", "3890", "3950"])
    with pytest.raises(Refused):  # another price than the quote says
        goods.order(purchase, comparison=comparison, price="3800")
    made = goods.order(purchase, comparison=comparison, price="3890")
    assert made.supplier == comparison.winner.supplier
    assert made.amount == Decimal("7780.00")


@pytest.mark.requirement("F04")
def test_small_orders_to_one_supplier_are_seen_together(request_of):
    goods.order(request_of((("文件柜", 6, "800.00"),)))
    purchase = request_of((("书架", 1, "300.00"),))
    with pytest.raises(Refused) as refused:
        place(purchase, price="300.00")
    assert "reason" in refused.value.message_dict
    made = place(purchase, price="300.00", reason="同一批定制，须同款")
    assert made.reason


def test_the_rest_that_does_not_come_is_free_again(request_of):
    purchase = request_of()
    made = goods.order(purchase)
    goods.delivery(made, good=4)
    with pytest.raises(Refused):
        orders.close_order(person=goods.part(Role.PURCHASER), order=made, reason=" ")
    orders.close_order(person=goods.part(Role.PURCHASER), order=made, reason="厂家停产")
    purchase.refresh_from_db()
    made.refresh_from_db()
    assert (made.state, made.amount, made.accepted) == (OrderState.CLOSED, Decimal(340), Decimal(340))
    assert purchase.lines.get().ordered == 4
    assert purchase.ordered == Decimal(340)
    goods.order(purchase)
    with pytest.raises(Refused):
        orders.close_order(person=goods.part(Role.PURCHASER), order=made, reason="再一次")


def test_parts_never_come_to_more_than_the_whole(request_of):
    purchase = request_of((("味精", "1.000", "0.05"),))
    made = goods.order(purchase)
    for _n in range(4):
        goods.delivery(made, good="0.25")
    made.refresh_from_db()
    assert made.accepted == made.amount == Decimal("0.05")


@pytest.mark.requirement("F04")
def test_small_requests_on_one_order_are_seen_together(request_of):
    small = [request_of(((name, 1, "2600.00"),)) for name in ("书架", "报架")]
    lines = [(purchase.lines.get(), Decimal(1), Decimal(2600)) for purchase in small]
    given = {"person": goods.part(Role.PURCHASER), "supplier": goods.supplier(), "lines": lines}
    with pytest.raises(Refused) as refused:
        orders.place_order(**given)
    assert "reason" in refused.value.message_dict
    assert orders.place_order(**given, reason="同一间阅览室，须同款").amount == Decimal(5200)


@pytest.mark.requirement("O02")
def test_a_deputy_orders_in_the_buyers_place(request_of):
    buyer = goods.part(Role.PURCHASER)
    made = place(request_of(), person=goods.deputy(buyer, Role.PURCHASER))
    assert made.on_behalf_of == buyer
    assert made.history.first().history_on_behalf_of == buyer


def test_an_ended_order_keeps_its_request(request_of, teacher):
    purchase = request_of()
    orders.close_order(person=goods.part(Role.PURCHASER), order=goods.order(purchase), reason="厂家停产")
    purchase.refresh_from_db()
    assert (purchase.ordered, purchase.lines.get().ordered) == (0, 0)
    assert why_not_taken_back(teacher, purchase)


def test_not_more_yuan_than_approved_is_held_by_the_database(request_of):
    purchase = request_of()
    for wrong in ({"ordered": purchase.total + 1}, {"ordered": Decimal(1), "state": "draft"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PurchaseRequest.objects.filter(pk=purchase.pk).update(**wrong)
    made = place(purchase)
    for wrong in ({"accepted": made.amount + 1}, {"paid": Decimal(1)}, {"invoiced": Decimal(-1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Order.objects.filter(pk=made.pk).update(**wrong)
