"""Locks that are not a row's: for rules over several rows, such as "no two terms overlap"."""

import zlib

from django.db import connection, transaction


def hold(name: str, *, shared: bool = False) -> None:
    """Hold the lock ``name`` until the end of the transaction; others who want it wait.

    Any number may hold it ``shared`` at once. On SQLite the transaction itself is the lock: it is the only writer.
    Raises TransactionManagementError outside a transaction, where the lock would be gone at once.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(f"the lock “{name}” is held inside a transaction")
    if connection.vendor == "postgresql":
        function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [zlib.crc32(name.encode())])
