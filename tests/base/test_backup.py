"""The school in one file and back, on the database the tests run on."""

import io
import json
import stat
import tarfile

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from logistics.school.models import Person
from tests import cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.requirement("O05")]


@pytest.fixture
def file(tmp_path):
    """A backup of a school with one keeper and one paper."""
    cast.keeper()
    paper = settings.PRIVATE_ROOT / "papers" / "one.pdf"
    paper.parent.mkdir(parents=True, exist_ok=True)
    paper.write_bytes(b"%PDF as signed")
    call_command("backup", str(tmp_path), stdout=io.StringIO())
    (made,) = tmp_path.glob("school-*.tar.gz")
    return made


def names(file):
    with tarfile.open(file) as tar:
        return set(tar.getnames())


def test_a_backup_holds_database_files_and_is_nobody_elses(file, tmp_path):
    database = {"sqlite": "database.sqlite3", "postgresql": "database.sql"}[connection.vendor]
    assert {"backup.json", database, "private/papers/one.pdf"} <= names(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file], "nothing half made is left behind"


def test_what_was_lost_comes_back_and_what_came_later_goes(file):
    people = set(Person.objects.values_list("username", flat=True))
    cast.teacher()
    Person.objects.filter(username__in=people).update(name="写错")
    paper = settings.PRIVATE_ROOT / "papers" / "one.pdf"
    paper.write_bytes(b"overwritten")
    later = settings.PRIVATE_ROOT / "papers" / "later.pdf"
    later.write_bytes(b"later")
    said = io.StringIO()
    call_command("restore", str(file), stdout=said)
    assert set(Person.objects.values_list("username", flat=True)) == people
    assert not Person.objects.filter(name="写错").exists()
    assert paper.read_bytes() == b"%PDF as signed"
    assert not later.exists()
    safety = next(word for word in said.getvalue().split() if "backups" in word)
    assert "private/papers/later.pdf" in names(safety), "the school that gave way is kept"


@pytest.mark.parametrize("harm", ["cut", "text", "other database", "no database"])
def test_a_bad_file_changes_nothing(file, harm, tmp_path):
    bad = tmp_path / "bad.tar.gz"
    if harm == "cut":
        bad.write_bytes(file.read_bytes()[:-200])
    elif harm == "text":
        bad.write_text("school")
    else:
        facts = {"database": connection.vendor if harm == "no database" else "oracle"}
        raw = json.dumps(facts).encode()
        with tarfile.open(bad, "w:gz") as tar:
            info = tarfile.TarInfo("backup.json")
            info.size = len(raw)
            tar.addfile(info, io.BytesIO(raw))
    cast.teacher()
    before = set(Person.objects.values_list("username", flat=True))
    with pytest.raises(CommandError):
        call_command("restore", str(bad), stdout=io.StringIO())
    assert set(Person.objects.values_list("username", flat=True)) == before
    assert (settings.PRIVATE_ROOT / "papers" / "one.pdf").exists()


def test_nothing_is_written_beside_the_data_folder(file, tmp_path):
    with tarfile.open(tmp_path / "sly.tar", "w") as sly, tarfile.open(file) as good:
        for member in good:
            sly.addfile(member, good.extractfile(member))
        for name in ("../escaped", str(tmp_path / "escaped"), "private/../../escaped"):
            info = tarfile.TarInfo(name)
            info.size = 2
            sly.addfile(info, io.BytesIO(b"ha"))
        link = tarfile.TarInfo("private/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        sly.addfile(link)
    call_command("restore", str(tmp_path / "sly.tar"), stdout=io.StringIO())
    assert not [
        place for place in (settings.DATA_DIR, settings.DATA_DIR.parent, tmp_path) if (place / "escaped").exists()
    ]
    assert not (settings.PRIVATE_ROOT / "link").is_symlink()
