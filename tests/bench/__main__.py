"""``python -m tests.bench [part …] [--rounds N] [--quick]``: builds, measures, prints the tables."""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from tests.bench import load
from tests.bench.measure import Figure, median, ratio, task
from tests.bench.pages import Compared, compared
from tests.bench.report import Table

KEEPER, ADMINISTRATOR, PASSWORD = "baoguan", "guanli", "zongwu-2026"
PURCHASE_PAGES = {
    "xiaozhang": ["/", "/approvals/", "/approvals/signed/", "/finance/purchases/"],
    "caigou": ["/finance/purchases/?state=approved", "/finance/orders/to-buy/"],
    "jiaoshi": ["/finance/purchases/mine/"],
}
CALENDAR_PAGES = {
    "zongwu": ["/calendar/", "/calendar/people/", "/calendar/tasks/", "/"],
    "jiaoshi": ["/calendar/?mine=1", "/calendar/mine/", "/"],
}


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    imports: tuple[int, int] = (1_000, 10_000)
    cards: tuple[int, int] = (50_000, 500)
    requests: int = 40  # of one client, a page and round
    each: int = 15  # of each of eight clients
    prints: tuple[int, int] = (1_000, 3_000)
    purchases: tuple[int, int] = (5_000, 50)
    years: tuple[int, int] = (10, 1)  # of the calendar, with 200 people
    workers: int = 2
    rounds: int = 3


QUICK = Sizes((20, 40), (300, 100), 2, 1, (30, 40), (60, 20), (2, 1), 1, 1)


