"""Whatever anybody does to purchases, in any order: he is refused in words, or no never happens (forms.md, Finance)."""

from collections.abc import Callable
from decimal import Decimal
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance.choices import Category, Nature
from finance.models import (
    Acceptance,
    AcceptanceLine,
    BudgetLine,
    Claim,
    Comparison,
    Invoice,
    Order,
    Payment,
    PurchaseRequest,
    Quote,
    RequestLine,
    Supplier,
)
from finance.services import acceptances, budget, claims, comparisons, orders, payments, purchases
from finance.services.acceptances import Delivered
from logistics.approvals.choices import Verdict
from logistics.approvals.models import Route
from logistics.approvals.rules import asked, open_step
from logistics.approvals.services import routes
from logistics.school.choices import Role
from tests.finance import goods, nevers
from tests.finance.town import Town

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.requirement("F02", "F03", "F04", "F05", "F06", "F08", "F12"),
]
STEPS = 30
ROUNDS = 60  # at most, until every move was made
AMOUNTS = [Decimal(text) for text in ("0", "0.01", "1", "3", "12.5", "85", "430", "4000", "-1")]
PIECES = [Decimal(text) for text in ("0", "0.001", "0.5", "1", "2", "3", "7", "-1")]


def save_draft(town: Town) -> None:
    person = town.dice.choice(town.people)
    old = town.one(PurchaseRequest) if town.dice.random() < 0.4 else None
    wanted = [
        purchases.Wanted(name, town.dice.choice(PIECES[2:7]), town.dice.choice(AMOUNTS[1:8]))
        for name in town.dice.sample(["足球", "跳绳", "白纸", "桌子"], town.dice.randint(1, 3))
    ]
    made = purchases.save_draft(
        person=town.author(old.applicant) if old else person,
        lines=wanted,
        purchase=old,
        category=town.dice.choice([Category.TEACHING] * 4 + Category.values),
        purpose="活动",
        budget_line=town.dice.choice([town.line] * 4 + [town.narrow, None]),
        needed_by="2027-01-10",
    )
    purchases.submit(person=made.applicant, purchase=PurchaseRequest.objects.get(pk=made.pk), overspend_reason="急用")


def submit(town: Town) -> None:
    made = town.one(PurchaseRequest, state__in=["draft", "returned", "withdrawn"])
    purchases.submit(person=town.author(made.applicant), purchase=made)


def sign(town: Town) -> None:
    route = town.one(Route, state="running")
    step = open_step(route)
    fit = asked(step) if step else []
    person = town.dice.choice(fit if fit and town.dice.random() < 0.8 else town.people)
    verdict = Verdict.APPROVE if town.dice.random() < 0.8 else town.dice.choice(Verdict.values)
    seen = route.facts_hash if town.dice.random() < 0.95 else "0" * 64
    routes.sign(person=person, route=route, verdict=verdict, seen=seen, note=town.dice.choice(["", "请改", "请改"]))


def sign_round(town: Town) -> None:
    """Several signatures one after the other, so that papers arrive."""
    route = town.one(Route, state="running")
    for _step in range(5):
        step = open_step(route)
        if step and (fit := asked(step)):
            person = town.dice.choice(fit)
            routes.sign(person=person, route=route, verdict=Verdict.APPROVE, seen=route.facts_hash)


def withdraw(town: Town) -> None:
    made = town.one(PurchaseRequest, state="running")
    purchases.withdraw(person=town.author(made.applicant), purchase=made)


def take_back(town: Town) -> None:
    made = town.one(PurchaseRequest, state="approved", ordered=0)
    purchases.take_back(person=town.author(made.applicant), purchase=made)


def close(town: Town) -> None:
    made = town.one(PurchaseRequest, state="approved")
    purchases.close(person=town.author(made.applicant), purchase=made, reason=town.dice.choice(["", "不买了"]))


def some_lines(town: Town) -> list[RequestLine]:
    return list({line.pk: line for line in (town.one(RequestLine, request__state="approved") for _ in "12")}.values())


