# SPDX-License-Identifier: EUPL-1.2
"""One look at the database, as a problem."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Engine, text

from inventory.database import make_engine, session_factory
from inventory.matching.defaults import choose_params
from inventory.matching.params import RunParams
from inventory.matching.read_lots import _TYPES
from inventory.matching.snapshot import Snapshot, read_snapshot
from inventory.tables import ATTRIBUTES, Basis, Lot, Screening

TODAY = date(2026, 12, 1)
SLAGELSE = (639_000, 6_142_500)
NYBORG = (611_500, 6_130_500)


def look(engine: Engine, **choices: Any) -> Snapshot:
    """Read a snapshot with params of today."""
    with session_factory(engine)() as session:
        params: RunParams = choose_params(session, as_of=TODAY, **choices)
    return read_snapshot(engine, params=params)


def build(engine: Engine, make_country: Callable[..., Any]) -> None:
    """Two lots and two requirements of bricks, in two municipalities."""
    with session_factory(engine).begin() as session:
        country = make_country(session)
        donor = country.site("donor", SLAGELSE)
        country.lot("own price", donor, price_ore=250)
        country.lot("usual price", donor, price_ore=None, quantity=7)
        country.requirement("near", country.project("Slagelse", SLAGELSE, municipality_code="0330"))
        country.requirement(
            "far",
            country.project("Nyborg", NYBORG, municipality_code="0450"),
            wanted_from=date(2028, 1, 1),
            wanted_to=date(2028, 2, 1),
        )


def test_rates_are_the_lots_own_or_the_factors(
    own_database_url: str, make_country: Callable[..., Any]
) -> None:
    """A lot's own price holds; where it has none, the factor in DKK per unit becomes oere per step."""
    engine = make_engine(own_database_url)
    build(engine, make_country)
    problem = look(engine).problem
    with engine.connect() as connection:
        dkk, step = connection.execute(
            text(
                "SELECT f.value, c.step FROM factor f JOIN material_class c ON c.id = f.class_id"
                " WHERE f.kind = 'used_price' AND c.code = 'brick_lime_mortar'"
            )
        ).one()
    by_quantity = dict(zip(problem.lots.quantity.tolist(), problem.lots.price_ore.tolist(), strict=True))
    assert by_quantity[1000] == 250
    assert by_quantity[7] == float(dkk * step * 100)
    engine.dispose()


def test_area_and_dates_select_requirements_and_not_lots(
    own_database_url: str, make_country: Callable[..., Any]
) -> None:
    """A municipality by name, or dates, choose requirements; every lot stays in reach of the rest."""
    engine = make_engine(own_database_url)
    build(engine, make_country)
    whole = look(engine)
    assert len(whole.problem.requirements.id) == 2
    nyborg = look(engine, areas=["Nyborg Kommune"])
    assert len(nyborg.problem.requirements.id) == 1
    assert len(nyborg.problem.lots.id) == 2
    assert nyborg.problem.digest != whole.problem.digest
    region = look(engine, areas=["Sjælland"])
    assert len(region.problem.requirements.id) == 1
    early = look(engine, wanted_to=date(2027, 4, 2))
    assert len(early.problem.requirements.id) == 1
    assert len(look(engine, wanted_to=date(2027, 4, 1)).problem.requirements.id) == 0
    engine.dispose()


def test_same_database_same_digest_and_a_change_shows(
    own_database_url: str, make_country: Callable[..., Any]
) -> None:
    """The digest repeats as long as nothing the problem uses has changed."""
    engine = make_engine(own_database_url)
    build(engine, make_country)
    first = look(engine).problem.digest
    assert look(engine).problem.digest == first
    with session_factory(engine).begin() as session:
        session.execute(text("UPDATE lot SET note = 'seen' WHERE ref = 'own price'"))
    assert look(engine).problem.digest == first
    with session_factory(engine).begin() as session:
        session.execute(text("UPDATE lot SET quantity = 999 WHERE ref = 'own price'"))
    assert look(engine).problem.digest != first
    engine.dispose()


def test_estimates_count_at_the_quantile_and_suspected_asbestos_is_hazardous(
    own_database_url: str, make_country: Callable[..., Any]
) -> None:
    """P10 by default, P50 on request; suspicion of asbestos stands as hazardous in the problem."""
    engine = make_engine(own_database_url)
    with session_factory(engine).begin() as session:
        country = make_country(session)
        donor = country.site("donor", SLAGELSE)
        country.lot(
            "guess",
            donor,
            quantity=20,
            quantity_low=10,
            quantity_high=40,
            basis=Basis.ESTIMATED,
            rule="r",
            rule_source="s",
            screening=Screening.UNKNOWN,
            asbestos_suspect=True,
        )
        country.lot("nowhere", country.site("no point", None), quantity=3)
        country.requirement("r", country.project("p", SLAGELSE))
    low, likely = look(engine), look(engine, quantile="p50")
    assert low.problem.lots.quantity.tolist() == [10]
    assert likely.problem.lots.quantity.tolist() == [20]
    assert low.problem.lots.screening.tolist() == [3]
    assert low.left_out == {"lots_without_place": 1, "requirements_without_place": 0}
    engine.dispose()


def test_roads_reach_across_the_great_belt_and_not_to_bornholm(engine: Engine) -> None:
    """Korsoer to Nyborg is about 28 km by road in the very matrix a run uses, and the matrix is symmetric."""
    roads = look(engine).problem.roads
    assert np.array_equal(roads.metres, roads.metres.T)
    rows = {name: row for row, name in enumerate(roads.id.tolist())}
    bridge = roads.metres[rows["korsoer"], rows["nyborg"]]
    assert 24_000 <= bridge <= 32_000


def test_lots_table_has_a_column_for_every_attribute() -> None:
    """An attribute added to the table must reach the problem."""
    assert {f"attribute.{name}" for name in ATTRIBUTES} <= set(_TYPES)
    assert all(hasattr(Lot, name) for name in ATTRIBUTES)