class Bench:
    def __init__(self, folder: Path, sizes: Sizes) -> None:
        self.folder, self.sizes = folder, sizes
        self.base = folder / "school.sqlite3"
        self.say("building the school")
        task("build", 0, database=self.base)

    def say(self, text: str) -> None:
        sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")

    def fresh(self, template: Path, name: str = "run.sqlite3") -> Path:
        target = self.folder / name
        for extra in ("", "-wal", "-shm"):
            target.with_name(target.name + extra).unlink(missing_ok=True)
        return Path(shutil.copy(template, target))

    def with_cards(self, count: int) -> Path:
        self.say(f"building {count:,} cards")
        database = self.fresh(self.base, f"cards-{count}.sqlite3")
        task("build", count, database=database)
        return database

    # Imports

    def imports(self) -> Table:
        table = Table("Imports through the pages: upload, columns, preview, commit")
        ours = {rows: self.import_rows(table, rows) for rows in self.sizes.imports}
        few, many = self.sizes.imports
        growth = ratio(ours[many], ours[few], "wall")
        cpu = f"{ratio(ours[many], ours[few], 'cpu'):.2f}×"
        table.most(f"growth, {few:,} → {many:,} rows", growth, 10, cpu=cpu)
        table.notes.append("The admin import ran one round at the larger number of rows. It makes no papers.")
        return table

    def import_rows(self, table: Table, rows: int) -> list[Figure]:
        book = self.folder / f"list-{rows}.xlsx"
        task("workbook", book, rows, database=self.base)
        found: dict[str, list[Figure]] = {"pages": [], "floor": [], "stock_admin": []}
        for number in range(self.sizes.rounds):
            for name, figures in found.items():
                if name == "stock_admin" and number and rows == self.sizes.imports[1]:
                    continue
                self.say(f"import of {rows:,} rows, round {number + 1}: {name}")
                figures.append(task("import_", name, book, rows, database=self.fresh(self.base)))
        counted = {
            name: task("import_", name, book, rows, "count", database=self.fresh(self.base)).notes
            for name in ("pages", "floor", "stock_admin")[: 3 if rows == self.sizes.imports[0] else 2]
        }
        ours, floor, admin = found["pages"], found["floor"], found["stock_admin"]
        what = f"{rows:,} rows"
        table.most(
            f"{what} against the floor", ratio(ours, floor, "wall"), 3,
            cpu=f"{ratio(ours, floor, 'cpu'):.2f}×", ours=told(ours), beside=told(floor),
        )  # fmt: skip
        table.least(
            f"{what}, admin import against ours", ratio(admin, ours, "wall"), 20,
            cpu=f"{ratio(admin, ours, 'cpu'):.2f}×", ours=told(ours), beside=told(admin),
        )  # fmt: skip
        statements = counted["pages"]["statements"]
        table.add(
            f"{what}, statements",
            f"{statements / counted['floor']['statements']:.2f}×", f"< {rows:,}", statements < rows,
            ours=f"{statements:,}, one run for {counted['pages']['prepared_rows']:,} rows",
            beside=f"floor {counted['floor']['statements']:,}"
            + (f", admin {counted['stock_admin']['statements']:,}" if "stock_admin" in counted else ""),
        )  # fmt: skip
        peak = median(ours, "peak")
        table.add(
            f"{what}, peak memory", f"{ratio(ours, floor, 'peak'):.2f}×", "< 300 MiB", peak < 300,
            ours=f"{peak:.0f} MiB, reader {median(ours, 'child'):.0f} MiB",
            beside=f"floor {median(floor, 'peak'):.0f} MiB, admin {median(admin, 'peak'):.0f} MiB",
        )  # fmt: skip
        size, their_size = ours[0].notes["preview_kib"], admin[0].notes["preview_kib"]
        table.add(
            f"{what}, preview of 100", f"{size / their_size:.3f}×", "< 200 KiB", size < 200,
            ours=f"{size:.0f} KiB", beside=f"admin {their_size:,.0f} KiB",
        )  # fmt: skip
        return ours

    # Pages

    def pages(self) -> Table:
        many, few = self.sizes.cards
        large, small = self.with_cards(many), self.with_cards(few)
        pages = compared(many, few, task("facts", database=small).notes)
        queries = task("queries", KEEPER, *(page.ours for page in pages), database=large).notes
        stock = task("queries", ADMINISTRATOR, *(page.stock for page in pages), database=large).notes
        table = Table(f"Pages at {many:,} cards, {self.sizes.workers} workers, milliseconds p50 / p95")
        with load.served(large, self.sizes.workers) as here, load.served(small, self.sizes.workers) as there:
            here.sign_in(KEEPER, PASSWORD)
            here.sign_in(ADMINISTRATOR, PASSWORD)
            there.sign_in(KEEPER, PASSWORD)
            shots = self.shoot(pages, here, there)
            for page in pages:
                page_lines(table, page, shots[page], (queries[page.ours], stock[page.stock]), few)
            first, deep = shots[pages[0]][0], shots[pages[3]][0]
            table.most(
                f"{pages[3].name} against page 1", ratio(deep, first, "p50"), 1.3,
                cpu=f"{ratio(deep, first, 'cpu'):.2f}×", ours=shot_told(deep), beside=shot_told(first),
            )  # fmt: skip
            self.rates(table, pages[:4], here)
            table.notes.append(f"Peak memory of the larger worker: {here.peak():.0f} MiB (it served the admin too).")
        return table

    def shoot(self, pages: list[Compared], here: load.Server, there: load.Server) -> dict[Compared, list]:
        """Ours, the admin's, ours with few cards; then the next round."""
        shots: dict[Compared, list] = {page: [[], [], []] for page in pages}
        for number in range(self.sizes.rounds):
            self.say(f"pages, round {number + 1}")
            for page in pages:
                ours, stock, small = shots[page]
                ours.append(load.one_client(here, KEEPER, page.ours, self.sizes.requests))
                stock.append(load.one_client(here, ADMINISTRATOR, page.stock, self.sizes.requests))
                small.append(load.one_client(there, KEEPER, page.small, self.sizes.requests))
        return shots

    def rates(self, table: Table, pages: list[Compared], here: load.Server) -> None:
        for page in pages:
            ours, stock = [], []
            for number in range(self.sizes.rounds):
                self.say(f"eight clients, {page.name}, round {number + 1}")
                ours.append(load.eight_clients(here, KEEPER, page.ours, self.sizes.each))
                stock.append(load.eight_clients(here, ADMINISTRATOR, page.stock, self.sizes.each))
            table.least(
                f"{page.name}, requests/s against the admin", ratio(ours, stock, "rate"), 2,
                cpu=f"{ratio(ours, stock, 'cpu'):.2f}×",
                ours=f"{median(ours, 'rate'):.0f}/s, CPU {median(ours, 'cpu'):.0f} ms",
                beside=f"{median(stock, 'rate'):.0f}/s, CPU {median(stock, 'cpu'):.0f} ms",
            )  # fmt: skip

    # Purchases

    def purchases(self) -> Table:
        """Lists and the principal's inbox with years of requests, against the same pages of a school that begins."""
        many, few = self.sizes.purchases
        large, small = self.with_purchases(many), self.with_purchases(few)
        title = f"Purchases: {many:,} requests against {few:,}, milliseconds p50 / p95"
        return self.more_against_less(title, PURCHASE_PAGES, large, small)

    def calendar(self) -> Table:
        """The month's page and the lists with years of tasks, against the same pages with this year's alone."""
        many, few = self.sizes.years
        large, small = self.with_years(many), self.with_years(few)
        title = f"Work calendar: {many} years of 200 people's tasks against {few}, milliseconds p50 / p95"
        return self.more_against_less(title, CALENDAR_PAGES, large, small)

    def with_years(self, count: int) -> Path:
        self.say(f"building {count} years")
        database = self.fresh(self.base, f"calendar-{count}.sqlite3")
        task("plan", count, database=database)
        return database

    def more_against_less(self, title: str, pages: dict[str, list[str]], large: Path, small: Path) -> Table:
        """Time and statements of pages with much in the database, against the same with little."""
        table = Table(title)
        counted = [
            {who: task("queries", who, *paths, database=database).notes for who, paths in pages.items()}
            for database in (large, small)
        ]
        with load.served(large, self.sizes.workers) as here, load.served(small, self.sizes.workers) as there:
            for who, paths in pages.items():
                here.sign_in(who, PASSWORD)
                there.sign_in(who, PASSWORD)
                for path in paths:
                    shots: tuple[list, list] = ([], [])
                    for number in range(self.sizes.rounds):
                        self.say(f"{path} as {who}, round {number + 1}")
                        shots[0].append(load.one_client(here, who, path, self.sizes.requests))
                        shots[1].append(load.one_client(there, who, path, self.sizes.requests))
                    table.most(
                        f"{path} as {who}", ratio(*shots, "p50"), 2,
                        cpu=f"{ratio(*shots, 'cpu'):.2f}×", ours=shot_told(shots[0]), beside=shot_told(shots[1]),
                    )  # fmt: skip
                    ours, theirs = counted[0][who][path], counted[1][who][path]
                    table.add(
                        f"{path}, statements", f"{ours / theirs:.2f}×", "as many", ours <= theirs,
                        ours=str(ours), beside=str(theirs),
                    )  # fmt: skip
        return table

    def with_purchases(self, count: int) -> Path:
        self.say(f"building {count:,} requests")
        database = self.fresh(self.base, f"purchases-{count}.sqlite3")
        task("buy", count, database=database)
        return database

    # Prints

    def prints(self) -> Table:
        table = Table("Prints against WeasyPrint alone on the same HTML")
        few, many = self.sizes.prints
        database = self.with_cards(few)
        for kind, what in (("ledger", f"ledger of {few:,} rows"), ("labels", f"{few:,} labels")):
            html = self.folder / f"{kind}.html"
            pages = task("print_html", kind, html, database=database).notes["pages"]
            ours, alone = [], []
            for number in range(self.sizes.rounds):
                self.say(f"{what}, round {number + 1}")
                ours.append(task("print_product", kind, database=self.fresh(database)))
                alone.append(task("print_alone", html))
            table.most(
                f"{what}, {pages} pages", ratio(ours, alone, "wall"), 1.15,
                cpu=f"{ratio(ours, alone, 'cpu'):.2f}×", ours=told(ours), beside=told(alone),
            )  # fmt: skip
        self.say(f"ledger of {many:,} rows")
        long = [task("print_product", "ledger", database=self.with_cards(many))]
        table.add(
            f"ledger of {many:,} rows, {long[0].notes['pages']} pages", f"{long[0].wall / few_wall(table):.2f}×",
            "finishes", True, ours=told(long), beside=f"our ledger of {few:,} rows",
        )  # fmt: skip
        return table


