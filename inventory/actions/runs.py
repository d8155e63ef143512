# SPDX-License-Identifier: EUPL-1.2
"""Runs: ask for one, follow it step by step, end it."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.actions.events import record_event
from inventory.errors import StateError
from inventory.queue import enqueue_run
from inventory.tables.run import Run, RunStatus, RunStep


class RunTransitionError(StateError):
    """Cannot {what} now: {why}."""


# Each state and the states it may follow. A killed run goes back to requested; a done one never changes.
_MAY_FOLLOW: dict[RunStatus, frozenset[RunStatus]] = {
    RunStatus.REQUESTED: frozenset({RunStatus.RUNNING, RunStatus.REQUESTED}),
    RunStatus.RUNNING: frozenset({RunStatus.REQUESTED, RunStatus.RUNNING}),
    RunStatus.DONE: frozenset({RunStatus.RUNNING}),
    RunStatus.FAILED: frozenset({RunStatus.REQUESTED, RunStatus.RUNNING}),
}


def _move(session: Session, *, run_id: UUID, to: RunStatus) -> Run:
    run = session.get_one(Run, run_id, with_for_update=True, populate_existing=True)
    if run.status not in _MAY_FOLLOW[to]:
        raise RunTransitionError(what=f"make run {run_id} {to}", why=f"it is {run.status}")
    run.status = to
    return run


def request_run(session: Session, *, params: dict[str, Any], at: datetime, queued: bool) -> UUID:
    """Insert a run and, if `queued`, put its job on the queue in the same transaction: both or neither.

    Parameters
    ----------
    session
        Open session; the caller commits.
    params
        The run's parameters as JSON values (inventory.matching.params.RunParams).
    at
        Now.
    queued
        False where the caller performs the run itself at once.

    Returns
    -------
    UUID
        The new run's id.
    """
    run = Run(id=uuid4(), status=RunStatus.REQUESTED, params=params, created_at=at)
    session.add(run)
    session.flush()
    record_event(session, kind="run_requested", subject_kind="run", subject_id=run.id, run_id=run.id)
    if queued:
        enqueue_run(session, run_id=run.id)
    return run.id


def start_step(session: Session, *, run_id: UUID, step: RunStep, at: datetime) -> None:
    """Say which step a run is in; the first one starts it."""
    run = _move(session, run_id=run_id, to=RunStatus.RUNNING)
    run.step = step
    run.started_at = run.started_at or at


def finish_run(
    session: Session,
    *,
    run_id: UUID,
    at: datetime,
    digest: str,
    termination: str,
    figures: dict[str, Any],
    certificate: dict[str, Any],
) -> None:
    """Mark a run as done, with its outcome; part of the transaction that writes the plan."""
    run = _move(session, run_id=run_id, to=RunStatus.DONE)
    run.step = None
    run.finished_at = at
    run.digest = digest
    run.termination = termination
    run.cost, run.bound, run.baseline = certificate["cost"], certificate["bound"], certificate["baseline"]
    run.gap = certificate["gap"]
    run.summary = figures
    record_event(session, kind="run_done", subject_kind="run", subject_id=run_id, run_id=run_id)


def fail_run(session: Session, *, run_id: UUID, error: str, at: datetime) -> None:
    """Mark a run as failed, with what went wrong; it leaves no plan."""
    run = _move(session, run_id=run_id, to=RunStatus.FAILED)
    run.step = None
    run.started_at = run.started_at or at
    run.finished_at = at
    run.error = error
    record_event(
        session,
        kind="run_failed",
        subject_kind="run",
        subject_id=run_id,
        run_id=run_id,
        data={"error": error},
    )


def reset_run(session: Session, *, run_id: UUID, job_id: int, at: datetime) -> None:
    """Put a run whose process was killed back on the queue, as if it had not begun."""
    run = _move(session, run_id=run_id, to=RunStatus.REQUESTED)
    run.step = None
    run.started_at = None
    session.execute(
        text("SELECT procrastinate_retry_job_v2(:job, :at, NULL, NULL, NULL)"), {"job": job_id, "at": at}
    )
    record_event(session, kind="run_interrupted", subject_kind="run", subject_id=run_id, run_id=run_id)
