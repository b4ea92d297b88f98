"""The whole school in one file, and back: the database, the private files and the secret key.

The database's own tools make the copy: SQLite's online backup, or ``pg_dump`` and ``psql``. Backing up may run beside
the server.
"""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

FACTS = "backup.json"
DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.sql"}
# What psycopg calls the parts of an address, and the environment of PostgreSQL's programs.
ENVIRONMENT = {
    "dbname": "PGDATABASE",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "host": "PGHOST",
    "port": "PGPORT",
    "sslmode": "PGSSLMODE",
    "service": "PGSERVICE",
}


class BackupError(Exception):
    """A backup that cannot be made or taken back; the text says why and what to do."""


def make_backup(folder: Path) -> Path:
    """Write ``school-<day>-<time>.tar.gz`` into ``folder``, readable by its owner only; the finished file's path.

    The database is copied before the files, so each file it names is there. Raises BackupError; leaves no half file.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = timezone.localtime()
    target = folder / f"school-{now:%Y%m%d-%H%M%S}.tar.gz"
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=folder) as work:
        copy = Path(work) / DATABASE[connection.vendor]
        {"sqlite": _copy_sqlite, "postgresql": _dump_postgresql}[connection.vendor](copy)
        facts = Path(work) / FACTS
        facts.write_text(json.dumps({"database": connection.vendor, "made_at": now.isoformat()}))
        archive = Path(work) / "archive"
        archive.touch(mode=0o600)
        with tarfile.open(archive, "w:gz", compresslevel=6) as tar:
            for path in (facts, copy, settings.DATA_DIR / "secret.key", settings.PRIVATE_ROOT):
                if path.exists():
                    tar.add(path, arcname=path.name)
        archive.rename(target)
    return target


def restore_backup(file: Path) -> None:
    """Put the school of ``file`` in the place of the one that is here. Migrate afterwards: the backup may be older.

    The file is unpacked and looked at before anything is touched. Raises BackupError; then nothing has changed.
    """
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.DATA_DIR) as work:
        copy = _unpack(file, Path(work))
        {"sqlite": _write_sqlite, "postgresql": _write_postgresql}[connection.vendor](copy)
        _replace(Path(work) / "private", settings.PRIVATE_ROOT)
        _replace(Path(work) / "secret.key", settings.DATA_DIR / "secret.key")


def _unpack(file: Path, work: Path) -> Path:
    """The database's copy within the unpacked archive, of the kind that is in use here."""
    try:
        with tarfile.open(file) as tar:
            tar.extractall(work, members=_harmless(tar))  # noqa: S202
        vendor = json.loads((work / FACTS).read_text())["database"]
        copy = work / DATABASE[vendor]
        known = copy.is_file()
    except (OSError, tarfile.TarError, EOFError, ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{file} is not a whole backup of this program: {error}") from error
    if not known:
        raise BackupError(f"{file} holds no database.")
    if vendor != connection.vendor:
        raise BackupError(f"{file} is of {vendor}, and DATABASE_URL names {connection.vendor}.")
    return copy


def _harmless(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """Files and folders that lie below the archive's own root. (Debian 12's Python has no extraction filters.)"""
    for member in tar:
        path = PurePosixPath(member.name)
        if (member.isfile() or member.isdir()) and not path.is_absolute() and ".." not in path.parts:
            member.mode = 0o700 if member.isdir() else 0o600
            yield member


def _replace(new: Path, old: Path) -> None:
    """Let ``new`` stand where ``old`` stood; without a new one the old one stays."""
    if not new.exists():
        return
    with contextlib.suppress(FileNotFoundError):
        old.rename(new.with_name(f"{new.name}.before"))
    new.rename(old)


def _copy_sqlite(target: Path) -> None:
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, whatever the journal here


def _write_sqlite(copy: Path) -> None:
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(copy)) as source:
        try:
            sound = source.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        except sqlite3.DatabaseError:
            sound = False
        if not sound:
            raise BackupError("The database in the backup is damaged.")
        try:
            source.backup(connection.connection)
        except sqlite3.OperationalError as error:
            raise BackupError(f"The database is in use; stop the server and the worker first. ({error})") from error


def _dump_postgresql(target: Path) -> None:
    _run("pg_dump", "--no-owner", "--no-privileges", f"--file={target}")


def _write_postgresql(copy: Path) -> None:
    """The tables that are here give way to those of the backup, in one transaction."""
    with connection.cursor() as cursor:
        names = [connection.ops.quote_name(name) for name in connection.introspection.table_names(cursor)]
    connection.close()  # its locks would wait for themselves
    script = copy.with_name("restore.sql")
    with script.open("wb") as whole, copy.open("rb") as dump:
        if names:
            whole.write(f"DROP TABLE {', '.join(names)} CASCADE;\n".encode())
        shutil.copyfileobj(dump, whole)
    _run("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--file={script}")


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on the database of the settings."""
    try:
        subprocess.run(  # noqa: S603
            [program, *arguments], env={**os.environ, **dict(_address())}, check=True, capture_output=True, text=True
        )
    except FileNotFoundError as error:
        raise BackupError(f"{program} is missing: install the Debian package postgresql-client.") from error
    except subprocess.CalledProcessError as error:
        raise BackupError(f"{program}: {error.stderr.strip()}") from error


def _address() -> Iterator[tuple[str, str]]:
    parameters: dict[str, Any] = connection.get_connection_params()
    for name, value in parameters.items():
        if name in ENVIRONMENT and value not in (None, ""):
            yield ENVIRONMENT[name], str(value)