def open_comparison(town: Town) -> None:
    lines = [(line, town.dice.choice([line.quantity - line.ordered, *PIECES])) for line in some_lines(town)]
    comparisons.open_comparison(person=town.who(Role.PURCHASER), lines=lines, title="比价")


def set_quote(town: Town) -> None:
    made = town.one(Comparison, state="open")
    prices = {line.pk: town.dice.choice(AMOUNTS[:7]) for line in made.lines.all()}
    seller = town.dice.choice(town.sellers)
    comparisons.set_quote(person=town.who(Role.PURCHASER), comparison=made, supplier=seller, prices=prices)


def choose(town: Town) -> None:
    quote = town.one(Quote, comparison__state="open")
    person, words = town.who(Role.PURCHASING_GROUP), town.dice.choice(["", "只此一家"])
    comparisons.choose(person=person, comparison=quote.comparison, quote=quote, reason=words, reason_few=words)


def drop(town: Town) -> None:
    comparisons.drop(person=town.who(Role.PURCHASER), comparison=town.one(Comparison, state="open"))


def place_order(town: Town) -> None:
    lines = [
        (line, town.dice.choice([line.quantity - line.ordered, *PIECES]), town.dice.choice([line.price, *AMOUNTS]))
        for line in some_lines(town)
    ]
    orders.place_order(
        person=town.who(Role.PURCHASER), supplier=town.one(Supplier), lines=lines, reason=town.dice.choice(["", "急"])
    )


def order_winner(town: Town) -> None:
    made = town.one(Comparison, state="decided")
    quote = made.winner or made.quotes.first()
    if quote is None:
        raise ValidationError("nothing was quoted")
    prices = {row.line.request_line_id: row.price for row in quote.prices.all()}
    lines = [(row.request_line, row.quantity, prices[row.request_line_id]) for row in made.lines.all()]
    orders.place_order(person=town.who(Role.PURCHASER), supplier=quote.supplier, lines=lines, comparison=made)


def close_order(town: Town) -> None:
    made = town.one(Order, state="open")
    orders.close_order(person=town.who(Role.PURCHASER), order=made, reason=town.dice.choice(["", "停产"]))


def accept(town: Town) -> None:
    order = town.one(Order, state="open")
    came = []
    for line in order.lines.all():
        rejected = town.dice.choice([Decimal(0), *PIECES])
        good = town.dice.choice([line.quantity - line.accepted, *PIECES])
        words = ("破损", "return") if town.dice.random() < 0.8 else ("", "")
        nature = town.dice.choice(Nature.values)
        came.append(Delivered(line, good + rejected, nature, rejected, *words))
    person = town.who(Role.RECEIVER if order.category == Category.CANTEEN else Role.KEEPER)
    acceptances.accept(person=person, order=order, lines=came)


def take_in(town: Town) -> None:
    acceptances.take_in(line=town.one(AcceptanceLine), quantity=town.dice.choice(PIECES))


def put_back(town: Town) -> None:
    acceptances.put_back(line=town.one(AcceptanceLine, stored__gt=0), quantity=town.dice.choice(PIECES))


def claim(town: Town) -> None:
    order = town.one(Order, accepted__gt=0)
    old = town.one(Claim, order=order) if town.dice.random() < 0.3 else None
    person = town.author(old.claimant) if old else town.who(Role.PURCHASER)
    claims.save_claim(person=person, order=order, claim=old, purpose="购置", payee="店")


def set_invoice(town: Town) -> None:
    made = town.one(Claim, state__in=["draft", "returned", "withdrawn"])
    number = f"{town.dice.randint(1, 8):020d}"
    owed = made.order.accepted - made.order.invoiced
    claims.set_invoice(
        person=town.author(made.claimant),
        claim=made,
        invoice=town.one(Invoice, claim=made) if town.dice.random() < 0.2 else None,
        upload=goods.pdf(str(town.dice.randint(1, 8))),
        number=number,
        day=made.order.day,
        seller="店",
        amount=town.dice.choice([owed, owed, *AMOUNTS]),
    )


