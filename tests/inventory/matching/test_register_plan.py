# SPDX-License-Identifier: EUPL-1.2
"""From the real register to a plan: its buildings, estimates, and the demo's requirements moved there."""

import csv
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import select

from inventory.actions.runs import request_run
from inventory.database import make_engine, session_factory
from inventory.estimates.update import AssumedWindow, estimate_sites
from inventory.imports.buildings.importing import import_buildings
from inventory.imports.requirements.importing import import_requirements
from inventory.matching.defaults import choose_params
from inventory.matching.perform import perform_run
from inventory.matching.snapshot import read_snapshot
from inventory.queries.plans.tables import read_plan_tables
from inventory.tables import Run
from matcher.check.check import check
from matcher.solve import solve

TODAY = date(2026, 12, 1)
DEMO = Path(__file__).parents[3] / "data" / "demo" / "requirements.csv"
# Municipality and a point among the extract's buildings, on both sides of the Great Belt and the Little Belt.
PLACES = [
    ("0253", 701_000, 6_161_800),
    ("0185", 729_500, 6_166_500),
    ("0330", 639_300, 6_142_600),
    ("0326", 648_000, 6_153_500),
    ("0420", 571_700, 6_137_000),
    ("0440", 603_000, 6_145_000),
    ("0450", 611_500, 6_130_500),
    ("0510", 536_900, 6_130_500),
]


def move_requirements(folder: Path) -> Path:
    """Write the demo's requirements with their projects moved to where the register's buildings stand."""
    with DEMO.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    projects = sorted({row["project_ref"] for row in rows})
    for row in rows:
        row["municipality"], row["x"], row["y"] = map(
            str, PLACES[projects.index(row["project_ref"]) % len(PLACES)]
        )
    path = folder / "requirements.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_the_register_gives_a_plan_worth_looking_at(
    own_database_url: str, real_data: Path, tmp_path: Path
) -> None:
    """Cost equals bound, checked independently; many lots to one, one to many, storage, bridges, reasons."""
    engine = make_engine(own_database_url)
    sessions = session_factory(engine)
    with sessions.begin() as session:
        taken = import_buildings(session, real_data / "02_bbr" / "bbr_bygning_2020.csv", today=TODAY)
        assert taken.refused == 0
        window = AssumedWindow(available_from=date(2027, 1, 1), available_to=date(2028, 1, 1))
        estimate_sites(session, window=window)
        assert import_requirements(session, move_requirements(tmp_path)).refused == 0
        params = choose_params(session, as_of=TODAY)
        run_id = request_run(session, params=params.model_dump(mode="json"), at=taken_at(), queued=False)
    perform_run(engine, run_id=run_id)
    with sessions() as session:
        run = session.scalars(select(Run)).one()
        plan = read_plan_tables(session, run_id=run_id)
        assert (run.gap, run.cost, run.termination) == (0, run.bound, "optimal")
    snapshot = read_snapshot(engine, params=params)
    assert snapshot.problem.digest == run.digest
    assert check(snapshot.problem, solve(snapshot.problem), digest=run.digest) == []
    engine.dispose()

    assert len(plan.matches) >= 50
    assert max(Counter(plan.matches["requirement"]).values()) >= 3
    assert max(Counter(plan.matches["lot"]).values()) >= 2
    assert (plan.matches["storage_days"] > 0).any()
    assert (plan.matches["donor_land"] != plan.matches["project_land"]).any()
    assert plan.unmet["reason"].nunique() >= 5


def taken_at() -> datetime:
    """Give a moment for the run's row."""
    return datetime(2026, 12, 1, 12, tzinfo=UTC)
