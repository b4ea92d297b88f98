"""The server as ./script/server starts it, with browsers as they are."""

import socket
import urllib.request
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest

from tests.served import served

pytestmark = pytest.mark.journey


def test_connections_opened_ahead_of_need_keep_nobody_waiting(tmp_path):
    with served(tmp_path / "var", demo=False) as site, ExitStack() as idle:
        place = urlsplit(site)
        for _ in range(6):
            idle.enter_context(socket.create_connection((place.hostname, place.port)))
        with urllib.request.urlopen(f"{site}/login/", timeout=10) as answer:
            assert answer.status == 200
