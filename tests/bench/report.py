"""The table: every line a ratio to something measured in the same run, its aim and whether it is met."""

from collections.abc import Iterator
from dataclasses import dataclass, field

HEADS = ("what", "ratio", "CPU ratio", "aim", "", "ours", "beside")


@dataclass(frozen=True)
class Line:
    what: str
    ratio: str
    cpu_ratio: str
    aim: str
    verdict: str
    ours: str
    beside: str

    def cells(self) -> tuple[str, ...]:
        return (self.what, self.ratio, self.cpu_ratio, self.aim, self.verdict, self.ours, self.beside)


@dataclass
class Table:
    """Lines of one part, as Markdown with columns that stand under each other."""

    title: str
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def most(self, what: str, ratio: float, most: float, **said: str) -> None:
        """A line whose ratio must not be above ``most``."""
        self.add(what, f"{ratio:.2f}×", f"≤ {most:g}×", ratio <= most, **said)

    def least(self, what: str, ratio: float, least: float, **said: str) -> None:
        self.add(what, f"{ratio:.2f}×", f"≥ {least:g}×", ratio >= least, **said)

    def add(
        self, what: str, ratio: str, aim: str, met: bool | None, *, cpu: str = "", ours: str = "", beside: str = ""
    ) -> None:
        verdict = "" if met is None else "met" if met else "MISSED"
        self.lines.append(Line(what, ratio, cpu, aim, verdict, ours, beside))

    def __str__(self) -> str:
        return "\n".join(self.written())

    def written(self) -> Iterator[str]:
        rows = [HEADS, *(line.cells() for line in self.lines)]
        widths = [max(len(row[i]) for row in rows) for i in range(len(HEADS))]
        yield f"### {self.title}\n"
        for number, row in enumerate(rows):
            yield "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
            if number == 0:
                yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"
        yield ""
        yield from (f"{note}\n" for note in self.notes)
