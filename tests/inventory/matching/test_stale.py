# SPDX-License-Identifier: EUPL-1.2
"""What moved between the snapshot and the writing loses its match."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select, text

from inventory.database import session_factory
from inventory.matching.params import RunParams
from inventory.matching.snapshot import read_snapshot
from inventory.matching.write import write_plan
from inventory.tables import Match, Run, Unmet
from matcher.solve import solve


def test_what_moved_since_the_snapshot_loses_its_match(built: Engine, ask: Callable[..., UUID]) -> None:
    """A lot halved between snapshot and write takes its matches with it; the loss is unmet, reason stale."""
    run_id = ask()
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
def test_every_kind_of_move_is_seen(built: Engine, ask: Callable[..., UUID], change: str) -> None:
    """A building gone, a lot withdrawn, a site moved, a lot deleted: none keeps a match."""
    run_id = ask()
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
    built: Engine, ask: Callable[..., UUID], plan_rows: Callable[[UUID], dict[str, int]]
) -> None:
    """A note written on the lot meanwhile is no reason to lose it."""
    run_id = ask()
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
    assert plan_rows(run_id)["match"] == 2
