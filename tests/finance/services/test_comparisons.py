"""Quotes: who asked the prices does not choose; few quotes or not the lowest only with a reason (F04)."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from finance.choices import ComparisonState
from finance.models import Comparison, Quote, QuotePrice
from finance.queries.comparisons import still_to_order
from finance.rules import Refused
from finance.services import comparisons, orders, purchases
from logistics.approvals.choices import Verdict
from logistics.approvals.models import Route
from logistics.approvals.services import routes
from logistics.school.choices import Role
from tests import cast
from tests.finance import goods, papers

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F04")]


@pytest.fixture
def opened(teacher):
    purchase = papers.request(teacher, [("打印机", 2, "1500.00")], approved=True)
    buyer = goods.part(Role.PURCHASER)
    return comparisons.open_comparison(
        person=buyer, lines=[(purchase.lines.get(), Decimal(2))], title="打印机", control_price=Decimal(3000)
    )


def quote(comparison, name, price):
    line = comparison.lines.get()
    return comparisons.set_quote(
        person=comparison.asked_by,
        comparison=comparison,
        supplier=goods.supplier(name),
        prices={line.pk: Decimal(price)},
    )


def three(comparison):
    return [quote(comparison, f"店{n}", price) for n, price in enumerate((1450, 1390, 1420))]


def test_two_of_the_group_choose(opened):
    lowest = three(opened)[1]
    first, second = goods.group()
    route = comparisons.choose(person=first, comparison=opened, quote=lowest)
    assert opened.state == ComparisonState.RUNNING
    with pytest.raises(ValidationError):  # one alone is no group
        routes.sign(person=first, route=route, verdict=Verdict.APPROVE, seen=route.facts_hash)
    routes.sign(person=second, route=route, verdict=Verdict.APPROVE, seen=route.facts_hash)
    opened.refresh_from_db()
    assert (opened.state, opened.winner) == (ComparisonState.DECIDED, lowest)


def test_who_asked_the_prices_does_not_choose(opened):
    lowest = three(opened)[1]
    both = cast.person("both", "身兼二职", Role.PURCHASER, Role.PURCHASING_GROUP)
    opened.asked_by = both
    opened.save()
    with pytest.raises(Refused):
        comparisons.choose(person=both, comparison=opened, quote=lowest)
    first, _second = goods.group()
    route = comparisons.choose(person=first, comparison=opened, quote=lowest)
    with pytest.raises(ValidationError):  # nor does he sign as the second
        routes.sign(person=both, route=route, verdict=Verdict.APPROVE, seen=route.facts_hash)


def test_not_the_lowest_only_with_a_reason(opened):
    dearer = three(opened)[2]
    first, _second = goods.group()
    with pytest.raises(Refused) as refused:
        comparisons.choose(person=first, comparison=opened, quote=dearer)
    assert "reason" in refused.value.message_dict
    comparisons.choose(person=first, comparison=opened, quote=dearer, reason="售后网点在本市")


def test_fewer_than_three_only_with_a_reason(opened):
    only = quote(opened, "独家", 1400)
    first, _second = goods.group()
    with pytest.raises(Refused) as refused:
        comparisons.choose(person=first, comparison=opened, quote=only)
    assert "reason_few" in refused.value.message_dict
    comparisons.choose(person=first, comparison=opened, quote=only, reason_few="本地仅此一家代理")


def test_never_above_the_price_limit(opened):
    for n, price in enumerate((1600, 1700, 1800)):
        quote(opened, f"贵店{n}", price)
    first, _second = goods.group()
    with pytest.raises(Refused, match="3,000"):
        comparisons.choose(person=first, comparison=opened, quote=opened.quotes.order_by("amount").first())


def test_sent_back_the_choice_is_void(opened):
    lowest = three(opened)[1]
    first, second = goods.group()
    route = comparisons.choose(person=first, comparison=opened, quote=lowest)
    with pytest.raises(Refused):  # not while it is being signed
        quote(opened, "迟到的店", 1300)
    routes.sign(person=second, route=route, verdict=Verdict.RETURN, seen=route.facts_hash, note="少了运费")
    opened.refresh_from_db()
    assert (opened.state, opened.winner) == (ComparisonState.OPEN, None)
    better = quote(opened, "迟到的店", 1300)
    again = comparisons.choose(person=first, comparison=opened, quote=better)
    assert again.version == 2
    assert Route.objects.of(opened).count() == 2


def test_a_stranger_chooses_nothing(opened, stranger, director):
    lowest = three(opened)[1]
    for person in (stranger, director, opened.asked_by):
        with pytest.raises(Refused):
            comparisons.choose(person=person, comparison=opened, quote=lowest)


def test_who_entered_a_quote_does_not_sign_as_the_second(opened):
    both = cast.person("both", "身兼二职", Role.PURCHASER, Role.PURCHASING_GROUP)
    lowest = three(opened)[1]
    comparisons.set_quote(
        person=both, comparison=opened, supplier=goods.supplier("店9"), prices={opened.lines.get().pk: Decimal(1480)}
    )
    first, second = goods.group()
    route = comparisons.choose(person=first, comparison=opened, quote=lowest)
    with pytest.raises(Refused):
        routes.sign(person=both, route=route, verdict=Verdict.APPROVE, seen=route.facts_hash)
    opened.refresh_from_db()
    assert opened.state == ComparisonState.RUNNING
    routes.sign(person=second, route=route, verdict=Verdict.APPROVE, seen=route.facts_hash)


@pytest.mark.requirement("O02")
def test_nor_does_the_deputy_of_who_asked_the_prices(opened):
    both = cast.person("both", "身兼二职", Role.PURCHASER, Role.PURCHASING_GROUP)
    opened.asked_by = both
    opened.save()
    lowest = three(opened)[1]
    deputy = goods.deputy(both, Role.PURCHASING_GROUP)
    with pytest.raises(Refused):
        comparisons.choose(person=deputy, comparison=opened, quote=lowest)
    first, _second = goods.group()
    route = comparisons.choose(person=first, comparison=opened, quote=lowest)
    with pytest.raises(Refused):
        routes.sign(person=deputy, route=route, verdict=Verdict.APPROVE, seen=route.facts_hash)


def test_a_line_is_compared_once(opened):
    line = opened.lines.get().request_line
    with pytest.raises(Refused):
        comparisons.open_comparison(person=opened.asked_by, lines=[(line, Decimal(1))] * 2, title="打印机")


def test_the_database_holds_it_too(opened):
    quotes = three(opened)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comparison.objects.filter(pk=opened.pk).update(state=ComparisonState.DECIDED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Quote.objects.create(comparison=opened, supplier=quotes[0].supplier)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuotePrice.objects.filter(quote=quotes[0]).update(price=-1)


def test_what_is_left_of_a_decided_comparison(teacher):
    purchase = papers.request(teacher, [("打印机", 2, "1500.00"), ("硒鼓", 6, "200.00")], approved=True)
    made = goods.compared(purchase, [190, 180, 185])
    assert [left for _row, left in still_to_order(made)] == [2, 6]
    printer = purchase.lines.first()
    placed = orders.place_order(
        person=goods.part(Role.PURCHASER),
        supplier=made.winner.supplier,
        comparison=made,
        lines=[(printer, Decimal(2), Decimal(180))],
    )
    assert [(row.request_line.name, left) for row, left in still_to_order(made)] == [("硒鼓", 6)]
    orders.close_order(person=goods.part(Role.PURCHASER), order=placed, reason="缺货")
    assert [left for _row, left in still_to_order(made)] == [2, 6]


def test_a_line_once_compared_stays_on_its_paper(opened, teacher):
    comparisons.drop(person=opened.asked_by, comparison=opened)
    purchase = opened.lines.get().request_line.request
    purchase.state = "withdrawn"
    purchase.save()
    with pytest.raises(Refused):
        purchases.save_draft(person=teacher, purchase=purchase, lines=[])
    assert purchase.lines.count() == 1
