"""Measuring: wall and CPU seconds and peak memory of a part, and a loop that says how fast the machine is now."""

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One run of one part. Seconds; MiB; ``calibration`` is the fixed loop's seconds right before it."""

    wall: float
    cpu: float
    peak: float
    calibration: float
    notes: dict[str, Any]


def calibrate() -> float:
    """Seconds of CPU that a fixed piece of Python work takes now."""
    started = time.process_time()
    total = 0
    for i in range(1_500_000):
        total += i * i % 7
    return time.process_time() - started


def cpu_so_far() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def peak_so_far() -> float:
    """Peak resident memory of this process and its largest child, MiB."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return (own.ru_maxrss + children.ru_maxrss) / 1024


def measure(part: Callable[[], dict[str, Any] | None]) -> Figure:
    calibration = calibrate()
    cpu, wall = cpu_so_far(), time.perf_counter()
    notes = part() or {}
    return Figure(
        wall=time.perf_counter() - wall,
        cpu=cpu_so_far() - cpu,
        peak=peak_so_far(),
        calibration=calibration,
        notes=notes,
    )


def in_own_process(part: str, *arguments: object) -> Figure:
    """Run ``python -m tests.bench PART ...`` and read the figure it prints last."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", part, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{part}: {done.stderr[-2000:]}")
    return Figure(**json.loads(done.stdout.splitlines()[-1]))


def printed(figure: Figure) -> str:
    return json.dumps(asdict(figure))


def median(figures: Iterable[Figure], name: str) -> float:
    return statistics.median(getattr(figure, name) for figure in figures)


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
