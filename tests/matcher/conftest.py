# SPDX-License-Identifier: EUPL-1.2
"""Small problems for the tests of the matcher: a brick yard on two land masses, and random ones."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from matcher.problem.problem import Problem, make_problem

DAY = 20_500

settings.register_profile(
    "matcher", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("matcher")

TABLES: dict[str, dict[str, list[Any]]] = {
    "classes": {
        "id": ["brick", "brick_old", "door"],
        "unit": ["piece", "piece", "piece"],
        "step": ["1", "1", "1"],
        "mass_g": [2000, 2000, 30_000],
        "volume_ml": [1500, 1500, 200_000],
        "storage_ore_per_day": [0.5, 0.5, 4.0],
        "vehicle": ["lorry", "lorry", "lorry"],
    },
    "substitutes": {"class": ["brick"], "substitute": ["brick_old"], "penalty_ore": [25.0]},
    "vehicles": {
        "id": ["lorry"],
        "payload_g": [13_000_000],
        "volume_ml": [40_000_000],
        "ore_per_tonne_km": [150.0],
        "co2e_mg_per_tonne_km": [89_700.0],
    },
    "roads": {
        "id": ["east", "west"],
        "x_m": [600_000, 580_000],
        "y_m": [6_130_000, 6_130_000],
        "metres": [[0, 28_000], [28_000, 0]],
    },
    "sites": {
        "id": ["yard", "near", "far", "over", "island"],
        "x_m": [600_000, 603_000, 664_000, 580_000, 640_000],
        "y_m": [6_130_000, 6_134_000, 6_130_000, 6_130_000, 6_100_000],
        "land": ["sjaelland", "sjaelland", "sjaelland", "fyn", "bornholm"],
        "node": ["east", "east", "east", "west", None],
    },
    "projects": {"id": ["school"], "builder": ["Byen"]},
}
LOT: dict[str, Any] = {
    "class": "brick",
    "site": "near",
    "quantity": 100,
    "available_from": DAY,
    "available_to": DAY + 30,
    "price_ore": 200.0,
    "preparation_ore": 100.0,
    "screening": "clean",
    "documentation": "basic",
}
REQUIREMENT: dict[str, Any] = {
    "class": "brick",
    "site": "yard",
    "project": "school",
    "quantity": 60,
    "wanted_from": DAY,
    "wanted_to": DAY + 30,
    "new_price_ore": 500.0,
    "new_co2e_mg": 600_000.0,
}


def stack_rows(
    rows: Sequence[Mapping[str, Any]], *, base: Mapping[str, Any], letter: str
) -> dict[str, list[Any]]:
    """Turn rows that say only what differs from a base into columns."""
    empty = {"attribute.": None, "minimum.": None, "maximum.": None, "unknown_ok.": False}
    defaults = {
        "decide_by": None,
        "preparation_co2e_mg": 0.0,
        "disposal_avoided_ore": 0.0,
        "counts_zero": True,
        "estimated": False,
        "commit_from": None,
        "max_metres": None,
        "storage_days": None,
        "substitutes_ok": False,
        "unknown_screening_ok": False,
        "documentation_min": "basic",
        "minimum_take": 0,
        "indivisible": False,
        "kind": "",
        "public": False,
        "low": None,
        "likely": None,
        "high": None,
        "minimum_fulfilment": 0,
        "most_donors": 0,
        "one_kind": False,
        "breakage": 0,
        "priority": 0,
        "design_option": "",
        "site_storage_days": None,
        "site_storage_ore": None,
        "builder_storage_days": 0,
        "builder_storage_ore": None,
    }
    names = list(dict.fromkeys([*base, *(name for row in rows for name in row)]))
    columns: dict[str, list[Any]] = {
        "id": [row.get("id", f"{letter}{place}") for place, row in enumerate(rows)]
    }
    for name in names:
        prefix = name.partition(".")[0] + "."
        other = base.get(name, empty.get(prefix, defaults.get(name)))
        if name != "id":
            columns[name] = [row.get(name, other) for row in rows]
    return columns


def build_problem(
    *,
    lots: Sequence[Mapping[str, Any]] = ({},),
    requirements: Sequence[Mapping[str, Any]] = ({},),
    **tables: Any,
) -> Problem:
    """Make a problem from the brick yard: each row says only what differs from the usual one."""
    given: dict[str, Any] = {**TABLES, **tables}
    return make_problem(
        lots=stack_rows(lots, base=LOT, letter="l"),
        requirements=stack_rows(requirements, base=REQUIREMENT, letter="r"),
        **given,
    )


@pytest.fixture(scope="session")
def build() -> Callable[..., Problem]:
    """Give the maker of small problems."""
    return build_problem


@pytest.fixture(scope="session")
def tables() -> dict[str, dict[str, list[Any]]]:
    """Give the tables of the brick yard."""
    return TABLES


@pytest.fixture(scope="session")
def rows() -> st.SearchStrategy[tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]]:
    """Give a strategy of rows for lots, requirements and params; few values, so that ties are common."""
    sites = st.sampled_from(["yard", "near", "far", "over", "island"])
    classes = st.sampled_from(["brick", "brick", "brick_old", "door"])
    start = st.integers(DAY - 20, DAY + 20)
    length = st.integers(1, 40)

    @st.composite
    def draw_lot(draw: st.DrawFn) -> dict[str, Any]:
        first = draw(start)
        return {
            "class": draw(classes),
            "site": draw(sites),
            "quantity": draw(st.integers(0, 40)),
            "available_from": first,
            "available_to": first + draw(length),
            "decide_by": draw(st.sampled_from([None, None, DAY])),
            "price_ore": draw(st.sampled_from([0.0, 100.0, 200.5, 400.0])),
            "preparation_ore": draw(st.sampled_from([0.0, 50.0])),
            "preparation_co2e_mg": draw(st.sampled_from([0.0, 12_345.0])),
            "disposal_avoided_ore": draw(st.sampled_from([0.0, 30.0])),
            "documentation": draw(st.sampled_from(["none", "basic", "basic", "tested"])),
            "screening": draw(st.sampled_from(["clean", "clean", "unknown", "contaminated", "hazardous"])),
            "counts_zero": draw(st.booleans()),
            "attribute.length_mm": draw(st.sampled_from([None, 100, 200])),
        }

    @st.composite
    def draw_requirement(draw: st.DrawFn) -> dict[str, Any]:
        first = draw(start)
        return {
            "class": draw(classes),
            "site": draw(sites),
            "quantity": draw(st.integers(1, 60)),
            "wanted_from": first,
            "wanted_to": first + draw(length),
            "commit_from": draw(st.sampled_from([None, None, DAY - 1, DAY + 1])),
            "max_metres": draw(st.sampled_from([None, 6500, 30_000, 150_000])),
            "storage_days": draw(st.sampled_from([None, 0, 5])),
            "substitutes_ok": draw(st.booleans()),
            "unknown_screening_ok": draw(st.booleans()),
            "documentation_min": draw(st.sampled_from(["none", "basic"])),
            "new_price_ore": draw(st.sampled_from([150.0, 300.0, 500.0])),
            "new_co2e_mg": draw(st.sampled_from([0.0, 600_000.0])),
            "minimum.length_mm": draw(st.sampled_from([None, None, 150])),
            "unknown_ok.length_mm": draw(st.booleans()),
        }

    params = st.fixed_dictionaries({"carbon_price_ore_per_tonne": st.sampled_from([0, 75_000])})
    return st.tuples(
        st.lists(draw_lot(), max_size=8), st.lists(draw_requirement(), min_size=1, max_size=7), params
    )
