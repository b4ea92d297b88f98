"""What the search box finds of purchases, and for whom."""

import pytest

from finance.search import find
from tests.finance import goods, papers

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F08")]


def found(person, text) -> dict[str, str]:
    return {hit.url: hit.title for group in find(person, text) for hit in group.hits}


def test_papers_are_found_by_number_goods_and_supplier(teacher, principal, stranger):
    purchase = papers.request(teacher, [("投影仪", 1, "4000.00")], approved=True)
    comparison = goods.compared(purchase, [3990, 3890, 3950])
    placed = goods.order(purchase, comparison=comparison, price="3890")
    came = goods.delivery(placed)
    every = {paper.get_absolute_url() for paper in (purchase, comparison, placed, came)}
    assert set(found(principal, "投影仪")) == every
    assert set(found(teacher, "投影仪")) == every - {comparison.get_absolute_url()}
    assert not found(stranger, "投影仪")
    for paper in (comparison, placed, came):
        assert paper.get_absolute_url() in found(principal, paper.number)
        assert paper.get_absolute_url() in found(principal, "供应商2")
    assert comparison.get_absolute_url() in found(principal, "供应商3")
    assert placed.get_absolute_url() not in found(principal, "供应商3")


def test_all_hits_stand_in_a_list_one_may_open(teacher, principal):
    goods.order(papers.request(teacher, [("足球", 1, "85.00")], approved=True))
    for person, urls in (
        (principal, {"/finance/purchases/", "/finance/orders/"}),
        (teacher, {"/finance/purchases/mine/", ""}),
    ):
        assert {group.url.partition("?")[0] for group in find(person, "足球")} == urls
