"""A town for tests that let anybody do anything: all parts, some people in two, papers at every stage, and dice."""

from decimal import Decimal
from random import Random
from typing import Any

from django.core.exceptions import ValidationError

from finance.models import PurchaseRequest
from finance.services import acceptances, comparisons
from logistics.school.choices import Role
from logistics.school.models import Person
from tests import cast
from tests.finance import goods, papers


class Town:
    """The office and everybody who might lay a hand on its papers; ``dice`` decides who and how much."""

    def __init__(self) -> None:
        self.dice = Random(0)
        cast.person("both", "买收兼", Role.PURCHASER, Role.KEEPER)
        cast.person("purse", "钱账兼", Role.CASHIER, Role.BOOKKEEPER)
        cast.person("asks_and_chooses", "问选兼", Role.PURCHASER, Role.PURCHASING_GROUP)
        Person.objects.create_superuser("root_of_all", "password", name="管理员")
        for role in (*goods.PARTS, *papers.SIGNERS):
            goods.part(role)
        goods.group()
        goods.deputy(goods.part(Role.PRINCIPAL), Role.PRINCIPAL)
        goods.deputy(goods.part(Role.PURCHASER), Role.PURCHASER)
        goods.deputy(goods.part(Role.KEEPER), Role.KEEPER)
        self.line = papers.budget_line(amount=Decimal(6000))
        self.narrow = papers.budget_line("差旅费", amount=Decimal(100))
        self.people = list(Person.objects.order_by("pk"))
        self.sellers = [goods.supplier(f"店{number}") for number in range(4)]
        self._begin()

    def _begin(self) -> None:
        """Something stands at every stage, so that each move finds what it needs."""
        asks = cast.person("asks", "常申购")
        self.people.append(asks)
        papers.request(asks, line=self.line)
        papers.submitted(asks, [("粉笔", 3, "12.50")], line=self.line)
        wanted = [("足球", 3, "85.00"), ("跳绳", 7, "9.99")]
        _untouched, quoted, chosen, bought = (
            papers.approved_request(asks, wanted, line=self.line) for _request in range(4)
        )
        self._quotes(quoted)
        goods.compared(chosen, [9, 8, 9.5])
        placed = goods.order(bought)
        came = goods.delivery(placed, good=2)
        acceptances.take_in(line=came.lines.order_by("pk")[0], quantity=Decimal(1))
        goods.sign_all(goods.claim(placed, ["85.00"]))
        goods.claim(placed, ["12.50"])

    def _quotes(self, purchase: PurchaseRequest) -> None:
        """A comparison that waits for a choice."""
        buyer, lines = goods.part(Role.PURCHASER), [(line, line.quantity) for line in purchase.lines.all()]
        made = comparisons.open_comparison(person=buyer, lines=lines, title="比价")
        for price, seller in enumerate(self.sellers[:3], 7):
            prices = {line.pk: Decimal(price) for line in made.lines.all()}
            comparisons.set_quote(person=buyer, comparison=made, supplier=seller, prices=prices)

    def who(self, *roles: str) -> Person:
        """Mostly somebody who may, sometimes anybody."""
        fit = [person for person in self.people if set(roles) & person.roles_today]
        return self.dice.choice(fit if fit and self.dice.random() < 0.8 else self.people)

    def one(self, model: Any, **having: Any) -> Any:
        """Any row; mostly one that fits. Refused where there is none."""
        fit = list(model.objects.filter(**having).order_by("pk")) if self.dice.random() < 0.8 else []
        rows = fit or list(model.objects.order_by("pk"))
        if not rows:
            raise ValidationError("nothing to act on")
        return self.dice.choice(rows)

    def author(self, rightful: Person) -> Person:
        return rightful if self.dice.random() < 0.8 else self.dice.choice(self.people)
