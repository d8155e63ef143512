# SPDX-License-Identifier: EUPL-1.2
"""The lock a process holds on a run while it performs it; a killed process loses it at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import Connection, Engine, text

# An advisory lock belongs to the server session: when the process dies the kernel closes the socket, the
# server ends the session and the lock is free. No heartbeat, no time-out, no stale lock.
_TRY = text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))")
_FREE = text("SELECT pg_advisory_unlock(hashtextextended(:name, 0))")


def try_lock_run(connection: Connection, *, run_id: UUID) -> bool:
    """Try to take the lock of a run on this connection; False where another session holds it."""
    return bool(connection.execute(_TRY, {"name": f"genbro run {run_id}"}).scalar_one())


def free_run(connection: Connection, *, run_id: UUID) -> None:
    """Give the lock of a run back."""
    connection.execute(_FREE, {"name": f"genbro run {run_id}"})


@contextmanager
def holding_run(engine: Engine, *, run_id: UUID) -> Iterator[bool]:
    """Hold the lock of a run on a connection of its own; yields False where another process has it."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        held = try_lock_run(connection, run_id=run_id)
        try:
            yield held
        finally:
            if held:
                free_run(connection, run_id=run_id)
