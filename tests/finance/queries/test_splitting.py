"""One need split into small papers is seen, and the larger sum chooses the rule."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from finance.choices import Category
from finance.models import PurchaseRequest
from finance.queries.purchases import route_of
from finance.queries.splitting import deciding_amount, rolling_sums
from finance.services import purchases
from tests import cast
from tests.finance import papers

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F04")]


def sums_of(purchase):
    return rolling_sums(purchase, purchase.lines.all())


def test_the_same_thing_asked_for_by_two_is_added_up(teacher, stranger):
    first = papers.submitted(teacher, [("投影仪", 1, 3000)], category=Category.TEACHING)
    second = papers.request(stranger, [("投影仪", 1, 2900)], category=Category.EQUIPMENT)
    found = sums_of(second)
    assert [(one.what, one.amount, one.papers) for one in found] == [("投影仪", Decimal(5900), [first])]
    assert deciding_amount(second, found) == Decimal(5900)


def test_the_largest_sum_chooses_the_rule(teacher):
    papers.submitted(teacher, [("投影仪", 1, 3000)])
    second = papers.request(teacher, [("幕布", 1, 2900)])
    purchases.submit(person=teacher, purchase=second)
    route = route_of(second)
    assert route.amount == Decimal(2900)
    assert route.demands["quotes"] == 3
    assert "投影仪" not in route.facts["warnings"][0]
    assert "SG" in route.facts["warnings"][0]


def test_a_departments_papers_of_one_category_are_added_up(teacher, stranger):
    office = cast.department("教导处")
    for person in (teacher, stranger):
        person.department = office
        person.save()
    papers.submitted(teacher, [("粉笔", 100, 3)])
    second = papers.request(stranger, [("板擦", 10, 5)])
    assert [one.amount for one in sums_of(second)] == [Decimal(350)]


@pytest.mark.parametrize("state", ["draft", "returned", "rejected", "withdrawn"])
def test_what_is_not_wanted_does_not_count(teacher, state):
    first = papers.submitted(teacher, [("投影仪", 1, 3000)])
    PurchaseRequest.objects.filter(pk=first.pk).update(state=state)
    assert sums_of(papers.request(teacher, [("投影仪", 1, 1000)])) == []


def test_what_is_long_ago_does_not_count(teacher):
    first = papers.submitted(teacher, [("投影仪", 1, 3000)])
    long_ago = timezone.now() - dt.timedelta(days=31)
    PurchaseRequest.objects.filter(pk=first.pk).update(submitted_at=long_ago)
    assert sums_of(papers.request(teacher, [("投影仪", 1, 1000)])) == []
