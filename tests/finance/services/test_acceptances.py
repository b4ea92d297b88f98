"""Accepting: never by who bought, never more than ordered, rejected pieces with a reason (F06)."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from finance.checks import CHECKS
from finance.choices import AcceptanceState, Category, Nature, OrderState
from finance.models import AcceptanceLine, OrderLine, PurchaseRequest
from finance.rules import Refused
from finance.services import acceptances, claims, orders
from finance.services.acceptances import Delivered
from logistics.approvals.choices import Verdict
from logistics.approvals.models import Route
from logistics.approvals.services import routes
from logistics.notices.models import Notice
from logistics.school.choices import Role
from tests import cast
from tests.finance import goods, papers

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F05", "F06")]


@pytest.fixture
def ordered(teacher):
    return goods.order(papers.request(teacher, [("足球", 10, "85.00")], approved=True))


def accept(order, delivered, *, person=None, rejected=0, reason="", disposal="", nature=Nature.CONSUMABLE):
    line = Delivered(order.lines.get(), Decimal(delivered), nature, Decimal(rejected), reason, disposal)
    return acceptances.accept(person=person or goods.part(Role.KEEPER), order=order, lines=[line])


def test_whole_and_in_parts(ordered, teacher):
    first = accept(ordered, 6)
    assert (first.amount, ordered.state) == (Decimal(510), OrderState.OPEN)
    accept(ordered, 4)
    assert ordered.state == OrderState.DONE
    purchase = ordered.lines.get().request_line.request
    assert purchase.accepted == purchase.ordered == Decimal(850)
    assert Notice.objects.filter(person=teacher, url=purchase.get_absolute_url()).count() == 2


def test_rejected_pieces_do_not_count_and_may_come_again(ordered):
    made = accept(ordered, 10, rejected=2, reason="漏气", disposal="replace")
    assert made.amount == Decimal(680)
    assert made.lines.get().accepted == 8
    accept(ordered, 2)
    assert ordered.state == OrderState.DONE


@pytest.mark.parametrize(("reason", "disposal"), [("", "return"), ("漏气", ""), ("", "")])
def test_rejected_only_with_reason_and_disposal(ordered, reason, disposal):
    with pytest.raises(Refused):
        accept(ordered, 10, rejected=2, reason=reason, disposal=disposal)


def test_never_more_than_was_ordered(ordered):
    with pytest.raises(Refused):
        accept(ordered, 11)
    accept(ordered, 8)
    with pytest.raises(Refused, match="2"):
        accept(ordered, 3)


def test_never_by_who_bought(ordered):
    both = cast.person("both", "身兼二职", Role.PURCHASER, Role.KEEPER)
    ordered.bought_by = both
    ordered.save()
    with pytest.raises(Refused):
        accept(ordered, 1, person=both)


def test_only_the_keeper_and_for_the_canteen_the_receiver(ordered, teacher):
    admin = cast.person("root", "管理员", is_superuser=True, is_staff=True)
    for person in (teacher, cast.director(), cast.principal(), goods.part(Role.RECEIVER), admin):
        with pytest.raises(Refused):
            accept(ordered, 1, person=person)
    rice = goods.order(papers.request(teacher, [("大米", 50, "5.20")], approved=True, category=Category.CANTEEN))
    with pytest.raises(Refused):
        accept(rice, 1, nature=Nature.CANTEEN)
    accept(rice, "12.5", person=goods.part(Role.RECEIVER), nature=Nature.CANTEEN)


def test_property_comes_in_whole_pieces(ordered):
    with pytest.raises(Refused):
        accept(ordered, "1.5", nature=Nature.PROPERTY)


def test_buyer_users_and_director_sign_after_the_keeper(ordered, teacher):
    made = accept(ordered, 10)
    route = Route.objects.of(made).get()
    asked = [list(step.people.all()) or step.role for step in route.steps.order_by("position")]
    assert asked == [[ordered.bought_by], [teacher], Role.DIRECTOR]
    goods.sign_all(made)
    assert Route.objects.of(made).get().state == "approved"
    assert route.facts["lines"][0]["accepted"] == "10"


@pytest.mark.requirement("F06")
def test_an_acceptance_somebody_does_not_agree_with_counts_no_more(ordered, teacher):
    made = accept(ordered, 10)
    ordered.refresh_from_db()
    assert ordered.state == OrderState.DONE
    route = Route.objects.of(made).get()
    note = "数量不对"
    routes.sign(person=ordered.bought_by, route=route, verdict=Verdict.RETURN, seen=route.facts_hash, note=note)
    ordered.refresh_from_db()
    line, purchase = ordered.lines.get(), PurchaseRequest.objects.get()
    made.refresh_from_db()
    assert (made.state, ordered.state, ordered.accepted) == (AcceptanceState.VOID, OrderState.OPEN, 0)
    assert (line.accepted, line.accepted_amount, purchase.accepted) == (0, 0, 0)
    with pytest.raises(Refused, match="void"):
        acceptances.take_in(line=made.lines.get(), quantity=Decimal(1))
    again = accept(ordered, 9)
    goods.sign_all(again)
    ordered.refresh_from_db()
    assert (again.state, ordered.accepted) == (AcceptanceState.SIGNED, again.amount)
    assert not [problem for check in CHECKS for problem in check.find()]


def test_an_acceptance_in_the_books_or_claimed_is_not_voided(ordered):
    made = accept(ordered, 10)
    keeper = made.accepted_by
    acceptances.take_in(line=made.lines.get(), quantity=Decimal(1))
    with pytest.raises(Refused, match="books"):
        acceptances.withdraw(person=keeper, acceptance=made)
    acceptances.put_back(line=made.lines.get(), quantity=Decimal(1))
    claim = goods.claim(ordered)
    with pytest.raises(Refused, match="claimed"):
        acceptances.withdraw(person=keeper, acceptance=made)
    claims.withdraw(person=claim.claimant, claim=claim)
    with pytest.raises(ValidationError, match="钱保管"):
        acceptances.withdraw(person=ordered.bought_by, acceptance=made)
    acceptances.withdraw(person=keeper, acceptance=made)
    assert made.state == AcceptanceState.VOID
    with pytest.raises(ValidationError, match="withdrawn"):
        acceptances.withdraw(person=keeper, acceptance=made)


def test_entered_is_never_more_than_accepted(ordered):
    line = accept(ordered, 4).lines.get()
    acceptances.take_in(line=line, quantity=Decimal(3))
    with pytest.raises(Refused, match="1"):
        acceptances.take_in(line=line, quantity=Decimal(2))
    with pytest.raises(IntegrityError), transaction.atomic():
        AcceptanceLine.objects.filter(pk=line.pk).update(stored=5)
    keeper = line.acceptance.accepted_by
    with pytest.raises(Refused):
        acceptances.change_nature(person=keeper, line=line, nature=Nature.PROPERTY)
    acceptances.put_back(line=line, quantity=Decimal(3))
    with pytest.raises(Refused, match="roles"):
        acceptances.change_nature(person=line.acceptance.order.bought_by, line=line, nature=Nature.PROPERTY)
    acceptances.change_nature(person=keeper, line=line, nature=Nature.PROPERTY)
    with pytest.raises(Refused):
        acceptances.put_back(line=line, quantity=Decimal(1))


@pytest.mark.requirement("O02")
def test_never_in_the_buyers_place(ordered):
    both = cast.person("both", "身兼二职", Role.PURCHASER, Role.KEEPER)
    ordered.bought_by = both
    ordered.save()
    with pytest.raises(Refused):
        accept(ordered, 1, person=goods.deputy(both, Role.KEEPER))


@pytest.mark.requirement("O02")
def test_never_by_the_one_in_whose_place_it_was_bought(teacher):
    both = cast.person("both", "身兼二职", Role.PURCHASER, Role.KEEPER)
    line = papers.request(teacher, approved=True).lines.get()
    placed = orders.place_order(
        person=goods.deputy(both, Role.PURCHASER),
        supplier=goods.supplier(),
        lines=[(line, Decimal(1), line.price)],
    )
    with pytest.raises(Refused):
        accept(placed, 1, person=both)


@pytest.mark.requirement("O02")
def test_the_keepers_deputy_accepts_for_him(ordered):
    keeper = goods.part(Role.KEEPER)
    made = accept(ordered, 1, person=goods.deputy(keeper, Role.KEEPER))
    assert made.on_behalf_of == keeper
    assert made.history.first().history_on_behalf_of == keeper
    assert Route.objects.of(made).get().facts["on_behalf_of"] == keeper.name


def test_the_database_holds_it_too(ordered):
    made = accept(ordered, 4, rejected=1, reason="漏气", disposal="return")
    line = AcceptanceLine.objects.filter(acceptance=made)
    for wrong in ({"accepted": 4}, {"delivered": 0, "accepted": 0, "rejected": 0}, {"reason": ""}, {"disposal": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            line.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        OrderLine.objects.filter(order=ordered).update(accepted=11)
    with pytest.raises(IntegrityError), transaction.atomic():
        PurchaseRequest.objects.update(accepted=ordered.amount + 1)
