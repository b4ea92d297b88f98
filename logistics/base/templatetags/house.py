"""What every template may use without loading it: amounts, numbers, days, badges."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from logistics.base import money as amounts

register = template.Library()

SIGNS = {"plain": "○", "wait": "◔", "good": "✓", "warn": "!", "bad": "✕"}


@register.filter
def money(value: Any) -> str:
    """Yuan with two places and thousands: 1,234.50; nothing for nothing."""
    return "" if value is None or value == "" else amounts.money_text(Decimal(value))


@register.filter
def capitals(value: Any) -> str:
    """Yuan in capitals: 壹仟贰佰叁拾肆元伍角整; nothing for nothing."""
    return "" if value is None or value == "" else amounts.capitals(Decimal(value))


@register.filter
def number(value: Any) -> str:
    """A count with thousands: 12,345; nothing for nothing."""
    return "" if value is None or value == "" else f"{value:,}"


@register.filter
def quantity(value: Any) -> str:
    """A quantity with thousands and no more places than it has: 1,200 or 2.5; nothing for nothing."""
    return "" if value is None or value == "" else amounts.quantity_text(Decimal(value))


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """A day as 2026-09-01; a moment gives its day in the school's time."""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date()
    return value.isoformat() if value else ""


@register.filter
def unbroken(text: str) -> SafeString:
    """A date or number in a sentence, which no end of line may cut in two."""
    return format_html('<span class="day">{}</span>', text)


@register.filter
def moment(value: dt.datetime | None) -> str:
    """A moment as 2026-09-01 14:05 in the school's time."""
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""


@register.simple_tag
def badge(label: Any, tone: str = "plain") -> SafeString:
    """A state: its word with a sign before it, so that colour never stands alone. Tones are the keys of ``SIGNS``."""
    return format_html(
        '<span class="state state-{}"><span aria-hidden="true">{}</span> {}</span>', tone, SIGNS[tone], label
    )


@register.filter
def clock(value: dt.datetime) -> str:
    """The time of day as 14:05 in the school's time."""
    return timezone.localtime(value).strftime("%H:%M")
