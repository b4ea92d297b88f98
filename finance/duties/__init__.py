"""What waits for a person in purchases and money. And the month's figures."""

from collections.abc import Iterator

from finance.duties import goods, money, purchases
from logistics.base.duties import Duty, Fact
from logistics.school.models import Person


def waiting_for(person: Person) -> Iterator[Duty]:
    """Requests that came back, lines to order, quotes to choose among, deliveries to accept, claims to make, to pay."""
    for part in (purchases, goods, money):
        yield from part.waiting_for(person)


def facts_for(person: Person) -> Iterator[Fact]:
    """This month's requests."""
    yield from purchases.facts_for(person)
