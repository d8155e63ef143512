# SPDX-License-Identifier: EUPL-1.2
"""What a plan holds beyond quantities is written: deliveries, trips, loads, designs, budget prices."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Engine, select, text

from inventory.database import session_factory
from inventory.exports.plan_files import write_plan_file
from inventory.matching.params import RunParams
from inventory.matching.snapshot import Snapshot, read_snapshot
from inventory.matching.write import write_plan
from inventory.queries.plans.pages import read_plan_matches, read_project_outcomes
from inventory.queries.plans.tables import read_plan_tables
from inventory.tables import DesignOption, Match, Project, ProjectOutcome, Run, stable_id
from matcher.plan import Plan, choose_designs
from matcher.solve import solve

Written = tuple[Snapshot, Plan]


@pytest.fixture
def write(built: Engine, ask: Callable[..., UUID]) -> Callable[..., UUID]:
    """Solve and write a plan, changed on the way as a richer engine would have made it."""

    def write_once(change: Callable[[Snapshot, Plan], Written]) -> UUID:
        run_id = ask()
        with session_factory(built)() as session:
            params = RunParams.model_validate(session.get_one(Run, run_id).params)
        snapshot = read_snapshot(built, params=params)
        snapshot, plan = change(snapshot, solve(snapshot.problem))
        with session_factory(built).begin() as session:
            session.execute(text("UPDATE run SET status = 'running', started_at = now(), step = 'write'"))
            write_plan(session, run_id=run_id, snapshot=snapshot, plan=plan, at=datetime.now(UTC))
        return run_id

    return write_once


def break_some(snapshot: Snapshot, plan: Plan) -> Written:
    """A tenth breaks, two steps are too many, and lorries are paid by the trip."""
    matches = plan.matches
    delivered = matches.quantity * 9 // 10
    broken = replace(
        matches,
        delivered=delivered,
        surplus=np.full_like(delivered, 2),
        trip_ore=np.full_like(delivered, 700),
        load_ore=np.full_like(delivered, 300),
    )
    return snapshot, replace(plan, matches=broken)


def test_what_a_match_delivers_and_its_trips_are_kept(
    built: Engine, write: Callable[..., UUID], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Taken and delivered stand beside each other, and what is too many serves nobody."""
    run_id = write(break_some)
    with session_factory(built)() as session:
        rows = session.scalars(select(Match).order_by(Match.quantity.desc())).all()
        assert [(row.quantity, row.delivered, row.surplus) for row in rows] == [(800, 720, 2), (200, 180, 2)]
        assert {(row.trip_ore, row.load_ore) for row in rows} == {(700, 300)}
        page = read_plan_matches(session, run_id=run_id, total=2).rows
        paid = {
            row.quantity: row.new_ore - row.price_ore - row.preparation_ore - row.transport_ore - 1000
            - row.storage_ore + row.disposal_ore
            for row in rows
        }  # fmt: skip
        assert {int(row.amount): int(row.saved_ore) for row in page} == paid
        tables = read_plan_tables(session, run_id=run_id)
    assert sorted(tables.matches["delivered"]) == [180.0, 720.0]
    assert sorted(tables.requirements["matched"]) == [178.0, 718.0]
    path = tmp_path_factory.mktemp("out") / "plan.csv"
    write_plan_file(tables, path)
    assert pd.read_csv(path)[["trip_ore", "load_ore"]].drop_duplicates().to_numpy().tolist() == [[700, 300]]


def test_a_dropped_match_leaves_unmet_what_it_would_have_met(
    built: Engine, write: Callable[..., UUID]
) -> None:
    """Of a stale match what it delivers and what is wanted of that counts, not what it would have taken."""

    def withdraw(snapshot: Snapshot, plan: Plan) -> Written:
        with session_factory(built).begin() as session:
            session.execute(text("UPDATE lot SET status = 'withdrawn'"))
        return break_some(snapshot, plan)

    write(withdraw)
    with session_factory(built)() as session:
        lost = session.execute(text("SELECT quantity FROM unmet WHERE reason = 'stale' ORDER BY 1"))
        assert lost.scalars().all() == [178, 718]


def test_designs_and_budgets_are_kept_and_shown(
    built: Engine, write: Callable[..., UUID], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A project with options has its choice written, one with a budget the budget's price, others nothing."""
    with session_factory(built).begin() as session:
        slagelse = session.scalars(select(Project.id).where(Project.ref == "Slagelse")).one()
        session.add(DesignOption(id=stable_id("option", "Tegl"), project_id=slagelse, name="Tegl"))

    def decide(snapshot: Snapshot, plan: Plan) -> Written:
        with session_factory(built).begin() as session:
            session.execute(text("UPDATE project SET budget_ore = 5000 WHERE ref = 'Nyborg'"))
        snapshot = read_snapshot(built, params=snapshot.params)
        ids = snapshot.problem.projects.id.tolist()
        row = ids.index(str(slagelse))
        prices = np.zeros(len(ids), dtype=np.int64)
        prices[1 - row] = 250
        certificate = replace(plan.certificate, project_prices=prices)
        return snapshot, replace(plan, designs=choose_designs({row: "Tegl"}), certificate=certificate)

    run_id = write(decide)
    with session_factory(built)() as session:
        assert len(session.scalars(select(ProjectOutcome)).all()) == 2
        shown = [tuple(row) for row in read_project_outcomes(session, run_id=run_id)]
        tables = read_plan_tables(session, run_id=run_id)
    assert shown == [("Nyborg", None, 5000, 250), ("Slagelse", "Tegl", None, 0)]
    path = tmp_path_factory.mktemp("out") / "plan.xlsx"
    write_plan_file(tables, path)
    sheet = pd.read_excel(path, sheet_name="projects", engine="openpyxl")
    assert sheet["design_option"].fillna("").tolist() == ["", "Tegl"]


def test_a_plan_without_options_or_budgets_decides_nothing_for_projects(
    built: Engine, write: Callable[..., UUID]
) -> None:
    """No row where there is nothing to say."""
    run_id = write(lambda snapshot, plan: (snapshot, plan))
    with session_factory(built)() as session:
        assert read_project_outcomes(session, run_id=run_id) == []
        assert read_plan_tables(session, run_id=run_id).projects.empty
