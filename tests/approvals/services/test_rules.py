"""Rules: the first that fits holds, bounds and days count, what runs keeps what it had (F02)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from finance.queries.purchases import KIND, route_of
from logistics.approvals.kinds import StepSpec
from logistics.approvals.models import Rule
from logistics.approvals.rules import Refused, rule_for
from logistics.approvals.services.rules import end_rule, enter_first_rules, move_rule, set_rule
from logistics.school.choices import Role
from tests import cast
from tests.finance import papers

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F02")]
TODAY = timezone.localdate


PRINCIPAL_ALONE = (StepSpec(Role.PRINCIPAL),)


def rule(name="规则", *, steps=PRINCIPAL_ALONE, **fields):
    said = {"kind": KIND, "position": 5, "in_force_from": TODAY(), "source": "校务会", **fields}
    return set_rule(name=name, steps=steps, **said)


def found(amount, **paper):
    got = rule_for(KIND, amount=Decimal(amount), **paper)
    return got.name if got else None


def test_first_rules_are_entered_once():
    count = Rule.objects.count()
    assert count >= 11
    enter_first_rules()
    assert Rule.objects.count() == count


def test_the_first_that_fits_with_its_bounds():
    rule("小额", amount_from=Decimal(0), amount_below=Decimal(500))
    rule("中额", amount_from=Decimal(500), amount_below=Decimal(1000), position=6)
    assert [found(a) for a in ("0", "499.99", "500", "999.99")] == ["小额", "小额", "中额", "中额"]
    assert found("1000") == "其他采购"


def test_category_department_and_money_narrow_it():
    office = cast.department("总务处")
    rule("总务处专项办公", category="office", department=office, funds="special")
    assert found("1", category="office", department=office, funds="special") == "总务处专项办公"
    for paper in ({"category": "office", "funds": "special"}, {"category": "office", "department": office}):
        assert found("1", **paper) != "总务处专项办公"


def test_a_change_begins_on_its_day_and_what_runs_keeps_its_rule(teacher):
    made = papers.submitted(teacher)
    kept = route_of(made)
    former = kept.rule
    tomorrow = TODAY() + dt.timedelta(days=1)
    new = set_rule(
        kind=KIND,
        name=former.name,
        position=former.position,
        in_force_from=tomorrow,
        source="新规定",
        replaces=former,
        steps=[StepSpec(Role.DIRECTOR)],
    )
    assert rule_for(KIND, amount=Decimal(1)) == former
    assert Rule.objects.in_force(KIND, tomorrow).filter(pk=new.pk).exists()
    assert not Rule.objects.in_force(KIND, tomorrow).filter(pk=former.pk).exists()
    assert route_of(made).steps.get(position=1).role == Role.LEADER
    with pytest.raises(Refused):  # replaced already
        set_rule(
            kind=KIND, name="又", in_force_from=tomorrow, source="x", replaces=former, steps=[StepSpec(Role.DIRECTOR)]
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"steps": ()},
        {"in_force_from": dt.date(2020, 1, 1)},
        {"source": ""},
        {"amount_from": Decimal(10), "amount_below": Decimal(5)},
    ],
)
def test_a_rule_that_says_too_little_is_refused(wrong):
    with pytest.raises(ValidationError):
        rule(**wrong)


def test_out_of_force_and_in_another_order():
    first = rule("甲", position=1)
    second = rule("乙", position=2)
    assert found("1") == "甲"
    move_rule(rule=second, up=True)
    assert found("1") == "乙"
    end_rule(rule=second, last_day=TODAY() - dt.timedelta(days=1))
    assert found("1") == "甲"
    with pytest.raises(ValidationError):
        end_rule(rule=first, last_day=TODAY() - dt.timedelta(days=2))


def test_without_a_rule_nothing_is_submitted(teacher):
    for each in Rule.objects.filter(kind=KIND):
        end_rule(rule=each, last_day=TODAY() - dt.timedelta(days=1))
    with pytest.raises(ValidationError):
        papers.submitted(teacher)
