"""The child that reads other people's files knows nothing of the program's secrets."""

import json

import pytest

from logistics.importing.child import run_child


@pytest.mark.requirement("A02")
def test_the_child_sees_no_setting(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://school:secret@host/school")
    answer = run_child("tests.importing.echo_environment", "", b"", 20)
    assert answer is not None
    assert not {"DATABASE_URL", "SECRET_KEY", "DATA_DIR"} & set(json.loads(answer))
