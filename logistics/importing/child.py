"""A child process for work on files from outside: its own memory limit, a clock, and an answer or none.

Compiled readers can be made to abort or to ask for memory without end; neither may reach the web worker.
"""

import subprocess
import sys
import sysconfig
from pathlib import Path

# Without the environment's variables, the user's packages and the start-up files of installed ones.
BARE = ("-I", "-S", "-c")
PATHS = (str(Path(__file__).resolve().parents[2]), sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))
START = "import sys; sys.path += {paths!r}; from {module} import main; main()"


def run_child(module: str, options: str, data: bytes, seconds: float) -> bytes | None:
    """What ``module.main``, run with ``data`` on its input, writes; None where it died. Raises TimeoutExpired."""
    command = [sys.executable, *BARE, START.format(paths=PATHS, module=module), options]
    done = subprocess.run(  # noqa: S603  # a fixed command; what came from outside goes in on its input
        command,
        input=data,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=seconds,
        check=False,
        env={},  # the secrets of the settings are none of its business
    )
    return None if done.returncode else done.stdout or None
