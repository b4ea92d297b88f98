"""How far long work has come, kept in a file: on SQLite the database takes no word while the work writes to it."""

import contextlib
import json
import time
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

EVERY = 0.3  # seconds


class Progress(NamedTuple):
    done: int
    total: int


def _path(run_id: int) -> Path:
    return Path(settings.PRIVATE_ROOT) / "imports" / "progress" / str(run_id)


class Reporter:
    """``say(done)`` as often as you like; it is written down a few times a second."""

    def __init__(self, run_id: int, total: int) -> None:
        self.path, self.total, self.last = _path(run_id), total, 0.0
        self.path.parent.mkdir(parents=True, exist_ok=True)

    def say(self, done: int) -> None:
        now = time.monotonic()
        if now - self.last >= EVERY:
            self.last = now
            fresh = self.path.with_suffix(".new")
            fresh.write_text(json.dumps([done, self.total]))
            fresh.replace(self.path)

    def end(self) -> None:
        self.path.unlink(missing_ok=True)


def progress_of(run_id: int) -> Progress | None:
    """How far the work on a run is; None where nothing is known of it."""
    with contextlib.suppress(OSError, ValueError, TypeError):
        return Progress(*json.loads(_path(run_id).read_text()))
    return None
