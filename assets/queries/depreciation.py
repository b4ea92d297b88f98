"""Depreciation by month, from the month acquired, no residual value (forms.md, Assets); in Python and the same in SQL.

The month of a date counts in full. Where no life is known, or it is 0, nothing is depreciated.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, ExtractMonth, ExtractYear, Greatest, Least

from assets.models import Card
from logistics.base.fields import MoneyField
from logistics.base.money import fen, yuan

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Worth:
    """Original value, what of it is used up, and what is left (yuan)."""

    value: Decimal
    accumulated: Decimal

    @property
    def net(self) -> Decimal:
        return self.value - self.accumulated


@dataclass(frozen=True)
class Month:
    """One month of a card's schedule: what it uses up, what is used up by its end, what is left (yuan)."""

    first_day: dt.date
    charge: Decimal
    accumulated: Decimal
    net: Decimal


@dataclass(frozen=True)
class Totals:
    """Cards, pieces and yuan over many cards."""

    cards: int
    quantity: int
    value: Decimal
    accumulated: Decimal

    @property
    def net(self) -> Decimal:
        return self.value - self.accumulated


def months_begun(since: dt.date, on: dt.date) -> int:
    """Months from the one of ``since`` to the one of ``on``, both counted; 0 before it."""
    return max((on.year - since.year) * 12 + on.month - since.month + 1, 0)


def accumulated(value: Decimal, *, life_months: int | None, since: dt.date | None, on: dt.date) -> Decimal:
    """What of ``value`` (yuan) is used up by the end of the month of ``on``, half a fen rounded up; at most all."""
    if not life_months or since is None:
        return NOTHING
    return yuan(_used_up(fen(value), min(months_begun(since, on), life_months), life_months))


def _used_up(value: int, months: int, life: int) -> int:
    """In fen. The sum so far is rounded and not each month, so the whole life uses up exactly the value."""
    return (2 * value * months + life) // (2 * life)


def depreciated_since(card: Card) -> dt.date | None:
    """The day acquired; where nobody knows it any more, the day booked."""
    return card.acquired_on or card.booked_on


def worth(card: Card, on: dt.date) -> Worth:
    """What a card is worth at the end of the month of ``on``."""
    since = depreciated_since(card)
    return Worth(card.value, accumulated(card.value, life_months=card.life_months, since=since, on=on))


def schedule(card: Card) -> list[Month]:
    """Every month of a card's useful life; empty where it is not depreciated."""
    return list(_months(card))


def _months(card: Card) -> Iterator[Month]:
    since, life = depreciated_since(card), card.life_months
    if not life or since is None:
        return
    before = 0
    for number in range(1, life + 1):
        step = since.year * 12 + since.month - 1 + number - 1
        now = _used_up(fen(card.value), number, life)
        yield Month(dt.date(step // 12, step % 12 + 1, 1), yuan(now - before), yuan(now), card.value - yuan(now))
        before = now


def accumulated_sql(on: dt.date) -> ExpressionWrapper[Case]:
    """``accumulated`` of each card as an expression over ``Card``: whole fen, the same rounding."""
    since = Coalesce("acquired_on", "booked_on")
    life = Cast("life_months", BigIntegerField())
    begun = Value(on.year * 12 + on.month + 1) - ExtractYear(since) * Value(12) - ExtractMonth(since)
    months = Least(Greatest(begun, Value(0)), F("life_months"))
    twice = Value(2) * Cast("value", BigIntegerField()) * Cast(months, BigIntegerField())
    used_up = ExpressionWrapper((twice + life) / (Value(2) * life), output_field=BigIntegerField())
    depreciated = Q(life_months__gt=0) & (Q(acquired_on__isnull=False) | Q(booked_on__isnull=False))
    return ExpressionWrapper(
        Case(When(depreciated, then=used_up), default=Value(0), output_field=BigIntegerField()),
        output_field=MoneyField(),
    )


def totals(cards: QuerySet[Card], on: dt.date) -> Totals:
    """Cards, pieces, value and accumulated depreciation of ``cards`` at the end of ``on``'s month; one statement."""
    sums = (
        cards.order_by()
        .annotate(used_up=accumulated_sql(on))
        .aggregate(count=Count("pk"), pieces=Sum("quantity"), worth=Sum("value"), gone=Sum("used_up"))
    )
    return Totals(sums["count"], sums["pieces"] or 0, sums["worth"] or NOTHING, sums["gone"] or NOTHING)
