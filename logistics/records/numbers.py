"""Number series without gaps or doubles: ``ZC2026-00001``."""

from django.db import transaction
from django.db.models import F

from logistics.records.models import NumberSeries


def take(prefix: str, year: int, count: int = 1) -> list[str]:
    """The next ``count`` numbers of a series, in order.

    Call it inside the transaction that uses them: a rolled-back paper gives its number back, and the
    row stays locked until then, so two people at once get different numbers and none is left out.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a number is taken inside the transaction that uses it")
    series = NumberSeries.objects.filter(prefix=prefix, year=year)
    if not series.update(last=F("last") + count):
        NumberSeries.objects.bulk_create([NumberSeries(prefix=prefix, year=year)], ignore_conflicts=True)
        series.update(last=F("last") + count)
    last = series.values_list("last", flat=True).get()
    return [f"{prefix}{year}-{number:05d}" for number in range(last - count + 1, last + 1)]
