# SPDX-License-Identifier: EUPL-1.2
"""What must hold of every estimate, whatever the building."""

import functools
from collections.abc import Callable
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inventory.estimates.lots import estimate_lots
from inventory.estimates.rules import EstimateRules, load_rules

MakeBuildings = Callable[..., pd.DataFrame]


@functools.cache
def shared_rules() -> EstimateRules:
    """Load the rules once; as an argument they would be too long for hypothesis to print."""
    return load_rules()


ANY_BUILDING = st.fixed_dictionaries(
    {
        "use_code": st.sampled_from([110, 120, 130, 140, 210, 217, 222, 320, 421, 510, 910, 930]),
        "year_built": st.one_of(st.none(), st.integers(1700, 2020)),
        "floors": st.one_of(st.none(), st.integers(0, 12)),
        "footprint_m2": st.one_of(st.none(), st.integers(0, 20_000)),
        "total_area_m2": st.one_of(st.none(), st.integers(0, 60_000)),
        "wall_code": st.sampled_from([None, 1, 2, 3, 4, 5, 6, 8, 10, 11, 12, 80, 90]),
        "roof_code": st.sampled_from([None, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 20, 90]),
        "heating_code": st.sampled_from([None, 1, 2, 3, 5, 6, 7, 9]),
        "asbestos_code": st.sampled_from([None, 1, 2, 3]),
    }
)
PROPERTY = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@PROPERTY
@given(st.lists(ANY_BUILDING, min_size=1, max_size=20))
def test_every_estimate_is_in_order(make_buildings: MakeBuildings, changes: list[dict[str, Any]]) -> None:
    """Whatever the attributes: P10 <= P50 <= P90, a likely step, one lot per building and class."""
    lots = estimate_lots(make_buildings(*changes), shared_rules())
    assert (lots["quantity_low"] >= 0).all()
    assert (lots["quantity"] >= 1).all()
    assert (lots["quantity_low"] <= lots["quantity"]).all()
    assert (lots["quantity"] <= lots["quantity_high"]).all()
    assert not lots.duplicated(["site_id", "class_code"]).any()
    suspect = lots[lots["asbestos_suspect"].astype(bool)]
    assert (suspect["documentation"] == "none").all()


@PROPERTY
@given(
    ANY_BUILDING,
    st.tuples(st.integers(1, 12), st.integers(20, 5_000), st.integers(1, 5_000)),
)
def test_bigger_footprint_gives_no_less(
    make_buildings: MakeBuildings,
    change: dict[str, Any],
    size: tuple[int, int, int],
) -> None:
    """With storeys registered, a bigger footprint never gives less of anything.

    Where the total area stays behind, the likely quantity alone must not fall: the range may narrow, because
    geometry and intensity come to agree.
    """
    rules = shared_rules()
    floors, footprint, more = size
    grown = footprint + more
    change = change | {"floors": floors, "dwelling_area_m2": None}
    for total, grown_total, names in (
        (footprint * floors, grown * floors, ["quantity_low", "quantity", "quantity_high"]),
        (None, None, ["quantity_low", "quantity", "quantity_high"]),
        (footprint * floors, footprint * floors, ["quantity"]),
    ):
        small = change | {"site_id": "s", "footprint_m2": footprint, "total_area_m2": total}
        large = change | {"site_id": "l", "footprint_m2": grown, "total_area_m2": grown_total}
        lots = estimate_lots(make_buildings(small, large), rules).set_index(["class_code", "site_id"])
        for name in names:
            table = lots[name].unstack(fill_value=0).reindex(columns=["s", "l"], fill_value=0)  # noqa: PD010
            assert (table["l"] >= table["s"]).all(), table


@PROPERTY
@given(st.lists(ANY_BUILDING, min_size=2, max_size=8))
def test_buildings_do_not_touch_each_other(
    make_buildings: MakeBuildings, changes: list[dict[str, Any]]
) -> None:
    """A building's lots are the same alone and among others."""
    rules = shared_rules()
    buildings = make_buildings(*changes)
    together = estimate_lots(buildings, rules)
    alone = [estimate_lots(buildings.iloc[[n]], rules) for n in range(len(buildings))]
    filled = [part for part in alone if not part.empty]
    if not filled:
        assert together.empty
        return
    pd.testing.assert_frame_equal(together, pd.concat(filled, ignore_index=True), check_dtype=False)
