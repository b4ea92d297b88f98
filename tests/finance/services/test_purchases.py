"""Requests: drafted, submitted, signed, taken back, closed; and every refusal."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from finance.choices import Category, PurchaseState
from finance.models import BudgetLine, PurchaseRequest, RequestLine
from finance.queries.purchases import bought_before, orderable_lines, purchases_seen_by, route_of
from finance.rules import Refused
from finance.services import budget, purchases
from finance.services.purchases import Wanted
from logistics.approvals.choices import MeetingState, RouteState, Verdict
from logistics.approvals.rules import Refused as NotSigned
from logistics.base.fields import MOST_YUAN
from logistics.school.choices import Role
from tests import cast
from tests.finance import papers

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F01")]
CHALK = Wanted("粉笔", Decimal(10), Decimal("3.50"), "白色", "盒")
BALL = Wanted("足球", Decimal(5), Decimal(85))


def draft(person, *lines: Wanted, **fields) -> PurchaseRequest:
    said = {
        "purpose": "开学用品",
        "budget_line": papers.budget_line(),
        "needed_by": timezone.localdate(),
        "category": Category.TEACHING,
    }
    return purchases.save_draft(person=person, lines=lines or [CHALK], **{**said, **fields})


def roles_of(purchase) -> list[str]:
    return [step.role for step in route_of(purchase).steps.order_by("position")]


# Drafting


def test_a_draft_needs_nothing_and_is_saved_once_for_its_form(teacher):
    first = purchases.save_draft(person=teacher, lines=[], once="a-form")
    again = purchases.save_draft(person=teacher, lines=[CHALK], once="a-form", purpose="上课")
    assert first.pk == again.pk
    assert again.total == Decimal("35.00")
    assert again.number is None


def test_nobody_goes_on_with_the_draft_of_somebody_elses_form(teacher, stranger):
    begun = purchases.save_draft(person=teacher, lines=[CHALK], once="a-form")
    with pytest.raises(Refused):
        purchases.save_draft(person=stranger, lines=[], once="a-form")
    assert PurchaseRequest.objects.get() == begun
    assert begun.lines.count() == 1


def test_more_than_an_amount_may_be_is_a_slip_of_the_hand(teacher):
    dear = Wanted("粉笔", Decimal("9999999.999"), Decimal(100_000_000))
    for lines in ([dear], [dear] * 100):
        with pytest.raises(Refused, match=r"9,999,999,999\.99"):
            purchases.save_draft(person=teacher, lines=lines)
    most = [Wanted("粉笔", Decimal(1), MOST_YUAN)]
    assert purchases.save_draft(person=teacher, lines=most).total == MOST_YUAN


def test_a_draft_is_thrown_away_and_what_was_submitted_is_kept(teacher, stranger):
    draft = purchases.save_draft(person=teacher, lines=[Wanted("粉笔", Decimal(2))])
    with pytest.raises(Refused):
        purchases.discard(person=stranger, purchase=draft)
    purchases.discard(person=teacher, purchase=draft)
    assert not PurchaseRequest.objects.exists()
    assert not RequestLine.objects.exists()
    sent = papers.request(teacher)
    purchases.submit(person=teacher, purchase=sent)
    with pytest.raises(Refused):
        purchases.discard(person=teacher, purchase=sent)
    purchases.withdraw(person=teacher, purchase=sent)
    with pytest.raises(Refused, match="kept"):
        purchases.discard(person=teacher, purchase=sent)


def test_lines_are_rewritten_in_their_order(teacher):
    made = draft(teacher, CHALK, BALL)
    purchases.save_draft(person=teacher, purchase=made, lines=[BALL])
    assert list(made.lines.values_list("position", "name", "amount")) == [(1, "足球", Decimal("425.00"))]


def test_saving_the_same_again_leaves_no_trail(teacher):
    made = draft(teacher, CHALK)
    before = RequestLine.history.count()
    purchases.save_draft(person=teacher, purchase=made, lines=[CHALK])
    assert RequestLine.history.count() == before


def test_nobody_writes_on_anothers_draft(teacher, stranger):
    with pytest.raises(Refused, match="Only 郑小燕"):
        purchases.save_draft(person=stranger, purchase=draft(teacher), lines=[])


def test_a_form_of_somebody_else_begins_no_draft_of_his(teacher, stranger):
    mine = purchases.save_draft(person=teacher, lines=[], once="mine")
    assert not purchases_seen_by(stranger).filter(pk=mine.pk).exists()


def test_a_request_on_its_way_is_not_edited(teacher):
    made = papers.submitted(teacher)
    with pytest.raises(Refused, match="not changed any more"):
        purchases.save_draft(person=teacher, purchase=made, lines=[])


def test_too_many_lines_are_refused(teacher):
    with pytest.raises(Refused, match="at most 100"):
        purchases.save_draft(person=teacher, lines=[CHALK] * 101)


# Submitting


@pytest.mark.requirement("F02")
@pytest.mark.parametrize(
    ("category", "chain"),
    [
        (Category.TEACHING, [Role.ACADEMIC, Role.LEADER, Role.DIRECTOR, Role.PRINCIPAL]),
        (Category.CANTEEN, [Role.CANTEEN_MANAGER, Role.DIRECTOR, Role.PRINCIPAL]),
        (Category.OFFICE, [Role.LEADER, Role.DIRECTOR, Role.PRINCIPAL]),
    ],
)
def test_it_goes_by_the_schools_rule(teacher, category, chain):
    made = draft(teacher, category=category)
    purchases.submit(person=teacher, purchase=made)
    assert made.state == PurchaseState.RUNNING
    assert made.number == f"SG{timezone.localdate().year}-00001"
    assert roles_of(made) == chain


@pytest.mark.requirement("F03", "F04")
def test_dear_things_need_quotes_and_the_dearest_a_meeting(teacher):
    dear = draft(teacher, Wanted("投影仪", Decimal(1), Decimal(5000)), category=Category.EQUIPMENT)
    purchases.submit(person=teacher, purchase=dear)
    assert route_of(dear).demands["quotes"] == 3
    dearest = draft(teacher, Wanted("打印机", Decimal(1), Decimal(20000)), category=Category.OTHER)
    purchases.submit(person=teacher, purchase=dearest)
    assert route_of(dearest).meeting == MeetingState.WANTED


LACKS = {
    "purpose": {"purpose": " "},
    "budget_line": {"budget_line": None},
    "needed_by": {"needed_by": None},
}


@pytest.mark.parametrize("field", LACKS)
def test_what_is_missing_is_said_at_its_field(teacher, field):
    made = draft(teacher, **LACKS[field])
    with pytest.raises(Refused) as refused:
        purchases.submit(person=teacher, purchase=made)
    assert list(refused.value.error_dict) == [field]


def test_a_day_that_passed_is_refused(teacher):
    made = draft(teacher, needed_by=timezone.localdate() - dt.timedelta(days=1))
    with pytest.raises(Refused, match="has passed"):
        purchases.submit(person=teacher, purchase=made)


def test_a_request_without_lines_is_refused(teacher):
    made = purchases.save_draft(person=teacher, lines=[], purpose="x", budget_line=papers.budget_line())
    with pytest.raises(Refused, match="at least one line"):
        purchases.submit(person=teacher, purchase=made)


def test_a_request_for_nothing_is_refused(teacher):
    made = draft(teacher, Wanted("粉笔", Decimal(1)))
    with pytest.raises(Refused, match="comes to nothing"):
        purchases.submit(person=teacher, purchase=made)


@pytest.mark.parametrize("change", [{"active": False}, {"year": 2019}])
def test_a_budget_line_of_another_year_or_out_of_use_is_refused(teacher, change):
    made = draft(teacher)
    BudgetLine.objects.update(**change)
    with pytest.raises(Refused, match="out of use or of another year"):
        purchases.submit(person=teacher, purchase=PurchaseRequest.objects.get(pk=made.pk))


def test_who_left_submits_nothing(teacher):
    made = draft(teacher)
    teacher.is_active = False
    with pytest.raises(Refused, match="no longer works here"):
        purchases.submit(person=teacher, purchase=made)


# Signing


@pytest.mark.requirement("F02", "F12")
def test_the_last_signature_commits_the_money(teacher):
    made = papers.approved_request(teacher, [("足球", 5, 85)])
    assert made.state == PurchaseState.APPROVED
    assert made.approved_at
    line = papers.budget_line()
    assert (line.committed, line.available) == (Decimal(425), Decimal(99575))
    assert orderable_lines().count() == 1


@pytest.mark.requirement("F02")
@pytest.mark.parametrize(
    ("verdict", "state"), [(Verdict.RETURN, PurchaseState.RETURNED), (Verdict.REJECT, PurchaseState.REJECTED)]
)
def test_what_is_refused_commits_nothing(teacher, verdict, state):
    made = papers.submitted(teacher)
    papers.sign(made, papers.signer(Role.LEADER), verdict, "太多了")
    assert made.state == state
    assert papers.budget_line().committed == 0


@pytest.mark.requirement("F02")
def test_a_returned_request_is_mended_and_goes_again_under_its_number(teacher):
    made = papers.submitted(teacher, [("足球", 5, 85)])
    number = made.number
    papers.sign(made, papers.signer(Role.LEADER), Verdict.RETURN, "少买两个")
    purchases.save_draft(person=teacher, purchase=made, lines=[Wanted("足球", Decimal(3), Decimal(85))])
    route = purchases.submit(person=teacher, purchase=made)
    assert (made.number, route.version) == (number, 2)
    before = route_of(made).paper_kind.differences
    first, second = (r.facts for r in type(route).objects.of(made).order_by("version"))
    assert [(d.before, d.after) for d in before(first, second)] == [
        ("5个 × ¥85.00 = ¥425.00", "3个 × ¥85.00 = ¥255.00"),
        ("425.00", "255.00"),
    ]


@pytest.mark.requirement("F02")
def test_withdrawn_and_rejected(teacher, stranger):
    made = papers.submitted(teacher)
    with pytest.raises(NotSigned):
        purchases.withdraw(person=stranger, purchase=made)
    purchases.withdraw(person=teacher, purchase=made)
    assert made.state == PurchaseState.WITHDRAWN


# Over the budget


@pytest.mark.requirement("F12")
def test_more_than_is_left_needs_a_reason_and_the_principal(teacher):
    from logistics.approvals.models import Rule

    Rule.objects.all().delete()
    rule = Rule.objects.create(
        kind="finance.purchase", name="小额", in_force_from=dt.date(2020, 1, 1), source="本校规定"
    )
    rule.steps.create(position=1, role=Role.LEADER)
    made = draft(teacher, BALL, budget_line=papers.budget_line("体育", amount=Decimal(400)))
    with pytest.raises(Refused) as refused:
        purchases.submit(person=teacher, purchase=made)
    assert list(refused.value.error_dict) == ["overspend_reason"]
    purchases.submit(person=teacher, purchase=made, overspend_reason="校运会")
    assert roles_of(made) == [Role.LEADER, Role.PRINCIPAL]
    papers.sign_all(made)
    line = BudgetLine.objects.get(item="体育")
    assert (line.committed, line.available) == (Decimal(425), Decimal(-25))


@pytest.mark.requirement("F12")
def test_when_the_money_went_meanwhile_the_last_signature_is_refused(teacher, director):
    line = papers.budget_line("体育", amount=Decimal(500))
    made = papers.submitted(teacher, [("足球", 5, 85)], line=line)
    other = papers.request(teacher, line=line)
    budget.commit(person=director, purchase=other, amount=Decimal(100))
    papers.sign(made, papers.signer(Role.LEADER))
    papers.sign(made, papers.signer(Role.DIRECTOR))
    with pytest.raises(Refused, match="too little left meanwhile"):
        papers.sign(made, papers.signer(Role.PRINCIPAL))
    made.refresh_from_db()
    assert (made.state, route_of(made).state) == (PurchaseState.RUNNING, RouteState.RUNNING)


# Taking back and closing


@pytest.mark.requirement("F02", "F12")
def test_an_approved_request_is_taken_back_and_its_money_is_free(teacher):
    made = papers.approved_request(teacher)
    purchases.take_back(person=teacher, purchase=made)
    assert made.state == PurchaseState.WITHDRAWN
    assert route_of(made).state == RouteState.WITHDRAWN
    assert papers.budget_line().committed == 0
    assert purchases.submit(person=teacher, purchase=made).version == 2


@pytest.mark.requirement("F05")
def test_what_is_ordered_is_not_taken_back(teacher, stranger):
    made = papers.approved_request(teacher)
    with pytest.raises(Refused):
        purchases.take_back(person=stranger, purchase=made)
    made.lines.update(ordered=1)
    with pytest.raises(Refused, match="ordered already"):
        purchases.take_back(person=teacher, purchase=made)


@pytest.mark.requirement("F12")
def test_closing_frees_what_is_not_ordered(teacher, director, stranger):
    made = papers.approved_request(teacher, [("足球", 5, 85)])
    PurchaseRequest.objects.filter(pk=made.pk).update(ordered=170, accepted=170, paid=85)
    budget.spend(person=director, purchase=made, amount=Decimal(85), paper="ZF")
    with pytest.raises(Refused, match="general affairs closes"):
        purchases.close(person=stranger, purchase=made, reason="x")
    purchases.close(person=director, purchase=made, reason="商店停产")
    assert made.state == PurchaseState.CLOSED
    line = papers.budget_line()
    assert (line.committed, line.spent) == (Decimal(85), Decimal(85)), "what is ordered is still to be paid"


@pytest.mark.requirement("F12")
def test_a_request_closes_by_itself_once_all_is_paid(teacher, director):
    made = papers.approved_request(teacher, [("足球", 5, 85)])
    purchases.close_when_done(person=director, purchase=made)
    assert made.state == PurchaseState.APPROVED, "nothing is ordered yet"
    PurchaseRequest.objects.filter(pk=made.pk).update(ordered=400, accepted=400, paid=400)
    made.lines.update(ordered=5)
    budget.spend(person=director, purchase=made, amount=Decimal(400), paper="ZF")
    purchases.close_when_done(person=director, purchase=made)
    assert made.state == PurchaseState.CLOSED
    assert papers.budget_line().committed == 0


# Who sees what


@pytest.mark.requirement("O02")
def test_who_signs_sees_it_and_others_do_not(teacher, stranger):
    made = papers.submitted(teacher, category=Category.TEACHING)
    begun = papers.request(teacher)
    assert purchases_seen_by(papers.signer(Role.ACADEMIC)).filter(pk=made.pk).exists()
    assert not purchases_seen_by(stranger).exists()
    assert not purchases_seen_by(cast.principal()).filter(pk=begun.pk).exists()


def test_names_come_with_their_last_price(teacher):
    papers.submitted(teacher, [("足球", 5, 85)])
    papers.submitted(teacher, [("足球", 2, 92)])
    papers.request(teacher, [("足球", 1, 1)])
    assert [(one.name, one.price) for one in bought_before("足")] == [("足球", Decimal(92))]
