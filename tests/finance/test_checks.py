"""Integrity checks of purchases: silent on sound books, and each finds what was altered past the program."""

from decimal import Decimal

import pytest
from django.db.models import F

from finance import checks
from finance.models import BudgetLine, PurchaseRequest
from finance.services import budget, purchases
from tests.finance import papers

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F12")]


def test_sound_books_are_silent(teacher, director):
    made = papers.approved_request(teacher, [("足球", 5, 85)])
    papers.submitted(teacher, [("排球", 5, 75)])
    PurchaseRequest.objects.filter(pk=made.pk).update(ordered=400, accepted=400, paid=100)
    budget.spend(person=director, purchase=made, amount=Decimal(100), paper="ZF")
    assert not list(checks.budget_unlike_entries())
    assert not list(checks.commitments_unlike_purchases())
    purchases.close(person=teacher, purchase=made, reason="够用了")
    assert not list(checks.commitments_unlike_purchases())


def test_altered_amounts_are_found(teacher):
    made = papers.approved_request(teacher)
    BudgetLine.objects.update(original=F("original") + 1, available=F("available") + 1)
    assert [problem.url for problem in checks.budget_unlike_entries()] == [made.budget_line.get_absolute_url()]


def test_money_kept_for_nothing_is_found(teacher):
    made = papers.approved_request(teacher)
    PurchaseRequest.objects.update(state="withdrawn")
    (problem,) = checks.commitments_unlike_purchases()
    assert problem.url == made.get_absolute_url()
