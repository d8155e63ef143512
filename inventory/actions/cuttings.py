# SPDX-License-Identifier: EUPL-1.2
"""Cuttings: ask for one, begin it, end it; and put right what a killed worker left."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from inventory.actions.events import record_event
from inventory.errors import StateError
from inventory.queue import CUT_TASK, enqueue_cutting
from inventory.tables import Cutting, CuttingStatus

INTERRUPTED = "The process that made this cutting plan was stopped before it had finished. Ask for it again."


class CuttingTransitionError(StateError):
    """Cannot make the cutting plan {to} now: it is {status}."""


_MAY_FOLLOW: dict[CuttingStatus, frozenset[CuttingStatus]] = {
    CuttingStatus.RUNNING: frozenset({CuttingStatus.REQUESTED}),
    CuttingStatus.DONE: frozenset({CuttingStatus.RUNNING}),
    CuttingStatus.FAILED: frozenset({CuttingStatus.REQUESTED, CuttingStatus.RUNNING}),
}


def request_cutting(
    session: Session, *, project_id: UUID, params: dict[str, Any], at: datetime, queued: bool
) -> UUID:
    """Ask for a cutting plan of a project and, if `queued`, put its job on the queue in the same transaction.

    Parameters
    ----------
    session
        Open session; the caller commits.
    project_id
        The project.
    params
        From `inventory.queries.cutting.cuttings.SawParams`.
    at
        Now.
    queued
        False where the caller makes the plan itself at once.
    """
    cutting = Cutting(id=uuid4(), project_id=project_id, params=params, created_at=at)
    session.add(cutting)
    session.flush()
    record_event(
        session,
        kind="cutting_requested",
        subject_kind="project",
        subject_id=project_id,
        data={"cutting": str(cutting.id)},
    )
    if queued:
        enqueue_cutting(session, cutting_id=cutting.id)
    return cutting.id


def move_cutting(
    session: Session,
    *,
    cutting_id: UUID,
    to: CuttingStatus,
    at: datetime | None = None,
    problem: dict[str, Any] | None = None,
    plan: dict[str, Any] | None = None,
    left_out: dict[str, Any] | None = None,
    seen: dict[str, Any] | None = None,
    error: str | None = None,
) -> None:
    """Bring a cutting into its next state, with what belongs to it.

    Raises
    ------
    CuttingTransitionError
        If it may not follow the state it is in.
    """
    cutting = session.get_one(Cutting, cutting_id, with_for_update=True, populate_existing=True)
    if cutting.status not in _MAY_FOLLOW[to]:
        raise CuttingTransitionError(to=to, status=cutting.status)
    cutting.status, cutting.finished_at, cutting.error = to, at, error
    cutting.problem, cutting.plan, cutting.left_out, cutting.seen = problem, plan, left_out or {}, seen
    session.flush()


# A lock belongs to the server session: when the process dies, it is free.
_LOCK = "hashtextextended('genbro cutting ' || CAST({id} AS text), 0)"


def hold_cutting(connection: Connection, *, cutting_id: UUID) -> None:
    """Hold a cutting until the connection's transaction ends, so that nobody takes it for abandoned."""
    connection.execute(
        text(f"SELECT pg_advisory_xact_lock({_LOCK.format(id=':id')})"), {"id": str(cutting_id)}
    )


def recover_cuttings(session: Session) -> int:
    """Fail the cuttings whose process was stopped before it had finished; return how many there were."""
    done = session.execute(
        text(
            "UPDATE cutting SET status = 'failed', error = :error, finished_at = clock_timestamp()"  # noqa: S608 - ours
            " WHERE (status = 'running' OR (status = 'requested'"
            " AND created_at < clock_timestamp() - interval '10 minutes'))"
            " AND NOT EXISTS (SELECT FROM procrastinate_jobs AS job WHERE job.task_name = :task"
            " AND job.args ->> 'cutting_id' = cutting.id::text AND job.status = 'todo')"
            f" AND pg_try_advisory_xact_lock({_LOCK.format(id='cutting.id')}) RETURNING 1"
        ),
        {"error": INTERRUPTED, "task": CUT_TASK},
    )
    return len(done.all())
