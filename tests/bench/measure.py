"""Measuring: wall and CPU seconds and peak memory of a part, and a loop that says how fast the machine is now."""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One run of one part, in seconds and MiB.

    ``cpu`` counts child processes in, ``child`` is the largest one's peak; ``calibration`` is the fixed loop's seconds
    right before.
    """

    wall: float
    cpu: float
    peak: float
    child: float
    calibration: float
    notes: dict[str, Any]


def calibrate() -> float:
    """Seconds of CPU that a fixed piece of Python work takes now."""
    started = time.process_time()
    total = 0
    for i in range(1_500_000):
        total += i * i % 7
    return time.process_time() - started


def usage() -> tuple[float, float, float]:
    """CPU seconds so far, this process and its children; their peaks of memory in MiB."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    return spent, own_peak(), children.ru_maxrss / 1024


def own_peak() -> float:
    """Peak of this process since it began; ``ru_maxrss`` would count what the parent held when it forked."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def measure(part: Callable[[], dict[str, Any] | None]) -> Figure:
    calibration = calibrate()
    spent, wall = usage()[0], time.perf_counter()
    notes = part() or {}
    wall = time.perf_counter() - wall
    cpu, peak, child = usage()
    return Figure(wall, cpu - spent, peak, child, calibration, notes)


def task(name: str, *arguments: object, database: Path | None = None) -> Figure:
    """Run a task in a process of its own and read the figure it prints last.

    Once the tasks are imported here (quick mode), a fork takes the place of a fresh interpreter.
    """
    if tasks := sys.modules.get("tests.bench.task"):
        return forked(tasks, name, *arguments, database=database)
    environment = dict(os.environ)
    if database:
        environment["DATABASE_URL"] = f"sqlite:///{database}"
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.task", name, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stdout[-500:]}{done.stderr[-2000:]}")
    return Figure(**json.loads(done.stdout.splitlines()[-1]))


def forked(tasks: Any, name: str, *arguments: object, database: Path | None = None) -> Figure:
    reading, writing = os.pipe()
    if child := os.fork():
        os.close(writing)
        with os.fdopen(reading) as pipe:
            answer = pipe.read()
        if os.waitpid(child, 0)[1]:
            raise RuntimeError(f"{name} failed, see above")
        return Figure(**json.loads(answer))
    failed = 1
    try:
        figure = tasks.run(name, *map(str, arguments), database=database)
        os.write(writing, printed(figure).encode())
        failed = 0
    except Exception:
        traceback.print_exc()
    os._exit(failed)


def printed(figure: Figure) -> str:
    return json.dumps(asdict(figure))


def median(figures: Iterable[Any], name: str) -> float:
    return statistics.median(getattr(figure, name) for figure in figures)


def ratio(ours: Sequence[Any], theirs: Sequence[Any], name: str) -> float:
    """Median of the rounds' own ratios: what disturbs a round disturbs both sides of it.

    A side that ran fewer rounds (one is enough where it takes minutes) is taken by its median.
    """
    if len(ours) == len(theirs):
        pairs = zip(ours, theirs, strict=True)
        return statistics.median(getattr(a, name) / (getattr(b, name) or 1e-9) for a, b in pairs)
    return median(ours, name) / (median(theirs, name) or 1e-9)
