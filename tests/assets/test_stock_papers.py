"""The store's papers print what was booked and signed, and say the same when printed again."""

import pytest

from assets import printing
from assets.choices import IssueState
from assets.models import Issue
from logistics.printing.papers import text_of
from logistics.printing.services import print_paper
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F05", "R03")]


@pytest.fixture
def world():
    return World()


def said(paper) -> str:
    heads = [fact.text for fact in paper.facts]
    lines = [text_of(cell) for line in paper.lines for cell in line.cells]
    return " ".join([paper.title, paper.number, *heads, *lines, *(box.name for box in paper.signatures)])


def test_the_papers_of_the_store(world):
    received = said(printing.stock_in(world.person, stock_paper=world.stock_paper.pk))
    for text in (world.stock_paper.number, world.acceptance.number, "文件柜", world.person.name):
        assert text in received
    assert "文件柜" in said(printing.stock_list(world.person))
    assert world.stock_paper.number in said(
        printing.item_book(world.person, item=world.stock_paper.entries.get().item_id)
    )


def test_the_slip_says_what_was_signed_whatever_changes_after(world):
    before = said(printing.issue_slip(world.teacher, issue=world.issue.pk))
    assert world.teacher.name in before
    Issue.objects.filter(pk=world.issue.pk).update(purpose="别的用途", state=IssueState.CANCELLED)
    assert said(printing.issue_slip(world.teacher, issue=world.issue.pk)) == before


def test_a_stranger_prints_no_slip(world, stranger):
    with pytest.raises(Issue.DoesNotExist):
        print_paper(person=stranger, form=printing.issue_slip, parameters={"issue": world.issue.pk})
