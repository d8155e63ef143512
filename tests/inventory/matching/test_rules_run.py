# SPDX-License-Identifier: EUPL-1.2
"""Runs with rules, from the tables to the written plan: each rule is kept, and the proof holds."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select, text

from inventory.actions.runs import request_run
from inventory.database import make_engine, session_factory
from inventory.matching.defaults import choose_params
from inventory.matching.perform import perform_run
from inventory.matching.read_plan import read_run_again
from inventory.queries.plans.pages import read_project_outcomes
from inventory.tables import DesignOption, Match, Requirement, Run, RunStatus, Unmet, stable_id
from matcher.check.check import check

pytestmark = pytest.mark.long

TODAY = date(2026, 12, 1)
SLAGELSE = (639_000, 6_142_500)
KORSOER = (634_500, 6_133_500)
NYBORG = (611_500, 6_130_500)

Build = Callable[[Any], None]
Perform = Callable[..., Run]


@pytest.fixture
def own_engine(own_database_url: str) -> Iterator[Engine]:
    """A database of the test's own."""
    engine = make_engine(own_database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def perform(own_engine: Engine, make_country: Callable[..., Any]) -> Perform:
    """Build a country, run it, see that the written plan passes the checker, and give the run."""

    def perform_once(build: Build, **choices: Any) -> Run:
        with session_factory(own_engine).begin() as session:
            build(make_country(session))
        with session_factory(own_engine).begin() as session:
            params = choose_params(session, as_of=TODAY, **choices)
            run_id = request_run(
                session, params=params.model_dump(mode="json"), at=datetime.now(UTC), queued=False
            )
        perform_run(own_engine, run_id=run_id)
        with session_factory(own_engine)() as session:
            run = session.get_one(Run, run_id)
        assert run.status == RunStatus.DONE
        assert run.bound <= run.cost <= run.baseline
        _, snapshot, plan = read_run_again(own_engine, str(run_id))
        assert check(snapshot.problem, plan, digest=str(run.digest)) == []
        return run

    return perform_once


def read_matches(engine: Engine, run_id: UUID) -> dict[tuple[str, str], tuple[int, int, int]]:
    """Read a plan's matches: (lot, requirement) -> quantity, delivered, surplus."""
    statement = text(
        "SELECT l.ref, r.ref, m.quantity, m.delivered, m.surplus FROM match m"
        " JOIN lot l ON l.id = m.lot_id JOIN requirement r ON r.id = m.requirement_id WHERE m.run_id = :run"
    )
    with engine.connect() as connection:
        rows = connection.execute(statement, {"run": run_id}).all()
    return {(row[0], row[1]): (row[2], row[3], row[4]) for row in rows}


def test_all_or_nothing_minimum_take_and_indivisible(own_engine: Engine, perform: Perform) -> None:
    """A requirement that wants all gets nothing of too little; lots go as their owners say."""

    def build(country: Any) -> None:
        donor = country.site("donor", SLAGELSE)
        country.lot("few", donor, quantity=300)
        country.lot("whole", donor, code="joist_timber", quantity=120, indivisible=True)
        country.lot("least", donor, code="roof_tile_clay", quantity=400, minimum_take=150)
        project = country.project("p", SLAGELSE)
        country.requirement("all", project, quantity=301, minimum_fulfilment_permille=1000)
        country.requirement("joists", project, code="joist_timber", quantity=200, new_price_ore=9000)
        country.requirement("tiles", project, code="roof_tile_clay", quantity=100, new_price_ore=5000)

    run = perform(build)
    matches = read_matches(own_engine, run.id)
    assert matches["whole", "joists"] == (120, 120, 0)
    assert ("few", "all") not in matches
    # 150 tiles are taken to give 100: fifty are too many and replace nothing.
    assert matches.get(("least", "tiles"), (150, 150, 50)) == (150, 150, 50)
    with session_factory(own_engine)() as session:
        statement = select(Requirement.ref, Unmet.reason).join(Unmet, Unmet.requirement_id == Requirement.id)
        reasons = dict(session.execute(statement.where(Unmet.run_id == run.id)).all())
    assert str(reasons["all"]) == "fulfilment"


def test_donors_kind_and_breakage(own_engine: Engine, perform: Perform) -> None:
    """From at most two lots, of one product, with a tenth more fetched than is delivered."""

    def build(country: Any) -> None:
        donor = country.site("donor", SLAGELSE)
        for name, quantity, kind in (("a", 300, "red"), ("b", 200, "yellow"), ("c", 250, "red")):
            country.lot(name, donor, quantity=quantity, kind=kind)
        for number in range(4):
            country.lot(f"j{number}", donor, code="joist_timber", quantity=50)
        project = country.project("p", SLAGELSE)
        country.requirement("facade", project, quantity=700, one_kind=True, breakage_permille=100)
        country.requirement(
            "joists", project, code="joist_timber", quantity=200, most_donors=2, new_price_ore=9000
        )

    matches = read_matches(own_engine, perform(build).id)
    facade = {lot: values for (lot, wanted), values in matches.items() if wanted == "facade"}
    assert facade == {"a": (300, 270, 0), "c": (250, 225, 0)}
    assert sum(wanted == "joists" for _, wanted in matches) == 2


def test_the_plan_chooses_a_design_and_keeps_a_budget(own_engine: Engine, perform: Perform) -> None:
    """Of two designs the one that saves more is built; a budget of nothing above new is kept."""

    def build(country: Any) -> None:
        donor = country.site("donor", SLAGELSE)
        country.lot("bricks", donor, quantity=500)
        # dearer than new in money, worth it only for the CO2e
        country.lot(
            "dear", donor, code="floorboard_timber", quantity=400, price_ore=3200, preparation_ore=300
        )
        school = country.project("School", SLAGELSE)
        for name, code, price in (("Tegl", "brick_lime_mortar", 800), ("Træ", "joist_timber", 2700)):
            option = DesignOption(id=stable_id("option", name), project_id=school.id, name=name)
            country.session.add(option)
            country.session.flush()
            country.requirement(
                name, school, code=code, quantity=500, new_price_ore=price, design_option_id=option.id
            )
        thrifty = country.project("Thrifty", KORSOER)
        thrifty.budget_ore = 0
        country.requirement("floor", thrifty, code="floorboard_timber", quantity=400, new_price_ore=3000)

    run = perform(build, carbon_price_dkk_per_tonne=Decimal(100_000))
    matches = read_matches(own_engine, run.id)
    assert ("bricks", "Tegl") in matches
    assert all(wanted != "floor" for _, wanted in matches)
    with session_factory(own_engine)() as session:
        outcomes = {row.project_name: row for row in read_project_outcomes(session, run_id=run.id)}
        assert outcomes["School"].option_name == "Tegl"
        assert (outcomes["Thrifty"].budget_ore, outcomes["Thrifty"].option_name) == (0, None)
        unmet = session.scalars(
            select(Requirement.ref).join(Unmet, Unmet.requirement_id == Requirement.id)
        ).all()
    # The design that is not built wants nothing, so nothing of it is unmet.
    assert unmet == ["floor"]


def test_trip_costs_are_written_and_thin_out_small_loads(own_engine: Engine, perform: Perform) -> None:
    """A handful of bricks is not worth a lorry; what is fetched shows what its loads cost."""

    def build(country: Any) -> None:
        country.lot("handful", country.site("near", SLAGELSE), quantity=20)
        country.lot("pile", country.site("far", NYBORG), quantity=5000)
        country.requirement("r", country.project("p", SLAGELSE), quantity=5000)

    run = perform(build, trip_costs=True)
    matches = read_matches(own_engine, run.id)
    assert set(matches) == {("pile", "r")}
    with session_factory(own_engine)() as session:
        match = session.scalars(select(Match).where(Match.run_id == run.id)).one()
        loads = session.scalar(select(func.sum(Match.loads)).where(Match.run_id == run.id))
        assert match.load_ore == round(match.loads * (75_000 + 1_100 * match.metres / 1000))
        assert (match.trip_ore, match.transport_ore) == (0, 0)
    assert run.summary is not None
    assert run.summary["loads"] == loads
    assert run.summary["trip_ore"] == match.load_ore


def test_fair_shares_give_the_small_project_its_part(own_engine: Engine, perform: Perform) -> None:
    """Where the first third counts double, the project that is worth a little less still gets its third."""

    def build(country: Any) -> None:
        country.lot("bricks", country.site("donor", SLAGELSE), quantity=900)
        country.requirement("large", country.project("L", SLAGELSE), quantity=900, new_price_ore=800)
        country.requirement("small", country.project("S", KORSOER), quantity=90, new_price_ore=790)

    run = perform(build, fair_share_percent=Decimal(30), fair_weight_percent=Decimal(100))
    matches = read_matches(own_engine, run.id)
    assert matches["bricks", "small"] == (27, 27, 0)
    assert matches["bricks", "large"] == (873, 873, 0)
