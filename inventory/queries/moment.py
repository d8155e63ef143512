# SPDX-License-Identifier: EUPL-1.2
"""Whether anything was committed since somebody last looked: one tiny question, whatever was written."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import LiteralString

import psycopg

_SNAPSHOT: LiteralString = "SELECT pg_current_snapshot()::text"
_TRIES = 2
"""A connection that was closed while nobody asked is made once more."""


@dataclass(slots=True, kw_only=True)
class MomentReader:
    """Numbers the moments of a database: two readings have the same number only if nothing ended between.

    A snapshot of PostgreSQL is ``xmin:xmax:xip``: every transaction below xmin is over, none from xmax on is,
    and xip lists those between that run. A transaction that writes takes a number; when it ends, it leaves
    xip, or xmax passes it, and neither is ever taken back. So two snapshots are the same exactly when no
    writing transaction of the whole cluster ended between them, and then every statement sees the same rows
    (PostgreSQL manual, 9.27 "Transaction ID and Snapshot Information Functions" and 74.1).

    That holds within the life of one server: after a crash it may give a number again that was lost with its
    transaction (``synchronous_commit = off``), and another server counts for itself. Neither goes unnoticed:
    both close the connection, and what is read over a new one is a new moment.

    Parameters
    ----------
    url
        The database, as ``postgresql+psycopg://``.
    """

    url: str
    _connection: psycopg.Connection | None = None
    _snapshot: str = ""
    _number: int = 0
    _lock: Lock = field(default_factory=Lock)

    def read(self) -> int | None:
        """Read the number of this moment, higher than all before if something ended since; None if away."""
        with self._lock:
            for _ in range(_TRIES):
                try:
                    snapshot = self._ask()
                except psycopg.Error:
                    self._close()
                else:
                    if snapshot != self._snapshot:
                        self._snapshot, self._number = snapshot, self._number + 1
                    return self._number
            return None

    def dispose(self) -> None:
        """Close the connection; the next reading makes another."""
        with self._lock:
            self._close()

    def _ask(self) -> str:
        if self._connection is None:
            self._connection = psycopg.connect(
                self.url.replace("postgresql+psycopg://", "postgresql://", 1),
                autocommit=True,
                application_name="genbro",
            )
        row = self._connection.execute(_SNAPSHOT, prepare=True).fetchone()
        assert row is not None
        return str(row[0])

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection, self._snapshot = None, ""
