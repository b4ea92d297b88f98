"""Accepted goods for tests, as rows: what came before them is proved with purchases."""

from decimal import Decimal
from typing import Any

from django.utils import timezone

from finance.choices import Category, Nature
from finance.models import Acceptance, AcceptanceLine, Order, OrderLine, Supplier
from logistics.base.money import line_amount
from logistics.school.choices import RoomKind
from logistics.school.models import Person, Room
from tests import cast
from tests.finance import papers


def store(name: str = "总务仓库") -> Room:
    return Room.objects.filter(name=name).first() or cast.room(name, kind=RoomKind.STORE)


def accepted(
    keeper: Person,
    applicant: Person,
    *,
    name: str = "A4复印纸",
    quantity: Any = 10,
    price: Any = "22.00",
    amount: Any = None,
    nature: str = Nature.CONSUMABLE,
) -> AcceptanceLine:
    """One line of an acceptance of today, nothing of it entered yet. ``amount``: the yuan it came to, if otherwise."""
    count = Order.objects.count() + 1
    purchase = papers.request(applicant, [(name, quantity, price)], approved=True)
    asked = purchase.lines.get()
    supplier, _new = Supplier.objects.get_or_create(key="文具店", defaults={"name": "文具店"})
    worth = line_amount(Decimal(quantity), Decimal(price)) if amount is None else Decimal(amount)
    order = Order.objects.create(
        number=f"DD2026-8{count:04d}",
        supplier=supplier,
        category=Category.OFFICE,
        bought_by=applicant,
        amount=max(worth, asked.amount),
        accepted=worth,
    )
    ordered = OrderLine.objects.create(
        order=order,
        request_line=asked,
        quantity=asked.quantity,
        price=asked.price,
        accepted=asked.quantity,
        accepted_amount=min(worth, asked.amount),
    )
    acceptance = Acceptance.objects.create(
        number=f"YS2026-8{count:04d}", order=order, day=timezone.localdate(), accepted_by=keeper, amount=worth
    )
    return AcceptanceLine.objects.create(
        acceptance=acceptance,
        order_line=ordered,
        delivered=asked.quantity,
        accepted=asked.quantity,
        amount=worth,
        nature=nature,
    )
