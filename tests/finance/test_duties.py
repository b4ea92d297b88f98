"""What purchases put on somebody's home."""

from decimal import Decimal

import pytest

from finance.duties import facts_for, waiting_for
from finance.services import comparisons
from logistics.approvals.choices import Verdict
from logistics.school.choices import Role
from tests import cast
from tests.finance import goods, papers

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R01")]


def titles(person) -> list[str]:
    return [str(duty.title) for duty in waiting_for(person)]


def test_a_returned_request_waits_for_its_applicant(teacher, stranger):
    made = papers.submitted(teacher)
    assert titles(teacher) == []
    papers.sign(made, papers.signer(Role.LEADER), Verdict.RETURN, "少一点")
    (duty,) = waiting_for(teacher)
    assert (duty.detail, duty.url) == ("少一点", made.get_absolute_url())
    assert titles(stranger) == []


def test_approved_lines_wait_to_be_ordered(teacher):
    purchaser = cast.person("buyer", "邹采购", Role.PURCHASER)
    papers.approved_request(teacher, [("足球", 5, 85), ("排球", 5, 75)])
    assert any("2 approved lines" in title for title in titles(purchaser))


def test_the_months_figures_are_for_who_sees_all(teacher, principal):
    papers.submitted(teacher, [("足球", 5, 85)])
    assert [fact.figure for fact in facts_for(principal)][:2] == ["1", "425.00"]
    assert not list(facts_for(teacher))


@pytest.mark.requirement("F06")
def test_a_delivery_waits_for_the_keeper_but_not_for_who_bought(teacher):
    placed = goods.order(papers.request(teacher, approved=True))
    waits = "1 order waits for delivery"
    assert waits in titles(goods.part(Role.KEEPER))
    assert waits not in titles(goods.part(Role.RECEIVER))
    both = cast.person("both", "身兼二职", Role.PURCHASER, Role.KEEPER)
    placed.bought_by = both
    placed.save()
    assert waits not in titles(both)
    goods.delivery(placed)
    assert waits not in titles(goods.part(Role.KEEPER))


@pytest.mark.requirement("F04")
def test_enough_quotes_wait_for_the_group(teacher):
    purchase = papers.request(teacher, approved=True)
    buyer, (first, _second) = goods.part(Role.PURCHASER), goods.group()
    made = comparisons.open_comparison(person=buyer, lines=[(purchase.lines.get(), Decimal(10))], title="复印纸")
    waits = "Choose among the quotes for 复印纸"
    for number in (1, 2, 3):
        assert waits not in titles(first)
        comparisons.set_quote(
            person=buyer,
            comparison=made,
            supplier=goods.supplier(f"店{number}"),
            prices={made.lines.get().pk: Decimal(20)},
        )
    assert waits in titles(first)
    assert waits not in titles(buyer)
