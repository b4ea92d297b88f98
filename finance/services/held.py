"""Rows as they stand now, held until the transaction ends; always in the order of their keys."""

from collections.abc import Iterable

from finance.models import Claim, Comparison, Order, OrderLine, PurchaseRequest, RequestLine


def requests(ids: Iterable[int]) -> dict[int, PurchaseRequest]:
    rows = PurchaseRequest.objects.select_for_update(of=("self",)).filter(pk__in=set(ids)).order_by("pk")
    return {row.pk: row for row in rows}


def request_lines(ids: Iterable[int]) -> dict[int, RequestLine]:
    rows = RequestLine.objects.select_for_update(of=("self",)).filter(pk__in=set(ids)).order_by("pk")
    return {row.pk: row for row in rows}


def comparison(row: Comparison) -> Comparison:
    return Comparison.objects.select_for_update(of=("self",)).get(pk=row.pk)


def order(row: Order) -> Order:
    return Order.objects.select_for_update(of=("self",)).get(pk=row.pk)


def order_lines(row: Order) -> dict[int, OrderLine]:
    lines = OrderLine.objects.select_for_update(of=("self",)).filter(order=row).order_by("pk")
    return {line.pk: line for line in lines}


def claim(row: Claim) -> Claim:
    return Claim.objects.select_for_update(of=("self",)).get(pk=row.pk)
