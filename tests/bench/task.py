"""One measured run in a process of its own: ``python -m tests.bench.task NAME …`` prints its figure as JSON."""

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")

import django

django.setup()

from django.db import connection, connections  # noqa: E402

from logistics.base.statistics import count_anew  # noqa: E402
from tests.bench import imports, world  # noqa: E402
from tests.bench.measure import Figure, measure, printed  # noqa: E402


@contextmanager
def counting():
    """Counts statements; of one that is prepared once and run for many rows, the rows too."""
    counted = {"statements": 0, "prepared_rows": 0}

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        counted["statements"] += 1
        if many:
            params = list(params)
            counted["prepared_rows"] += len(params)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield counted


def build(cards: str) -> Figure:
    """The school, if it is not there yet, and so many cards."""
    from logistics.school.models import School

    def part() -> None:
        world.make_tables()
        if not School.objects.exists():
            world.build_school()
        world.build_cards(int(cards))
        count_anew()  # as an import of them would have
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    return measure(part)


def buy(count: str) -> Figure:
    """So many requests, of which fifty, or half of fewer, wait for the principal."""
    from logistics.school.models import Person
    from tests.bench.purchases import build_purchases

    def part() -> None:
        people = {person.username: person for person in Person.objects.all()}
        build_purchases(
            int(count),
            applicants=[person for name, person in people.items() if name.startswith("jiaoshi")],
            waiting=min(50, int(count) // 2),
            signed_by=[people[name] for name in ("fuxiaozhang", "zongwu", "xiaozhang")],
        )
        count_anew()

    return measure(part)


def plan(years: str) -> Figure:
    """So many years of the work calendar."""
    from tests.bench.calendar import build_calendar

    def part() -> None:
        build_calendar(int(years))
        count_anew()

    return measure(part)


def workbook(path: str, rows: str) -> Figure:
    return measure(lambda: world.workbook(Path(path), int(rows)))


def import_(name: str, path: str, rows: str, count: str = "") -> Figure:
    imports.warm_up(name)
    if not count:
        return measure(lambda: imports.run(name, Path(path), int(rows)))
    with counting() as counted:
        imports.run(name, Path(path), int(rows))
    return Figure(0, 0, 0, 0, 0, dict(counted))


def facts() -> Figure:
    from assets.models import Card
    from logistics.school.models import Room

    card = Card.objects.order_by("pk").values_list("pk", flat=True)
    found = {"card": card[len(card) // 2], "room": Room.objects.get(name="计算机室").pk}
    return Figure(0, 0, 0, 0, 0, found)


def queries(username: str, *paths: str) -> Figure:
    """How many statements each page needs, once it is warm."""
    client, found = imports.signed_in(username), {}
    for path in paths:
        client.get(path)
        with counting() as counted:
            imports.got(client.get(path), 200)
        found[path] = counted["statements"]
    return Figure(0, 0, 0, 0, 0, found)


def print_html(kind: str, path: str) -> Figure:
    from tests.bench import prints

    return measure(lambda: prints.write_html(kind, Path(path)))


def print_product(kind: str) -> Figure:
    import weasyprint  # noqa: F401  a worker that prints has imported it long ago

    from tests.bench import prints

    return measure(lambda: prints.product(kind))


def print_alone(path: str) -> Figure:
    import weasyprint  # noqa: F401

    from tests.bench import prints

    return measure(lambda: prints.alone(Path(path)))


TASKS = {
    function.__name__: function
    for function in (build, buy, plan, workbook, import_, facts, queries, print_html, print_product, print_alone)
}


def run(name: str, *arguments: str, database: Path | None = None) -> Figure:
    if database:
        connections.settings["default"]["NAME"] = str(database)
    return TASKS[name](*arguments)


if __name__ == "__main__":
    print(printed(run(*sys.argv[1:])))  # noqa: T201
