"""Requests to a real server on loopback: one client for latency, eight for throughput; every request is awaited."""

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

PORT = 8765
CLOCK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Shot:
    """Milliseconds per request (median and 95th of a hundred), CPU milliseconds per request, KiB before compression."""

    p50: float
    p95: float
    cpu: float
    kib: float


class Server:
    """gunicorn with two sync workers over the bench settings."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def cpu(self) -> float:
        """Seconds of CPU all workers have used so far."""
        total = 0.0
        for name in os.listdir("/proc"):
            if not name.isdecimal():
                continue
            try:
                with open(f"/proc/{name}/stat") as file:
                    fields = file.read().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == self.pid:
                total += (int(fields[11]) + int(fields[12])) / CLOCK
        return total


@contextmanager
def served() -> Iterator[Server]:
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "logistics.wsgi",
            "--bind",
            f"127.0.0.1:{PORT}",
            "--workers",
            "2",
            "--log-level",
            "error",
        ],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.bench.settings"},
    )
    try:
        for _ in range(100):
            try:
                get(connection(), "/healthz", "")
                break
            except OSError:
                time.sleep(0.1)
        yield Server(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def connection() -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)


def get(link: http.client.HTTPConnection, path: str, cookie: str) -> bytes:
    link.request("GET", path, headers={"Cookie": cookie})
    answer = link.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return body


def sign_in(username: str, password: str) -> str:
    """The cookies of a signed-in person, through the real login page."""
    link = connection()
    link.request("GET", "/login/")
    answer = link.getresponse()
    page = answer.read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if token is None:
        raise RuntimeError("no form on the login page")
    csrf = answer.headers["Set-Cookie"].split(";")[0]
    body = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], "username": username, "password": password})
    link.request("POST", "/login/", body, {"Cookie": csrf, "Content-Type": "application/x-www-form-urlencoded"})
    answer = link.getresponse()
    answer.read()
    return "; ".join(value.split(";")[0] for name, value in answer.getheaders() if name == "Set-Cookie")


def one_client(server: Server, path: str, cookie: str, count: int = 40) -> Shot:
    link = connection()
    size = len(get(link, path, cookie))
    times = []
    cpu = server.cpu()
    for _ in range(count):
        started = time.perf_counter()
        get(link, path, cookie)
        times.append((time.perf_counter() - started) * 1000)
    spent = (server.cpu() - cpu) * 1000 / count
    ordered = sorted(times)
    return Shot(ordered[count // 2], ordered[int(count * 0.95)], spent, size / 1024)


def eight_clients(path: str, cookie: str, each: int = 15) -> float:
    """Requests a second with eight clients, ``each`` requests a client."""

    def run() -> None:
        link = connection()
        for _ in range(each):
            get(link, path, cookie)

    threads = [threading.Thread(target=run) for _ in range(8)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return 8 * each / (time.perf_counter() - started)
