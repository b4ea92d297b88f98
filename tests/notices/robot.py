"""A group's robot on this machine, as WeCom and DingTalk answer."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Robot:
    """What it was told (address and message), and what it answers: status, JSON; ``gate`` holds the answer back."""

    def __init__(self) -> None:
        self.told: list[tuple[str, dict[str, Any]]] = []
        self.status, self.answer = 200, json.dumps({"errcode": 0, "errmsg": "ok"}).encode()
        self.gate = threading.Event()
        self.gate.set()
        self.address = ""

    def says(self, **answer: Any) -> None:
        self.answer = json.dumps(answer).encode()


@contextmanager
def robot(port: int = 0) -> Iterator[Robot]:
    it = Robot()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"]))
            it.told.append((self.path, json.loads(text)))
            it.gate.wait(5)
            self.send_response(it.status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(it.answer)

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    it.address = f"http://127.0.0.1:{server.server_port}/send?key=secretkey"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield it
    finally:
        it.gate.set()
        server.shutdown()
        server.server_close()
        thread.join()
