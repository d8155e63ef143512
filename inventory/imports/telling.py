# SPDX-License-Identifier: EUPL-1.2
"""The progress of an import, kept in its record while its own transaction is open."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from inventory.actions.imports.states import tell_progress
from inventory.database import session_factory

_TELL_EVERY_S = 0.5


class _Teller:
    """Keeps the progress in the record, on a connection of its own, at most twice a second."""

    def __init__(self, session: Session, *, import_id: UUID) -> None:
        self._session, self._import_id, self._next = session, import_id, 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now < self._next and done < total:
            return
        self._next = now + _TELL_EVERY_S
        tell_progress(self._session, import_id=self._import_id, step=step, done=done, total=total)
        self._session.commit()


@contextmanager
def telling(engine: Engine, *, import_id: UUID) -> Iterator[_Teller]:
    """Keep the progress of an import.

    Parameters
    ----------
    engine
        The database.
    import_id
        The import.
    """
    with session_factory(engine)() as session:
        yield _Teller(session, import_id=import_id)
