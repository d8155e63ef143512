# SPDX-License-Identifier: EUPL-1.2
"""Kill the worker with SIGKILL inside every step of a long run, and see that no half plan is ever left.

Run it as ``python -m benchmarks.kill_runs [--lots N] [--requirements N] [--kills 2]``. It makes a throw-away
PostGIS, fills it with a made-up country, measures one undisturbed run, then kills a worker at chosen moments
of each step. Exit 0 when every kill left nothing and the last worker gave the plan of the undisturbed run.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, text

from benchmarks.fill_country import fill_country
from inventory.actions.runs import request_run
from inventory.database import make_engine, normalise_url, session_factory
from inventory.matching.defaults import choose_params
from inventory.postgres.address import cluster_url
from inventory.postgres.cluster import ensure_database
from inventory.postgres.throwaway import open_throwaway_cluster
from inventory.upgrade import upgrade_database

AS_OF = date(2026, 12, 1)
STEPS = ("requested", "snapshot", "solve", "check", "write")
PLAN_TABLES = ("match", "unmet", "lot_price", "certificate")


def ask(engine: Engine) -> UUID:
    """Put a run on the queue."""
    with session_factory(engine).begin() as session:
        params = choose_params(session, as_of=AS_OF)
        return request_run(session, params=params.model_dump(mode="json"), at=datetime.now(UTC), queued=True)


def start_worker(url: str) -> subprocess.Popen[bytes]:
    """Start a worker that ends when nothing waits."""
    program = Path(sys.executable).with_name("genbro")
    return subprocess.Popen(
        [program, "worker", "--until-empty"], env={**os.environ, "GENBRO_DATABASE_URL": url}
    )


def where_is(engine: Engine, run_id: UUID) -> str:
    """Say which step a run is in, or its status."""
    with engine.connect() as connection:
        row = connection.execute(text("SELECT status, step FROM run WHERE id = :id"), {"id": run_id}).one()
    return str(row.step or row.status)


def started_at(engine: Engine, run_id: UUID) -> datetime | None:
    """Say when the run was last started."""
    with engine.connect() as connection:
        moment: datetime | None = connection.execute(
            text("SELECT started_at FROM run WHERE id = :id"), {"id": run_id}
        ).scalar_one()
    return moment


def count_rows(engine: Engine, run_id: UUID) -> dict[str, int]:
    """Count what a run has left in the tables of the plan."""
    with engine.connect() as connection:
        return {
            table: connection.execute(
                text(f"SELECT count(*) FROM {table} WHERE run_id = :id"), {"id": run_id}
            ).scalar_one()
            for table in PLAN_TABLES
        }


def read_outcome(engine: Engine, run_id: UUID) -> tuple[object, ...]:
    """Read what two runs of the same problem must share."""
    with engine.connect() as connection:
        row = connection.execute(
            text("SELECT digest, cost, bound, termination FROM run WHERE id = :id"), {"id": run_id}
        ).one()
        plan = connection.execute(
            text(
                "SELECT md5(string_agg(lot_id::text || requirement_id || quantity, ','"
                " ORDER BY lot_id, requirement_id)) FROM match WHERE run_id = :id"
            ),
            {"id": run_id},
        ).scalar_one()
    return (*row, plan)


def measure_steps(engine: Engine, url: str, run_id: UUID) -> dict[str, float]:
    """Perform a run undisturbed and measure how long it is in each step, in seconds."""
    worker = start_worker(url)
    entered: dict[str, float] = {}
    while worker.poll() is None:
        entered.setdefault(where_is(engine, run_id), time.monotonic())
        time.sleep(0.02)
    if worker.returncode:
        raise SystemExit("the undisturbed worker failed")
    order = [*STEPS, "done"]
    ended = entered.setdefault("done", time.monotonic())
    known = [step for step in order if step in entered]
    return {
        step: (entered[known[k + 1]] if k + 1 < len(known) else ended) - entered[step]
        for k, step in enumerate(known[:-1])
    }


def kill_in_step(engine: Engine, url: str, run_id: UUID, *, step: str, after: float) -> str:
    """Start a worker and kill it some seconds after the run has come to a step; say where it was."""
    before = started_at(engine, run_id)
    worker = start_worker(url)
    try:
        # What the worker killed before left behind is in a step too: only a new start counts.
        while where_is(engine, run_id) != step or (before and started_at(engine, run_id) == before):
            if worker.poll() is not None:
                raise SystemExit(f"the worker ended before {step}")
            time.sleep(0.005)
        time.sleep(after)
        where = where_is(engine, run_id)
        os.kill(worker.pid, signal.SIGKILL)
    finally:
        worker.kill()
        worker.wait()
    return where


def main() -> int:
    """Run the whole trial; 0 where nothing was ever left half done."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lots", type=int, default=200_000)
    parser.add_argument("--requirements", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=2, help="kills inside each step")
    choices = parser.parse_args()
    with open_throwaway_cluster() as cluster:
        ensure_database(cluster, name="kill_runs")
        url = normalise_url(cluster_url(cluster, "kill_runs"))
        upgrade_database(url)
        engine = make_engine(url)
        try:
            with engine.begin() as connection:
                fill_country(connection, lots=choices.lots, requirements=choices.requirements)
            return try_kills(engine, url, kills=choices.kills)
        finally:
            engine.dispose()


def try_kills(engine: Engine, url: str, *, kills: int) -> int:
    """Measure an undisturbed run, then kill inside each step; 0 where all is well."""
    first = ask(engine)
    seconds = measure_steps(engine, url, first)
    expected = read_outcome(engine, first)
    print(
        f"undisturbed: {sum(seconds.values()):.1f} s; "
        + ", ".join(f"{k} {v:.2f} s" for k, v in seconds.items())
    )
    print(f"plan: {count_rows(engine, first)}, cost {expected[1]}, bound {expected[2]}")
    second = ask(engine)
    half = 0
    for step in STEPS:
        for kill in range(kills):
            share = (kill + 1) / (kills + 1)
            where = kill_in_step(engine, url, second, step=step, after=share * seconds.get(step, 0.0) * 0.9)
            left = count_rows(engine, second)
            bad = any(left.values())
            half += bad
            verdict = "  HALF A PLAN" if bad else ""
            print(f"killed at {share:.0%} of {step} (found in {where}): left {left}{verdict}")
            # The next worker must wait until the server has noticed that the dead one's session is gone.
            time.sleep(0.2)
    worker = start_worker(url)
    worker.wait()
    outcome = read_outcome(engine, second)
    print(f"last worker: {where_is(engine, second)}, same plan as undisturbed: {outcome == expected}")
    return 0 if half == 0 and outcome == expected and where_is(engine, second) == "done" else 1


if __name__ == "__main__":
    sys.exit(main())
