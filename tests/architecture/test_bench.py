"""The benchmark still runs: with small numbers, whose ratios mean nothing."""

import os
import subprocess
import sys

PARTS = ("Imports through the pages", "Pages at 300 cards", "Prints against WeasyPrint alone")


def test_benchmark_runs_with_small_numbers(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--quick"],
        capture_output=True,
        text=True,
        check=False,
        env={**environment, "DJANGO_SETTINGS_MODULE": "tests.bench.settings", "TMPDIR": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    for part in PARTS:
        assert part in done.stdout
    assert done.stdout.count("against the admin") == 9
    assert list(tmp_path.iterdir()) == []