def few_wall(table: Table) -> float:
    """Seconds of the shorter ledger, as its line says."""
    return float(table.lines[0].ours.split(" s")[0])


def page_lines(table: Table, page: Compared, shots: list, queries: tuple[int, int], few: int) -> None:
    ours, stock, small = shots
    most = 1 / 3 if page.name == "card" else 1 / 2
    share = ratio(ours, stock, "p50")
    said = {"ours": shot_told(ours), "cpu": f"{ratio(ours, stock, 'cpu'):.2f}×", "beside": shot_told(stock)}
    table.add(f"{page.name} against the admin", f"{share:.2f}×", f"≤ {most:.2f}×", share <= most, **said)
    cpu = f"{ratio(ours, small, 'cpu'):.2f}×"
    table.add(
        f"{page.name} against {few:,} cards", f"{ratio(ours, small, 'p50'):.2f}×", "< 2×",
        ratio(ours, small, "p50") < 2, cpu=cpu, ours=shot_told(ours), beside=shot_told(small),
    )  # fmt: skip
    if page.name == "card":
        return
    table.add(
        f"{page.name}, statements", f"{queries[0] / queries[1]:.2f}×", "≤ 8", queries[0] <= 8,
        ours=str(queries[0]), beside=f"admin {queries[1]}",
    )  # fmt: skip
    table.add(
        f"{page.name}, size", f"{ours[0].kib / stock[0].kib:.2f}×", "≤ 60 KiB", ours[0].kib <= 60,
        ours=f"{ours[0].kib:.0f} KiB", beside=f"admin {stock[0].kib:.0f} KiB",
    )  # fmt: skip


