"""Requests to a real server on loopback: one client for latency, eight for throughput; every request is awaited."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measure import calibrate

CLOCK = os.sysconf("SC_CLK_TCK")
CLIENTS = 8


@dataclass(frozen=True)
class Shot:
    """Milliseconds a request (median, 95th of a hundred), CPU milliseconds a request, KiB before compression."""

    p50: float
    p95: float
    cpu: float
    kib: float
    calibration: float


@dataclass(frozen=True)
class Rate:
    """Requests a second, CPU milliseconds a request."""

    rate: float
    cpu: float


class Server:
    """gunicorn with sync workers over the bench settings and one database."""

    def __init__(self, pid: int, port: int, workers: int) -> None:
        self.pid, self.port, self.size = pid, port, workers
        self.cookies: dict[str, str] = {}

    def workers(self) -> Iterator[tuple[int, list[str]]]:
        for name in filter(str.isdecimal, os.listdir("/proc")):
            try:
                fields = Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == self.pid:
                yield int(name), fields

    def cpu(self) -> float:
        """Milliseconds of CPU all workers have used so far."""
        return sum(int(fields[11]) + int(fields[12]) for _pid, fields in self.workers()) * 1000 / CLOCK

    def peak(self) -> float:
        """The largest worker's peak of memory, MiB."""
        status = [Path(f"/proc/{pid}/status").read_text() for pid, _fields in self.workers()]
        return max(int(re.search(r"VmHWM:\s+(\d+)", text)[1]) for text in status) / 1024

    def link(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def sign_in(self, username: str, password: str) -> None:
        """Through the real login page; the session's cookie is kept for all later requests."""
        link = self.link()
        link.request("GET", "/login/")
        answer = link.getresponse()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.read().decode())
        if token is None:
            raise RuntimeError("no form on the login page")
        csrf = answer.headers["Set-Cookie"].split(";")[0]
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], "username": username, "password": password})
        link.request("POST", "/login/", body, {"Cookie": csrf, "Content-Type": "application/x-www-form-urlencoded"})
        answer = link.getresponse()
        answer.read()
        if answer.status != 302:
            raise RuntimeError(f"{username} could not sign in")
        kept = [value.split(";")[0] for name, value in answer.getheaders() if name == "Set-Cookie"]
        self.cookies[username] = "; ".join(kept)


@contextmanager
def served(database: Path, workers: int) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "logistics.wsgi", "--bind", f"127.0.0.1:{port}"),
            *("--workers", str(workers), "--log-level", "error"),
        ],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "DATABASE_URL": f"sqlite:///{database}",
        },
    )
    server = Server(process.pid, port, workers)
    try:
        for _ in range(300):
            try:
                get(server.link(), "/healthz", "")
                break
            except OSError:
                time.sleep(0.1)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def get(link: http.client.HTTPConnection, path: str, cookie: str) -> bytes:
    link.request("GET", path, headers={"Cookie": cookie})
    answer = link.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return body


def one_client(server: Server, username: str, path: str, count: int) -> Shot:
    link, cookie = server.link(), server.cookies[username]
    for _ in range(2 * server.size):  # all workers have the page's templates
        size = len(get(link, path, cookie))
    times, calibration, cpu = [], calibrate(), server.cpu()
    for _ in range(count):
        started = time.perf_counter()
        get(link, path, cookie)
        times.append((time.perf_counter() - started) * 1000)
    spent = (server.cpu() - cpu) / count
    times.sort()
    return Shot(times[count // 2], times[int(count * 0.95)], spent, size / 1024, calibration)


def eight_clients(server: Server, username: str, path: str, each: int) -> Rate:
    """Eight clients at once, ``each`` requests a client."""
    cookie, failed = server.cookies[username], []

    def run() -> None:
        link = server.link()
        try:
            for _ in range(each):
                get(link, path, cookie)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=run) for _ in range(CLIENTS)]
    cpu, started = server.cpu(), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    count = CLIENTS * each
    return Rate(count / (time.perf_counter() - started), (server.cpu() - cpu) / count)
