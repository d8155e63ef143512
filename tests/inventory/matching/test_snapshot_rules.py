# SPDX-License-Identifier: EUPL-1.2
"""The rules of lots, requirements, projects and runs reach the problem, and change it only where they are."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, text

from inventory.database import make_engine, session_factory
from inventory.matching.defaults import choose_params
from inventory.matching.snapshot import Snapshot, read_snapshot
from inventory.tables import Basis, DesignOption, Organisation, OrganisationKind, stable_id
from matcher.problem.columns import NONE

TODAY = date(2026, 12, 1)
SLAGELSE = (639_000, 6_142_500)


def look(engine: Engine, **choices: Any) -> Snapshot:
    """Read a snapshot with params of today."""
    with session_factory(engine)() as session:
        params = choose_params(session, as_of=TODAY, **choices)
    return read_snapshot(engine, params=params)


def change(engine: Engine, statement: str) -> None:
    """Change the database."""
    with session_factory(engine).begin() as session:
        session.execute(text(statement))


@pytest.fixture
def own_engine(own_database_url: str, make_country: Callable[..., Any]) -> Iterator[Engine]:
    """A lot and a requirement, neither with any rule."""
    engine = make_engine(own_database_url)
    with session_factory(engine).begin() as session:
        country = make_country(session)
        country.lot("bricks", country.site("donor", SLAGELSE))
        country.builder.kind = OrganisationKind.OTHER
        country.requirement("r", country.project("p", SLAGELSE))
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("statement", "read", "expected"),
    [
        ("UPDATE lot SET minimum_take = 40", lambda p: p.lots.minimum_take.tolist(), [40]),
        ("UPDATE lot SET indivisible = true", lambda p: p.lots.indivisible.tolist(), [True]),
        ("UPDATE lot SET kind = 'red'", lambda p: p.lots.kind.tolist(), ["red"]),
        (
            "UPDATE requirement SET minimum_fulfilment_permille = 800",
            lambda p: p.requirements.minimum_fulfilment.tolist(),
            [800],
        ),
        ("UPDATE requirement SET most_donors = 3", lambda p: p.requirements.most_donors.tolist(), [3]),
        ("UPDATE requirement SET one_kind = true", lambda p: p.requirements.one_kind.tolist(), [True]),
        ("UPDATE requirement SET breakage_permille = 50", lambda p: p.requirements.breakage.tolist(), [50]),
        ("UPDATE requirement SET priority_permille = 70", lambda p: p.requirements.priority.tolist(), [70]),
        ("UPDATE project SET budget_ore = 5000", lambda p: p.projects.budget_ore.tolist(), [5000]),
        ("UPDATE organisation SET kind = 'municipality'", lambda p: p.projects.public.tolist(), [True]),
    ],
)
def test_each_rule_reaches_the_problem_and_its_digest(
    own_engine: Engine, statement: str, read: Callable[[Any], Any], expected: list[Any]
) -> None:
    """A rule set in the database stands in its column, and the problem is another one."""
    plain = look(own_engine).problem
    assert read(plain) != expected
    change(own_engine, statement)
    ruled = look(own_engine).problem
    assert read(ruled) == expected
    assert ruled.digest != plain.digest


def test_a_problem_without_rules_says_nothing_of_them(own_engine: Engine) -> None:
    """Where no row has a rule, every later column holds its default, so the digest is the one of old."""
    problem = look(own_engine).problem
    lots, wanted = problem.lots, problem.requirements
    assert not lots.minimum_take.any()
    assert not lots.public.any()
    assert set(lots.kind.tolist()) == set(wanted.design_option.tolist()) == {""}
    assert lots.low.tolist() == lots.likely.tolist() == lots.high.tolist() == [NONE]
    assert problem.projects.budget_ore.tolist() == [NONE]
    assert not problem.vehicles.load_ore.any()
    assert (problem.params.count_transfers, problem.params.fair_share, problem.params.fair_weight) == (
        True,
        0,
        0,
    )


def test_choices_of_the_run_reach_the_problem(own_engine: Engine) -> None:
    """Fair shares in percent become permille; every choice makes another problem."""
    plain = look(own_engine).problem
    fair = look(
        own_engine, fair_share_percent=Decimal("30.5"), fair_weight_percent=Decimal(50), count_transfers=False
    ).problem
    assert (fair.params.fair_share, fair.params.fair_weight, fair.params.count_transfers) == (305, 500, False)
    assert fair.digest != plain.digest


def test_trip_costs_replace_the_price_by_the_tonne(own_engine: Engine) -> None:
    """With trip costs a lorry costs by the load and its kilometres, and nothing by the tonne."""
    plain, trips = look(own_engine), look(own_engine, trip_costs=True)
    vehicles = trips.problem.vehicles
    row = vehicles.id.tolist().index("truck_26t")
    assert plain.problem.vehicles.ore_per_tonne_km.all()
    assert not vehicles.ore_per_tonne_km.any()
    assert (vehicles.load_ore[row], vehicles.load_ore_per_km[row]) == (75_000, 1_100)
    assert (vehicles.trip_ore[row], vehicles.trip_ore_per_km[row]) == (0, 0)
    assert (vehicles.co2e_mg_per_tonne_km == plain.problem.vehicles.co2e_mg_per_tonne_km).all()
    assert trips.problem.digest != plain.problem.digest
    assert set(trips.factor_ids) != set(plain.factor_ids)


def test_estimates_bring_their_range(own_database_url: str, make_country: Callable[..., Any]) -> None:
    """P10, P50 and P90 of an estimate stand beside what counts of it; a survey has none."""
    engine = make_engine(own_database_url)
    with session_factory(engine).begin() as session:
        country = make_country(session)
        donor = country.site("donor", SLAGELSE)
        country.lot(
            "guess",
            donor,
            code="joist_timber",
            quantity=20,
            quantity_low=10,
            quantity_high=40,
            basis=Basis.ESTIMATED,
            rule="r",
            rule_source="s",
        )
        country.lot("counted", donor, quantity=7)
        project = country.project("p", SLAGELSE)
        country.requirement("r", project)
        country.requirement("s", project, code="joist_timber")
    lots = look(engine).problem.lots
    ranges = zip(
        *(getattr(lots, name).tolist() for name in ("quantity", "low", "likely", "high")), strict=True
    )
    assert sorted(ranges) == [(7, NONE, NONE, NONE), (10, 10, 20, 40)]
    engine.dispose()


def test_options_are_open_until_one_is_chosen(
    own_database_url: str, make_country: Callable[..., Any]
) -> None:
    """Undecided, every option takes part under its name; decided, the chosen one is simply wanted."""
    engine = make_engine(own_database_url)
    with session_factory(engine).begin() as session:
        country = make_country(session)
        project = country.project("p", SLAGELSE)
        for name in ("Tegl", "Træ"):
            option = DesignOption(id=stable_id("design_option", name), project_id=project.id, name=name)
            session.add(option)
            session.flush()
            country.requirement(name, project, design_option_id=option.id)
        country.requirement("always", project)
    undecided = look(engine).problem.requirements
    assert sorted(undecided.design_option.tolist()) == ["", "Tegl", "Træ"]
    change(engine, "UPDATE design_option SET chosen = true WHERE name = 'Træ'")
    decided = look(engine).problem.requirements
    assert decided.design_option.tolist() == ["", ""]
    assert stable_id("requirement", "Tegl").hex not in {name.replace("-", "") for name in decided.id}
    engine.dispose()


def test_goods_of_a_public_body_are_marked(own_database_url: str, make_country: Callable[..., Any]) -> None:
    """A lot at a site of a municipality is public; one of a firm, or of nobody known, is not."""
    engine = make_engine(own_database_url)
    with session_factory(engine).begin() as session:
        country = make_country(session)
        town = Organisation(
            id=stable_id("organisation", "Town"), name="Town", kind=OrganisationKind.MUNICIPALITY
        )
        firm = Organisation(
            id=stable_id("organisation", "Firm"), name="Firm", kind=OrganisationKind.DEMOLITION_FIRM
        )
        session.add_all([town, firm])
        session.flush()
        for quantity, owner in ((1, town.id), (2, firm.id), (3, None)):
            site = country.site(f"donor {quantity}", SLAGELSE, organisation_id=owner)
            country.lot(f"lot {quantity}", site, quantity=quantity)
        country.requirement("r", country.project("p", SLAGELSE))
    lots = look(engine).problem.lots
    assert dict(zip(lots.quantity.tolist(), lots.public.tolist(), strict=True)) == {
        1: True,
        2: False,
        3: False,
    }
    engine.dispose()
