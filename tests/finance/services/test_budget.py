"""Budget lines: five amounts that always add up, and nobody draws more than was committed for him."""

import contextlib
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from finance.choices import BudgetEntryKind
from finance.models import BudgetEntry, BudgetLine
from finance.rules import Refused
from finance.services import budget
from logistics.base.sealed import SealedError
from tests import cast
from tests.finance import papers
from tests.records.pictures import photo, upload

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F12")]
YUAN = Decimal("100.00")


def amounts(line: BudgetLine) -> tuple[Decimal, ...]:
    line.refresh_from_db()
    return (line.original, line.adjusted, line.committed, line.spent, line.available)


def test_the_budget_of_the_year_is_set_once(director):
    line = papers.budget_line(amount=None)
    budget.set_original(person=director, line=line, amount=Decimal(5000))
    assert amounts(line) == (5000, 0, 0, 0, 5000)
    with pytest.raises(Refused, match="is set"):
        budget.set_original(person=director, line=line, amount=Decimal(6000))


def test_an_adjustment_needs_its_paper_and_keeps_its_file(director):
    line = papers.budget_line(amount=Decimal(1000))
    with pytest.raises(Refused) as refused:
        budget.adjust(person=director, line=line, amount=YUAN, paper=" ")
    assert "paper" in refused.value.error_dict
    entry = budget.adjust(
        person=director,
        line=line,
        amount=Decimal(-300),
        paper="教财〔2026〕7号",
        upload=upload(photo(40, 30), "文件.jpg"),
    )
    assert amounts(line) == (1000, -300, 0, 0, 700)
    assert papers.files_of(entry) == ["文件.jpg"]


def test_less_than_is_committed_cannot_be_left(director):
    line = papers.budget_line(amount=Decimal(1000))
    purchase = papers.request(cast.teacher(), line=line)
    budget.commit(person=director, purchase=purchase, amount=Decimal(800))
    with pytest.raises(Refused, match="is left"):
        budget.adjust(person=director, line=line, amount=Decimal(-300), paper="7号")


def test_committed_money_is_spent_or_released(director):
    line = papers.budget_line(amount=Decimal(1000))
    purchase = papers.request(cast.teacher(), line=line)
    budget.commit(person=director, purchase=purchase, amount=Decimal(400))
    assert amounts(line) == (1000, 0, 400, 0, 600)
    budget.spend(person=director, purchase=purchase, amount=Decimal(250), paper="ZF2026-00001")
    assert amounts(line) == (1000, 0, 150, 250, 600)
    budget.release(person=director, purchase=purchase, amount=Decimal(150), reason="剩余不买")
    assert amounts(line) == (1000, 0, 0, 250, 750)
    assert purchase.budget_line.available == 750, "the caller's object says what the line says"


@pytest.mark.parametrize("verb", ["release", "spend"])
def test_nobody_draws_what_another_purchase_committed(director, verb):
    line = papers.budget_line(amount=Decimal(1000))
    teacher = cast.teacher()
    mine, other = papers.request(teacher, line=line), papers.request(teacher, line=line)
    budget.commit(person=director, purchase=other, amount=Decimal(500))
    budget.commit(person=director, purchase=mine, amount=YUAN)
    said = {"reason": "x"} if verb == "release" else {"paper": "ZF"}
    with pytest.raises(Refused, match="still committed"):
        getattr(budget, verb)(person=director, purchase=mine, amount=YUAN + Decimal("0.01"), **said)


@pytest.mark.parametrize("amount", [Decimal(0), Decimal("-0.01")])
def test_nothing_and_less_is_refused(director, amount):
    line = papers.budget_line(amount=Decimal(1000))
    purchase = papers.request(cast.teacher(), line=line)
    for draw in (
        lambda: budget.commit(person=director, purchase=purchase, amount=amount),
        lambda: budget.release(person=director, purchase=purchase, amount=amount, reason="x"),
        lambda: budget.spend(person=director, purchase=purchase, amount=amount, paper="x"),
        lambda: budget.set_original(person=director, line=papers.budget_line("水电费", amount=None), amount=amount),
    ):
        with pytest.raises(Refused, match="above zero"), transaction.atomic():
            draw()


def test_more_than_is_left_only_with_the_principals_word(director):
    line = papers.budget_line(amount=YUAN)
    purchase = papers.request(cast.teacher(), line=line)
    with pytest.raises(Refused, match="has only"):
        budget.commit(person=director, purchase=purchase, amount=Decimal(101))
    budget.commit(person=director, purchase=purchase, amount=Decimal(101), beyond=True)
    assert amounts(line) == (100, 0, 101, 0, -1)


def test_the_database_holds_the_sum(director):
    line = papers.budget_line(amount=YUAN)
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetLine.objects.filter(pk=line.pk).update(available=Decimal(101))


@pytest.mark.parametrize("of_a_department", [False, True])
def test_a_year_has_an_item_once(of_a_department):
    """On every database: of the school, and of each department."""
    department = cast.department("语文组") if of_a_department else None
    given = {"year": 2026, "item": "办公费", "department": department}
    BudgetLine.objects.create(**given)
    with pytest.raises(ValidationError, match="a line like this"):
        BudgetLine(**given).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetLine.objects.create(**given)
    BudgetLine.objects.create(**{**given, "year": 2027})
    BudgetLine.objects.create(**{**given, "department": cast.department("数学组")})


def test_entries_are_sealed(director):
    entry = papers.budget_line(amount=YUAN).entries.get()
    with pytest.raises(SealedError):
        entry.delete()


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["adjust", "commit", "beyond", "release", "spend"]),
        st.integers(0, 2),
        st.decimals(-3000, 3000, places=2),
    ),
    max_size=25,
)


class TestSums(TestCase):
    @settings(max_examples=30, deadline=None)
    @given(moves=MOVES)
    def test_whatever_is_tried_the_sums_hold(self, moves):
        person = cast.person("p", "某某")
        line = papers.budget_line(amount=Decimal(2000))
        purchases = [papers.request(person, line=line) for _ in range(3)]
        for verb, which, amount in moves:
            purchase = purchases[which]
            attempts = {
                "adjust": lambda a=amount: budget.adjust(person=person, line=line, amount=a, paper="1号"),
                "commit": lambda a=amount, p=purchase: budget.commit(person=person, purchase=p, amount=a),
                "beyond": lambda a=amount, p=purchase: budget.commit(person=person, purchase=p, amount=a, beyond=True),
                "release": lambda a=amount, p=purchase: budget.release(person=person, purchase=p, amount=a, reason="x"),
                "spend": lambda a=amount, p=purchase: budget.spend(person=person, purchase=p, amount=a, paper="x"),
            }
            with contextlib.suppress(ValidationError):
                attempts[verb]()
            original, adjusted, committed, spent, available = amounts(line)
            assert committed + spent + available == original + adjusted
            assert committed == sum(budget.kept_for(p) for p in purchases)
            assert all(budget.kept_for(p) >= 0 for p in purchases)
            sums = BudgetEntry.objects.filter(kind=BudgetEntryKind.SPENDING).aggregate(Sum("amount"))
            assert spent == (sums["amount__sum"] or 0)
