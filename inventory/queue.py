# SPDX-License-Identifier: EUPL-1.2
"""The queue: jobs are rows in our own PostgreSQL, visible when the writer's transaction is."""

from uuid import UUID

import procrastinate
from sqlalchemy.orm import Session

RUN_QUEUE = "runs"
RUN_TASK = "genbro.perform_run"
CUT_TASK = "genbro.perform_cutting"
IMPORT_QUEUE = "imports"
IMPORT_TASK = "genbro.perform_import"


def enqueue_run(session: Session, *, run_id: UUID) -> None:
    """Put a run on the queue in the session's own transaction: both are committed or neither.

    Parameters
    ----------
    session
        An open session; its connection carries the insert, so a rollback takes the job away again.
    run_id
        The run row the job is about.
    """
    # The connector is never opened: the job travels on the session's connection alone.
    app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())
    app.configure_task(
        RUN_TASK,
        queue=RUN_QUEUE,
        connection=session.connection().connection.driver_connection,
    ).defer(run_id=str(run_id))


def enqueue_cutting(session: Session, *, cutting_id: UUID) -> None:
    """Put a cutting on the queue of runs in the session's own transaction."""
    app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())
    app.configure_task(
        CUT_TASK,
        queue=RUN_QUEUE,
        connection=session.connection().connection.driver_connection,
    ).defer(cutting_id=str(cutting_id))


def enqueue_import(session: Session, *, import_id: UUID, dry_run: bool) -> None:
    """Put the check of an uploaded file, or its import, on the queue in the session's own transaction."""
    app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())
    app.configure_task(
        IMPORT_TASK,
        queue=IMPORT_QUEUE,
        connection=session.connection().connection.driver_connection,
    ).defer(import_id=str(import_id), dry_run=dry_run)
