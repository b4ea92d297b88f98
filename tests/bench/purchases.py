"""Years of purchases in bulk: requests in every state, with routes, steps and signatures as the services leave them."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from finance.choices import Category, PurchaseState
from finance.models import BudgetLine, PurchaseRequest, RequestLine
from logistics.approvals.choices import RouteState, StepState, Verdict
from logistics.approvals.models import Route, Signature, Step
from logistics.approvals.services.routes import hash_of
from logistics.school.choices import Role
from logistics.school.models import Department, Person

CHAIN = (Role.LEADER, Role.DIRECTOR, Role.PRINCIPAL)
GOODS = [("A4复印纸", "70g 500张/包", "包", 22), ("白板笔", "黑色", "支", 3), ("足球", "5号", "个", 85)]
EACH = Decimal(10)
BATCH = 1000


def build_purchases(
    count: int, *, applicants: Sequence[Person], waiting: int, signed_by: Sequence[Person], first: int = 0
) -> None:
    """So many requests, spread over the years; the last ``waiting`` wait for the principal, the others are approved.

    ``signed_by``: leader, director, principal. Each request has two lines. ``first``: how many are there already.
    """
    budget = BudgetLine.objects.get_or_create(year=2026, item="公用经费 办公费", department=None)[0]
    departments = list(Department.objects.all()) or [None]
    kind = ContentType.objects.get_for_model(PurchaseRequest)
    for numbers in _batches(count):
        requests = PurchaseRequest.objects.bulk_create(
            _request(
                first + n,
                applicants[n % len(applicants)],
                departments[n % len(departments)],
                budget,
                n < count - waiting,
            )
            for n in numbers
        )
        RequestLine.objects.bulk_create(line for request in requests for line in _lines(request))
        routes = Route.objects.bulk_create(_route(request, kind) for request in requests)
        steps = Step.objects.bulk_create(step for route in routes for step in _steps(route))
        Signature.objects.bulk_create(_signatures(steps, signed_by))


def _batches(count: int):
    return (range(first, min(first + BATCH, count)) for first in range(0, count, BATCH))


def _request(n: int, applicant: Person, department: Department | None, budget: BudgetLine, approved: bool):
    when = timezone.now() - dt.timedelta(minutes=200 * n)
    return PurchaseRequest(
        number=f"SG{2020 + n % 7}-{n + 1:05d}",
        applicant=applicant,
        department=department,
        category=Category.values[n % len(Category.values)],
        purpose=f"第{n % 20 + 1}周教学活动用品",
        budget_line=budget,
        state=PurchaseState.APPROVED if approved else PurchaseState.RUNNING,
        total=sum((price * EACH for *_text, price in _goods(n)), Decimal(0)),
        submitted_at=when,
        approved_at=when if approved else None,
    )


def _goods(n: int):
    return [GOODS[n % len(GOODS)], GOODS[(n + 1) % len(GOODS)]]


def _lines(request: PurchaseRequest):
    for position, (name, specification, unit, price) in enumerate(_goods(int(request.number[-5:]) - 1), 1):
        line = RequestLine(
            request=request,
            position=position,
            name=name,
            specification=specification,
            unit=unit,
            quantity=EACH,
            price=Decimal(price),
        )
        line.reckon()
        yield line


def _route(request: PurchaseRequest, kind: ContentType) -> Route:
    facts = {"number": request.number, "purpose": request.purpose}
    done = request.state == PurchaseState.APPROVED
    return Route(
        kind="finance.purchase",
        content_type=kind,
        object_id=request.pk,
        version=1,
        number=request.number,
        title=request.purpose,
        applicant=request.applicant,
        department=request.department,
        amount=request.total,
        facts=facts,
        facts_hash=hash_of(facts),
        together=True,
        state=RouteState.APPROVED if done else RouteState.RUNNING,
        started_at=request.submitted_at,
        ended_at=request.submitted_at if done else None,
    )


def _steps(route: Route):
    for position, role in enumerate(CHAIN, 1):
        done = route.state == RouteState.APPROVED or role != CHAIN[-1]
        state = StepState.DONE if done else StepState.OPEN
        yield Step(route=route, position=position, role=role, state=state, asked_at=route.started_at)


def _signatures(steps: Sequence[Step], signed_by: Sequence[Person]):
    by = dict(zip(CHAIN, signed_by, strict=True))
    for step in steps:
        if step.state == StepState.DONE:
            yield Signature(
                route=step.route,
                step=step,
                place=1,
                person=by[Role(step.role)],
                verdict=Verdict.APPROVE,
                facts_hash=step.route.facts_hash,
                digest=step.route.facts_hash,
            )
