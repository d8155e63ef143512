# SPDX-License-Identifier: EUPL-1.2
"""The plan of the demo: optimal, proven, and not a trivial one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from inventory.database import make_engine, session_factory
from inventory.demo import load_demo, request_demo_run, write_outputs
from inventory.matching.perform import perform_run
from inventory.queries.plans.tables import PlanTables, read_plan_tables

SAID: list[str] = []
DEMO = Path(__file__).resolve().parents[2] / "data" / "demo"


@pytest.fixture(scope="module")
def demo_engine(database_url: str) -> Iterator[Engine]:
    """A database with the demo loaded and its buildings estimated."""
    engine = make_engine(database_url)
    try:
        with session_factory(engine).begin() as session:
            load_demo(session, folder=DEMO, say=SAID.append)
        yield engine
    finally:
        engine.dispose()


@pytest.fixture(scope="module")
def plan(demo_engine: Engine) -> PlanTables:
    """The plan of a run of the demo."""
    run_id = request_demo_run(demo_engine)
    perform_run(demo_engine, run_id=run_id)
    with session_factory(demo_engine)() as session:
        return read_plan_tables(session, run_id=run_id)


def test_the_plan_is_proven_optimal(plan: PlanTables) -> None:
    """Cost equals the bound, so the gap is nought, and the plan saves something."""
    run = plan.run
    assert run["status"] == "done"
    assert run["cost"] == run["bound"] < run["baseline"]
    assert float(run["gap"]) == 0.0
    assert run["summary"]["co2e_kg_real"] > 0


def test_the_plan_is_not_trivial(plan: PlanTables) -> None:
    """Many to many, through storage, over bridges, from surveys and estimates alike."""
    matches = plan.matches
    assert len(matches) >= 150
    assert (matches.groupby("requirement").size() >= 3).sum() >= 20
    assert (matches.groupby("lot").size() >= 2).sum() >= 5
    assert (matches["storage_days"] > 0).sum() >= 50
    assert (matches["donor_land"] != matches["project_land"]).sum() >= 20
    assert set(matches["basis"]) == {"surveyed", "estimated"}
    assert (matches["lot_class"] != matches["class"]).sum() >= 1


def test_the_plan_waits_in_every_kind_of_store(plan: PlanTables) -> None:
    """Matches go straight, wait on the donor's site, and at each of the three hubs.

    The hubs are those of the seven depots that take in others' goods for rent; two of them ask less than
    waiting on site does, and none is filled, so that the plan stays exact.
    """
    matches = plan.matches
    assert {"direct", "site", "hub"} <= set(matches["storage"])
    assert set(matches["hub"].dropna()) == {
        "Genbrugsdepot Aarhus",
        "Genbrugsdepot Glostrup",
        "Genbrugsdepot Odense",
    }


def test_the_unmet_say_why(plan: PlanTables) -> None:
    """At least five different reasons, the distance, the road, the days and others' need among them."""
    reasons = set(plan.unmet["reason"])
    assert len(reasons) >= 5
    assert {"no_lot_of_class", "no_road", "taken"} <= reasons


def test_islands_are_matched_only_with_themselves(plan: PlanTables) -> None:
    """No match leaves or reaches Bornholm or Samsø."""
    for island in ("bornholm", "samsoe"):
        here = (plan.matches["donor_land"] == island) == (plan.matches["project_land"] == island)
        assert here.all(), island


def test_loading_the_demo_again_changes_nothing(demo_engine: Engine) -> None:
    """A second load takes no row as new or changed."""
    with session_factory(demo_engine).begin() as session:
        again = load_demo(session, folder=DEMO, say=SAID.append)
    assert set(again.changed.values()) == {0}


def test_a_summary_cut_off_in_writing_is_written_again(
    demo_engine: Engine, plan: PlanTables, tmp_path: Path
) -> None:
    """Half a summary.json, as a kill leaves it, does not stand in the way of the next call."""
    done = tmp_path / "summary.json"
    with session_factory(demo_engine)() as session:
        write_outputs(session, run_id=plan.run["id"], folder=tmp_path)
        whole, picture = done.read_text(encoding="utf-8"), (tmp_path / "plan.png").stat().st_mtime_ns
        write_outputs(session, run_id=plan.run["id"], folder=tmp_path)
        assert (tmp_path / "plan.png").stat().st_mtime_ns == picture
        done.write_text(whole[: len(whole) // 2], encoding="utf-8")
        write_outputs(session, run_id=plan.run["id"], folder=tmp_path)
    assert done.read_text(encoding="utf-8") == whole
