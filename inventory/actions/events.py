# SPDX-License-Identifier: EUPL-1.2
"""Write a line of the event log."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from inventory.tables import Event


def record_event(
    session: Session,
    *,
    kind: str,
    subject_kind: str,
    subject_id: uuid.UUID,
    run_id: uuid.UUID | None = None,
    data: Mapping[str, Any] | None = None,
) -> int:
    """Add a line to the event log, in the session's transaction and at its time.

    Parameters
    ----------
    session : Session
    kind : str
        What happened, lower snake_case: ``lots_imported``, ``run_done``.
    subject_kind : str
        Table of the thing it happened to.
    subject_id : uuid.UUID
        Its id.
    run_id : uuid.UUID, optional
        The run it belongs to.
    data : Mapping, optional
        What else to remember, as JSON.

    Returns
    -------
    int
        Id of the line.

    Raises
    ------
    sqlalchemy.exc.IntegrityError
        Where a kind is not lower snake_case or the run does not exist.
    """
    added = insert(Event).values(
        kind=kind,
        subject_kind=subject_kind,
        subject_id=subject_id,
        run_id=run_id,
        data=dict(data or {}),
    )
    return session.execute(added.returning(Event.id)).scalar_one()
