"""Papers of purchases for tests. A request goes through the services; its signatures come from a cast that signs."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone

from finance.choices import Category, PurchaseState
from finance.models import BudgetLine, PurchaseRequest, RequestLine
from finance.queries.purchases import route_of
from finance.services import budget, purchases
from logistics.approvals.choices import Verdict
from logistics.approvals.models import Step
from logistics.approvals.rules import open_step
from logistics.approvals.services import routes
from logistics.records import attachments
from logistics.school.choices import Role
from logistics.school.models import Person
from tests import cast

Goods = tuple[str, Any, Any]  # name, quantity, price in yuan
PAPER: Sequence[Goods] = [("A4复印纸", 10, "22.00")]
SIGNERS = {
    Role.ACADEMIC: ("sign_academic", "何教导"),
    Role.LEADER: ("sign_leader", "罗分管"),
    Role.DIRECTOR: ("sign_director", "马总务"),
    Role.CANTEEN_MANAGER: ("sign_canteen", "蒋事务长"),
    Role.PRINCIPAL: ("sign_principal", "石校长"),
}


def signer(role: str) -> Person:
    """Who signs as ``role`` in these tests; made when first asked for."""
    username, name = SIGNERS[Role(role)]
    return Person.objects.filter(username=username).first() or cast.person(username, name, role)


def budget_line(item: str = "办公费", *, amount: Decimal | None = Decimal(100_000), **fields: Any) -> BudgetLine:
    """A line of this year's budget with ``amount`` yuan on it (None: nothing set yet); made once."""
    year = timezone.localdate().year
    line, new = BudgetLine.objects.get_or_create(year=year, item=item, **{"department": None, **fields})
    if new and amount is not None:
        keeper = Person.objects.filter(username="keeps_budget").first() or cast.person("keeps_budget", "金记账")
        budget.set_original(person=keeper, line=line, amount=amount)
    return line


def request(
    person: Person,
    lines: Sequence[Goods] = PAPER,
    *,
    category: str = Category.OFFICE,
    line: BudgetLine | None = None,
    approved: bool = False,
    **fields: Any,
) -> PurchaseRequest:
    """A request of ``person``: a draft, or approved with its money committed (rows only, nobody signed).

    ``approved_request`` goes through all signatures.
    """
    made = PurchaseRequest(
        applicant=person,
        department=person.department,
        category=category,
        purpose=fields.pop("purpose", "教学活动用品"),
        budget_line=line or budget_line(),
        needed_by=fields.pop("needed_by", timezone.localdate() + dt.timedelta(days=14)),
        **fields,
    )
    made.save()
    for position, (name, quantity, price) in enumerate(lines, 1):
        RequestLine.objects.create(
            request=made, position=position, name=name, quantity=Decimal(quantity), price=Decimal(price)
        )
    made.total = sum((row.amount for row in made.lines.all()), Decimal(0))
    made.save()
    if approved:
        _approve(made)
    return made


def submitted(person: Person, lines: Sequence[Goods] = PAPER, **fields: Any) -> PurchaseRequest:
    """A request on its way, waiting for its first signature."""
    made = request(person, lines, **fields)
    purchases.submit(person=person, purchase=made)
    return made


def approved_request(person: Person, lines: Sequence[Goods] = PAPER, **fields: Any) -> PurchaseRequest:
    """A request that everybody signed who is asked (``signer``), its money committed. Below the sums of a meeting."""
    made = submitted(person, lines, **fields)
    sign_all(made)
    return made


def sign_all(made: PurchaseRequest) -> None:
    while step := step_of(made):
        sign(made, signer(step.role))
    made.refresh_from_db()


def sign(made: PurchaseRequest, person: Person, verdict: str = Verdict.APPROVE, note: str = "") -> None:
    """``person`` says ``verdict`` to the paper as it lies before him."""
    route = route_of(made)
    routes.sign(person=person, route=route, verdict=verdict, seen=route.facts_hash, note=note)
    made.refresh_from_db()


def step_of(made: PurchaseRequest) -> Step | None:
    """The step that waits for a signature."""
    route = route_of(made)
    return open_step(route) if route else None


def _approve(made: PurchaseRequest) -> None:
    now = timezone.now()
    made.number = f"SG{now.year}-9{made.pk:04d}"
    made.state, made.submitted_at, made.approved_at = PurchaseState.APPROVED, now, now
    made.save()
    budget.commit(person=made.applicant, purchase=made, amount=made.total, beyond=True)


def files_of(record: models.Model) -> list[str]:
    return [file.name for file in attachments.of(record)]
