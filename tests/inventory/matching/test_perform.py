# SPDX-License-Identifier: EUPL-1.2
"""A run from request to plan, and what happens when the world moves or the process dies."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select, text

from inventory.actions.runs import RunTransitionError, fail_run, request_run
from inventory.database import make_engine, session_factory
from inventory.jobs import recover_runs, work
from inventory.matching.lock import holding_run
from inventory.matching.params import RunParams
from inventory.matching.perform import RunBusyError, perform_run
from inventory.matching.snapshot import read_snapshot
from inventory.matching.write import write_plan
from inventory.queries.runs import list_unfinished_runs
from inventory.tables import Certificate, Event, Lot, LotPrice, Match, Run, RunStatus, RunStep, Unmet
from matcher.solve import solve

SLAGELSE = (639_000, 6_142_500)
NYBORG = (611_500, 6_130_500)


@pytest.fixture
def built(own_database_url: str, make_country: Callable[..., Any]) -> Any:
    """A scarce lot of 1,000 bricks in Slagelse, wanted by two projects."""
    engine = make_engine(own_database_url)
    with session_factory(engine).begin() as session:
        country = make_country(session)
        donor = country.site("donor", SLAGELSE)
        country.lot("bricks", donor)
        country.requirement("here", country.project("Slagelse", SLAGELSE), quantity=800)
        country.requirement("there", country.project("Nyborg", NYBORG), quantity=700)
    yield engine
    engine.dispose()


def ask(engine: Engine, request_here: Callable[..., UUID], *, queued: bool = False) -> UUID:
    """Ask for a run in a transaction of its own."""
    with session_factory(engine).begin() as session:
        return request_here(session, queued=queued)


def plan_rows(engine: Engine, run_id: UUID) -> dict[str, int]:
    """Count what a run has left in each table."""
    with session_factory(engine)() as session:
        return {
            table.__tablename__: session.execute(
                select(func.count()).select_from(table).where(table.run_id == run_id)
            ).scalar_one()
            for table in (Match, Unmet, LotPrice, Certificate)
        }


def test_a_run_writes_matches_unmet_prices_and_its_certificate(
    built: Engine, request_here: Callable[..., UUID]
) -> None:
    """The scarce lot is shared out whole, its price is that of the loser, and cost equals bound."""
    run_id = ask(built, request_here)
    steps: list[str] = []
    perform_run(built, run_id=run_id, report=lambda progress: steps.append(progress.step))
    with session_factory(built)() as session:
        run = session.get_one(Run, run_id)
        assert (run.status, run.step, run.error) == (RunStatus.DONE, None, None)
        assert run.cost == run.bound
        assert run.cost < run.baseline
        assert run.gap == 0
        matches = session.scalars(select(Match).where(Match.run_id == run_id)).all()
        assert sum(match.quantity for match in matches) == 1000
        assert {match.quantity for match in matches} == {800, 200}
        assert all(match.metres > 0 or match.quantity == 800 for match in matches)
        unmet = session.scalars(select(Unmet).where(Unmet.run_id == run_id)).one()
        assert (unmet.quantity, unmet.reason, unmet.stopped) == (500, "taken", {"taken": 1})
        price = session.scalars(select(LotPrice).where(LotPrice.run_id == run_id)).one()
        assert price.price > 0
        assert session.scalars(select(Certificate)).one().digest == run.digest
        assert run.summary is not None
        assert run.summary["matches"] == 2
        assert run.summary["editions"]
        kinds = session.scalars(select(Event.kind).where(Event.run_id == run_id).order_by(Event.id)).all()
        assert kinds == ["run_requested", "run_done"]
    assert list(dict.fromkeys(step for step in steps if step in set(RunStep))) == [
        str(step) for step in RunStep
    ]


def test_what_moved_since_the_snapshot_loses_its_match(
    built: Engine, request_here: Callable[..., UUID]
) -> None:
    """A lot halved between snapshot and write takes its matches with it; the loss is unmet, reason stale."""
    run_id = ask(built, request_here)
    with session_factory(built)() as session:
        params = RunParams.model_validate(session.get_one(Run, run_id).params)
    snapshot = read_snapshot(built, params=params)
    plan = solve(snapshot.problem)
    with session_factory(built).begin() as session:
        session.execute(text("UPDATE lot SET quantity = 400"))
        session.execute(text("UPDATE run SET status = 'running', started_at = now(), step = 'write'"))
    with session_factory(built).begin() as session:
        write_plan(session, run_id=run_id, snapshot=snapshot, plan=plan, at=datetime.now(UTC))
    with session_factory(built)() as session:
        assert session.scalars(select(Match)).all() == []
        stale = session.execute(select(Unmet.quantity, Unmet.stopped).where(Unmet.reason == "stale")).all()
        assert sorted(row.quantity for row in stale) == [200, 800]
        run = session.get_one(Run, run_id)
        assert run.summary is not None
        assert run.summary["stale_matches"] == 2
        assert run.summary["money_ore"] == 0
        assert run.summary["km"] == 0


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE site SET firmness = 'gone' WHERE kind = 'donor'",
        "UPDATE lot SET status = 'withdrawn'",
        "UPDATE site SET geom = ST_Translate(geom, 5000, 0) WHERE kind = 'donor'",
        "DELETE FROM lot",
    ],
)
def test_every_kind_of_move_is_seen(built: Engine, request_here: Callable[..., UUID], change: str) -> None:
    """A building gone, a lot withdrawn, a site moved, a lot deleted: none keeps a match."""
    run_id = ask(built, request_here)
    with session_factory(built)() as session:
        params = RunParams.model_validate(session.get_one(Run, run_id).params)
    snapshot = read_snapshot(built, params=params)
    plan = solve(snapshot.problem)
    with session_factory(built).begin() as session:
        session.execute(text(change))
        session.execute(text("UPDATE run SET status = 'running', started_at = now(), step = 'write'"))
    with session_factory(built).begin() as session:
        write_plan(session, run_id=run_id, snapshot=snapshot, plan=plan, at=datetime.now(UTC))
    with session_factory(built)() as session:
        assert session.scalars(select(Match)).all() == []
        assert (
            session.execute(select(func.sum(Unmet.quantity)).where(Unmet.reason == "stale")).scalar_one()
            == 1000
        )


def test_a_change_that_does_not_matter_keeps_the_match(
    built: Engine, request_here: Callable[..., UUID]
) -> None:
    """A note written on the lot meanwhile is no reason to lose it."""
    run_id = ask(built, request_here)
    with session_factory(built)() as session:
        params = RunParams.model_validate(session.get_one(Run, run_id).params)
    snapshot = read_snapshot(built, params=params)
    with session_factory(built).begin() as session:
        session.execute(text("UPDATE lot SET note = 'photographed'"))
        session.execute(text("UPDATE run SET status = 'running', started_at = now(), step = 'write'"))
    with session_factory(built).begin() as session:
        write_plan(
            session, run_id=run_id, snapshot=snapshot, plan=solve(snapshot.problem), at=datetime.now(UTC)
        )
    assert plan_rows(built, run_id)["match"] == 2


def test_request_and_job_are_one(built: Engine, request_here: Callable[..., UUID]) -> None:
    """A rolled-back request leaves neither run nor job; the worker performs a committed one."""
    with session_factory(built)() as session:
        request_here(session, queued=True)
        session.rollback()
    with built.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM procrastinate_jobs")).scalar_one() == 0
        assert connection.execute(text("SELECT count(*) FROM run")).scalar_one() == 0
    run_id = ask(built, request_here, queued=True)
    work(built.url.render_as_string(hide_password=False), until_empty=True)
    with session_factory(built)() as session:
        assert session.get_one(Run, run_id).status == RunStatus.DONE
        assert session.execute(text("SELECT status::text FROM procrastinate_jobs")).scalars().all() == [
            "succeeded"
        ]


def test_two_processes_never_perform_one_run(built: Engine, request_here: Callable[..., UUID]) -> None:
    """While one holds the run the other is told so, and the run is left alone by recovery."""
    run_id = ask(built, request_here)
    with session_factory(built).begin() as session:
        session.execute(text("UPDATE run SET status = 'running', started_at = now(), step = 'solve'"))
    with holding_run(built, run_id=run_id) as held:
        assert held
        with pytest.raises(RunBusyError):
            perform_run(built, run_id=run_id)
        assert recover_runs(built) == {"queued": 0, "failed": 0}
    assert recover_runs(built) == {"queued": 0, "failed": 1}
    with session_factory(built)() as session:
        assert "start the run again" in (session.get_one(Run, run_id).error or "")


def test_a_done_run_never_changes(built: Engine, request_here: Callable[..., UUID]) -> None:
    """Performing it again does nothing, failing it is refused."""
    run_id = ask(built, request_here)
    perform_run(built, run_id=run_id)
    before = plan_rows(built, run_id)
    perform_run(built, run_id=run_id)
    assert plan_rows(built, run_id) == before
    with session_factory(built)() as session, pytest.raises(RunTransitionError):
        fail_run(session, run_id=run_id, error="no", at=datetime.now(UTC))


def test_a_run_that_cannot_be_read_says_why(built: Engine, request_here: Callable[..., UUID]) -> None:
    """A missing price fails the run with words a person can act on, and leaves no plan."""
    run_id = ask(built, request_here)
    with session_factory(built).begin() as session:
        session.execute(text("DELETE FROM factor WHERE kind = 'new_price'"))
    with pytest.raises(Exception, match="no new_price for class brick"):
        perform_run(built, run_id=run_id)
    with session_factory(built)() as session:
        run = session.get_one(Run, run_id)
        assert run.status == RunStatus.FAILED
        assert "new_price" in (run.error or "")
    assert set(plan_rows(built, run_id).values()) == {0}


def test_params_out_of_range_are_refused() -> None:
    """A detour below the straight line, or a field that does not exist, never becomes a run."""
    base = {
        "as_of": date(2026, 12, 1),
        "carbon_price_ore_per_tonne": 0,
        "detour_permille": 1300,
        "near_metres": 1,
        "default_max_metres": 1,
        "cap_metres": 1,
        "default_storage_days": 0,
    }
    RunParams.model_validate(base)
    with pytest.raises(ValueError, match="detour_permille"):
        RunParams.model_validate(base | {"detour_permille": 999})
    with pytest.raises(ValueError, match="extra"):
        RunParams.model_validate(base | {"radius": 5})


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
    built: Engine, request_here: Callable[..., UUID], step: str
) -> None:
    """Kill -9 inside the snapshot, or inside the writing transaction, leaves no half plan."""
    run_id = ask(built, request_here, queued=True)
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
    assert set(plan_rows(built, run_id).values()) == {0}
    with session_factory(built)() as session:
        assert session.get_one(Run, run_id).status == RunStatus.RUNNING
        assert [unfinished.run_id for unfinished in list_unfinished_runs(session)] == [run_id]
    work(built.url.render_as_string(hide_password=False), until_empty=True)
    with session_factory(built)() as session:
        assert session.get_one(Run, run_id).status == RunStatus.DONE
        assert "run_interrupted" in session.scalars(select(Event.kind)).all()
    assert plan_rows(built, run_id) == {"match": 2, "unmet": 1, "lot_price": 1, "certificate": 1}


def test_request_run_needs_no_queue(built: Engine) -> None:
    """A run that is performed at once leaves no job behind."""
    with session_factory(built).begin() as session:
        request_run(session, params={}, at=datetime.now(UTC), queued=False)
        assert session.execute(text("SELECT count(*) FROM procrastinate_jobs")).scalar_one() == 0
        assert session.scalars(select(Lot)).one().quantity == 1000
