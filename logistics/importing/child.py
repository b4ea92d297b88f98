"""A child process for work on files from outside: its own memory limit, a clock, and an answer or none.

Compiled readers can be made to abort or to ask for memory without end; neither may reach the web worker.
"""

import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run_child(module: str, options: str, data: bytes, seconds: float) -> bytes | None:
    """What ``module``, run with ``data`` on its input, writes; None where it died. Raises subprocess.TimeoutExpired."""
    command = [sys.executable, "-s", "-E", "-m", module, options]
    done = subprocess.run(  # noqa: S603  # a fixed command; what came from outside goes in on its input
        command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, timeout=seconds, check=False
    )
    return None if done.returncode else done.stdout or None


def confine(memory_bytes: int) -> None:
    """Called by the child before it touches the file: no more memory than this, no core dump."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
