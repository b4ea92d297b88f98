"""Number series under a race: many at once take numbers, none is left out and none given twice."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from logistics.records.models import NumberSeries
from logistics.records.numbers import take

pytestmark = [
    pytest.mark.requirement("A01"),
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
]
THREADS, ROUNDS = 8, 12


def at_once(work: Callable[[int], None]) -> None:
    """Run ``work`` in several threads that start together, each with its own connection."""
    start, troubles = threading.Barrier(THREADS), []

    def run(number: int) -> None:
        start.wait()
        try:
            work(number)
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert troubles == []


@pytest.fixture
def taken() -> list[str]:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time, and the tests' database lives in memory")
    return []


def test_no_gap_and_no_double(taken):
    def work(number: int) -> None:
        for _round in range(ROUNDS):
            with transaction.atomic():
                taken.extend(take("ZC", 2026, 2))

    at_once(work)
    assert sorted(taken) == [f"ZC2026-{n:05d}" for n in range(1, THREADS * ROUNDS * 2 + 1)]


def test_who_fails_leaves_no_gap(taken):
    def work(number: int) -> None:
        for round_ in range(ROUNDS):
            with transaction.atomic():
                given = take("RZ", 2026)
                if (number + round_) % 3 == 0:
                    transaction.set_rollback(True)
                else:
                    taken.extend(given)

    at_once(work)
    assert sorted(taken) == [f"RZ2026-{n:05d}" for n in range(1, len(taken) + 1)]
    assert NumberSeries.objects.get(prefix="RZ").last == len(taken)


def test_the_first_of_a_year_is_begun_once(taken):
    def work(number: int) -> None:
        with transaction.atomic():
            taken.extend(take("DB", 2027))

    at_once(work)
    assert NumberSeries.objects.filter(prefix="DB").count() == 1
    assert len(set(taken)) == THREADS
