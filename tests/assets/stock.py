"""Cards for the tests of property, entered through the services."""

import datetime as dt
from decimal import Decimal
from typing import Any

from assets.models import Card, PropertyClass
from assets.services.cards import enter_card
from logistics.school.models import Person

ENTERED = dt.date(2026, 9, 1)


def property_class(code: str = "A02010105") -> PropertyClass:
    """台式计算机 unless another code is given."""
    return PropertyClass.objects.get(code=code)


def card(keeper: Person, *, date: dt.date = ENTERED, **fields: Any) -> Card:
    """A desktop computer for 4,580 yuan, entered on 2026-09-01 unless told otherwise."""
    plain = {"name": "台式计算机", "value": Decimal("4580.00"), "unit": "台", "acquired_on": date}
    return enter_card(person=keeper, date=date, **{**plain, **fields})
