# SPDX-License-Identifier: EUPL-1.2
"""A worker killed inside a step of a run."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, select, text

from inventory.database import session_factory
from inventory.jobs import work
from inventory.queries.runs import list_unfinished_runs
from inventory.tables import Event, Run, RunStatus

# Stops the worker inside a step, long enough for the test to kill it there: the lock is on a table that
# the step's own statement needs, so the process is there whatever the speed of the machine.
BLOCKS = {
    "snapshot": "LOCK TABLE requirement IN ACCESS EXCLUSIVE MODE",
    "write": "LOCK TABLE lot_price IN ACCESS EXCLUSIVE MODE",
}


def start_worker(engine: Engine) -> subprocess.Popen[bytes]:
    """Start a worker in a process of its own."""
    url = engine.url.render_as_string(hide_password=False)
    return subprocess.Popen(
        [str(Path(sys.executable).with_name("genbro")), "worker", "--until-empty"],
        env={**os.environ, "GENBRO_DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def wait_for_step(engine: Engine, run_id: UUID, step: str, worker: subprocess.Popen[bytes]) -> None:
    """Wait until the run is in a step, or fail when the worker ends before."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with engine.connect() as connection:
            if (
                connection.execute(text("SELECT step FROM run WHERE id = :id"), {"id": run_id}).scalar_one()
                == step
            ):
                return
        assert worker.poll() is None, worker.stderr.read().decode() if worker.stderr else ""
        time.sleep(0.01)
    raise AssertionError(f"the run never came to {step}")


@pytest.mark.parametrize("step", sorted(BLOCKS))
def test_a_killed_worker_leaves_the_old_state_and_the_next_one_finishes(
    built: Engine, ask: Callable[..., UUID], plan_rows: Callable[[UUID], dict[str, int]], step: str
) -> None:
    """Kill -9 inside the snapshot, or inside the writing transaction, leaves no half plan."""
    run_id = ask(queued=True)
    with built.connect() as blocker:
        transaction = blocker.begin()
        blocker.execute(text(BLOCKS[step]))
        worker = start_worker(built)
        try:
            wait_for_step(built, run_id, step, worker)
            time.sleep(0.5)
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait(10)
        finally:
            worker.kill()
            if worker.stderr:
                worker.stderr.close()
        transaction.rollback()
    assert set(plan_rows(run_id).values()) == {0}
    with session_factory(built)() as session:
        assert session.get_one(Run, run_id).status == RunStatus.RUNNING
        assert [unfinished.run_id for unfinished in list_unfinished_runs(session)] == [run_id]
    work(built.url.render_as_string(hide_password=False), until_empty=True)
    with session_factory(built)() as session:
        assert session.get_one(Run, run_id).status == RunStatus.DONE
        assert "run_interrupted" in session.scalars(select(Event.kind)).all()
    assert plan_rows(run_id) == {"match": 2, "unmet": 1, "lot_price": 1, "certificate": 1}
