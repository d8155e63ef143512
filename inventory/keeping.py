# SPDX-License-Identifier: EUPL-1.2
"""Who keeps the map current: the worker when the database tells it, the web where a reader comes first."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock, Thread

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from inventory.actions.map.marks import Kept, keep_map
from inventory.database import make_engine, session_factory

log = logging.getLogger(__name__)

CHANNEL = "genbro_map"
"""What the triggers notify on."""

AT_ONCE = 200
"""Sites a reader waits for: some tenths of a second. More are looked at behind its back."""

_LOOK_SECONDS = 1.0

OpenSession = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """Keeps the map of one database current from a process that also does other things.

    Parameters
    ----------
    write
        Opens a session that is committed at its end.
    """

    write: OpenSession
    at_it: Lock = field(default_factory=Lock)

    def catch_up(self) -> None:
        """Take in what a few sites changed; where more did, see to the rest in a thread and do not wait."""
        with self.write() as session:
            kept = keep_map(session, most=AT_ONCE)
        if kept is not None and kept.more and self.at_it.acquire(blocking=False):
            Thread(target=self._keep_on, name="genbro-map", daemon=True).start()

    def _keep_on(self) -> None:
        try:
            keep_until_current(self.write)
        except SQLAlchemyError:
            # The sites are still noted: whoever reads next tries again.
            log.exception("the map could not be kept current")
        finally:
            self.at_it.release()


def keep_until_current(write: OpenSession) -> int:
    """Take in all that changed, some sites a transaction; return how many marks were different."""
    marks = 0
    while True:
        with write() as session:
            kept: Kept | None = keep_map(session, wait=True)
        assert kept is not None
        marks += kept.marks
        if not kept.more:
            return marks


def keep_current(engine: Engine) -> int:
    """Take in all that changed in a database; return how many marks were different."""
    sessions = session_factory(engine)
    return keep_until_current(sessions.begin)


@contextmanager
def keeping_map(url: str) -> Iterator[None]:
    """Keep the map current in a thread for as long as the block runs: within a moment of each commit."""
    stop = Event()
    thread = Thread(target=_listen, args=(url, stop), name="genbro-map")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _listen(url: str, stop: Event) -> None:
    plain = url.replace("postgresql+psycopg://", "postgresql://", 1)
    engine = make_engine(url)
    try:
        while not stop.is_set():
            try:
                with psycopg.connect(plain, autocommit=True) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    # What changed before anybody listened is noted too.
                    keep_current(engine)
                    while not stop.is_set():
                        if any(True for _ in connection.notifies(timeout=_LOOK_SECONDS, stop_after=1)):
                            keep_current(engine)
            except (psycopg.Error, SQLAlchemyError):
                log.exception("the map could not be kept current; trying again")
                stop.wait(_LOOK_SECONDS)
    finally:
        engine.dispose()
