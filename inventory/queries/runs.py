# SPDX-License-Identifier: EUPL-1.2
"""Runs: find one, list the latest, list those that did not end."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ScalarSelect, Text, cast, select, text
from sqlalchemy.orm import Session

from inventory.errors import BadInputError, StateError
from inventory.queue import RUN_TASK
from inventory.tables.run import Run, RunStatus

LATEST = "latest"


class RunNotFoundError(BadInputError):
    """Cannot use the run "{given}": {why}. See `genbro plan list`."""


class RunWithoutPlanError(StateError):
    """Run {run_id} has no plan: {why}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfinishedRun:
    """A run that has neither succeeded nor failed, and its job on the queue if it has one."""

    run_id: UUID
    job_id: int | None


# A waiting run with a waiting job is in order; what is listed is what may belong to a killed process. A run
# that waits without a job is about to be performed by whoever asked for it, unless that was minutes ago.
_UNFINISHED = text(
    """
    SELECT run.id, job.id AS job
      FROM run
      LEFT JOIN procrastinate_jobs job
        ON job.task_name = :task AND job.args ->> 'run_id' = run.id::text AND job.status = 'doing'
     WHERE run.status = 'running' OR (run.status = 'requested' AND job.id IS NOT NULL)
        OR (run.status = 'requested' AND run.created_at < now() - interval '10 minutes'
            AND NOT EXISTS (SELECT FROM procrastinate_jobs waiting
                             WHERE waiting.task_name = :task AND waiting.args ->> 'run_id' = run.id::text
                               AND waiting.status IN ('todo', 'doing')))
     ORDER BY run.created_at, run.id
    """
)


def find_run(session: Session, given: str) -> Run:
    """Find a run by its id, the beginning of it, or the word ``latest`` (the last one that gave a plan).

    Raises
    ------
    RunNotFoundError
        No run, or more than one, answers to it.
    """
    if given == LATEST:
        run = session.scalars(
            select(Run).where(Run.status == RunStatus.DONE).order_by(Run.created_at.desc()).limit(1)
        ).first()
        if run is None:
            raise RunNotFoundError(
                given=given, why="no run has given a plan yet; start one with `genbro run --wait`"
            )
        return run
    begins = given.strip().lower()
    found = session.scalars(
        select(Run).where(cast(Run.id, Text).startswith(begins, autoescape=True)).limit(2)
    ).all()
    if len(found) != 1:
        raise RunNotFoundError(
            given=given, why="no run begins like that" if not found else "more than one run begins like that"
        )
    return found[0]


def find_run_with_plan(session: Session, given: str) -> Run:
    """Find a run as `find_run` does, and see that it has given a plan.

    Raises
    ------
    RunNotFoundError
        No run, or more than one, answers to it.
    RunWithoutPlanError
        It has failed, is still going on or has not begun; the message says which.
    """
    run = find_run(session, given)
    if run.status != RunStatus.DONE:
        waits = "it waits for `genbro worker`."
        goes_on = f"it is being performed (step: {run.step}). Try again when it is done."
        why = {
            RunStatus.FAILED: f"it failed. {run.error}",
            RunStatus.RUNNING: goes_on,
            RunStatus.REQUESTED: waits,
        }[run.status]
        raise RunWithoutPlanError(run_id=run.id, why=why)
    return run


def list_runs(session: Session, *, limit: int = 20) -> Sequence[Run]:
    """List the latest runs, newest first."""
    return session.scalars(select(Run).order_by(Run.created_at.desc(), Run.id).limit(limit)).all()


def list_unfinished_runs(session: Session) -> list[UnfinishedRun]:
    """List the runs a killed process may have left; whether it did, their lock tells."""
    return [
        UnfinishedRun(run_id=row.id, job_id=row.job)
        for row in session.execute(_UNFINISHED, {"task": RUN_TASK})
    ]


def newest_plan() -> ScalarSelect[UUID]:
    """Select the id of the newest run that has a plan."""
    return (
        select(Run.id)
        .where(Run.status == RunStatus.DONE)
        .order_by(Run.created_at.desc(), Run.id)
        .limit(1)
        .scalar_subquery()
    )
