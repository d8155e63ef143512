# SPDX-License-Identifier: EUPL-1.2
"""A run in five steps: requested, snapshot, solve, check, write. A kill leaves no half plan."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from inventory.actions.runs import fail_run, start_step
from inventory.database import session_factory
from inventory.errors import GenbroError, StateError
from inventory.matching.explanations import explain_plan, write_explanations
from inventory.matching.lock import holding_run
from inventory.matching.params import RunParams
from inventory.matching.snapshot import Snapshot, read_snapshot
from inventory.matching.write import write_plan
from inventory.tables.run import Run, RunStatus, RunStep
from matcher.check.check import check
from matcher.cluster.opening import open_executor
from matcher.errors import MatcherError
from matcher.plan import Plan
from matcher.solve import Progress, solve


class RunBusyError(StateError):
    """Cannot perform run {run_id} now: another process is performing it."""


class RunCheckError(GenbroError):
    """Run {run_id} broke its own rules and was not written: {violations}"""


class RunUnsolvedError(GenbroError):
    """Run {run_id} gave no plan: {why}"""


Report = Callable[[Progress], None]


class Machines(NamedTuple):
    """What a solve may use."""

    workers: int
    scheduler: str | None
    shards: Path | None


def perform_run(
    engine: Engine,
    *,
    run_id: UUID,
    workers: int = 1,
    scheduler: str | None = None,
    shards: Path | None = None,
    report: Report | None = None,
) -> None:
    """Perform a run that was requested; a run that is done or has failed is left as it is.

    Parameters
    ----------
    engine
        The database.
    run_id
        The run.
    workers
        Processes the solve may use; the plan does not depend on it.
    scheduler, shards
        A Dask scheduler whose workers solve instead, and a folder that they all see; the plan is the same.
    report
        Called with the progress of every step.

    Raises
    ------
    RunBusyError
        Another process performs it.
    RunCheckError
        The independent checker found a rule broken; the run is marked as failed and nothing is written.
    RunUnsolvedError
        The matcher could not read or solve the problem; the run is marked as failed.
    """
    with holding_run(engine, run_id=run_id) as held:
        if not held:
            raise RunBusyError(run_id=run_id)
        sessions = session_factory(engine)
        with sessions() as session:
            run = session.get_one(Run, run_id)
            if run.status in {RunStatus.DONE, RunStatus.FAILED}:
                return
            params = RunParams.model_validate(run.params)
        try:
            _perform(
                engine,
                run_id=run_id,
                params=params,
                machines=Machines(workers=workers, scheduler=scheduler, shards=shards),
                report=report or _tell_nobody,
            )
        except (GenbroError, MatcherError) as error:
            with sessions.begin() as session:
                fail_run(session, run_id=run_id, error=str(error), at=datetime.now(UTC))
            if isinstance(error, MatcherError):
                raise RunUnsolvedError(run_id=run_id, why=str(error)) from error
            raise
        except Exception as error:
            # Whatever went wrong, the run must say so rather than look as if it went on for ever.
            with sessions.begin() as session:
                fail_run(
                    session, run_id=run_id, error=f"{type(error).__name__}: {error}", at=datetime.now(UTC)
                )
            raise


def _tell_nobody(progress: Progress) -> None:
    del progress


def _perform(engine: Engine, *, run_id: UUID, params: RunParams, machines: Machines, report: Report) -> None:
    sessions = session_factory(engine)

    def begin(step: RunStep) -> None:
        with sessions.begin() as session:
            start_step(session, run_id=run_id, step=step, at=datetime.now(UTC))
        report(Progress(step=str(step), done=0, total=1, gap=None))

    begin(RunStep.SNAPSHOT)
    snapshot = read_snapshot(engine, params=params)
    begin(RunStep.SOLVE)
    with open_executor(machines.scheduler, folder=machines.shards) as executor:
        plan = solve(snapshot.problem, workers=machines.workers, executor=executor, progress=report)
    begin(RunStep.CHECK)
    _verify(snapshot, plan, run_id=run_id, workers=machines.workers)
    begin(RunStep.WRITE)
    # asked before the transaction opens, which holds what the plan names against change
    told = explain_plan(snapshot.problem, plan)
    with sessions.begin() as session:
        _write(session, run_id=run_id, snapshot=snapshot, plan=plan)
        write_explanations(session, run_id=run_id, told=told)


def _verify(snapshot: Snapshot, plan: Plan, *, run_id: UUID, workers: int) -> None:
    # The digest comes from the snapshot, not from the plan that is to be checked.
    violations = check(snapshot.problem, plan, digest=snapshot.problem.digest, workers=workers)
    if violations:
        shown = "; ".join(str(violation) for violation in violations[:5])
        raise RunCheckError(
            run_id=run_id,
            violations=shown + (f" and {len(violations) - 5} more" if len(violations) > 5 else ""),
        )


def _write(session: Session, *, run_id: UUID, snapshot: Snapshot, plan: Plan) -> None:
    write_plan(session, run_id=run_id, snapshot=snapshot, plan=plan, at=datetime.now(UTC))
