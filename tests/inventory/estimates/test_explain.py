# SPDX-License-Identifier: EUPL-1.2
"""A building's explanation says what its lots say, and omissions say why a class is not there."""

from collections.abc import Callable

import pandas as pd
import pytest

from inventory.estimates.explain import explain_building
from inventory.estimates.lots import estimate_lots
from inventory.estimates.omission import find_omissions
from inventory.estimates.rules import EstimateRules

MakeBuildings = Callable[..., pd.DataFrame]


def test_explanation_agrees_with_lots(make_buildings: MakeBuildings, rules: EstimateRules) -> None:
    """For each lot there is one rule with its quantities (in units, where the lot has steps)."""
    building = make_buildings()
    lots = estimate_lots(building, rules).set_index("rule")
    explained = {use.rule: use for use in explain_building(building, rules).rules}
    assert set(lots.index) <= set(explained)
    for rule, lot in lots.iterrows():
        use = explained[str(rule)]
        step = rules.classes[use.class_code].step
        assert use.low / step == pytest.approx(lot["quantity_low"], abs=0.51)
        assert use.likely / step == pytest.approx(lot["quantity"], abs=0.51)
        assert use.high / step == pytest.approx(lot["quantity_high"], abs=0.51)


def test_explanation_multiplies_to_its_answer(make_buildings: MakeBuildings, rules: EstimateRules) -> None:
    """The likely values of the listed factors multiply to the quantity by geometry."""
    explanation = explain_building(make_buildings(), rules)
    tiles = next(use for use in explanation.rules if use.rule == "clay_tile")
    product = explanation.inputs["footprint_m2"]
    for factor in tiles.factors:
        if factor.role in {"driver", "factor"}:
            product *= factor.likely
    assert product == pytest.approx(tiles.by_geometry, rel=1e-4)
    assert [factor.factor for factor in tiles.factors if factor.role == "recovery"] == ["recovery_clay_tile"]
    assert all(factor.source for factor in tiles.factors)


def test_explanation_names_intensity_and_suspicion(
    make_buildings: MakeBuildings, rules: EstimateRules
) -> None:
    """Bricks name RASMI beside the geometry; windows of 1965 name the PCB era in both languages."""
    explanation = explain_building(
        make_buildings({"year_built": 1965, "total_area_m2": None, "dwelling_area_m2": None}), rules
    )
    bricks = next(use for use in explanation.rules if use.rule == "brick_transition")
    assert bricks.by_intensity is not None
    assert any("RASMI" in factor.source for factor in bricks.factors)
    windows = next(use for use in explanation.rules if use.rule == "windows")
    pcb = next(use for use in windows.suspicions if use.suspicion == "pcb_era")
    assert "PCB" in pcb.name_da
    assert "PCB" in pcb.name_en
    assert explanation.stand_ins == ("area_from_floors",)


def test_explanation_takes_one_building(make_buildings: MakeBuildings, rules: EstimateRules) -> None:
    """Two buildings at a time are refused."""
    with pytest.raises(ValueError, match="one building"):
        explain_building(make_buildings({}, {}), rules)


def test_omissions_name_what_is_missing(make_buildings: MakeBuildings, rules: EstimateRules) -> None:
    """Each class left out for want of an attribute is named with it; what the attributes rule out is not."""
    buildings = make_buildings(
        {"site_id": "no_wall", "wall_code": None},
        {"site_id": "no_year", "year_built": None},
        {"site_id": "whole"},
    )
    omitted = find_omissions(buildings, rules, lots=estimate_lots(buildings, rules))
    found = set(omitted.itertuples(index=False, name=None))
    assert ("no_wall", "brick_lime_mortar", "wall_unknown") in found
    assert ("no_wall", "wood_cladding", "wall_unknown") in found
    assert ("no_wall", "brick_cement_mortar", "wall_unknown") not in found
    assert ("no_year", "joist_timber", "year_unknown") in found
    assert "whole" not in set(omitted["site_id"])


def test_omissions_name_whole_buildings(make_buildings: MakeBuildings, rules: EstimateRules) -> None:
    """A building without any lots has one row with the first reason."""
    buildings = make_buildings(
        {"site_id": "gone", "status_code": 10, "use_code": 940},
        {"site_id": "glass", "use_code": 940},
        {"site_id": "use", "use_code": 999},
        {"site_id": "felt", "use_code": 930, "wall_code": 11, "roof_code": 1},
        {"site_id": "area", "footprint_m2": None, "total_area_m2": None, "dwelling_area_m2": None},
    )
    omitted = find_omissions(buildings, rules, lots=estimate_lots(buildings, rules))
    assert omitted["class_code"].isna().all()
    assert dict(zip(omitted["site_id"], omitted["reason"], strict=True)) == {
        "gone": "not_standing",
        "glass": "use_without_lots",
        "use": "use_unknown",
        "felt": "materials_without_lots",
        "area": "area_unknown",
    }
