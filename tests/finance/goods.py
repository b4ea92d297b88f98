"""Orders, deliveries, claims and payments for tests, through the services, each by the person whose part it is."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from finance.choices import Category, Nature
from finance.models import Acceptance, Claim, Comparison, Order, Payment, PurchaseRequest, Supplier
from finance.services import acceptances, claims, comparisons, orders, payments
from finance.services.acceptances import Delivered
from logistics.approvals.choices import Verdict
from logistics.approvals.models import Route
from logistics.approvals.rules import open_step
from logistics.approvals.services import routes
from logistics.school.choices import Role
from logistics.school.models import Person, RoleAssignment
from tests import cast
from tests.finance import papers
from tests.records.pictures import photo, upload

PARTS = {
    Role.PURCHASER: ("buys", "刘采购"),
    Role.KEEPER: ("keeps", "钱保管"),
    Role.RECEIVER: ("receives", "何验货"),
    Role.BOOKKEEPER: ("books", "吴会计"),
    Role.CASHIER: ("pays", "赵出纳"),
}
GROUP = ("chooses_one", "组员甲"), ("chooses_two", "组员乙")


def part(role: str) -> Person:
    """Who plays this part; made when first asked for."""
    if role not in PARTS:
        return papers.signer(role)
    username, name = PARTS[Role(role)]
    return Person.objects.filter(username=username).first() or cast.person(username, name, role)


def deputy(person: Person, role: str) -> Person:
    """Somebody who stands in for ``person`` in this role, today and tomorrow."""
    made = cast.person(f"helps_{person.username}", f"代{person.name}")
    today = timezone.localdate()
    given = {"role": role, "deputy_for": person, "first_day": today, "last_day": today + dt.timedelta(days=1)}
    RoleAssignment.objects.create(person=made, **given)
    return made


def group() -> list[Person]:
    """Two members of the purchasing group."""
    return [
        Person.objects.filter(username=username).first() or cast.person(username, name, Role.PURCHASING_GROUP)
        for username, name in GROUP
    ]


def supplier(name: str = "育才文体用品店", **fields: Any) -> Supplier:
    return Supplier.objects.get_or_create(name=name, defaults=fields)[0]


def order(
    purchase: PurchaseRequest, *, quantity: Any = None, price: Any = None, comparison: Comparison | None = None
) -> Order:
    """All that is left of a request's lines (or so much of each), at the estimated price."""
    lines = [
        (line, Decimal(quantity or line.quantity - line.ordered), Decimal(price or line.price))
        for line in purchase.lines.all()
    ]
    seller = comparison.winner.supplier if comparison and comparison.winner else supplier()
    return orders.place_order(person=part(Role.PURCHASER), supplier=seller, lines=lines, comparison=comparison)


def delivery(
    placed: Order, *, good: Any = None, rejected: Any = 0, nature: str = Nature.CONSUMABLE, person: Person | None = None
) -> Acceptance:
    """What is still to come, or so many good and rejected pieces of each line."""
    role = Role.RECEIVER if placed.category == Category.CANTEEN else Role.KEEPER
    came = []
    for line in placed.lines.all():
        pieces = line.quantity - line.accepted if good is None else Decimal(good)
        came.append(
            Delivered(
                line=line,
                delivered=pieces + Decimal(rejected),
                rejected=Decimal(rejected),
                nature=nature,
                reason="破损" if rejected else "",
                disposal="return" if rejected else "",
            )
        )
    return acceptances.accept(person=person or part(role), order=placed, lines=came)


def compared(purchase: PurchaseRequest, prices: Sequence[Any], *, reason_few: str = "") -> Comparison:
    """A decided comparison of all lines: each supplier one price for every line, the lowest wins."""
    buyer = part(Role.PURCHASER)
    lines = [(line, line.quantity) for line in purchase.lines.all()]
    made = comparisons.open_comparison(person=buyer, lines=lines, title="比价")
    for number, price in enumerate(prices, 1):
        each = {line.pk: Decimal(price) for line in made.lines.all()}
        comparisons.set_quote(person=buyer, comparison=made, supplier=supplier(f"供应商{number}"), prices=each)
    first, second = group()
    winner = made.quotes.order_by("amount").first()
    route = comparisons.choose(person=first, comparison=made, quote=winner, reason_few=reason_few)
    routes.sign(person=second, route=route, verdict=Verdict.APPROVE, seen=route.facts_hash)
    made.refresh_from_db()
    return made


def claim(placed: Order, amounts: Sequence[Any] = (), *, submitted: bool = True) -> Claim:
    """A claim of the buyer with one invoice for each amount; without any, one for all that may be claimed."""
    buyer = part(Role.PURCHASER)
    placed.refresh_from_db()
    made = claims.save_claim(person=buyer, order=placed, purpose="购置用品", payee=placed.supplier.name)
    for amount in amounts or [placed.accepted]:
        invoice(made, amount)
    if submitted:
        claims.submit(person=buyer, claim=made)
    return made


def invoice(made: Claim, amount: Any, **fields: Any) -> Any:
    number = f"{2600000000 + made.pk:010d}{made.invoices.count() + 1:010d}"
    said = {"number": number, "day": made.order.day, "seller": made.payee, "amount": Decimal(amount), **fields}
    said.setdefault("upload", pdf(number))
    return claims.set_invoice(person=made.claimant, claim=made, **said)


def pdf(text: str) -> Any:
    """The least a PDF can be, another one for another text."""
    return SimpleUploadedFile("发票.pdf", f"%PDF-1.4\n% {text}\n%%EOF\n".encode())


def picture(shade: int = 1) -> Any:
    return upload(photo(40 + shade, 30), "发票.jpg")


def sign_all(record: Any) -> None:
    """Everybody who is asked signs, in order."""
    while (route := Route.objects.of(record).first()) and (step := open_step(route)):
        person = step.people.exclude(pk__in=route.signatures.values("person")).first() or part(step.role)
        routes.sign(person=person, route=route, verdict=Verdict.APPROVE, seen=route.facts_hash)
    record.refresh_from_db()


def paid(made: Claim, amount: Any = None) -> Payment:
    """The cashier pays it, or so much of it."""
    made.refresh_from_db()
    left = made.amount - made.paid
    return payments.pay(person=part(Role.CASHIER), claim=made, amount=Decimal(amount or left))