def told(figures: list[Figure]) -> str:
    return (
        f"{median(figures, 'wall'):.2f} s, CPU {median(figures, 'cpu'):.2f} s, {median(figures, 'peak'):.0f} MiB,"
        f" loop {median(figures, 'calibration') * 1000:.0f} ms"
    )


def shot_told(shots: list[load.Shot]) -> str:
    return (
        f"{median(shots, 'p50'):.1f} / {median(shots, 'p95'):.1f}, CPU {median(shots, 'cpu'):.1f} ms,"
        f" loop {statistics.median(s.calibration for s in shots) * 1000:.0f} ms"
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/bench", description="Measure the program; every figure is a ratio.")
    parser.add_argument(
        "parts",
        nargs="*",
        choices=["imports", "pages", "purchases", "calendar", "prints", []],
        help="all when none is named",
    )
    parser.add_argument("--rounds", type=int, help="how often each is measured, in turns (3)")
    parser.add_argument("--quick", action="store_true", help="small numbers: only to see that the benchmark runs")
    asked = parser.parse_args()
    sizes = QUICK if asked.quick else Sizes()
    if asked.rounds:
        sizes = replace(sizes, rounds=asked.rounds)
    with tempfile.TemporaryDirectory(prefix="logistics-bench-") as folder:
        os.environ["DATA_DIR"] = folder
        if asked.quick:
            import_module("tests.bench.task")
            import_module("weasyprint")
        bench = Bench(Path(folder), sizes)
        parts: dict[str, Callable[[], Table]] = {
            "imports": bench.imports,
            "pages": bench.pages,
            "purchases": bench.purchases,
            "calendar": bench.calendar,
            "prints": bench.prints,
        }
        for name in asked.parts or parts:
            sys.stdout.write(f"{parts[name]()}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
