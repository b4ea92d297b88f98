"""What purchases put on somebody's home."""

import pytest

from finance.duties import facts_for, waiting_for
from logistics.approvals.choices import Verdict
from logistics.school.choices import Role
from tests import cast
from tests.finance import papers

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
