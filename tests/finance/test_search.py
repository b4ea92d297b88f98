"""What the search box finds of purchases, and for whom."""

import pytest

from finance.search import find
from logistics.school.choices import Role
from tests import cast
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


@pytest.fixture
def paid(teacher):
    """A claim of two invoices, paid."""
    placed = goods.order(papers.request(teacher, [("足球", 2, "85.00")], approved=True))
    goods.delivery(placed)
    made = goods.claim(placed, ["100.00", "70.00"])
    goods.sign_all(made)
    return goods.paid(made)


def test_claims_and_payments_are_found_by_number_payee_and_invoice(paid, principal):
    claim, cashier = paid.claim, goods.part(Role.CASHIER)
    both = {claim.get_absolute_url(), paid.get_absolute_url()}
    invoice = claim.invoices.last().number
    for person in (principal, cashier, goods.part(Role.BOOKKEEPER)):
        for text in (claim.number, invoice, "育才文体"):
            assert both <= set(found(person, text)), text
        assert set(found(person, paid.number)) == {paid.get_absolute_url()}
        assert not found(person, "99999999")
    assert paid.get_absolute_url() in found(claim.claimant, invoice)


def test_others_find_neither_claim_nor_payment(paid, teacher, stranger):
    texts = (paid.claim.number, paid.number, paid.claim.invoices.first().number)
    rival = cast.person("rival", "另采购", Role.PURCHASER)
    for person in (teacher, stranger, rival):
        assert not any(found(person, text) for text in texts)


def test_claims_and_payments_stand_in_a_list_one_may_open(paid, principal):
    text = paid.claim.invoices.first().number
    for person, urls in (
        (principal, {"/finance/claims/", "/finance/payments/"}),
        (paid.claim.claimant, {"/finance/claims/mine/", ""}),
    ):
        assert {group.url.partition("?")[0] for group in find(person, text)} == urls


def test_the_list_of_payments_finds_what_the_header_found(paid, principal, as_person):
    for group in find(principal, paid.claim.invoices.first().number):
        assert group.hits[0].url in as_person(principal).get(group.url).content.decode()
