# SPDX-License-Identifier: EUPL-1.2
"""A run from request to plan."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import Engine, select, text

from inventory.actions.runs import RunTransitionError, fail_run, request_run
from inventory.database import session_factory
from inventory.jobs import recover_runs, work
from inventory.matching.lock import holding_run
from inventory.matching.params import RunParams
from inventory.matching.perform import RunBusyError, perform_run
from inventory.tables import Certificate, Event, Lot, LotPrice, Match, Run, RunStatus, RunStep, Unmet


def test_a_run_writes_matches_unmet_prices_and_its_certificate(
    built: Engine, ask: Callable[..., UUID]
) -> None:
    """The scarce lot is shared out whole, its price is that of the loser, and cost equals bound."""
    run_id = ask()
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


def test_request_and_job_are_one(
    built: Engine, request_here: Callable[..., UUID], ask: Callable[..., UUID]
) -> None:
    """A rolled-back request leaves neither run nor job; the worker performs a committed one."""
    with session_factory(built)() as session:
        request_here(session, queued=True)
        session.rollback()
    with built.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM procrastinate_jobs")).scalar_one() == 0
        assert connection.execute(text("SELECT count(*) FROM run")).scalar_one() == 0
    run_id = ask(queued=True)
    work(built.url.render_as_string(hide_password=False), until_empty=True)
    with session_factory(built)() as session:
        assert session.get_one(Run, run_id).status == RunStatus.DONE
        assert session.execute(text("SELECT status::text FROM procrastinate_jobs")).scalars().all() == [
            "succeeded"
        ]


def test_two_processes_never_perform_one_run(built: Engine, ask: Callable[..., UUID]) -> None:
    """While one holds the run the other is told so, and the run is left alone by recovery."""
    run_id = ask()
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


def test_a_run_nobody_began_is_told_from_one_about_to_begin(built: Engine, ask: Callable[..., UUID]) -> None:
    """A process killed between asking for a run and beginning it leaves no run that waits for ever."""
    abandoned, queued, fresh = ask(), ask(queued=True), ask()
    with session_factory(built).begin() as session:
        session.execute(
            text("UPDATE run SET created_at = now() - interval '1 hour' WHERE id <> :fresh"), {"fresh": fresh}
        )
    assert recover_runs(built) == {"queued": 0, "failed": 1}
    with session_factory(built)() as session:
        assert session.get_one(Run, abandoned).status == RunStatus.FAILED
        assert {session.get_one(Run, run_id).status for run_id in (queued, fresh)} == {RunStatus.REQUESTED}


def test_a_done_run_never_changes(
    built: Engine, ask: Callable[..., UUID], plan_rows: Callable[[UUID], dict[str, int]]
) -> None:
    """Performing it again does nothing, failing it is refused."""
    run_id = ask()
    perform_run(built, run_id=run_id)
    before = plan_rows(run_id)
    perform_run(built, run_id=run_id)
    assert plan_rows(run_id) == before
    with session_factory(built)() as session, pytest.raises(RunTransitionError):
        fail_run(session, run_id=run_id, error="no", at=datetime.now(UTC))


def test_a_run_that_cannot_be_read_says_why(
    built: Engine, ask: Callable[..., UUID], plan_rows: Callable[[UUID], dict[str, int]]
) -> None:
    """A missing price fails the run with words a person can act on, and leaves no plan."""
    run_id = ask()
    with session_factory(built).begin() as session:
        session.execute(text("DELETE FROM factor WHERE kind = 'new_price'"))
    with pytest.raises(Exception, match="no new_price for class brick"):
        perform_run(built, run_id=run_id)
    with session_factory(built)() as session:
        run = session.get_one(Run, run_id)
        assert run.status == RunStatus.FAILED
        assert "new_price" in (run.error or "")
    assert set(plan_rows(run_id).values()) == {0}


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


def test_request_run_needs_no_queue(built: Engine) -> None:
    """A run that is performed at once leaves no job behind."""
    with session_factory(built).begin() as session:
        request_run(session, params={}, at=datetime.now(UTC), queued=False)
        assert session.execute(text("SELECT count(*) FROM procrastinate_jobs")).scalar_one() == 0
        assert session.scalars(select(Lot)).one().quantity == 1000
