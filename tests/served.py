"""The program as a school starts it: ./script/server with the demo school, on a free port of loopback."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "zongwu-2026"
OF_THE_TESTS = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "SECRET_KEY", "DEBUG", "HTTPS"}


@contextmanager
def served(data: Path, *, demo: bool = True) -> Iterator[str]:
    """The address of a server over the data folder ``data``, which is filled on the first start. Stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    plain = {name: value for name, value in os.environ.items() if name not in OF_THE_TESTS}
    environment = {**plain, "DATA_DIR": str(data), "DEMO": str(int(demo)), "PORT": str(port), "WORKERS": "1"}
    log = data.with_suffix(".log")
    with log.open("ab") as said:
        server = subprocess.Popen(
            ["script/server"], cwd=ROOT, env=environment, stdout=said, stderr=said, start_new_session=True
        )
    try:
        wait_until_well(f"http://127.0.0.1:{port}", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(30)
        finally:
            if server.poll() is None:
                os.killpg(server.pid, signal.SIGKILL)


def wait_until_well(url: str, server: subprocess.Popen[bytes], log: Path, seconds: int = 180) -> None:
    """Until the server says that it is well; raises RuntimeError with its log when it ends or takes too long."""
    end = time.monotonic() + seconds
    while server.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError(log.read_text())
