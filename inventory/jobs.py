# SPDX-License-Identifier: EUPL-1.2
"""The worker: carries out queued runs, and takes up those a killed worker left."""

import logging
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import procrastinate
from sqlalchemy import Engine

from inventory.actions.cuttings import recover_cuttings
from inventory.actions.imports.states import recover_imports
from inventory.actions.runs import fail_run, reset_run
from inventory.database import make_engine, session_factory
from inventory.errors import GenbroError
from inventory.imports.perform import perform_import
from inventory.keeping import keeping_map
from inventory.matching.cutting import perform_cutting
from inventory.matching.lock import free_run, try_lock_run
from inventory.matching.perform import perform_run
from inventory.queries.runs import list_unfinished_runs
from inventory.queue import CUT_TASK, IMPORT_QUEUE, IMPORT_TASK, RUN_QUEUE, RUN_TASK

log = logging.getLogger(__name__)

INTERRUPTED = (
    "The process that performed this run was stopped before it had finished. Nothing was written; "
    "start the run again."
)


def make_worker_app(
    url: str, *, workers: int = 1, scheduler: str | None = None, shards: Path | None = None
) -> procrastinate.App:
    """Make the procrastinate app that performs runs and imports on one database.

    Parameters
    ----------
    url
        The database, which is also the queue.
    workers
        Processes each solve may use.
    scheduler, shards
        As in `inventory.matching.perform.perform_run`.
    """
    conninfo = url.replace("postgresql+psycopg://", "postgresql://", 1)
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=conninfo, max_size=4))

    @app.task(name=RUN_TASK, queue=RUN_QUEUE)
    def perform(run_id: str) -> None:
        engine = make_engine(url)
        try:
            perform_run(engine, run_id=UUID(run_id), workers=workers, scheduler=scheduler, shards=shards)
        except GenbroError as error:
            log.error("run %s failed: %s", run_id, error)  # noqa: TRY400 - expected, so without a traceback
            raise
        finally:
            engine.dispose()

    @app.task(name=IMPORT_TASK, queue=IMPORT_QUEUE)
    def bring_in(import_id: str, *, dry_run: bool) -> None:
        engine = make_engine(url)
        try:
            perform_import(engine, import_id=UUID(import_id), dry_run=dry_run, today=datetime.now(UTC).date())
        finally:
            engine.dispose()

    @app.task(name=CUT_TASK, queue=RUN_QUEUE)
    def cut(cutting_id: str) -> None:
        engine = make_engine(url)
        try:
            perform_cutting(engine, cutting_id=UUID(cutting_id))
        except GenbroError as error:
            log.error("cutting %s failed: %s", cutting_id, error)  # noqa: TRY400 - expected, so without a traceback
            raise
        finally:
            engine.dispose()

    return app


def recover_runs(engine: Engine) -> dict[str, int]:
    """Put right what a killed process left: its queued runs wait again, its waited-for runs have failed.

    A run belongs to a dead process when its lock is free although it is marked as running, or although
    its job is marked as being done. Safe at any time and from several processes at once.

    Returns
    -------
    dict
        How many runs were put back on the `queued` pile and how many were marked `failed`.
    """
    counts = {"queued": 0, "failed": 0}
    sessions = session_factory(engine)
    with (
        engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
        sessions() as session,
    ):
        for unfinished in list_unfinished_runs(session):
            if not try_lock_run(connection, run_id=unfinished.run_id):
                continue
            try:
                if unfinished.job_id is not None:
                    reset_run(
                        session, run_id=unfinished.run_id, job_id=unfinished.job_id, at=datetime.now(UTC)
                    )
                    counts["queued"] += 1
                else:
                    fail_run(session, run_id=unfinished.run_id, error=INTERRUPTED, at=datetime.now(UTC))
                    counts["failed"] += 1
                session.commit()
            finally:
                free_run(connection, run_id=unfinished.run_id)
    return counts


def _is_news(record: logging.LogRecord) -> bool:
    """Tell whether the queue's record says more than the plain message of a failed run."""
    return record.exc_info is None or not isinstance(record.exc_info[1], GenbroError)


def work(
    url: str,
    *,
    until_empty: bool,
    workers: int = 1,
    scheduler: str | None = None,
    shards: Path | None = None,
) -> None:
    """Perform queued runs until the queue is empty if `until_empty`, else until a signal comes.

    Meanwhile the map is kept current.
    """
    engine = make_engine(url)
    try:
        recovered = recover_runs(engine)
        with session_factory(engine).begin() as session:
            recovered["imports"] = recover_imports(session)
            recovered["cuttings"] = recover_cuttings(session)
        if any(recovered.values()):
            log.warning("took up interrupted runs: %s", recovered)
    finally:
        engine.dispose()
    queue_log = logging.getLogger("procrastinate.worker")
    queue_log.addFilter(_is_news)
    try:
        with keeping_map(url):
            make_worker_app(url, workers=workers, scheduler=scheduler, shards=shards).run_worker(
                queues=[RUN_QUEUE, IMPORT_QUEUE], wait=not until_empty, concurrency=1
            )
    finally:
        queue_log.removeFilter(_is_news)
