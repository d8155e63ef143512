# SPDX-License-Identifier: EUPL-1.2
"""Read-only sessions for those who only look: a lost or empty database is told from a programming error.

Whoever reads for pages selects columns, not entities. It is quicker, and with SQLAlchemy 2.1.9 on CPython
3.11.7 closing a session full of entities for each page corrupted the interpreter's heap after some hundred
pages (a crash in `InstanceState`, seen in gdb; never with columns).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.orm import Session, sessionmaker

from inventory.database import make_engine, normalise_url
from inventory.errors import GenbroError
from inventory.queries.moment import MomentReader

__all__ = ["DatabaseAwayError", "Reader", "SchemaMissingError", "Session", "make_reader"]

# SQLSTATE classes and codes, PostgreSQL 15 appendix A: connection exceptions, operator intervention
# (shutdown), too many connections; undefined table, undefined column, no such schema: a database never
# upgraded.
_AWAY = ("08", "57P", "53300")
_NOT_UPGRADED = ("42P01", "42703", "3F000")


class DatabaseAwayError(GenbroError):
    """The database does not answer. Start it with `genbro db start`, or look at GENBRO_DATABASE_URL."""


class SchemaMissingError(GenbroError):
    """The database has no tables, or older ones than this version needs. Run `genbro db upgrade`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """The source of sessions on one database: read-only ones, and those of the few forms that write."""

    engine: Engine
    writing: Engine
    sessions: sessionmaker[Session]
    moments: MomentReader

    @contextmanager
    def open(self) -> Iterator[Session]:
        """Open one read-only session; nothing is ever committed.

        Raises
        ------
        DatabaseAwayError
            When the server cannot be reached, goes away or refuses the connection.
        SchemaMissingError
            When the tables asked for are not there.
        """
        with self.sessions() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open one session that may write: committed at the end, rolled back on an error.

        Raises
        ------
        DatabaseAwayError, SchemaMissingError
            As `open`.
        """
        with sessionmaker(self.writing, expire_on_commit=False).begin() as session:
            yield session

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()
        self.moments.dispose()


def _tell_apart(context: ExceptionContext) -> None:
    """Raise our own error where the server is away or its tables are missing; leave the rest as it is."""
    if context.is_pre_ping:
        return  # the pool tries a stale connection and makes a new one by itself
    original = context.original_exception
    state = getattr(original, "sqlstate", None) or ""
    # psycopg gives no SQLSTATE when no connection came about at all.
    unreachable = not state and type(original).__name__ in {
        "OperationalError",
        "ConnectionTimeout",
        "InterfaceError",
    }
    if context.is_disconnect or unreachable or state.startswith(_AWAY):
        raise DatabaseAwayError from original
    if state.startswith("3D000") or state in _NOT_UPGRADED:
        raise SchemaMissingError from original


def _settle(connection: Any, _record: object) -> None:
    """Have a connection of pages use one core and compile nothing: many read at once, each a little."""
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0; SET jit = off")
    connection.commit()


def make_reader(url: str) -> Reader:
    """Make the source of read-only sessions on a database; no connection is made before the first is used."""
    plain = make_engine(url)
    event.listen(plain, "handle_error", _tell_apart)
    event.listen(plain, "connect", _settle)
    engine = plain.execution_options(postgresql_readonly=True)
    return Reader(
        engine=engine,
        writing=plain,
        sessions=sessionmaker(engine, expire_on_commit=False),
        moments=MomentReader(url=normalise_url(url)),
    )