def remove_invoice(town: Town) -> None:
    made = town.one(Invoice, void=False)
    claims.remove_invoice(person=town.author(made.claim.claimant), invoice=made)


def submit_claim(town: Town) -> None:
    made = town.one(Claim, state__in=["draft", "returned", "withdrawn"])
    claims.submit(person=town.author(made.claimant), claim=made)


def withdraw_claim(town: Town) -> None:
    made = town.one(Claim, state="running")
    claims.withdraw(person=town.author(made.claimant), claim=made)


def give_up(town: Town) -> None:
    made = town.one(Claim, state__in=["draft", "returned", "withdrawn"])
    claims.give_up(person=town.author(made.claimant), claim=made)


def pay(town: Town) -> None:
    made = town.one(Claim, state="approved")
    payments.pay(
        person=town.who(Role.CASHIER), claim=made, amount=town.dice.choice([made.amount - made.paid, *AMOUNTS])
    )


def reverse_payment(town: Town) -> None:
    made = town.one(Payment)
    payments.reverse(person=town.who(Role.CASHIER), payment=made, reason=town.dice.choice(["", "退票", "退票"]))


def take_claim_back(town: Town) -> None:
    made = town.one(Claim, state="approved")
    claims.take_back(person=town.author(made.claimant), claim=made)


def withdraw_acceptance(town: Town) -> None:
    made = town.one(Acceptance, state="signing")
    acceptances.withdraw(person=town.author(made.accepted_by), acceptance=made)


def discard(town: Town) -> None:
    made = town.one(PurchaseRequest, state__in=["draft", "returned"])
    purchases.discard(person=town.author(made.applicant), purchase=made)


def adjust(town: Town) -> None:
    line = town.one(BudgetLine)
    amount = town.dice.choice([1, -1]) * town.dice.choice([*AMOUNTS, line.available])
    budget.adjust(person=town.who(Role.BOOKKEEPER), line=line, amount=amount, paper=town.dice.choice(["", "调〔1〕"]))


MOVES: list[Callable[[Town], None]] = [
    save_draft, submit, sign, sign_round, withdraw, take_back, close, open_comparison, set_quote, choose, drop,
    place_order, order_winner, close_order, accept, take_in, put_back, claim, set_invoice, remove_invoice,
    submit_claim, withdraw_claim, give_up, pay, reverse_payment, take_claim_back, withdraw_acceptance, discard, adjust,
]  # fmt: skip
ONWARD = [sign_round, choose, order_winner, place_order, accept, set_invoice, submit_claim, pay] * 3  # not only back

ANY_MOVE = st.tuples(st.sampled_from(MOVES + ONWARD), st.integers(0, 10**6))  # a move, and how the dice fall


@pytest.fixture
def town() -> Town:
    return Town()


@settings(
    max_examples=16,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
@given(moves=st.lists(ANY_MOVE, min_size=STEPS, max_size=STEPS))
def test_nothing_that_must_never_be_comes_about(town, moves):
    nevers.assert_none()
    with transaction.atomic():
        for move, number in moves:
            town.dice.seed(number)
            if attempt(town, move):
                nevers.assert_none()
        transaction.set_rollback(True)


def attempt(town: Town, move: Callable[[Town], None]) -> bool:
    """Whether the move was made; a refusal leaves nothing behind, anything else that is raised is a fault."""
    try:
        with transaction.atomic():
            move(town)
    except ValidationError:
        return False
    return True


def test_every_move_is_sometimes_made(town):
    """Else the test above would prove nothing about it."""
    made, dice = set(), Random(7)
    for _round in range(ROUNDS):
        if made == set(MOVES):
            break
        with transaction.atomic():
            for _step in range(STEPS):
                move = dice.choice(MOVES + ONWARD)
                town.dice.seed(dice.random())
                if attempt(town, move):
                    made.add(move)
            transaction.set_rollback(True)
    assert [move.__name__ for move in MOVES if move not in made] == []
