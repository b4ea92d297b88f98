"""The production example is complete and safe."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = ROOT / "docs" / "production.env.example"


def example() -> dict[str, str]:
    lines = [line for line in EXAMPLE.read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def run(*arguments: str, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **environment}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=clean, capture_output=True, text=True, check=False
    )


def test_the_deploy_check_is_silent_with_the_example(tmp_path):
    given = {**example(), "DATA_DIR": str(tmp_path)}
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path, **given)
    assert done.returncode == 0, done.stderr
    assert "0 silenced" in done.stdout + done.stderr
    assert "WARNINGS" not in done.stderr


SETTINGS = """
import os; os.environ["DJANGO_SETTINGS_MODULE"] = "logistics.settings"
from django.conf import settings as s
print(s.DEBUG, s.DEMO, s.SESSION_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0, len(s.SECRET_KEY) >= 50)
"""


@pytest.mark.parametrize(
    ("environment", "said"),
    [({}, "False False False False True"), ({"HTTPS": "1"}, "False False True True True")],
)
def test_safe_without_being_asked(tmp_path, environment, said):
    assert run("-c", SETTINGS, tmp_path=tmp_path, **environment).stdout.strip() == said


def test_the_key_is_made_once_and_kept_for_its_owner_only(tmp_path):
    run("-c", SETTINGS, tmp_path=tmp_path)
    key = tmp_path / "secret.key"
    first = key.read_text()
    run("-c", SETTINGS, tmp_path=tmp_path)
    assert key.read_text() == first
    assert key.stat().st_mode & 0o077 == 0


def test_what_stands_in_the_file_counts_and_the_environment_goes_before(tmp_path):
    file = tmp_path / "school.env"
    file.write_text("DEMO=1\nHTTPS=1\n")
    done = run("-c", SETTINGS, tmp_path=tmp_path, ENV_FILE=str(file), HTTPS="0")
    assert done.stdout.split()[:3] == ["False", "True", "False"]
